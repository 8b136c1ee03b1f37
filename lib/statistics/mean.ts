/**
 * Means over realizations, with their uncertainty.
 *
 * @module
 */
import { mean, sampleVariance } from "simple-statistics";
import { checkNumber, checkOptions, checkPositive, maybe } from "../numerics/checks.ts";
import { studentQuantile } from "../numerics/mod.ts";
import { finite } from "./descriptive.ts";

/** A mean of independent values. */
export interface MeanAndError {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly standardError: number;
  /** Student's 95 % interval of the mean. */
  readonly interval: readonly [low: number, high: number];
  readonly count: number;
}

/**
 * The mean of independent values, its standard error and Student's interval.
 *
 * @param level of the interval, between 0 and 1
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if there are fewer than two values, or the level is out of
 * range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meanAndError } from "./mean.ts";
 *
 * const { mean, standardError } = meanAndError([1, 2, 3]);
 * assert.equal(mean, 2);
 * assert(Math.abs(standardError - 1 / Math.sqrt(3)) < 1e-15);
 * ```
 */
export function meanAndError(
  values: ArrayLike<number>,
  options: { readonly level?: number } = {},
): MeanAndError {
  const { level = 0.95 } = checkOptions("options", options, {
    level: maybe(checkNumber, { above: 0, below: 1 }),
  });
  const all = finite("values", values, 2), count = all.length;
  const middle = mean(all);
  const standardError = Math.sqrt(sampleVariance(all) / count);
  const reach = standardError * studentQuantile((1 + level) / 2, count - 1);
  return { mean: middle, standardError, interval: [middle - reach, middle + reach], count };
}

/** A geometric mean of independent positive values. */
export interface GeometricMean {
  readonly mean: number;
  /** Student's interval of the mean logarithm, as values. */
  readonly interval: readonly [low: number, high: number];
  /** The usual mean, for comparison: large where values differ by factors. */
  readonly arithmetic: number;
  readonly count: number;
}

/**
 * The geometric mean of independent positive values and its interval: what to give where values
 * differ by factors, and an interval of the usual mean would reach below 0.
 *
 * @param level of the interval, between 0 and 1
 * @param least what no such value can be less than, 1 for T/T_SL: the interval is cut there, and holds the
 * mean as often as before, which cannot lie in what was cut away. An end at `least` says "at most", no more
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if there are fewer than two values, one is not positive, or the level is out
 * of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { geometricMean } from "./mean.ts";
 *
 * const { mean, interval, arithmetic } = geometricMean([1, 4, 16]);
 * assert(Math.abs(mean - 4) < 1e-12 && arithmetic === 7);
 * assert(Math.abs(interval[0] * interval[1] - 16) < 1e-9);
 * assert(interval[0] < 1);
 * assert.deepEqual(geometricMean([1, 4, 16], { least: 1 }).interval, [1, interval[1]]);
 * ```
 */
export function geometricMean(
  values: ArrayLike<number>,
  options: { readonly level?: number; readonly least?: number } = {},
): GeometricMean {
  const { least = 0, ...others } = checkOptions("options", options, {
    level: maybe(checkNumber, { above: 0, below: 1 }),
    least: maybe(checkPositive),
  });
  const bad = Array.from(finite("values", values, 2)).findIndex((value) => !(value > 0));
  if (bad >= 0) throw new RangeError(`values[${bad}] is ${values[bad]}; it must be positive`);
  const logs = meanAndError(Array.from(values, Math.log), others);
  const [low, high] = logs.interval.map(Math.exp), middle = Math.exp(logs.mean);
  return {
    mean: middle,
    // By rounding the mean itself may lie below the least.
    interval: [Math.min(middle, Math.max(least, low)), high],
    arithmetic: mean(values as number[]),
    count: logs.count,
  };
}
