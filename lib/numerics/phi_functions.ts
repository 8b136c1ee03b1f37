/**
 * The φ functions of exponential integrators.
 *
 * @module
 */
import { checkNumber } from "./checks.ts";

/**
 * φ₁(z) = (eᶻ − 1)/z for real z, to rounding; 1 at z = 0.
 *
 * With z = −λt it is the mean of e^{−λs} over 0 ≤ s ≤ t (Hochbruck and Ostermann, Acta Numerica 19
 * (2010) 209).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { phi1 } from "./phi_functions.ts";
 *
 * assert.equal(phi1(0), 1);
 * assert.equal(phi1(-1), 1 - Math.exp(-1));
 * assert.equal(phi1(-1e300), 1e-300);
 * ```
 */
export function phi1(z: number): number {
  if (typeof z !== "number") checkNumber("z", z, { gaps: true });
  // Below this the next term of the series, z²/6, is lost in rounding.
  return Math.abs(z) < 1e-8 ? 1 + z / 2 : Math.expm1(z) / z;
}

/**
 * φ₂(z) = (eᶻ − 1 − z)/z² for real z, to 12 digits; ½ at z = 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { phi2 } from "./phi_functions.ts";
 *
 * assert.equal(phi2(0), 1 / 2);
 * assert(Math.abs(phi2(-1) - Math.exp(-1)) < 1e-15);
 * ```
 */
export function phi2(z: number): number {
  if (typeof z !== "number") checkNumber("z", z, { gaps: true });
  return Math.abs(z) < 1e-3 ? (60 + z * (20 + z * (5 + z))) / 120 : (phi1(z) - 1) / z;
}
