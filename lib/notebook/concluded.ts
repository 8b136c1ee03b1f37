/**
 * The record of what a notebook concludes.
 *
 * @module
 */
import { type Claim, CLAIM_MARKS, VERDICTS } from "../experiments/claims/claim.ts";
import {
  checkList,
  checkOneOf,
  checkRecord,
  checkText,
  checkThat,
  maybe,
  must,
} from "../numerics/checks.ts";

/** What one notebook concludes. */
export interface NotebookConclusion {
  /** The file's name without `.ipynb`, as `06_fully_connected`. */
  readonly notebook: string;
  /** The one figure to remember, with its accuracy. */
  readonly headline: string;
  readonly claims: readonly ConcludedClaim[];
}

/** A claim as a notebook tells it; one without a mark says of nobody that it is theirs. */
export interface ConcludedClaim extends Omit<Claim, "mark"> {
  readonly mark?: Claim["mark"];
  /** The id of the cell that tests it; the concluding one's where it is not told. */
  readonly cell?: string;
}

/** The MIME type under which a notebook's outputs hold its conclusion. */
export const CONCLUSION_TYPE = "application/vnd.speed-limits.conclusion+json";

/** The id of a notebook's cell, as nbformat has it. */
export const CELL_ID = /^[\w-]{1,64}$/;

/** The id, if a cell can have it. */
export const checkCell = (name: string, id: string): string =>
  checkThat(name, id, CELL_ID.test(checkText(name, id)), "a cell's id: letters, digits, - and _");

/** A claim, if it is one; its mark and its verdict are among those there are. */
export const checkClaim = <T>(name: string, claim: T): T =>
  checkRecord(name, claim, {
    ...{ claim: checkText, evidence: checkText, verdict: must(checkOneOf, VERDICTS) },
    ...{ mark: maybe(must(checkOneOf, CLAIM_MARKS)), cell: maybe(checkCell) },
  }, "a claim with its verdict");

/** A conclusion, if it is one. */
export const checkConclusion = <T>(name: string, conclusion: T): T =>
  checkRecord(name, conclusion, {
    ...{ notebook: checkText, headline: checkText, claims: must(checkList, checkClaim) },
  }, "a notebook's conclusion");
