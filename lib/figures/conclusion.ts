/**
 * What a notebook concludes: shown by its last cell, and read back from its outputs by the run.
 *
 * @module
 */
import { type Claim, CLAIM_MARKS, VERDICTS, WHOSE } from "../experiments/claims/claim.ts";
import { checkList, checkOneOf, checkRecord, checkText, maybe, must } from "../numerics/checks.ts";
import { display } from "./display.ts";
import type { MimeBundle } from "./kernel.ts";
import { inert, type TableRows, tableText } from "./show.ts";

/** What one notebook concludes. */
export interface NotebookConclusion {
  /** The file's name without `.ipynb`, as `06_fully_connected`. */
  readonly notebook: string;
  /** The one figure to remember, with its accuracy. */
  readonly headline: string;
  readonly claims: readonly ConcludedClaim[];
}

/** A claim as a notebook tells it; one without a mark says of nobody that it is theirs. */
export type ConcludedClaim = Omit<Claim, "mark"> & { readonly mark?: Claim["mark"] };

/** The MIME type under which a notebook's outputs hold its conclusion. */
export const CONCLUSION_TYPE = "application/vnd.speed-limits.conclusion+json";

/** A claim, if it is one; its mark and its verdict are among those there are. */
const checkClaim = <T>(name: string, claim: T): T =>
  checkRecord(name, claim, {
    ...{ claim: checkText, evidence: checkText, verdict: must(checkOneOf, VERDICTS) },
    mark: maybe(must(checkOneOf, CLAIM_MARKS)),
  }, "a claim with its verdict");

/**
 * Claims as the rows of a table, each with whose sentence it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { claimRows } from "./conclusion.ts";
 * const claim = { claim: "T ≥ T_SL", verdict: "confirmed", evidence: "least ratio 1.00" } as const;
 * const [marked, unmarked] = claimRows([{ ...claim, mark: "printed" }, claim]);
 * assert.equal(marked.whose, "printed in the paper");
 * assert.equal(unmarked.whose, "–");
 * ```
 */
export function claimRows(claims: readonly ConcludedClaim[]): TableRows {
  checkList("claims", claims, checkClaim);
  return claims.map(({ claim, mark, verdict, evidence }) => ({
    claim,
    whose: mark === undefined ? "–" : WHOSE[mark],
    verdict,
    evidence,
  }));
}

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
  const { notebook, headline, claims } = checkRecord("conclusion", conclusion, {
    ...{ notebook: checkText, headline: checkText, claims: must(checkList, checkClaim) },
  }, "a notebook's conclusion");
  for (const [name, text] of Object.entries({ notebook, headline })) {
    if (!text) throw new TypeError(`${name} is empty; it must say something`);
  }
  for (const { claim, evidence } of claims) {
    if (!claim || !evidence) throw new TypeError("a claim and its evidence must not be empty");
  }
  const rows = claimRows(claims);
  const text = [`**${inert(headline)}**`, ...(rows.length > 0 ? [tableText(rows)] : [])].join(
    "\n\n",
  );
  return await display({
    [CONCLUSION_TYPE]: conclusion,
    "text/markdown": text,
    "text/plain": text,
  });
}
