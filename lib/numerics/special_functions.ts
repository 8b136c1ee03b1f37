/**
 * Γ, ζ and the laws of Gauss and Student, by the Cephes library.
 *
 * @module
 */
import { createRequire } from "node:module";
import { checkInteger, checkNumber } from "./checks.ts";
// For its types, and so that Deno knows the package: `require` alone does not fetch it.
import type Cephes from "cephes";

// Its module for `import` fails in Deno; the one for `require` does not.
const cephes: typeof Cephes = createRequire(import.meta.url)("cephes");

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
  return cephes.gamma(x);
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
  return s > 1 ? cephes.zeta(s, 1) : 1 + cephes.zetac(s);
}

/**
 * The probability that a standard normal number is at most x.
 *
 * @throws {RangeError} if x is NaN
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalCdf } from "./special_functions.ts";
 * assert(normalCdf(0) === 0.5);
 * ```
 */
export function normalCdf(x: number): number {
  checkNumber("x", x, { infinite: true });
  return cephes.ndtr(x);
}

/**
 * The x below which a standard normal number lies with probability p: ±∞ for p = 1 and 0.
 *
 * @throws {RangeError} if p is not in [0, 1]
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalQuantile } from "./special_functions.ts";
 * assert(Math.abs(normalQuantile(0.975) - 1.959963984540054) < 1e-14);
 * ```
 */
export function normalQuantile(p: number): number {
  checkNumber("p", p, { least: 0, most: 1 });
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  return cephes.ndtri(p);
}

/**
 * The t below which a number of Student's law lies with probability p.
 *
 * @param degrees of freedom, an integer from 1 to 2³¹ − 1
 * @throws {RangeError} if p is not in (0, 1), or the degrees are no such integer
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { studentQuantile } from "./special_functions.ts";
 * assert(Math.abs(studentQuantile(0.975, 7) - 2.364624251592785) < 1e-12);
 * ```
 */
export function studentQuantile(p: number, degrees: number): number {
  checkNumber("p", p, { above: 0, below: 1 });
  checkInteger("degrees", degrees, { most: 2 ** 31 - 1 });
  return cephes.stdtri(degrees, p);
}
