/**
 * r = (1 − δ)/α, the one number that tells the regimes of power laws apart, and what it needs to be
 * divided by.
 *
 * @module
 */
import { checkNumber, checkPositive, checkRecord } from "../../numerics/checks.ts";

/** So close to a border r counts as on it: nearer, poles cancel to fewer digits than this leaves. */
const ON_BORDER = 1e-7;

/**
 * r = (1 − δ)/α.
 *
 * @throws {TypeError} if the exponents are no object
 * @throws {RangeError} if α is not positive or δ not finite
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ratioOf } from "./power_law_ratio.ts";
 * assert.equal(ratioOf({ alpha: 2, delta: 0 }), 0.5);
 * ```
 */
export function ratioOf(
  options: { readonly alpha: number; readonly delta: number },
): number {
  const { alpha, delta } = checkRecord("options", options, {});
  return (1 - checkNumber("delta", delta)) / checkPositive("alpha", alpha);
}

/**
 * Whether r is on a border between regimes, as close as a double tells: δ = 1 + α is not met to the
 * last digit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isNear, ratioOf } from "./power_law_ratio.ts";
 * const r = ratioOf({ alpha: 0.3, delta: 1 + 0.3 });
 * assert(r !== -1 && isNear(r, -1) && !isNear(-0.999, -1));
 * ```
 */
export function isNear(r: number, border: number): boolean {
  return Math.abs(r - border) < ON_BORDER;
}

/**
 * (2^r − 1)/r, ln 2 at r = 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { expm1Ratio } from "./power_law_ratio.ts";
 * assert.equal(expm1Ratio(2), 1.5);
 * assert.equal(expm1Ratio(0), Math.LN2);
 * ```
 */
export function expm1Ratio(r: number): number {
  return r === 0 ? Math.LN2 : Math.expm1(r * Math.LN2) / r;
}
