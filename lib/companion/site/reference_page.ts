/**
 * Pages of the library's reference as `deno doc` makes them, made the site's own.
 *
 * @module
 */
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";
import { underPolicy } from "./policy.ts";

/** On a telephone the search goes below the names, and long signatures move sideways by themselves. */
const NARROW = `<style>@media (max-width: 640px) {
  #topnav { position: static; height: auto; }
  #topnav > div { height: auto; flex-wrap: wrap; gap: 0.5rem; }
  #topnav .breadcrumbs { flex-wrap: wrap; font-size: 1rem; }
  .ddoc > *, #content, main, article, .docEntryHeader > div { min-width: 0; max-width: 100%; }
  .docEntryHeader > div, pre { overflow-x: auto; }
}</style>`;

/**
 * A page with a link to the site's first page, and with its links to sources on this machine turned
 * to the sources' pages on the site.
 *
 * @param path of the page in the reference's folder, which lies in the site's
 * @param library the address of the library's folder on this machine, with a slash at its end
 * @returns the page, and which of the library's files it leads to
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { referencePage } from "./reference_page.ts";
 * const html = '<head></head><ul class="breadcrumbs"></ul><a href="file:///a/lib/bounds/mod.ts">';
 * const page = referencePage(html, "~/W.html", "file:///a/lib/");
 * assert.match(page.html, /href="\.\.\/source\/bounds\/mod\.ts\.html"/);
 * assert.match(page.html, /href="\.\.\/\.\.\/index\.html"/);
 * assert.deepEqual(page.sources, ["bounds/mod.ts"]);
 * ```
 */
export function referencePage(
  html: string,
  path: string,
  library: string,
): { readonly html: string; readonly sources: readonly string[] } {
  const up = "../".repeat(path.split(/[/\\]/).length - 1);
  const back = `<a href="${up}../index.html" class="contextLink" style="margin-right: 1rem">` +
    "← Notebooks</a>";
  const sources: string[] = [];
  const linked = html.replace(/href="(file:[^"]*)"/g, (link, address: string) => {
    const plain = address.replaceAll("&#x2F;", "/");
    if (!plain.startsWith(library)) return link;
    const source = plain.slice(library.length).replace(/#.*$/, "");
    sources.push(source);
    return `href="${up}source/${source}.html"`;
  });
  return {
    html: underPolicy(
      linked.replace('<ul class="breadcrumbs">', `${back}$&`).replace("</head>", `${NARROW}$&`),
    ),
    sources,
  };
}

/**
 * A source file as a page.
 *
 * @param path of the file in lib/
 */
export function sourcePage(path: string, text: string): string {
  const up = "../".repeat(path.split("/").length);
  return underPolicy(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<meta name="color-scheme" content="light dark">
<title>lib/${escapeHtml(path)}</title>
<style>
body { margin: 1rem; font: 14px/1.45 sans-serif; }
pre { overflow-x: auto; font-family: ui-monospace, monospace; font-size: 13px; }
</style>
</head>
<body>
<p><a href="${up}index.html">← Reference</a></p>
<h1 style="font-size: 1.1rem">lib/${path}</h1>
<pre>${escapeHtml(text)}</pre>
</body>
</html>
`);
}
