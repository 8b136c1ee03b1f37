/**
 * The thermodynamic speed limit T_SL and the inefficiency T/T_SL.
 *
 * @module
 */

import { checkNumber, checkRecord } from "../numerics/checks.ts";

/**
 * T_SL = W2² / (β⁻¹R): no dynamics that dissipates β⁻¹R moves p_0 to p_T in less time.
 *
 * Speed Limits for Deep Learning, section 2 (with W2 squared, as it must be). Without dissipation
 * or displacement the limit is 0.
 *
 * @param w2Squared W2²(p_0, p_T), in squared units of the weights
 * @param entropyProduction β⁻¹R = ∫ ⟨|v|²⟩ dt, in units of the loss; it may be infinite
 * @returns T_SL in units of time
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if either is negative or not a number, W2² is infinite, or W2² > 0
 * without dissipation
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { speedLimit } from "./speed_limit.ts";
 * // A straight path at constant speed 2 for a time 3: W2² = 36, ∫ v² dt = 12.
 * assert(speedLimit({ w2Squared: 36, entropyProduction: 12 }) === 3);
 * ```
 */
export function speedLimit(
  options: {
    readonly w2Squared: number;
    readonly entropyProduction: number;
  },
): number {
  const { w2Squared, entropyProduction } = checkRecord("options", options, {});
  checkNumber("w2Squared", w2Squared, { least: 0 });
  checkNumber("entropyProduction", entropyProduction, { infinite: true });
  if (entropyProduction < 0) {
    throw new RangeError(
      `entropyProduction is ${entropyProduction}; it must be a number ≥ 0 by the second law`,
    );
  }
  if (w2Squared === 0) return 0;
  if (entropyProduction === 0) {
    throw new RangeError(
      `entropyProduction is 0 while w2Squared is ${w2Squared}: nothing moves without dissipation`,
    );
  }
  return w2Squared / entropyProduction;
}
