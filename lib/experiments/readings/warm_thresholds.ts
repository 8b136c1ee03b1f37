/**
 * How far the warm T/T_SL hangs on the test accuracy at which the warm start is set.
 *
 * @module
 */
import { checkNumbers, checkPositive } from "../../numerics/checks.ts";
import { checkStudy } from "../checks.ts";
import { ratiosOf, type SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import { checkMark, columnAt, type Mark, timeAtMark } from "./mark.ts";
import { warmStartWithError } from "./warm_start_error.ts";

/** A recorded start stands for a warm start that is earlier by this factor at most. */
const NEAR = 2.5;

/** T/T_SL from the warm start of one threshold. */
export interface WarmAtThreshold {
  /** Of the mean test accuracy. */
  readonly threshold: number;
  /** τ at which the mean test accuracy passes it for good. */
  readonly reached: number;
  /** τ from which displacements are known: the first recorded start that is not before. */
  readonly from: number;
  /** τ of the mark, of the seed that comes there first. */
  readonly until: number;
  /** T/T_SL at the mark, counted from there, one a seed. */
  readonly inefficiency: readonly number[];
}

/**
 * T/T_SL at a mark, from the warm starts of several thresholds. Nothing is run anew: the recorded start
 * next after the warm start stands for it, if it is later by a factor of 2.5 at most; two thresholds may have
 * the same.
 *
 * @param thresholds of the mean test accuracy
 * @returns those thresholds that all seeds are past at the mark, from a recorded start
 * @throws {RangeError} if a threshold is not positive, or the study has fewer than two realizations
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { warmAtThresholds } from "./warm_thresholds.ts";
 * const { result } = (await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500"))!;
 * const found = warmAtThresholds(result, [0.11, 0.12, 0.9], { time: 0.2 });
 * assert(found.every(({ from, reached }) => from >= reached * (1 - 1e-9)));
 * assert(found.every(({ threshold }) => threshold < 0.9));
 * ```
 */
export function warmAtThresholds(
  study: SpeedLimitStudy,
  thresholds: readonly number[],
  mark: Mark,
): WarmAtThreshold[] {
  const { time, warmIndex, realizations } = checkStudy("study", study);
  checkNumbers("thresholds", thresholds);
  checkMark("mark", mark);
  const ends = realizations.map((one) => timeAtMark(study, one, mark));
  const starts = knownStarts(study);
  return Array.from(thresholds).flatMap((threshold) => {
    checkPositive("threshold", threshold);
    const reached = warmStartWithError(study, { threshold }).time;
    if (reached === undefined) return [];
    const from = starts.find((entry) => time[entry] >= reached * (1 - 1e-9));
    if (from === undefined || time[from] > NEAR * reached) return [];
    const inefficiency = realizations.flatMap((one, i) => {
      const end = ends[i];
      const has = one.displacementSquaredFrom?.[from] || (from === warmIndex && one.warm);
      if (end === undefined || !has) return [];
      const ratios = ratiosOf(study, one, { from }).inefficiency;
      return columnAt(time.slice(from + 1), ratios.slice(1), end) ?? [];
    });
    if (inefficiency.length < realizations.length) return [];
    const until = Math.min(...ends.map((end) => end!));
    return [{ threshold, reached, from: time[from], until, inefficiency }];
  });
}

/** The entries past 0 from which displacements are known, by growing time. */
function knownStarts({ warmIndex, realizations }: SpeedLimitStudy): number[] {
  const known = realizations.flatMap((one) =>
    Object.keys(one.displacementSquaredFrom ?? {}).map(Number)
  );
  return [...new Set([...known, ...(warmIndex > 0 ? [warmIndex] : [])])].sort((a, b) => a - b);
}
