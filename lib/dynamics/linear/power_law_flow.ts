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
import { checkInteger } from "../../numerics/checks.ts";
import { expm1Ratio, isNear, ratioOf } from "./power_law_ratio.ts";

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
 * T/T_SL and its factors in the scaling window of δ < 1. Where 0 < r < 1,
 *
 *     T/T_SL = (1 + r)/(4(1 − 2^−r)),  tortuosity² = r/((1 + r)(1 − 2^−r)),
 *     speed spread = (1 + r)²/(4r);
 *
 * the tortuosity is at most 1/√ln 2 = 1.2011, at r → 0: in the window 1 ≪ T ≪ n^α, that is. Beyond, when
 * the slowest of n modes are learnt too, the path has come to more, up to √(π/2) = 1.2533 times its
 * chord at r → 0 (|v|² is then e^(−2λ_n t)/2t). Where r ≥ 1 the slowest modes carry all,
 * at constant speed as long as T ≪ n^α: the three are 1 in the limit n → ∞ at fixed T, which is
 * reached as (T/n^α)^(r−1), at r = 1 as 1/ln n (`powerLawAsymptotics` has finite n).
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if α is not positive or δ not below 1
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { powerLawWindow } from "./power_law_flow.ts";
 *
 * const { inefficiency } = powerLawWindow({ alpha: 1.5, delta: 0.2 });
 * assert(Math.abs(inefficiency - 1.2404) < 1e-4);
 * assert.equal(powerLawWindow({ alpha: 0.5, delta: 0.2 }).inefficiency, 1); // r = 1.6
 * ```
 */
export function powerLawWindow(
  options: { readonly alpha: number; readonly delta: number },
): PowerLawWindow {
  const r = ratioOf(options);
  const { alpha, delta } = options;
  if (!(delta < 1)) {
    throw new RangeError(`delta is ${delta}; it must be below 1, where T/T_SL is constant`);
  }
  if (r >= 1) return { r, inefficiency: 1, tortuosity: 1, speedSpread: 1 };
  const tortuosity = powerLawTortuosity({ alpha, delta });
  const speedSpread = (1 + r) ** 2 / (4 * r);
  return { r, inefficiency: (1 + r) / (4 * r * expm1Ratio(-r)), tortuosity, speedSpread };
}

/**
 * The tortuosity l_γ/l_geo in the scaling window, √(r/((1 + r)(1 − 2^−r))): 1 from r = 1 up, and on
 * through r = 0 (there √(1/ln 2)), for path length and displacement still converge where ΔL is owed
 * to the top modes alone. It diverges as r → −1, at δ = 1 + α; there l_γ/l_geo grows as ½ √ln T.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if α is not positive or δ not below 1 + α
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
  if (isNear(r, -1) || r < -1) {
    const { alpha, delta } = options;
    throw new RangeError(
      `delta is ${delta}; it must be below 1 + alpha, ${1 + alpha}, where l_γ/l_geo is constant`,
    );
  }
  return r >= 1 ? 1 : 1 / Math.sqrt((1 + r) * expm1Ratio(-r));
}

/**
 * The exponent p of T/T_SL ∝ T^p in the scaling window: 0 for δ < 1, (δ − 1)/α for 1 < δ < 1 + α,
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
