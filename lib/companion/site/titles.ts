/**
 * Titles of pages where the theme and the search put them in as they are: text, not markup.
 *
 * @module
 */
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";

/**
 * The title in a page's head, as text that would be markup; nothing where it is plain.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { titleWithTags } from "./titles.ts";
 * assert.equal(titleWithTags("<title>A &lt;b&gt; &#8212; Site</title>"), "A <b>");
 * assert.equal(titleWithTags("<title>A &#8212; Site</title>"), undefined);
 * ```
 */
export function titleWithTags(html: string): string | undefined {
  const [, escaped = ""] = /<title>(.*?) &#8212; [^<]*<\/title>/s.exec(html) ?? [];
  const signs: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#34": '"', "#39": "'" };
  const title = escaped
    .replace(/&(lt|gt|quot|#34|#39);/g, (_, name: string) => signs[name])
    .replaceAll("&amp;", "&");
  return title.includes("<") ? title : undefined;
}

/**
 * A page in which these titles are text.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withTitlesAsText } from "./titles.ts";
 * assert.equal(withTitlesAsText("<h1>A <b></h1>", ["A <b>"]), "<h1>A &lt;b&gt;</h1>");
 * ```
 */
export function withTitlesAsText(html: string, titles: readonly string[]): string {
  return titles.reduce((page, title) => page.replaceAll(title, () => escapeHtml(title)), html);
}

/**
 * Sphinx's index for the search, with the headings as the text that its page takes for HTML.
 *
 * @throws {SyntaxError} if it is not as Sphinx writes it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { indexWithTitlesAsText } from "./titles.ts";
 * const index = 'Search.setIndex({"alltitles": {"a <b>": [[0, null]]}, "titles": ["a"]})';
 * assert.equal(
 *   indexWithTitlesAsText(index),
 *   'Search.setIndex({"alltitles":{"a &lt;b&gt;":[[0,null]]},"titles":["a"]})',
 * );
 * ```
 */
export function indexWithTitlesAsText(index: string): string {
  const { alltitles, ...others } = JSON.parse(index.replace(/^Search\.setIndex\(|\)\s*$/g, ""));
  const headings = Object.entries(alltitles).map(([title, at]) => [escapeHtml(title), at]);
  return `Search.setIndex(${
    JSON.stringify({ alltitles: Object.fromEntries(headings), ...others })
  })`;
}
