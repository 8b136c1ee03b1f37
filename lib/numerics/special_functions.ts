/**
 * Γ and ζ of a real number, by Stirling's series and Borwein's sum.
 *
 * Written here, with the laws of Gauss and Student in `normal_law.ts` and `student_law.ts`, because
 * no package serves a browser, Node and Deno at once: cephes is WebAssembly behind Node's Buffer, and
 * what else has all five carries hundreds of packages. The tests hold them to mpmath and to cephes.
 *
 * @module
 */
import { checkNumber } from "./checks.ts";

/** From here on six terms of Stirling's series are right to 2·10⁻¹⁷. */
const STIRLING = 13;

/**
 * Γ(x), to 10⁻¹⁴ or better.
 *
 * @param x real, from −170 to 171, and none of 0, −1, −2, …
 * @throws {RangeError} if x is out of that range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gamma } from "./special_functions.ts";
 * assert(Math.abs(gamma(0.5) ** 2 - Math.PI) < 1e-14);
 * ```
 */
export function gamma(x: number): number {
  checkNumber("x", x);
  if (!(Math.abs(x) < 170.5) || (x <= 0 && Number.isInteger(x))) {
    throw new RangeError(`x is ${x}; it must lie between −170 and 171 and be no 0, −1, −2, …`);
  }
  if (Math.abs(x) < 1e-17) return 1 / x;
  // Γ(x) Γ(1 − x) = π/sin πx, where −x has no rounding and 1 − x would.
  return x > 0 ? gammaOfPositive(x) : -Math.PI / (x * sinPi(x) * gammaOfPositive(-x));
}

/** Γ(x) = Γ(x + k)/(x (x + 1) … (x + k − 1)), of x > 0. */
function gammaOfPositive(x: number): number {
  let product = 1;
  let k = 0;
  for (; x + k < STIRLING; k++) product *= x + k;
  const y = x + k;
  const lost = (x - (y - (y - x))) + (k - (y - x)); // x + k − y, exactly
  return stirling(y) * (1 + lost * (Math.log(y) - 0.5 / y)) / product;
}

/** √(2π) x^{x − 1/2} e^{−x} e^{1/(12x) − …}; the power in two halves, which do not overflow. */
function stirling(x: number): number {
  const u = 1 / (x * x);
  const series = (1 / 12 +
    u * (-1 / 360 + u * (1 / 1260 + u * (-1 / 1680 + u * (1 / 1188 - u * 691 / 360360))))) /
    x;
  const half = x ** (x / 2 - 0.25);
  return Math.sqrt(2 * Math.PI) * half * Math.exp(-x) * half * Math.exp(series);
}

/** sin πx, to the last digits however large x is. */
function sinPi(x: number): number {
  const nearest = Math.round(x);
  return (nearest % 2 === 0 ? 1 : -1) * Math.sin(Math.PI * (x - nearest));
}

/**
 * Riemann's ζ(s) for real s, continued to s < 1, to 10⁻¹⁴ of the larger of 1 and |ζ|.
 *
 * @param s real, from −20 up, and not 1
 * @throws {RangeError} if s is out of that range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { riemannZeta } from "./special_functions.ts";
 * assert(Math.abs(riemannZeta(2) - Math.PI ** 2 / 6) < 1e-14);
 * assert(Math.abs(riemannZeta(0) + 1 / 2) < 1e-14);
 * ```
 */
export function riemannZeta(s: number): number {
  checkNumber("s", s);
  if (!(s >= -20) || s === 1) {
    throw new RangeError(`s is ${s}; it must be a finite number from −20 up, and not 1`);
  }
  if (s >= 0) return zetaBeyond(s - 1);
  // ζ(−t) = −2 (2π)^{−t−1} sin(πt/2) Γ(1 + t) ζ(1 + t)
  const t = -s;
  if (t < 1e-17) return -0.5;
  const front = (2 * Math.PI) ** -t / Math.PI;
  return -front * sinPi(t / 2) * t * gammaOfPositive(t) * zetaBeyond(t);
}

/**
 * ζ(1 + d) of d ≥ −1, from the alternating sum (1 − 2^{−d}) ζ = Σ (−1)^k w_k (k + 1)^{−1−d}: P.
 * Borwein, An efficient algorithm for the Riemann zeta function (2000), algorithm 2.
 */
function zetaBeyond(d: number): number {
  let sum = 0;
  for (let k = BORWEIN.length - 1; k >= 0; k--) {
    sum += (k % 2 === 0 ? 1 : -1) * BORWEIN[k] * (k + 1) ** -d / (k + 1);
  }
  return sum / -Math.expm1(-d * Math.LN2);
}

/** w_k = 1 − d_k/d_n, d_k = n Σ_{i ≤ k} (n + i − 1)! 4^i/((n − i)! (2i)!); the error is 5.8^{−n}. */
const BORWEIN = borweinWeights(26);

function borweinWeights(n: number): readonly number[] {
  const terms = [1];
  for (let i = 0; i < n; i++) {
    terms.push(terms[i] * 4 * (n + i) * (n - i) / ((2 * i + 1) * (2 * i + 2)));
  }
  const weights: number[] = [];
  let beyond = 0;
  for (let k = n - 1; k >= 0; k--) weights[k] = beyond += terms[k + 1];
  return weights.map((weight) => weight / (beyond + terms[0]));
}
