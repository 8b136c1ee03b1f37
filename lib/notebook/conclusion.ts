/**
 * What a notebook concludes: shown by its last cell, and read back from its outputs by the run.
 *
 * @module
 */
import { SIGNS, WHOSE } from "../experiments/claims/claim.ts";
import { checkList } from "../numerics/checks.ts";
import { cellLink, claimCard } from "./claim_cards.ts";
import {
  checkCell,
  checkClaim,
  checkConclusion,
  type ConcludedClaim,
  CONCLUSION_TYPE,
  type NotebookConclusion,
} from "./concluded.ts";
import { display } from "./display.ts";
import type { MimeBundle } from "./kernel.ts";
import { readable } from "./readable.ts";

/**
 * Shows a notebook's headline and claims, in a form that the run and the contents read back.
 *
 * @throws {RangeError} if a verdict is none of the three
 * @throws {TypeError} if a text is empty
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { conclude } from "./conclusion.ts";
 * const bundle = await conclude({
 *   notebook: "06_fully_connected",
 *   headline: "T/T_SL = 5.9 ± 0.1",
 *   claims: [
 *     { claim: "T ≥ T_SL", mark: "printed", verdict: "confirmed", evidence: "least ratio 1.00" },
 *   ],
 * });
 * assert(String(bundle?.["text/plain"]).includes("T ≥ T_SL"));
 * ```
 */
export async function conclude(conclusion: NotebookConclusion): Promise<MimeBundle | undefined> {
  const { notebook, headline, claims } = checkConclusion("conclusion", conclusion);
  for (const [name, text] of Object.entries({ notebook, headline })) {
    if (!text) throw new TypeError(`${name} is empty; it must say something`);
  }
  for (const { claim, evidence } of claims) {
    if (!claim || !evidence) throw new TypeError("a claim and its evidence must not be empty");
  }
  return await display({
    [CONCLUSION_TYPE]: conclusion,
    "text/markdown": [
      `**${readable(headline)}**`,
      ...claims.map((claim) => claimCard(claim, cellLink(notebook, claim.cell))),
    ]
      .join("\n\n"),
    "text/plain": [headline, ...claims.map(plainLine)].join("\n"),
  });
}

/**
 * Claims with the cell that tests them, so that their cards lead to it.
 *
 * @param cell the id of a cell of the same notebook
 * @throws {TypeError} if the id is none that a cell can have
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { testedIn } from "./conclusion.ts";
 * const claim = { claim: "T ≥ T_SL", verdict: "confirmed", evidence: "least ratio 1.00" } as const;
 * assert.equal(testedIn("peaks", [claim])[0].cell, "peaks");
 * assert.throws(() => testedIn("a b", [claim]), /cell is "a b"; it must be a cell's id/);
 * ```
 */
export function testedIn(cell: string, claims: readonly ConcludedClaim[]): ConcludedClaim[] {
  checkCell("cell", cell);
  checkList("claims", claims, checkClaim);
  return claims.map((claim) => ({ ...claim, cell }));
}

/** A claim on a line of its own, for a terminal. */
function plainLine({ claim, mark, verdict, evidence }: ConcludedClaim): string {
  const whose = mark === undefined ? "" : `, ${WHOSE[mark]}`;
  return `${SIGNS[verdict]} ${claim} (${verdict}${whose}): ${evidence}`;
}
