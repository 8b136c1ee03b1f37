/**
 * Tests of paired values: is their mean difference 0?
 *
 * @module
 */
import { checkLength, checkNumbers } from "../numerics/checks.ts";
import { studentQuantile } from "../numerics/mod.ts";
import { mean, variance } from "./descriptive.ts";

/** So many pairs at most have their signs flipped in all ways: 2²⁰ of them. */
const MOST = 20;

/** What paired values say of their mean difference. */
export interface PairedTest {
  /** The mean of x − y. */
  readonly difference: number;
  /** Student's 95 % interval of it. */
  readonly interval: readonly [low: number, high: number];
  /** The mean over its standard error; infinite, or NaN, where all differences are one number. */
  readonly t: number;
  /** Two-sided, by Student's law: of differences that are normal. */
  readonly pValue: number;
  /**
   * Two-sided and exact: the share of all 2ⁿ ways to flip signs whose mean is as far from 0; not there
   * of more than 20 pairs. It is never below 2^(1−n), so that few pairs cannot be significant by it once
   * many tests are told.
   */
  readonly exactPValue?: number;
  readonly count: number;
}

/**
 * Student's paired test, and the exact test by flipping signs (R. A. Fisher, 1935).
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if there are fewer than two pairs, or the lengths differ
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pairedTest } from "./paired_test.ts";
 * const { difference, pValue, exactPValue } = pairedTest([5, 7, 9, 12], [4, 5, 6, 8]);
 * assert.equal(difference, 2.5);
 * assert(Math.abs(pValue - 0.030466291662170977) < 1e-14);
 * assert.equal(exactPValue, 2 / 16);
 * ```
 */
export function pairedTest(x: ArrayLike<number>, y: ArrayLike<number>): PairedTest {
  const [a, b] = [Array.from(checkNumbers("x", x)), Array.from(checkNumbers("y", y))];
  checkLength("y", b, a.length);
  if (a.length < 2) {
    throw new RangeError(
      `x has ${a.length === 1 ? "1 number" : "no numbers"}; a paired test needs two or more`,
    );
  }
  const count = a.length;
  const differences = a.map((value, i) => value - b[i]);
  const difference = mean(differences);
  const error = Math.sqrt(variance(differences) / count);
  const reach = error * studentQuantile(0.975, count - 1);
  const t = difference / error;
  return {
    ...{ difference, interval: [difference - reach, difference + reach], t, count },
    pValue: Number.isNaN(t) ? 1 : studentPValue(t, count - 1),
    ...(count <= MOST && { exactPValue: flippedPValue(differences) }),
  };
}

/**
 * P(|T| > |t|) of Student's law: I_x(n/2, 1/2) with x = n/(n + t²), or 1 − I_y(1/2, n/2) with
 * y = 1 − x, each by a series of positive terms where it is fast.
 *
 * @param degrees of freedom, an integer
 */
function studentPValue(t: number, degrees: number): number {
  const x = 1 / (1 + t * t / degrees);
  const half = degrees / 2;
  return x < 0.5 ? incompleteBeta(x, half, 0.5) : 1 - incompleteBeta(1 - x, 0.5, half);
}

/** I_x(a, b), one of a, b being 1/2, as x^a y^b/(a B(a, b)) · Σ_k (a + b)_k x^k/(a + 1)_k. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x === 0) return 0;
  let sum = 0;
  for (let k = 0, term = 1; term > sum * Number.EPSILON / 4; k++) {
    sum += term;
    term *= x * (a + b + k) / (a + 1 + k);
  }
  // 1/B(m, 1/2) = Γ(m + 1/2)/(Γ(m) √π)
  const ratio = gammaRatio(2 * Math.max(a, b)) / Math.sqrt(Math.PI);
  return ratio / a * Math.exp(a * Math.log(x) + b * Math.log1p(-x)) * sum;
}

/** Γ((n + 1)/2)/Γ(n/2), up from n = 1 or 2. */
function gammaRatio(n: number): number {
  let [at, ratio] = n % 2 === 1 ? [1, 1 / Math.sqrt(Math.PI)] : [2, Math.sqrt(Math.PI) / 2];
  for (; at < n; at += 2) ratio *= (at + 1) / at;
  return ratio;
}

/** The share of all flips of signs whose sum is as far from 0 as that of none. */
function flippedPValue(differences: readonly number[]): number {
  const total = Math.abs(differences.reduce((sum, value) => sum + value, 0));
  const size = differences.reduce((sum, value) => sum + Math.abs(value), 0);
  const least = total - 1e-12 * size;
  let extreme = 0;
  // The mirror image of each flip is as extreme: the first sign stays.
  const flips = 2 ** (differences.length - 1);
  for (let flip = 0; flip < flips; flip++) {
    const sum = differences.reduce(
      (s, value, i) => s + ((flip >> (i - 1)) & 1 && i ? -value : value),
      0,
    );
    if (Math.abs(sum) >= least) extreme++;
  }
  return extreme / flips;
}
