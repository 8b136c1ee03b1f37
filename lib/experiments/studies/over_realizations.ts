/**
 * A speed limit study's columns as means over its realizations, with intervals.
 *
 * @module
 */
import {
  checkNumber,
  checkNumbers,
  checkOneOf,
  checkOptions,
  maybe,
} from "../../numerics/checks.ts";
import { checkStudy } from "../checks.ts";
import { type GeometricMean, geometricMean, mean } from "../../statistics/mod.ts";
import { RATIO } from "./seed_mean.ts";
import type { PathRatios, SpeedLimitStudy } from "./speed_limit_result.ts";

/** A path's ratios at one time, each a geometric mean over realizations with its 95 % interval. */
export type RatioMeans = { readonly [K in keyof PathRatios]: GeometricMean };

/** A column over realizations: its geometric mean, and between what values the realizations lie. */
export interface Curve {
  readonly time: number[];
  readonly middle: number[];
  readonly low: number[];
  readonly high: number[];
}

const RATIOS = ["inefficiency", "tortuosity", "speedSpread"] as const;

/**
 * The ratios at a recorded time of cold and warm paths, each the geometric mean over
 * realizations and its interval: realizations differ by factors.
 *
 * @param time counted from initialization, for the warm path too; the nearest recorded time is
 * taken, the horizon by default
 * @returns `warm` is not there if the warm start was not reached before that time
 * @throws {RangeError} if the study has fewer than two realizations, or time is not within it
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ratiosAt, type SpeedLimitStudy, storedResults } from "../mod.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * const { mean, interval } = ratiosAt(study).cold.inefficiency;
 * assert(interval[0] < mean && mean < interval[1]);
 * ```
 */
export function ratiosAt(
  study: SpeedLimitStudy,
  options: { readonly time?: number } = {},
): { readonly time: number; readonly cold: RatioMeans; readonly warm?: RatioMeans } {
  checkStudy("study", study);
  const { time = study.configuration.horizon } = checkOptions("options", options, {
    time: maybe(checkNumber),
  });
  if (!(time > 0 && time <= study.configuration.horizon)) {
    throw new RangeError(
      `time is ${time}; it must be above 0, up to the horizon, ${study.configuration.horizon}`,
    );
  }
  const entry = nearest(study, time);
  const of = (start: "cold" | "warm", at: number): RatioMeans => {
    const paths = study.realizations.flatMap((realization) => realization[start] ?? []);
    const [inefficiency, tortuosity, speedSpread] = RATIOS.map((name) =>
      geometricMean(paths.map((path) => path[name][at]), RATIO)
    );
    return { inefficiency, tortuosity, speedSpread };
  };
  const sinceWarm = study.warmIndex < 0 ? -1 : entry - study.warmIndex;
  return {
    time: study.time[entry],
    cold: of("cold", entry),
    warm: sinceWarm > 0 ? of("warm", sinceWarm) : undefined,
  };
}

/**
 * One column of a study in time. The loss and the ratios of several realizations differ by factors,
 * so the middle is their geometric mean; `low` and `high` are the least and the largest of them.
 *
 * @param start the warm path's times are counted from the warm start
 * @returns the entries past the origin; none if there is no such path
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { overRealizations, type SpeedLimitStudy, storedResults } from "../mod.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * const { time, middle, low, high } = overRealizations(study, "cold", "inefficiency");
 * assert(time.length === middle.length && low[0] <= high[0]);
 * ```
 */
export function overRealizations(
  study: SpeedLimitStudy,
  start: "cold" | "warm",
  column: keyof PathRatios | "loss",
): Curve {
  checkStudy("study", study);
  checkOneOf("start", start, ["cold", "warm"]);
  checkOneOf("column", column, [...RATIOS, "loss"]);
  const from = start === "cold" ? 0 : study.warmIndex;
  const columns = study.realizations.flatMap((realization) => {
    if (column === "loss") return from < 0 ? [] : [realization.loss.slice(from)];
    return realization[start] ? [realization[start][column]] : [];
  });
  if (columns.length === 0) return { time: [], middle: [], low: [], high: [] };
  const entries = study.time.slice(from).keys().drop(1).toArray();
  const at = entries.map((i) => columns.map((values) => values[i]));
  return {
    time: entries.map((i) => study.time[from + i] - study.time[from]),
    middle: at.map((values) => Math.exp(mean(values.map(Math.log)))),
    low: at.map((values) => Math.min(...values)),
    high: at.map((values) => Math.max(...values)),
  };
}

/**
 * By which factor T/T_SL differs between two studies, seed by seed: the geometric mean of the ratio
 * `study`/`other` over the seeds that both have, with Student's 95 % interval of its logarithm.
 * The same seed has the same initial weights, so the pairs differ by less than the realizations do.
 *
 * @param time of each, counted from initialization; their horizons by default
 * @throws {RangeError} if fewer than two seeds are common, or a warm start was not reached
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inefficiencyRatio, type SpeedLimitStudy, storedResults } from "../mod.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * const { middle, seeds } = inefficiencyRatio(study, study, "cold");
 * assert(Math.abs(middle - 1) < 1e-12 && seeds === study.realizations.length);
 * ```
 */
export function inefficiencyRatio(
  study: SpeedLimitStudy,
  other: SpeedLimitStudy,
  start: "cold" | "warm",
  options: { readonly times?: readonly [number, number] } = {},
): {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
  readonly seeds: number;
} {
  checkStudy("study", study);
  checkStudy("other", other);
  checkOneOf("start", start, ["cold", "warm"]);
  const { times = [study.configuration.horizon, other.configuration.horizon] } = checkOptions(
    "options",
    options,
    { times: maybe(checkNumbers, { length: 2 }) },
  );
  const values = (of: SpeedLimitStudy, time: number) => {
    const from = start === "cold" ? 0 : of.warmIndex;
    const at = nearest(of, time) - from;
    if (from < 0 || at <= 0) {
      throw new RangeError(`n = ${of.configuration.n} has no ${start} start before time ${time}`);
    }
    return new Map(of.realizations.map((one) => [one.seed, one[start]!.inefficiency[at]]));
  };
  const [own, others] = [values(study, times[0]), values(other, times[1])];
  const common = [...own.keys()].filter((seed) => others.has(seed));
  if (common.length < 2) {
    throw new RangeError(`the studies share ${common.length} seeds; a comparison needs two`);
  }
  const ratios = common.map((seed) => own.get(seed)! / others.get(seed)!);
  const { mean, interval: [low, high] } = geometricMean(ratios);
  return { middle: mean, low, high, seeds: common.length };
}

/** The entry whose time is nearest, in its logarithm. */
function nearest(study: SpeedLimitStudy, time: number): number {
  const off = study.time.map((t) => Math.abs(Math.log(t / time)));
  return off.indexOf(Math.min(...off));
}
