/**
 * Gradient flow of a linear model whose spectrum and residue are power laws, deep in the scaling
 * window: the constants and exponents of the paper's section 3.2.
 *
 * With λ_k = k^−α, Δ_k² = k^−δ and r = (1 − δ)/α, sums over k turn into integrals over λ with the
 * density λ^(−1−r) (times 1/α): for −1 < r < 1
 *
 *     ΔL = ½ ∫ λ^(−1−r) (1 − e^−2λT) dλ,  ‖Δθ‖² = ∫ λ^(−2−r) (1 − e^−λT)² dλ,
 *     |v|² = ∫ λ^−r e^−2λt dλ = Γ(1 − r) (2t)^(r−1).
 *
 * For 0 < r < 1 all three converge and each is a power of T. Integrating by parts,
 * ∫ λ^(−1−r)(1 − e^−2λT) dλ = Γ(1 − r)(2T)^r/r and ∫ λ^(−2−r)(1 − e^−λT)² dλ =
 * 2 Γ(1 − r)(2^r − 1) T^(1+r)/(r(1 + r)), which gives the constants below.
 *
 * @module
 */
import { checkInteger, checkNumber, checkPositive, checkRecord } from "../numerics/checks.ts";

/** The constants of the scaling window for one r. */
export interface PowerLawWindow {
  /** r = (1 − δ)/α. */
  readonly r: number;
  /** T/T_SL, the constant it tends to. */
  readonly inefficiency: number;
  /** l_γ/l_geo. */
  readonly tortuosity: number;
  /** T ΔL/l_γ². */
  readonly speedSpread: number;
}

/**
 * T/T_SL and its factors in the scaling window of δ < 1, where 0 < r < 1:
 *
 *     T/T_SL = (1 + r)/(4(1 − 2^−r)),  tortuosity² = r/((1 + r)(1 − 2^−r)),
 *     speed spread = (1 + r)²/(4r).
 *
 * The tortuosity is at most 1/√ln 2 = 1.2011, at r → 0.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if α is not positive or r is not in (0, 1)
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { powerLawWindow } from "./power_law_flow.ts";
 *
 * const { inefficiency } = powerLawWindow({ alpha: 1.5, delta: 0.2 });
 * assert(Math.abs(inefficiency - 1.2404) < 1e-4);
 * ```
 */
export function powerLawWindow(
  options: { readonly alpha: number; readonly delta: number },
): PowerLawWindow {
  const r = ratioOf(options);
  if (!(r > 0 && r < 1)) {
    throw new RangeError(
      `(1 − delta)/alpha is ${r}; T/T_SL is constant where it is between 0 and 1`,
    );
  }
  const rest = -Math.expm1(-r * Math.LN2); // 1 − 2^−r
  return {
    r,
    inefficiency: (1 + r) / (4 * rest),
    tortuosity: Math.sqrt(r / ((1 + r) * rest)),
    speedSpread: (1 + r) ** 2 / (4 * r),
  };
}

/**
 * The tortuosity l_γ/l_geo in the scaling window, −1 < r < 1: the same formula goes on through
 * r = 0 (there √(1/ln 2)), for path length and displacement still converge where ΔL is owed to the
 * top modes alone; it diverges as r → −1, at δ = 1 + α.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if α is not positive or r is not in (−1, 1)
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { powerLawTortuosity } from "./power_law_flow.ts";
 * assert(Math.abs(powerLawTortuosity({ alpha: 1, delta: 1 }) - 1.2011) < 1e-4);
 * assert(Math.abs(powerLawTortuosity({ alpha: 1, delta: 1.5 }) - 1.554) < 1e-3);
 * ```
 */
export function powerLawTortuosity(
  options: { readonly alpha: number; readonly delta: number },
): number {
  const r = ratioOf(options);
  if (!(r > -1 && r < 1)) {
    throw new RangeError(`(1 − delta)/alpha is ${r}; the path scales where it is between −1 and 1`);
  }
  if (r === 0) return Math.sqrt(1 / Math.LN2);
  return Math.sqrt(r / ((1 + r) * -Math.expm1(-r * Math.LN2)));
}

/**
 * The exponent γ of T/T_SL ∝ T^γ in the scaling window: 0 for δ < 1, (δ − 1)/α for 1 < δ < 1 + α,
 * and 1 beyond, where the displacement is finite as well and nothing is left to move. At δ = 1 and
 * δ = 1 + α there are logarithms.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if α is not positive or a number is not finite
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inefficiencyExponent } from "./power_law_flow.ts";
 *
 * assert.equal(inefficiencyExponent({ alpha: 2, delta: 2 }), 0.5);
 * assert.equal(inefficiencyExponent({ alpha: 1, delta: 3 }), 1);
 * ```
 */
export function inefficiencyExponent(
  options: { readonly alpha: number; readonly delta: number },
): number {
  return Math.min(1, Math.max(0, -ratioOf(options)));
}

function ratioOf(options: { readonly alpha: number; readonly delta: number }): number {
  const { alpha, delta } = checkRecord("options", options, {});
  return (1 - checkNumber("delta", delta)) / checkPositive("alpha", alpha);
}

/**
 * λ_k = k^−α and Δ_k = k^(−δ/2), k from 1 to `modes`, as `linearFlow` takes them.
 *
 * @throws {TypeError} if an argument is of another kind
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { powerLawSpectrum } from "./power_law_flow.ts";
 * const { eigenvalues, residue } = powerLawSpectrum({ alpha: 2, delta: 1, modes: 4 });
 * assert.equal(eigenvalues[3], 1 / 16);
 * assert.equal(residue[3], 1 / 2);
 * ```
 */
export function powerLawSpectrum(
  options: { readonly alpha: number; readonly delta: number; readonly modes: number },
): { readonly eigenvalues: Float64Array; readonly residue: Float64Array } {
  ratioOf(options);
  const { alpha, delta, modes } = options;
  checkInteger("modes", modes);
  return {
    eigenvalues: Float64Array.from({ length: modes }, (_, k) => (k + 1) ** -alpha),
    residue: Float64Array.from({ length: modes }, (_, k) => (k + 1) ** (-delta / 2)),
  };
}
