/**
 * Means over those seeds of a study that come to a mark.
 *
 * @module
 */
import { geometricMean, meanAndError, withInterval } from "../../statistics/mod.ts";
import {
  checkFlag,
  checkInteger,
  checkNumbers,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
} from "../../numerics/checks.ts";
import { checkValue } from "../checks.ts";

/** A mean over those seeds that come to a mark, with Student's 95 % interval if there are two. */
export interface SeedMean {
  readonly mean: number;
  readonly interval?: readonly [low: number, high: number];
  readonly count: number;
}

/** T/T_SL, l_γ/l_geo and the spread of speed are 1 or more: so are the ends of their intervals. */
export const RATIO = { least: 1 } as const;

/**
 * The mean over seeds: geometric, unless told otherwise.
 *
 * @param least what no value can be less than; the interval of a geometric mean is cut there
 * @returns `undefined` of none; of one, without an interval
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { seedMean } from "./seed_mean.ts";
 * assert(Math.abs(seedMean([1, 4, 16])!.mean - 4) < 1e-12);
 * assert.deepEqual(seedMean([3]), { mean: 3, count: 1 });
 * assert.equal(seedMean([]), undefined);
 * ```
 */
export function seedMean(
  values: readonly number[],
  options: { readonly geometric?: boolean; readonly least?: number } = {},
): SeedMean | undefined {
  checkNumbers("values", values);
  const { geometric = true, least } = checkOptions("options", options, {
    geometric: maybe(checkFlag),
    least: maybe(checkPositive),
  });
  if (values.length === 0) return undefined;
  if (values.length === 1) return { mean: values[0], count: 1 };
  const { mean, interval, count } = geometric
    ? geometricMean(values, { least })
    : meanAndError(values);
  return { mean, interval, count };
}

/**
 * A mean over seeds as text, with its interval, and how many seeds it is of where not all come so far.
 *
 * @param of how many seeds there are
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { seedMeanText } from "./seed_mean.ts";
 * const mean = { mean: 20, interval: [10, 40], count: 4 } as const;
 * assert.equal(seedMeanText(mean), "20.0 [10.0, 40.0]");
 * assert.equal(seedMeanText(mean, { of: 6 }), "20.0 [10.0, 40.0] (4 of 6 seeds)");
 * assert.equal(seedMeanText({ mean: 3, count: 1 }), "3.0 (1 seed)");
 * assert.equal(seedMeanText(undefined), "not reached");
 * ```
 */
export function seedMeanText(
  value: SeedMean | undefined,
  options: { readonly of?: number; readonly digits?: number } = {},
): string {
  const { of, digits = 1 } = checkOptions("options", options, {
    ...{ of: maybe(checkInteger), digits: maybe(checkInteger, { least: 0, most: 100 }) },
  });
  if (value === undefined) return "not reached";
  checkRecord("value", value, {
    ...{ mean: checkValue, interval: maybe(checkNumbers, { gaps: true, length: 2 }) },
    count: checkValue,
  });
  const { mean, interval, count } = value;
  if (!interval) {
    return `${mean.toFixed(digits)} (1 ${of !== undefined && of > 1 ? `of ${of} seeds` : "seed"})`;
  }
  const some = of !== undefined && count < of ? ` (${count} of ${of} seeds)` : "";
  return withInterval({ mean, interval }, { digits }) + some;
}
