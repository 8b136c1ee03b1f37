import { checkNumbers } from "./checks.ts";

/** Numbers to be summed. */
export type Numbers = Float64Array | Float32Array | readonly number[];

/** What is not finite may be summed too. */
const GAPS = { gaps: true } as const;

/**
 * The sum of the values in float64, as good as if it were made with twice the digits.
 *
 * Neumaier's compensated sum: the rounding error of each addition is found exactly and added at
 * the end, so that terms which cancel leave what is small beside them. An infinity or NaN among
 * the values gives what a plain sum gives. The sum of nothing is 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sum } from "./sums.ts";
 *
 * assert.equal(sum([1, 1e100, 1, -1e100]), 2);
 * ```
 */
export function sum(values: Numbers): number {
  checkNumbers("values", values, GAPS);
  let total = 0, lost = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    const next = total + x;
    lost += roundingOfSum(total, x, next);
    total = next;
  }
  return Number.isFinite(total) ? total + lost : total;
}

/**
 * The scalar product Σ aᵢ bᵢ in float64, as good as if it were made with twice the digits.
 *
 * Ogita, Rump and Oishi's Dot2: the rounding errors of products and of sums are both found exactly
 * and added at the end (products below 10⁻²⁹¹ apart, whose errors a double cannot hold). An
 * infinity or NaN among the values gives what a plain loop gives.
 *
 * @throws {RangeError} if the lengths differ
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { dot } from "./sums.ts";
 *
 * const x = 1 + 2 ** -30;
 * assert.equal(dot([x, -1], [x, 1 + 2 ** -29]), 2 ** -60); // a plain loop gives 0
 * ```
 */
export function dot(a: Numbers, b: Numbers): number {
  checkNumbers("a", a, GAPS);
  checkNumbers("b", b, GAPS);
  if (a.length !== b.length) {
    throw new RangeError(`b has ${b.length} values; it must have as many as a, ${a.length}`);
  }
  // The product of two float32 numbers is exact in float64.
  const exact = a instanceof Float32Array && b instanceof Float32Array;
  let total = 0, lost = 0;
  for (let i = 0; i < a.length; i++) {
    const product = a[i] * b[i];
    const next = total + product;
    lost += roundingOfSum(total, product, next);
    if (!exact) lost += roundingOfProduct(a[i], b[i], product);
    total = next;
  }
  if (!Number.isFinite(total)) return total;
  return Number.isFinite(lost) ? total + lost : plainDot(a, b);
}

/** ‖a‖ by {@linkcode dot}, and without overflow: a is scaled where its squares leave the doubles. */
export function carefulNorm(a: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]));
  if (largest === 0) return 0;
  if (largest > 1e-140 && largest < 1e140) return Math.sqrt(dot(a, a));
  const scaled = a.map((x) => x / largest);
  return largest * Math.sqrt(dot(scaled, scaled));
}

/** x + y − fl(x + y), exactly (Knuth's TwoSum: Neumaier's correction without his branch). */
function roundingOfSum(x: number, y: number, rounded: number): number {
  const part = rounded - x;
  return (x - (rounded - part)) + (y - part);
}

const splitter = 2 ** 27 + 1;

/** x y − fl(x y), exactly (Veltkamp's and Dekker's TwoProduct); NaN where |x| or |y| > 2⁹⁹⁶. */
function roundingOfProduct(x: number, y: number, rounded: number): number {
  const bigX = splitter * x, bigY = splitter * y;
  const highX = bigX - (bigX - x), highY = bigY - (bigY - y);
  const lowX = x - highX, lowY = y - highY;
  return lowX * lowY - (((rounded - highX * highY) - lowX * highY) - highX * lowY);
}

/** For factors so large that splitting them overflows. */
function plainDot(a: Numbers, b: Numbers): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}
