/**
 * What the warm start is worth: its time with an error of its own, and what hangs on it.
 *
 * @module
 */
import {
  checkList,
  checkNumber,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { studentQuantile } from "../../numerics/mod.ts";
import { mean } from "../../statistics/mod.ts";
import { RATIO, type SeedMean, seedMean } from "../studies/seed_mean.ts";
import { checkColumn, checkStudy, checkValue } from "../checks.ts";
import { checkMark, columnAt, type Mark, timeAtMark } from "./mark.ts";
import { ratiosOf, type SpeedLimitStudy } from "../studies/speed_limit_result.ts";

/** When the mean test accuracy comes to the threshold for good, and how sure that is. */
export interface WarmStart {
  /** τ, between recorded entries; not there if it is not reached, or holds from the start. */
  readonly time?: number;
  /** τ without one seed each; `undefined` where the others do not come so far. */
  readonly leaveOneOut: readonly (number | undefined)[];
  /** The jackknife's standard error of ln τ; infinite if a seed decides whether it is reached at all. */
  readonly logError: number;
  /** Student's 95 % interval of τ by that error. */
  readonly interval?: readonly [low: number, high: number];
  /** nτ, the clock of a mean over images. */
  readonly meanTime?: number;
  /** Steps of a learning rate η up to there: τ/η if L is a sum over images, nτ/η if it is a mean. */
  readonly epochs?: { readonly sum: number; readonly mean: number };
}

/**
 * A study's warm start with the jackknife's error over its seeds.
 *
 * The time is where the mean accuracy crosses the threshold for the last time, linear in ln τ between
 * entries; `study.warmIndex` is the entry after it. The jackknife is rough for a crossing of so noisy a
 * curve, and tells at least its size.
 *
 * @param threshold of the mean test accuracy; the study's own by default
 * @throws {RangeError} if the study has fewer than two realizations
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult, warmStartWithError } from "../mod.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_128_n500");
 * const { time, interval, epochs } = warmStartWithError(stored!.result);
 * assert(interval![0] < time! && time! < interval![1]);
 * assert.equal(epochs!.mean, 500 * epochs!.sum);
 * ```
 */
export function warmStartWithError(
  study: Pick<SpeedLimitStudy, "time" | "realizations" | "configuration">,
  options: { readonly threshold?: number; readonly learningRate?: number } = {},
): WarmStart {
  checkRecord("study", study, {
    ...{ time: checkColumn, configuration: must(checkRecord, { n: checkValue }) },
    realizations: must(checkList, must(checkRecord, { testAccuracy: checkColumn })),
  });
  const { threshold = study.configuration.threshold, learningRate = 1e-5 } = checkOptions(
    "options",
    options,
    { threshold: maybe(checkNumber), learningRate: maybe(checkPositive) },
  );
  const columns = study.realizations.map(({ testAccuracy }) => testAccuracy);
  const count = columns.length;
  if (count < 2) {
    throw new RangeError(`the study has ${count} realizations; a jackknife needs two at least`);
  }
  const time = crossing(study.time, columns, threshold);
  const leaveOneOut = columns.map((_, out) =>
    crossing(study.time, columns.filter((_, i) => i !== out), threshold)
  );
  if (time === undefined) return { leaveOneOut, logError: Infinity };
  const { n } = study.configuration;
  const logError = jackknifeError(leaveOneOut.map((t) => t === undefined ? NaN : Math.log(t)));
  const reach = Math.exp(logError * studentQuantile(0.975, count - 1));
  return {
    ...{ time, leaveOneOut, logError, meanTime: n * time },
    interval: [time / reach, time * reach],
    epochs: { sum: time / learningRate, mean: n * time / learningRate },
  };
}

function jackknifeError(values: readonly number[]): number {
  if (values.some(Number.isNaN)) return Infinity;
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt((values.length - 1) / values.length * squares);
}

/** Where the mean of the columns passes the threshold for good. */
function crossing(
  time: readonly number[],
  columns: readonly (readonly number[])[],
  threshold: number,
): number | undefined {
  const means = time.map((_, i) => mean(columns.map((column) => column[i])));
  const below = means.findLastIndex((accuracy) => accuracy < threshold);
  if (below === -1 || below === means.length - 1) return undefined;
  // No logarithm reaches back to 0: the first recorded time then.
  if (below === 0) return time[1];
  const share = (threshold - means[below]) / (means[below + 1] - means[below]);
  return time[below] * (time[below + 1] / time[below]) ** share;
}

/** T/T_SL from one start at a mark. */
export interface RatioFrom {
  /** τ of the start. */
  readonly from: number;
  readonly inefficiency: SeedMean;
}

/**
 * T/T_SL at a mark against where the path is begun: how far the warm ratio hangs on the warm start.
 *
 * @returns an entry for each start that all realizations know displacements from and all are past at the
 * mark, the cold start first; none if not all come to the mark
 * @throws as `markOf` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ratioByStart, type SpeedLimitStudy, storedResult } from "../mod.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500");
 * const [cold, warm] = ratioByStart(stored!.result, { time: 0.2 });
 * assert(cold.from === 0 && cold.inefficiency.mean > warm.inefficiency.mean);
 * ```
 */
export function ratioByStart(study: SpeedLimitStudy, mark: Mark): RatioFrom[] {
  checkStudy("study", study);
  checkMark("mark", mark);
  const { time, warmIndex, realizations } = study;
  const ends = realizations.map((one) => timeAtMark(study, one, mark));
  const known = [
    0,
    ...(warmIndex > 0 ? [warmIndex] : []),
    ...realizations.flatMap((one) => Object.keys(one.displacementSquaredFrom ?? {}).map(Number)),
  ];
  const origins = [...new Set(known)].sort((a, b) => a - b);
  return origins.flatMap((from) => {
    const ratios = realizations.flatMap((one, i) => {
      const end = ends[i];
      const has = from === 0 || (from === warmIndex && one.warm) ||
        one.displacementSquaredFrom?.[from];
      if (!has || end === undefined) return [];
      const { inefficiency } = ratiosOf(study, one, { from });
      return columnAt(time.slice(from + 1), inefficiency.slice(1), end) ?? [];
    });
    if (ratios.length < realizations.length) return [];
    return [{ from: time[from], inefficiency: seedMean(ratios, RATIO)! }];
  });
}
