/**
 * An arcsine for the many millions that a pixel kernel takes.
 *
 * @module
 */

const DEGREE = 12;
/** Of Taylor's series on [0, ¼], where the next term is 10⁻²⁰. */
const TERMS = 30;

/**
 * Coefficients of a polynomial in u that is asin(√u)/√u for 0 ≤ u ≤ ¼, to 2·10⁻¹⁶.
 *
 * Taylor's series is economized (Lanczos 1938): its highest power is taken away by a multiple of
 * Chebyshev's polynomial of 8u − 1, which lies between −1 and 1 there, again and again. The error falls
 * as 13.9^−degree. Coefficients come out good to some ulps, those of high powers least.
 *
 * arccos x is π/2 − √u times it with u = x² up to ½, and 2√u times it with u = (1 − x)/2 from there to 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { arcsineRatio } from "./arcsine_ratio.ts";
 *
 * const ratio = (u: number) => arcsineRatio().reduceRight((sum, c) => c + u * sum, 0);
 * for (const x of [0.5, 0.7, 0.99999, 1]) {
 *   const u = (1 - x) / 2;
 *   assert(Math.abs(2 * Math.sqrt(u) * ratio(u) - Math.acos(x)) < 1e-15);
 * }
 * ```
 */
export function arcsineRatio(): number[] {
  const coefficients = [1];
  for (let k = 1; k <= TERMS; k++) {
    // (2k)!/(4^k k!²)/(2k + 1)
    coefficients.push(coefficients[k - 1] * (2 * k - 1) ** 2 / (2 * k * (2 * k + 1)));
  }
  const chebyshev = chebyshevPowers();
  for (let k = TERMS; k > DEGREE; k--) {
    const share = coefficients[k] / chebyshev[k][k];
    chebyshev[k].forEach((power, i) => coefficients[i] -= share * power);
  }
  return coefficients.slice(0, DEGREE + 1);
}

/** T_k(8u − 1) in powers of u, for k up to the terms. */
function chebyshevPowers(): number[][] {
  const all = [[1], [-1, 8]];
  for (let k = 2; k <= TERMS; k++) {
    const next = new Array<number>(k + 1).fill(0);
    all[k - 1].forEach((power, i) => {
      next[i] -= 2 * power;
      next[i + 1] += 16 * power;
    });
    all[k - 2].forEach((power, i) => next[i] -= power);
    all.push(next);
  }
  return all;
}
