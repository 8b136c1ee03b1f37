/**
 * The squared cosine of two gradients as functions along a path.
 *
 * @module
 */
import { checkNumbers, checkRecord } from "../numerics/checks.ts";

/**
 * (∫g·h dt)²/(∫|g|²dt ∫|h|²dt) from the start to each time: how near (ΔO)² ≤ ΔL ∫|∇O|²dt is to an
 * equality along a gradient flow, g = ∇L and h = ∇O. Trapezoids between the times.
 *
 * It is at most the |g|²-weighted mean of the pointwise cos², and 1 iff h = c g throughout, with one
 * c; it is not the time mean of cos². With g = θ' of any path it is the same of
 * (ΔO)² ≤ ∫|θ'|²dt ∫|∇O|²dt. Steps are columns too: their number as time.
 *
 * @param time growing
 * @param products g·h at each time
 * @param squares |g|²
 * @param otherSquares |h|²
 * @returns a value for each time, NaN at the first, and where a gradient was zero up to there
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if columns differ in length, a time is not after the one before, or a square
 * is negative
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pathCosine } from "./path_cosine.ts";
 * // Two gradients that are alike half the time, and orthogonal then: cos² of the path is ½.
 * const columns = { time: [0, 1, 2], products: [1, 1, -1], squares: [1, 1, 1], otherSquares: [1, 1, 1] };
 * assert.deepEqual([...pathCosine(columns)], [NaN, 1, 0.25]);
 * ```
 */
export function pathCosine(columns: {
  readonly time: ArrayLike<number>;
  readonly products: ArrayLike<number>;
  readonly squares: ArrayLike<number>;
  readonly otherSquares: ArrayLike<number>;
}): Float64Array {
  const { time, products, squares, otherSquares } = checkRecord("columns", columns, {});
  checkNumbers("time", time);
  const { length } = time;
  checkNumbers("products", products, { length });
  const positive = { squares, otherSquares };
  for (const [name, column] of Object.entries(positive)) {
    checkNumbers(name, column, { length });
    const bad = Array.from(column).findIndex((value) => value < 0);
    if (bad >= 0) throw new RangeError(`${name}[${bad}] is ${column[bad]}; it must be 0 or more`);
  }
  const cosine = new Float64Array(length).fill(NaN);
  let [along, own, other] = [0, 0, 0];
  for (let i = 1; i < length; i++) {
    const half = (time[i] - time[i - 1]) / 2;
    if (!(half > 0)) {
      throw new RangeError(`time[${i}] is ${time[i]}; it must be after ${time[i - 1]}`);
    }
    along += half * (products[i - 1] + products[i]);
    own += half * (squares[i - 1] + squares[i]);
    other += half * (otherSquares[i - 1] + otherSquares[i]);
    // One quotient after the other: the product of two small numbers is not made.
    if (own > 0 && other > 0) cosine[i] = (along / own) * (along / other);
  }
  return cosine;
}
