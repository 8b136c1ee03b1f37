/**
 * Names of the library in highlighted code, as links to what explains them.
 *
 * @module
 */
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";

/**
 * A page whose code links to the reference: in notebooks and examples the functions that are called,
 * in declarations the types too.
 *
 * @param addresses by name, seen from the page
 * @param types whether words that begin with a capital are the library's types
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withLinkedNames } from "./linked_names.ts";
 * const code = '<pre><span class="nx">f</span><span class="p">(</span></pre>';
 * const linked = withLinkedNames(code, new Map([["f", "api.html#f"]]));
 * assert.match(linked, /<a class="api-name" href="api.html#f"><span class="nx">f<\/span><\/a>/);
 * assert.equal(withLinkedNames(code, new Map([["g", "api.html#g"]])), code);
 * ```
 */
export function withLinkedNames(
  html: string,
  addresses: ReadonlyMap<string, string>,
  { types = false }: { readonly types?: boolean } = {},
): string {
  return html.replace(/<pre\b[^>]*>[\s\S]*?<\/pre>/g, (pre) =>
    pre.replace(
      // Not the property of something else, nor what is just being declared.
      /(?<!<span class="p">\.<\/span>|<span class="kd">\w+<\/span><span class="w"> <\/span>)<span class="(?:nx|nb|kt|nc|nf)">([A-Za-z]\w*)<\/span>(?=(<span class="p">[(<])?)/g,
      (whole, name: string, called: string | undefined) => {
        const address = addresses.get(name);
        if (!address || !(called || (types && /^[A-Z]/.test(name)))) return whole;
        return `<a class="api-name" href="${escapeHtml(address)}">${whole}</a>`;
      },
    ));
}
