/**
 * Claims as cards in Markdown: verdict, claim, whose it is, evidence, where it is tested. A viewer
 * that is as narrow as a telephone shows them as well as a wide one.
 *
 * @module
 */
import { SIGNS, type Verdict, VERDICTS, WHOSE } from "../experiments/claims/claim.ts";
import { checkList, checkRecord, checkText, maybe } from "../numerics/checks.ts";
import { checkConclusion, type ConcludedClaim, type NotebookConclusion } from "./concluded.ts";
import { evidenceText } from "./evidence.ts";
import { readable, sentence } from "./readable.ts";
import { inert } from "../figures/tables/table_text.ts";

/** A notebook and what it concludes, as `collectConclusions` gives it. */
export interface ConcludedNotebook {
  /** The file's name without `.ipynb`. */
  readonly name: string;
  readonly title: string;
  /** The id of the cell that concludes. */
  readonly cell?: string;
  readonly conclusion?: NotebookConclusion;
}

/**
 * A claim as an item of a list.
 *
 * @param where a link to what tests it
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { claimCard } from "./claim_cards.ts";
 * const claim = { claim: "T ≥ T_SL", verdict: "confirmed", evidence: "least ratio 1.00" } as const;
 * assert.equal(
 *   claimCard({ ...claim, mark: "printed" }),
 *   "- **✓ $T \\ge T_{SL}$**\n\n  Confirmed · printed in the paper\n\n  Least ratio 1.00.",
 * );
 * ```
 */
export function claimCard(
  { claim, mark, verdict, evidence }: ConcludedClaim,
  where?: string,
): string {
  const { says, places } = evidenceText(evidence);
  const told = [
    verdict[0].toUpperCase() + verdict.slice(1),
    ...(mark === undefined ? [] : [WHOSE[mark]]),
    ...(where === undefined ? [] : [where]),
  ];
  return [
    `- **${SIGNS[verdict]} ${line(readable(claim))}**`,
    `  ${told.join(" · ")}`,
    `  ${line(says)}`,
    ...(places.length > 0 ? [places.map((place) => `  - ${line(place)}`).join("\n")] : []),
  ].join("\n\n");
}

const line = (text: string): string => text.replaceAll("\n", " ");

/**
 * What all notebooks conclude, notebook by notebook, each claim with a link to its cell; and first how
 * many claims there are of each verdict.
 *
 * @throws {TypeError} naming what is not an entry
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { conclusionCards } from "./claim_cards.ts";
 * const claims = [{ claim: "Fast", verdict: "not confirmed", evidence: "it is slow" }] as const;
 * const conclusion = { notebook: "06_a", headline: "T/T_SL = 2.0", claims };
 * const cards = conclusionCards([{ name: "06_a", title: "06 · A", cell: "says", conclusion }]);
 * assert.match(cards, /^1 claim: 1 ✗ not confirmed/);
 * assert.match(cards, /### \[06 · A\]\(06_a.ipynb\)\n\n\$T\/T_\{SL\} = 2.0\$\.\n/);
 * assert.match(cards, /\[where it is tested\]\(06_a.ipynb#cell-id=says\)/);
 * ```
 */
export function conclusionCards(entries: readonly ConcludedNotebook[]): string {
  checkList("entries", entries, checkEntry);
  const concluded = entries.flatMap(({ conclusion, ...entry }) =>
    conclusion ? [{ ...entry, ...conclusion }] : []
  );
  const claims = concluded.flatMap((notebook) => notebook.claims);
  return [
    `${claims.length} claim${claims.length === 1 ? "" : "s"}: ${verdictCounts(claims)}.`,
    ...concluded.flatMap(({ name, title, headline, claims, cell }) => [
      `### [${inert(title).replace(/[[\]]/g, "")}](${address(name)}.ipynb)`,
      sentence(readable(headline)),
      ...claims.map((claim) => claimCard(claim, cellLink(name, claim.cell ?? cell))),
    ]),
  ].join("\n\n");
}

/** A link to a cell of a notebook, where one is named. */
export function cellLink(notebook: string, cell: string | undefined): string | undefined {
  if (cell === undefined) return undefined;
  return `[where it is tested](${address(notebook)}.ipynb#cell-id=${cell})`;
}

/** A file's name as it may stand in a link. */
const address = (name: string): string =>
  encodeURIComponent(name).replace(/[()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/**
 * How many claims have each verdict, as "2 ✓ confirmed, 1 ? undecided".
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { verdictCounts } from "./claim_cards.ts";
 * assert.equal(verdictCounts([{ verdict: "undecided" }]), "1 ? undecided");
 * ```
 */
export function verdictCounts(claims: readonly { readonly verdict: Verdict }[]): string {
  return VERDICTS.map((verdict) => ({
    verdict,
    count: claims.filter((claim) => claim.verdict === verdict).length,
  })).filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${SIGNS[verdict]} ${verdict}`).join(", ");
}

const checkEntry = <T>(name: string, entry: T): T =>
  checkRecord(name, entry, {
    ...{ name: checkText, title: checkText, cell: maybe(checkText) },
    conclusion: maybe(checkConclusion),
  }, "a notebook with its conclusion");
