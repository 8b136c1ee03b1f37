/**
 * The library's reference as pages of the site, a page for each subject, from the documentation in
 * the code as `deno doc` reads it.
 *
 * @module
 */
export { publicSymbols } from "./documentation.ts";
export { type Reference, referenceOf } from "./reference.ts";
export { sourceArticle } from "./source_article.ts";
export { withLinkedNames } from "./linked_names.ts";
