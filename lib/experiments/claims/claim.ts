/**
 * What a claim is: a sentence, whose it is, what became of it, and the figures that this rests on.
 *
 * @module
 */

/** How a claim fared. */
export type Verdict = "confirmed" | "confirmed with a limit" | "undecided" | "not confirmed";

/** The verdicts there are. */
export const VERDICTS: readonly Verdict[] = [
  "confirmed",
  "confirmed with a limit",
  "undecided",
  "not confirmed",
];

/** A verdict at a glance. */
export const SIGNS: Readonly<Record<Verdict, string>> = {
  "confirmed": "✓",
  "confirmed with a limit": "≈",
  "undecided": "?",
  "not confirmed": "✗",
};

/**
 * Whose sentence is judged: `printed` in the paper, a `reviewer`'s reading of its figures or
 * formulas, or `derived` for this companion.
 */
export type ClaimMark = "printed" | "reviewer" | "derived";

/** The marks there are. */
export const CLAIM_MARKS: readonly ClaimMark[] = ["printed", "reviewer", "derived"];

/** A claim with its verdict. */
export interface Claim {
  readonly claim: string;
  readonly mark: ClaimMark;
  readonly verdict: Verdict;
  readonly evidence: string;
}

/** A mark in the words of a table. */
export const WHOSE: Readonly<Record<ClaimMark, string>> = {
  printed: "printed in the paper",
  reviewer: "a reviewer's reading",
  derived: "derived here",
};
