/**
 * Claims as the site shows them: a card each, in the colour of its verdict.
 *
 * @module
 */
import { SIGNS } from "../../experiments/claims/claim.ts";
import { casesHtml } from "./claim_cases_html.ts";

const VERDICT_BY_SIGN = new Map(Object.entries(SIGNS).map(([verdict, sign]) => [sign, verdict]));

const ITEM = new RegExp(`<li>\\s*<p><strong>([${[...VERDICT_BY_SIGN.keys()].join("")}]) `, "g");

/** The paragraphs in which a claim's cases are told. */
const EVIDENCE =
  /<p>((?:It (?:holds|fails|is undecided|cannot be judged) in|(?:Larger|Smaller|Undecided) at) [\s\S]*?)<\/p>/g;

/**
 * HTML of Markdown in which the items that begin with a verdict's sign are marked as cards, and have
 * an address: `#claim-3` is the third of the page.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withCards } from "./claim_cards_html.ts";
 * assert.equal(
 *   withCards("<li>\n<p><strong>✗ It holds</strong></p>"),
 *   '<li class="claim not-confirmed" id="claim-1">\n<p><strong>' +
 *     '<span class="sign" aria-hidden="true">✗</span> It holds</strong></p>',
 * );
 * assert.equal(withCards("<li><p>✗</p>"), "<li><p>✗</p>");
 * ```
 */
export function withCards(html: string): string {
  let count = 0;
  const marked = html.replace(ITEM, (_, sign: string) => {
    count++;
    const verdict = VERDICT_BY_SIGN.get(sign)!.replaceAll(" ", "-");
    return `<li class="claim ${verdict}" id="claim-${count}">\n<p><strong>` +
      `<span class="sign" aria-hidden="true">${sign}</span> `;
  });
  return count === 0
    ? html
    : marked.replace(EVIDENCE, (_, evidence: string) => casesHtml(evidence));
}
