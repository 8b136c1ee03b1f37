/**
 * A page of the site's own in the frame of one that jupyter-book made: header, navigation, footer.
 *
 * @module
 */
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";

/** What takes a page's place in its frame. */
export interface Framed {
  /** From the site's root: its links are as many folders up. */
  readonly path: string;
  readonly title: string;
  /** Its text in HTML. */
  readonly article: string;
}

/** What belongs to the frame's own text: its contents, its neighbours, its source. */
const OWN: readonly RegExp[] = [
  /<link rel="(?:next|prev)"[^>]*>\s*/g,
  /<div id="jb-print-docs-body"[\s\S]*?<\/nav>\s*<\/div>\s*<\/div>\s*<\/div>/,
  /<div class="bd-sidebar-secondary[\s\S]*?(?=<footer class="bd-footer-content)/,
  /<footer class="prev-next-footer[\s\S]*?<\/footer>/g,
  /<div class="dropdown dropdown-download-buttons">[\s\S]*?<\/ul>\s*<\/div>/,
  /<button class="sidebar-toggle secondary-toggle[\s\S]*?<\/button>/g,
];

/**
 * A page in the frame of another.
 *
 * @throws {Error} if the frame has no text whose place could be taken.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pageInFrame } from "./frame.ts";
 * const frame = '<title>A</title><a href="a.html">A</a><article class="bd-article">a</article>';
 * assert.equal(
 *   pageInFrame(frame, { path: "b/c.html", title: "<C>", article: "c" }),
 *   '<title>&lt;C&gt;</title><a href="../a.html">A</a><article class="bd-article">c</article>',
 * );
 * ```
 */
export function pageInFrame(frame: string, { path, title, article }: Framed): string {
  const up = "../".repeat(path.split("/").length - 1);
  const [before, rest] = frame.split(/(?<=<article class="bd-article"[^>]*>)/);
  const after = rest?.slice(rest.indexOf("</article>"));
  if (!after?.startsWith("</article>")) throw new Error("the frame has no <article>");
  const [head, foot] = [before, after].map((part) =>
    OWN.reduce((html, own) => html.replace(own, ""), part)
      .replace(
        /\b(href|src|action|data-content_root)="(?!#|[a-z]+:|\/)(?:\.\/)?([^"]*)"/g,
        `$1="${up}$2"`,
      )
      .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(title)}</title>`)
      .replace(/href="#"/g, `href="${up}library.html"`)
  );
  return `${head}${article}${foot}`;
}
