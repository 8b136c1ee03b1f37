/**
 * A speed limit study's columns as means over its realizations, with intervals.
 *
 * @module
 */
import { type MeanAndError, meanAndError } from "../statistics/mod.ts";
import type { PathRatios, SpeedLimitStudy } from "./speed_limit.ts";

/** A path's ratios at one time, each a mean over realizations with Student's 95 % interval. */
export type RatioMeans = { readonly [K in keyof PathRatios]: MeanAndError };

/** A column over realizations: its geometric mean and the 95 % interval of that. */
export interface Curve {
  readonly time: number[];
  readonly middle: number[];
  readonly low: number[];
  readonly high: number[];
}

const RATIOS = ["inefficiency", "tortuosity", "speedSpread"] as const;

/**
 * The ratios at a recorded time of cold and warm paths, each the mean over realizations and its
 * interval.
 *
 * @param time counted from initialization, for the warm path too; the nearest recorded time is
 * taken, the horizon by default
 * @returns `warm` is not there if the warm start was not reached before that time
 * @throws {RangeError} if the study has fewer than two realizations, or time is not within it
 *
 * @example
 * ```ts ignore
 * const study = await speedLimitStudy({
 *   architecture: "fully-connected", width: 64, n: 100, seeds: [0, 1], horizon: 0.2,
 * });
 * const { mean, interval } = ratiosAt(study).cold.inefficiency;
 * ```
 */
export function ratiosAt(
  study: SpeedLimitStudy,
  { time = study.configuration.horizon }: { readonly time?: number } = {},
): { readonly time: number; readonly cold: RatioMeans; readonly warm?: RatioMeans } {
  if (!(time > 0 && time <= study.configuration.horizon)) {
    throw new RangeError(
      `time is ${time}; it must be above 0, up to the horizon, ${study.configuration.horizon}`,
    );
  }
  const entry = nearest(study, time);
  const of = (start: "cold" | "warm", at: number): RatioMeans => {
    const paths = study.realizations.flatMap((realization) => realization[start] ?? []);
    const [inefficiency, tortuosity, speedSpread] = RATIOS.map((name) =>
      meanAndError(paths.map((path) => path[name][at]))
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
 * so the middle is their geometric mean, and the interval Student's of the logarithm.
 *
 * @param start the warm path's times are counted from the warm start
 * @returns the entries past the origin; none if there is no such path
 *
 * @example
 * ```ts ignore
 * const { time, middle, low, high } = overRealizations(study, "cold", "inefficiency");
 * await show(figure([band(time, middle, low, high)], { log: "xy" }));
 * ```
 */
export function overRealizations(
  study: SpeedLimitStudy,
  start: "cold" | "warm",
  column: keyof PathRatios | "loss",
): Curve {
  const from = start === "cold" ? 0 : study.warmIndex;
  const columns = study.realizations.flatMap((realization) => {
    if (column === "loss") return from < 0 ? [] : [realization.loss.slice(from)];
    return realization[start] ? [realization[start][column]] : [];
  });
  if (columns.length === 0) return { time: [], middle: [], low: [], high: [] };
  const entries = study.time.slice(from).keys().drop(1).toArray();
  const means = entries.map((i) => logMean(columns.map((values) => values[i])));
  return {
    time: entries.map((i) => study.time[from + i] - study.time[from]),
    middle: means.map(({ middle }) => middle),
    low: means.map(({ low }) => low),
    high: means.map(({ high }) => high),
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
 * ```ts ignore
 * const { middle, low, high } = inefficiencyRatio(large, small, "cold");
 * ```
 */
export function inefficiencyRatio(
  study: SpeedLimitStudy,
  other: SpeedLimitStudy,
  start: "cold" | "warm",
  { times = [study.configuration.horizon, other.configuration.horizon] }: {
    readonly times?: readonly [number, number];
  } = {},
): {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
  readonly seeds: number;
} {
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
  return { ...logMean(ratios), seeds: common.length };
}

/** The entry whose time is nearest, in its logarithm. */
function nearest(study: SpeedLimitStudy, time: number): number {
  const off = study.time.map((t) => Math.abs(Math.log(t / time)));
  return off.indexOf(Math.min(...off));
}

function logMean(values: readonly number[]) {
  if (values.length === 1) return { middle: values[0], low: values[0], high: values[0] };
  const { mean, interval } = meanAndError(values.map(Math.log));
  return { middle: Math.exp(mean), low: Math.exp(interval[0]), high: Math.exp(interval[1]) };
}
