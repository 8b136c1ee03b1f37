/**
 * What other notebooks found, told again: takeaways with their numbers,
 * read from the notebooks.
 *
 * @module
 */
import { SIGNS } from "../experiments/claims/claim.ts";
import { checkList, checkRecord, checkText, maybe, must } from "../numerics/checks.ts";
import type { NotebookEntry } from "./conclusions.ts";
import { readable } from "./readable.ts";

/** A sentence for someone who trains networks, and where its number is. */
export interface Takeaway {
  readonly takeaway: string;
  /** The notebook's number, as "13". */
  readonly notebook: string;
  /** Words of the claim it rests on; the notebook's headline if left out. */
  readonly claim?: string;
}

/**
 * Takeaways beside what their notebooks found, as a list: the claim that has the words, with its verdict and the
 * first sentence of its evidence; or the headline.
 *
 * @param entries of `collectConclusions`
 * @returns Markdown; of a notebook that is not there or was not run it says so
 * @throws {RangeError} if a notebook concludes, but no claim of it has the words, or several have
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { takeawayList } from "./takeaways.ts";
 * const entry = {
 *   ...{ name: "13_initial_weights", title: "13 · The initial weights" },
 *   conclusion: { notebook: "13_initial_weights", headline: "98 % is owed to f_0", claims: [] },
 * };
 * const list = takeawayList([entry], [
 *   { takeaway: "Start from outputs of zero.", notebook: "13" },
 *   { takeaway: "Take small steps.", notebook: "10" },
 * ]);
 * assert.match(list, /^1\. \*\*Start from outputs of zero\.\*\* 98 %/);
 * assert.match(list, /2\. .*to come/);
 * ```
 */
export function takeawayList(
  entries: readonly NotebookEntry[],
  takeaways: readonly Takeaway[],
): string {
  checkList("entries", entries, must(checkRecord, { name: checkText }));
  checkList(
    "takeaways",
    takeaways,
    must(checkRecord, { takeaway: checkText, notebook: checkText, claim: maybe(checkText) }),
  );
  return takeaways.map((one, i) => `${i + 1}. **${one.takeaway}** ${foundFor(entries, one)}`)
    .join("\n");
}

/** What a takeaway rests on, with a link. */
function foundFor(
  entries: readonly NotebookEntry[],
  { notebook, claim: words }: Takeaway,
): string {
  const entry = entries.find(({ name }) => name.startsWith(`${notebook}_`));
  if (!entry?.conclusion) return `(notebook ${notebook}: to come)`;
  const { name, conclusion: { headline, claims } } = entry;
  const link = (cell = entry.cell) =>
    `[${notebook}](${name}.ipynb${cell === undefined ? "" : `#cell-id=${cell}`})`;
  if (words === undefined) return `${readable(headline)} (${link()})`;
  const found = claims.filter(({ claim }) => claim.includes(words));
  if (found.length !== 1) {
    throw new RangeError(
      `${found.length} claims of ${name} have the words ${
        JSON.stringify(words)
      }; one must, of\n  ` +
        claims.map(({ claim }) => claim).join("\n  "),
    );
  }
  const [{ claim, verdict, evidence, cell }] = found;
  return `${SIGNS[verdict]} “${readable(claim)}” is ${verdict}: ${
    readable(firstSentence(evidence))
  } (${link(cell)})`;
}

/** Up to the first full stop that ends a sentence, or the first semicolon in it. */
function firstSentence(evidence: string): string {
  const [first] = evidence.match(/^.*?(?:\.(?=\s+\p{Lu}|$)|(?=; ))/su) ?? [evidence];
  return first.endsWith(".") ? first : `${first}.`;
}
