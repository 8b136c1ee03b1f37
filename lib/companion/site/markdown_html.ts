/**
 * Markdown of outputs as HTML that a browser only shows: text, tables, formulas and links.
 *
 * @module
 */
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";
// @ts-types="@types/markdown-it"
import MarkdownIt from "markdown-it";
import { tex } from "@mdit/plugin-tex";
// @ts-types="@types/sanitize-html"
import type sanitize from "sanitize-html";

// It reads the environment as it is loaded; where that is not allowed, it is missed by who needs it.
const sanitizeHtml: (html: string, options: sanitize.IOptions) => string = await import(
  "sanitize-html"
).then(
  (module) => module.default,
  (error) => {
    if (error.name !== "NotCapable") throw error;
    return () => {
      throw error;
    };
  },
);

/** What an output's text may be made of; everything else is taken out again. */
const ALLOWED: sanitize.IOptions = {
  allowedTags: [
    ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "hr", "br", "blockquote", "pre", "div", "span"],
    ...["ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "code", "em", "strong"],
    "s",
  ],
  allowedAttributes: { a: ["href"], ol: ["start"], th: ["style"], td: ["style"] },
  allowedClasses: {
    code: ["docutils", "literal", "notranslate"],
    div: ["math", "notranslate", "nohighlight"],
    span: ["math", "notranslate", "nohighlight"],
    table: ["table"],
  },
  allowedStyles: { "*": { "text-align": [/^(left|right|center)$/] } },
  allowedSchemes: ["http", "https"],
  allowProtocolRelative: false,
};

// Tags are text here: nothing of the notebook's own is HTML before the sanitizer sees it.
const reader = new MarkdownIt({ html: false }).use(tex, {
  render: (formula: string, display: boolean) => display ? displayed(formula) : inline(formula),
});
// A picture would be of another machine, or of a file that is not there: its words.
reader.renderer.rules.image = (tokens, i) => escapeHtml(tokens[i].content);
reader.renderer.rules.table_open = () => '<table class="table">\n';
reader.renderer.rules.code_inline = (tokens, i) =>
  `<code class="docutils literal notranslate">${escapeHtml(tokens[i].content)}</code>`;

// As Sphinx leaves formulas to be set.
function inline(formula: string): string {
  return `<span class="math notranslate nohighlight">\\(${escapeHtml(formula.trim())}\\)</span>`;
}
function displayed(formula: string): string {
  return `<div class="math notranslate nohighlight">\\[${escapeHtml(formula.trim())}\\]</div>\n`;
}

/**
 * CommonMark with tables, and formulas between dollars, as sanitized HTML. HTML in it is text; there
 * are no roles and no directives.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { markdownHtml } from "./markdown_html.ts";
 * assert.equal(markdownHtml("*a* <b>"), "<p><em>a</em> &lt;b&gt;</p>\n");
 * assert.match(markdownHtml("$a<b$"), /class="math[^"]*">\\\(a&lt;b\\\)</);
 * assert.equal(markdownHtml("[a](javascript:b)"), "<p>[a](javascript:b)</p>\n");
 * ```
 */
export function markdownHtml(markdown: string): string {
  return sanitizeHtml(reader.render(markdown), ALLOWED);
}
