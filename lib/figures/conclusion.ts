/**
 * What a notebook concludes: shown by its last cell, and read back from its outputs by the run.
 *
 * @module
 */
import { type Claim, CLAIM_MARKS, VERDICTS, WHOSE } from "../experiments/claims/claim.ts";
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
 * @throws {TypeError} if a verdict is none of the three, or a text is empty.
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
  const { notebook, headline, claims } = conclusion;
  for (const [name, text] of Object.entries({ notebook, headline })) {
    if (!text) throw new TypeError(`${name} is empty; it must say something`);
  }
  for (const { claim, mark, verdict, evidence } of claims) {
    if (mark !== undefined && !CLAIM_MARKS.includes(mark)) {
      throw new TypeError(`the mark is "${mark}"; it must be one of ${CLAIM_MARKS.join(", ")}`);
    }
    if (!VERDICTS.includes(verdict)) {
      throw new TypeError(`the verdict is "${verdict}"; it must be one of ${VERDICTS.join(", ")}`);
    }
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
