/**
 * The text of a documentation comment as HTML.
 *
 * @module
 */
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";
// @ts-types="@types/markdown-it"
import MarkdownIt from "markdown-it";

/** Where a name of the library is explained, seen from the site's root; nothing where it is not. */
export type AddressOf = (name: string) => string | undefined;

const reader = new MarkdownIt({ html: false });
reader.renderer.rules.code_inline = (tokens, i) =>
  `<code class="docutils literal notranslate">${escapeHtml(tokens[i].content)}</code>`;

/**
 * A comment's Markdown as HTML; `{@link name}` becomes a link where the name has an address.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { docHtml } from "./doc_html.ts";
 * assert.equal(docHtml("a < {@link b}", () => "b.html"), '<p>a &lt; <a href="b.html">b</a></p>\n');
 * assert.equal(docHtml("{@linkcode b}"), '<p><code class="docutils literal notranslate">b</code></p>\n');
 * ```
 */
export function docHtml(text: string, addressOf: AddressOf = () => undefined): string {
  return reader.render(linked(text, addressOf));
}

/** The same of a text within a line. */
export function docLine(text: string, addressOf: AddressOf = () => undefined): string {
  return reader.renderInline(linked(text.trim(), addressOf));
}

/** A comment's first sentence, or its first line where it has none. */
export function firstSentence(text: string): string {
  const [paragraph] = text.trim().split(/\n\s*\n/);
  const line = paragraph.replace(/\s+/g, " ");
  // Not at "Eq. 8" nor at "i.e. this".
  return /^.*?[^\s.]{2,}[.:](?=\s+["'“(]?\p{Lu}|$)(?<!\b(?:Eq|Eqs|Fig|cf|vs)\.)/u.exec(line)?.[0] ??
    line;
}

function linked(text: string, addressOf: AddressOf): string {
  return text.replace(
    /\{@link(code)?\s+([\w.]+)(?:[\s|]+([^}]*))?\}/g,
    (_, code: string | undefined, name: string, words?: string) => {
      const shown = code ? `\`${words ?? name}\`` : words ?? name;
      const address = addressOf(name);
      return address ? `[${shown}](${address})` : code ? shown : `\`${shown}\``;
    },
  );
}
