/**
 * What a page of the site may do: run the site's own files, and nothing that stands in the page.
 *
 * @module
 */

/**
 * The Content-Security-Policy of every page. Styles may stand in the page: plotly's, KaTeX's and
 * the theme's do.
 */
export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; " +
  "base-uri 'none'";

/**
 * A page that tells the browser its policy, for where no server does: opened as a file, or served by
 * others.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { underPolicy } from "./policy.ts";
 * assert.match(underPolicy("<head><title>"), /^<head><meta http-equiv="Content-Security-Policy"/);
 * ```
 */
export function underPolicy(html: string): string {
  return html.replace(
    /<head>/,
    `$&<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
  );
}
