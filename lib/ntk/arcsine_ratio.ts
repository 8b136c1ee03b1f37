/**
 * An arcsine for the many millions that a pixel kernel takes.
 *
 * @module
 */

const DEGREE = 13;

/**
 * Coefficients of asin(√u)/√u on [0, ½] in powers of u: the Chebyshev interpolant, whose error falls
 * as 5.83^−degree; all of them are positive, so powers lose no digits.
 */
const [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13] = coefficients();

function coefficients(): number[] {
  const nodes = DEGREE + 1;
  const angle = (j: number) => (j + 0.5) * Math.PI / nodes;
  const values = Array.from({ length: nodes }, (_, j) => {
    const root = Math.sqrt((1 + Math.cos(angle(j))) / 4);
    return Math.asin(root) / root;
  });
  const chebyshev = Array.from(
    { length: nodes },
    (_, k) =>
      values.reduce((total, v, j) => total + v * Math.cos(k * angle(j)), 0) *
      (k === 0 ? 1 : 2) / nodes,
  );
  // T_k(z), z = 4u − 1, in powers of u.
  let [before, now] = [[1], [-1, 4]];
  const powers = new Array<number>(nodes).fill(0);
  const add = (polynomial: readonly number[], factor: number) =>
    polynomial.forEach((p, i) => powers[i] += factor * p);
  add(before, chebyshev[0]);
  add(now, chebyshev[1]);
  for (let k = 2; k < nodes; k++) {
    const next = new Array<number>(k + 1).fill(0);
    now.forEach((p, i) => {
      next[i] -= 2 * p;
      next[i + 1] += 8 * p;
    });
    before.forEach((p, i) => next[i] -= p);
    add(next, chebyshev[k]);
    [before, now] = [now, next];
  }
  return powers;
}

/**
 * asin(√u)/√u for 0 ≤ u ≤ ½, to 10⁻¹⁰: then arccos x = 2√u times it, u = (1 − x)/2, for x ≥ 0.
 *
 * Pairs of terms are summed side by side, not one after another: the processor does several at a
 * time so.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { arcsineRatio } from "./arcsine_ratio.ts";
 *
 * for (const x of [0, 0.3, 0.99999, 1]) {
 *   const u = (1 - x) / 2;
 *   assert(Math.abs(2 * Math.sqrt(u) * arcsineRatio(u) - Math.acos(x)) < 1e-10);
 * }
 * ```
 */
export function arcsineRatio(u: number): number {
  const u2 = u * u, u4 = u2 * u2;
  const low = c0 + c1 * u + u2 * (c2 + c3 * u);
  const middle = c4 + c5 * u + u2 * (c6 + c7 * u);
  const high = c8 + c9 * u + u2 * (c10 + c11 * u);
  return low + u4 * (middle + u4 * (high + u4 * (c12 + c13 * u)));
}
