/**
 * Descriptive statistics, by simple-statistics, with our checks and in one convention each.
 *
 * Its sums are compensated (Kahan and Babuška), so means survive cancellation; its deviations are
 * taken from such a mean, so a variance survives a large offset. What it does less well stays ours:
 * special functions (its probit is off by 2·10⁻³), geometric means (its product overflows) and
 * weighted fits of more than a line (log_bins.ts).
 *
 * @module
 */
import {
  linearRegression,
  linearRegressionLine,
  mean as meanOf,
  permutationTest as permutationTestOf,
  quantile as quantileOf,
  rSquared as rSquaredOf,
  sampleCorrelation,
  sampleVariance,
} from "simple-statistics";
import {
  checkInteger,
  checkNumber,
  checkNumbers,
  checkOneOf,
  checkOptions,
  maybe,
} from "../numerics/checks.ts";
import { randomStream } from "../numerics/random.ts";

/**
 * The mean; the sum is compensated, so that what cancels leaves what is small beside it.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if there is no value
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mean } from "./descriptive.ts";
 * assert.equal(mean([1e100, 3, -1e100]), 1);
 * ```
 */
export function mean(values: ArrayLike<number>): number {
  return meanOf(finite("values", values, 1));
}

/**
 * The sample variance, Σ (x − x̄)²/(n − 1); the standard deviation is its root.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if there are fewer than two values
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { variance } from "./descriptive.ts";
 * assert.equal(variance([4, 7, 13, 16].map((x) => 1e9 + x)), 30);
 * ```
 */
export function variance(values: ArrayLike<number>): number {
  return sampleVariance(finite("values", values, 2));
}

/**
 * The quantiles of a sample: linear between its order statistics, x_(1) at 0 and x_(n) at 1 (type 7
 * of Hyndman and Fan, as NumPy and R have it).
 *
 * @param at where, each from 0 to 1
 * @returns one number for each of these
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if there is no value, or a place is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { quantiles } from "./descriptive.ts";
 * assert.deepEqual(quantiles([4, 1, 3, 2], [0, 0.5, 0.75]), [1, 2.5, 3.25]);
 * ```
 */
export function quantiles(values: ArrayLike<number>, at: readonly number[]): number[] {
  finite("values", values, 1);
  Array.from(checkNumbers("at", at)).forEach((p, i) =>
    checkNumber(`at[${i}]`, p, { least: 0, most: 1 })
  );
  return quantileOf(Array.from(values), Array.from(at));
}

/**
 * The median: half of the values lie below it, half above.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if there is no value
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { median } from "./descriptive.ts";
 * assert.equal(median([10, 1, 2, 3]), 2.5);
 * ```
 */
export function median(values: ArrayLike<number>): number {
  return quantileOf(Array.from(finite("values", values, 1)), 0.5);
}

/**
 * Pearson's correlation of two samples, between −1 and 1; NaN where one is constant.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if there are fewer than two pairs, or lengths differ
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { correlation } from "./descriptive.ts";
 * assert(Math.abs(correlation([1, 2, 3], [5, 3, 1]) + 1) < 1e-15);
 * ```
 */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [a, b] = paired(x, y);
  return sampleCorrelation(a, b);
}

/** A straight line y ≈ intercept + slope · x. */
export interface LineFit {
  readonly slope: number;
  readonly intercept: number;
  /** Share of the variance of y that the line explains. */
  readonly rSquared: number;
}

/**
 * The line of least squares through points of equal weight. A power law is fitted with
 * `fitPowerLaw`, which bins and weights.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if there are fewer than two points, lengths differ, or all x are the same
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitLine } from "./descriptive.ts";
 * assert.deepEqual(fitLine([0, 1, 2], [1, 3, 5]), { slope: 2, intercept: 1, rSquared: 1 });
 * ```
 */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>): LineFit {
  const [a, b] = paired(x, y);
  if (Array.from(a).every((value) => value === a[0])) {
    throw new RangeError(`all x are ${a[0]}; a line needs two that differ`);
  }
  const points = Array.from(a, (value, i) => [value, b[i]]);
  const line = linearRegression(points);
  const rSquared = rSquaredOf(points, linearRegressionLine(line));
  return { slope: line.m, intercept: line.b, rSquared };
}

/**
 * How likely two samples of one law have means as different as these, by dealing their values out
 * anew at random.
 *
 * @param alternative what the test is against: means that differ, or x̄ above or below ȳ
 * @param permutations so many deals
 * @returns p = (1 + deals as extreme)/(1 + deals), which is never 0 and holds its level exactly
 * (Phipson and Smyth, Stat. Appl. Genet. Mol. Biol. 9, 2010)
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if a sample is empty, or an option is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { permutationTest } from "./descriptive.ts";
 * assert(permutationTest([1, 2, 3, 4, 5, 6], [21, 22, 23, 24, 25, 26]) < 0.01);
 * assert(permutationTest([1, 3, 5, 7], [2, 3, 4, 7]) > 0.5);
 * ```
 */
export function permutationTest(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: {
    readonly alternative?: Alternative;
    readonly permutations?: number;
    readonly seed?: number;
  } = {},
): number {
  const [a, b] = [Array.from(finite("x", x, 1)), Array.from(finite("y", y, 1))];
  const { alternative = "different", permutations = 9999, seed = 0 } = checkOptions(
    "options",
    options,
    {
      alternative: maybe(checkOneOf<Alternative>, ["different", "greater", "less"]),
      permutations: maybe(checkInteger),
      seed: maybe(checkInteger, { least: 0 }),
    },
  );
  const { uniform } = randomStream(seed, "statistics/permutation test");
  const side = alternative === "different" ? "two_side" : alternative;
  const share = permutationTestOf(a, b, side, permutations, uniform);
  return (1 + Math.round(share * permutations)) / (1 + permutations);
}

type Alternative = "different" | "greater" | "less";

function paired(x: ArrayLike<number>, y: ArrayLike<number>): [number[], number[]] {
  const [a, b] = [finite("x", x, 0), finite("y", y, 0)];
  if (a.length !== b.length) {
    throw new RangeError(`x has ${a.length} values, y ${b.length}; they must be pairs`);
  }
  return [finite("x", a, 2), b];
}

/**
 * The values, if there are enough and all are finite. simple-statistics reads them by index alone,
 * so that a typed array is not copied.
 */
export function finite(name: string, values: ArrayLike<number>, least: number): number[] {
  checkNumbers(name, values);
  if (values.length < least) {
    const has = values.length === 1 ? "1 number" : `${values.length} numbers`;
    throw new RangeError(`${name} has ${has}; it must have ${least} or more`);
  }
  return values as number[];
}
