/**
 * Rows as lines of a terminal, and their words for a page.
 *
 * @module
 */
import type { MeasuredCase } from "./alternate.ts";
import { sizeText } from "./row.ts";
import type { RowResult } from "./run_row.ts";

/** Three digits, and no exponent where a reader needs none. */
export const threeDigits = (value: number): string =>
  value === 0 || Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3)));

/**
 * A time in seconds or their parts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { timeText } from "./row_text.ts";
 * assert.deepEqual([12.34, 0.1234, 0.000123].map(timeText), ["12.3 s", "123 ms", "0.123 ms"]);
 * ```
 */
export const timeText = (seconds: number): string =>
  seconds >= 1 ? `${threeDigits(seconds)} s` : `${threeDigits(1000 * seconds)} ms`;

/** Times as fast, or as slow. */
export const ratioText = (ratio: number): string => `${Number(ratio.toPrecision(2))}×`;

/**
 * Where a size stands: behind the peer, ahead of it, or even where we mean to be.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { standing } from "./row_text.ts";
 * const at = (ratio: number, aim: number) => standing({ ratio, aim });
 * assert.deepEqual([at(2, 2), at(1.2, 2), at(0.9, 2)], ["reached", "ahead", "behind"]);
 * assert.equal(at(0.9, 0.8), "reached");
 * ```
 */
export function standing({ ratio, aim }: Pick<MeasuredCase, "ratio" | "aim">): Standing {
  if (ratio >= aim) return "reached";
  return ratio < 1 ? "behind" : "ahead";
}

/** Of a size and its aim. */
export type Standing = "reached" | "ahead" | "behind";

/** A share in per cent, of two digits. */
const percent = (share: number) => `${Number((100 * share).toPrecision(2))} %`;

/**
 * How good an answer is that is told to be good to some error, and what the side takes at its limit,
 * where nothing is asked of its error; empty where none is told.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { accuracyText } from "./row_text.ts";
 * assert.equal(accuracyText({ told: { gradients: 3 } }), "");
 * assert.equal(accuracyText({ told: { error: 0.0032 } }), "error 0.32 %");
 * const limit = { limitStep: 1.8, limitSeconds: 0.94, limitError: 0.52 };
 * assert.equal(
 *   accuracyText({ told: { error: 0.009, step: 0.3, ...limit } }),
 *   "error 0.9 % at h λ_max = 0.3; at its limit 1.8 it takes 940 ms, with an error of 52 %",
 * );
 * ```
 */
export function accuracyText({ told = {} }: Pick<MeasuredCase["ours"], "told">): string {
  const { error, step, limitStep, limitSeconds, limitError } = told;
  if (error === undefined) return "";
  const at = step === undefined ? "" : ` at h λ_max = ${threeDigits(step)}`;
  const limit = limitStep === undefined
    ? ""
    : `; at its limit ${limitStep} it takes ${timeText(limitSeconds)}, with an error of ` +
      percent(limitError);
  return `error ${percent(error)}${at}${limit}`;
}

/** What is said of a load. */
export function quietText({ quiet, busyBefore, cases, machine }: RowResult): string {
  if (quiet) return "quiet machine";
  const meanwhile = Math.max(...cases.map(({ others }) => others));
  return `not quiet: others kept ${busyBefore.toFixed(1)} of ${machine.cores} cores busy before, ` +
    `${meanwhile.toFixed(1)} meanwhile`;
}

/** After a space, in brackets, if there is anything. */
export const inBrackets = (text: string): string => text && ` (${text})`;

/** A row as lines. */
export function rowLines(result: RowResult): string[] {
  return result.cases.map((one) => {
    const { size, ours, peer, ratio, ratioSpread: [low, high], aim, rounds } = one;
    const sizes = sizeText(size);
    const [good, theirs] = [ours, peer].map((side) => inBrackets(accuracyText(side)));
    return `  ${sizes ? `${sizes}: ` : ""}${timeText(ours.seconds)}${good}, ${result.peer} ` +
      `${timeText(peer.seconds)}${theirs}: ${ratioText(ratio)} (${ratioText(low)} to ${
        ratioText(high)
      }, ` +
      `${rounds} ${rounds === 1 ? "round" : "rounds"}); aim ${ratioText(aim)}, ${standing(one)}` +
      `; ${threeDigits(ours.peak)} and ${threeDigits(peer.peak)} GB`;
  });
}
