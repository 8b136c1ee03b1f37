/**
 * How a mean goes with the size of a system: its expansion in 1/size, and its power.
 *
 * @module
 */
import {
  checkInteger,
  checkNumber,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
  must,
} from "../numerics/checks.ts";
import {
  checkSizeGroups,
  groupedFit,
  type KnownMean,
  type SizeEstimate,
  type SizeGroup,
} from "./size_groups.ts";

/** Options of {@link fitInverseSize}. */
export interface InverseSizeOptions {
  /** The mean for size → ∞, where it is known; fitted if left out. */
  readonly limit?: KnownMean;
  /** The last power of 1/size. */
  readonly order?: 1 | 2;
  readonly level?: number;
}

/** μ(N) = μ_∞ + a/N (+ b/N²), N the size. */
export interface InverseSizeFit {
  /** a */
  readonly slope: SizeEstimate;
  /** b; not there in first order. */
  readonly curvature?: SizeEstimate;
  /** μ_∞, as it is known or as it is fitted. */
  readonly limit: SizeEstimate;
  readonly sizes: readonly number[];
  /** μ(N) − μ_∞ by the fit. */
  excess(size: number): SizeEstimate;
}

const checkKnown = must(checkRecord, {
  mean: checkNumber,
  standardError: must(checkNumber, { least: 0 }),
}, "a mean with its standard error");

/**
 * Means of independent values at several sizes N by μ_∞ + a/N, or with b/N², with intervals that hold
 * for groups of different spread and number (Welch's t; values of equal weight).
 *
 * @param groups a size each: two values at least; one size more than the order
 * @throws {RangeError} if there are too few sizes or values, one size is there twice or not positive, or
 * an option is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitInverseSize } from "./inverse_size.ts";
 *
 * const groups = [16, 64, 256].map((size) => ({
 *   size,
 *   values: [-0.1, 0, 0.1].map((noise) => 2 + 8 / size + noise),
 * }));
 * const { slope, limit } = fitInverseSize(groups);
 * assert(Math.abs(slope.value - 8) < 1e-9 && Math.abs(limit.value - 2) < 1e-9);
 * const through = fitInverseSize(groups, { limit: { mean: 2, standardError: 0 } });
 * assert(Math.abs(through.slope.value - 8) < 1e-9);
 * assert(Math.abs(through.excess(128).value - 1 / 16) < 1e-9);
 * assert.throws(() => fitInverseSize(groups, { order: 2 }).excess(-1), /size is -1/);
 * ```
 */
export function fitInverseSize(
  groups: readonly SizeGroup[],
  options: InverseSizeOptions = {},
): InverseSizeFit {
  const { limit, order = 1, level = 0.95 } = checkOptions("options", options, {
    limit: maybe(checkKnown),
    order: maybe(must(checkInteger, { most: 2 })),
    level: maybe(checkNumber, { above: 0, below: 1 }),
  });
  const sorted = checkSizeGroups("groups", groups, order + 1);
  // In units of the smallest size no term is much smaller than another.
  const unit = sorted[0].size;
  const powers = limit ? [1, 2].slice(0, order) : [0, 1, 2].slice(0, order + 1);
  const terms = (size: number) => powers.map((power) => (unit / size) ** power);
  const fit = groupedFit(sorted, terms, { known: limit, level });
  const only = (power: number) => powers.map((p) => p === power ? unit ** power : 0);
  return {
    slope: fit.combination(only(1)),
    ...(order === 2 && { curvature: fit.combination(only(2)) }),
    limit: limit ? fit.combination(only(-1), 1) : fit.combination(only(0)),
    sizes: sorted.map(({ size }) => size),
    excess: (size) => {
      checkPositive("size", size);
      return fit.combination(terms(size).map((term, i) => powers[i] === 0 ? 0 : term));
    },
  };
}

/**
 * b of values ∝ size^b: a line through the logarithms, with its interval as {@link fitInverseSize} has it.
 *
 * @param groups positive values at two sizes or more, two at each at least
 * @throws {RangeError} if there are too few, or one is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitSizePower } from "./inverse_size.ts";
 * const groups = [4, 16, 64].map((size) => ({ size, values: [0.9, 1, 1.1].map((x) => x / size) }));
 * const { value, interval } = fitSizePower(groups);
 * assert(Math.abs(value + 1) < 1e-9 && interval[0] < -1 && interval[1] > -1);
 * ```
 */
export function fitSizePower(
  groups: readonly SizeGroup[],
  options: { readonly level?: number } = {},
): SizeEstimate {
  const { level } = checkOptions("options", options, {
    level: maybe(checkNumber, { above: 0, below: 1 }),
  });
  const sorted = checkSizeGroups("groups", groups, 2);
  const logs = sorted.map(({ size, values }) => ({
    size,
    values: values.map((value, i) =>
      Math.log(checkPositive(`values[${i}] of size ${size}`, value))
    ),
  }));
  return groupedFit(logs, (size) => [1, Math.log(size)], { level }).combination([0, 1]);
}
