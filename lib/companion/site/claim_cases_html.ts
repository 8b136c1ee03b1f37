/**
 * A claim's cases as the site shows them: how many there are in a sentence, and the list folded below.
 *
 * @module
 */

/** Evidence of fewer signs is read as it is. */
const SHORT = 320;

/** Where the next sentence begins; a point within a number or a name has none of these behind it. */
const NEXT =
  /(?<=\.)\s+(?=It (?:holds|fails|is undecided|cannot be judged) in |(?:Larger|Smaller|Undecided) at )/;

interface Sentence {
  readonly lead: string;
  /** Between it and the cases: "such as", where these are not all. */
  readonly how: string;
  readonly cases: readonly string[];
}

/**
 * A paragraph of evidence. If it is long and tells cases, its counts stay and the cases are folded;
 * any other is a paragraph as it was.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { casesHtml } from "./claim_cases_html.ts";
 * assert.equal(casesHtml("It holds in 1 of 1: a."), "<p>It holds in 1 of 1: a.</p>");
 * const rest = `It fails in 2: ${"b".repeat(400)} (1; 2); c.`;
 * assert.match(
 *   casesHtml(`It holds in 1 of 3, such as a. ${rest}`),
 *   /^<details class="cases"><summary>It holds in 1 of 3\. It fails in 2\.<\/summary>.*such as<ul><li>a<.*<li>b+ \(1; 2\)<\/li><li>c<\/li>/s,
 * );
 * ```
 */
export function casesHtml(evidence: string): string {
  const paragraph = `<p>${evidence}</p>`;
  if (evidence.replace(/<[^>]*>/g, "").length <= SHORT) return paragraph;
  const sentences = evidence.split(NEXT).map(sentenceOf);
  if (sentences.some((one) => one === undefined)) return paragraph;
  const told = sentences as Sentence[];
  const items = told.filter(({ cases }) => cases.length > 0).map(({ lead, how, cases }) =>
    `<li>${lead}${how}<ul>${cases.map((one) => `<li>${one}</li>`).join("")}</ul></li>`
  );
  const summary = told.map(({ lead }) => `${lead}.`).join(" ");
  return `<details class="cases"><summary>${summary}</summary>\n<ul>${
    items.join("\n")
  }</ul></details>`;
}

/** What a sentence counts and the cases that it tells; undefined of any other sentence. */
function sentenceOf(text: string): Sentence | undefined {
  const whole = text.trim().replace(/\.$/, "");
  const counted =
    /^(It (?:holds|fails|is undecided|cannot be judged) in [^:;]*?)(?:(, such as|:) ([\s\S]*))?$/
      .exec(whole);
  if (counted) {
    const [, lead, how = "", list = ""] = counted;
    return { lead, how, cases: list === "" ? [] : casesOf(list) };
  }
  const [, word, list] = /^(Larger|Smaller|Undecided) at ([\s\S]*)$/.exec(whole) ?? [];
  if (list === undefined) return undefined;
  const cases = casesOf(list);
  return {
    lead: `${word} in ${cases.length} case${cases.length === 1 ? "" : "s"}`,
    how: ":",
    cases,
  };
}

/** The parts between semicolons that stand in no parenthesis. */
function casesOf(list: string): string[] {
  const cases = [""];
  let depth = 0;
  for (const sign of list) {
    if (sign === "(") depth++;
    if (sign === ")") depth--;
    if (sign === ";" && depth === 0) cases.push("");
    else cases[cases.length - 1] += sign;
  }
  return cases.map((one) => one.trim());
}
