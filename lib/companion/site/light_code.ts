/**
 * Highlighted code without the elements that colour nothing.
 *
 * @module
 */

/**
 * A page whose code has its blanks and signs as they are: a half of what highlighting adds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lightCode } from "./light_code.ts";
 * const code = '<pre><span class="nx">a</span><span class="w"> </span><span class="k">b</span></pre>';
 * assert.equal(lightCode(code), '<pre>a <span class="k">b</span></pre>');
 * ```
 */
export function lightCode(html: string): string {
  return html.replace(
    /<pre\b[^>]*>[\s\S]*?<\/pre>/g,
    (pre) => pre.replace(/<span class="(?:w|p|nx)">([^<]*)<\/span>/g, "$1"),
  );
}
