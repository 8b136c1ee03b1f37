/**
 * Means over realizations, with their uncertainty.
 *
 * @module
 */
import { studentQuantile, sum } from "../numerics/mod.ts";

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
 * @throws {RangeError} if there are fewer than two values, one is not finite, or the level is out of
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
  { level = 0.95 }: { readonly level?: number } = {},
): MeanAndError {
  const count = values.length;
  if (count < 2) {
    throw new RangeError(`there are ${count} values; an error needs two at least`);
  }
  const bad = Array.from(values).findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`values[${bad}] is ${values[bad]}; it must be finite`);
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`level is ${level}; it must be between 0 and 1`);
  }
  const all = Float64Array.from(values);
  const mean = sum(all) / count;
  const variance = sum(all.map((value) => (value - mean) ** 2)) / (count - 1);
  const standardError = Math.sqrt(variance / count);
  const reach = standardError * studentQuantile((1 + level) / 2, count - 1);
  return { mean, standardError, interval: [mean - reach, mean + reach], count };
}
