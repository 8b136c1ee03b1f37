/**
 * A file of the library as a page's text, each line with its number to link to.
 *
 * @module
 */
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";

/**
 * A source file as HTML.
 *
 * @param path of the file in lib/
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sourceArticle } from "./source_article.ts";
 * assert.match(sourceArticle("a.ts", "a<b\n"), /<span id="L1">a&lt;b<\/span>/);
 * ```
 */
export function sourceArticle(path: string, text: string): string {
  const lines = text.trimEnd().split("\n")
    .map((line, i) => `<span id="L${i + 1}">${escapeHtml(line)}</span>`);
  return `<h1>lib/${escapeHtml(path)}</h1>\n` +
    `<pre class="source" tabindex="0">${lines.join("\n")}\n</pre>`;
}
