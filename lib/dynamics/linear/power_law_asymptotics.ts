/**
 * T/T_SL of power-law spectra at late times, for all exponents.
 *
 * With λ_k = k^−α, Δ_k² = k^−δ, r = (1 − δ)/α and u = λT, sums over k ≥ 1 are integrals over u and
 * what Riemann's ζ owes to the first modes:
 *
 *     2 ΔL   = A T^r/α + ζ(δ),            A = ∫ u^(−1−r) (1 − e^−2u) du = 2^r Γ(1 − r)/r,
 *     ‖Δθ‖² = B T^(1+r)/α + ζ(δ − α),    B = ∫ u^(−2−r) (1 − e^−u)² du
 *                                          = 2 (2^r − 1) Γ(1 − r)/(r (1 + r)),
 *
 * up to what is gone as fast as e^−2T mixed with e^−cT^{1/(1+α)}, for all r < 1: where an integral
 * diverges at its far end, r < 0 and r < −1, it is continued and ζ leads. At r = 0 and r = −1 the
 * poles of the two cancel and leave logarithms (Zagier, The Mellin transform and related analytic
 * techniques, 2006). A spectrum of n modes takes away the integral from 0 to ε = T (n + ½)^−α.
 *
 * @module
 */
import {
  checkInteger,
  checkNumber,
  checkOptions,
  checkPositive,
  maybe,
} from "../../numerics/checks.ts";
import { gamma, integrate, riemannZeta } from "../../numerics/mod.ts";
import { expm1Ratio, isNear, ratioOf } from "./power_law_ratio.ts";

/** What T/T_SL does at late times: one of six, in the order of falling r = (1 − δ)/α. */
export type PowerLawRegime =
  | "even" // r ≥ 1: → 1 as n → ∞
  | "plateau" // 0 < r < 1: a constant
  | "logarithm" // r = 0
  | "growth" // −1 < r < 0: T^((δ−1)/α)
  | "edge" // r = −1: T/ln T
  | "finished"; // r < −1: T

/** T/T_SL late in the flow of a power-law spectrum. */
export interface PowerLawAsymptotics {
  /** r = (1 − δ)/α. */
  readonly r: number;
  readonly regime: PowerLawRegime;
  /** T/T_SL to leading order in T, n = ∞. */
  leading(T: number): number;
  /** T/T_SL with all powers of T, and the end of a spectrum of n modes. */
  inefficiency(T: number): number;
  /**
   * l_γ/l_geo to leading order in T, n = ∞: a constant, but ½ √ln T at δ = 1 + α. Undefined beyond,
   * where both lengths are finite and their ratio is of the whole spectrum.
   */
  tortuosity(T: number): number | undefined;
}

const EULER = 0.5772156649015329;

/**
 * T/T_SL late in the flow of λ_k = k^−α, Δ_k² = k^−δ: the table of the kernel regime.
 *
 * | case | leading order |
 * |---|---|
 * | r ≥ 1 | 1 |
 * | 0 < r < 1 | (1 + r)/(4 (1 − 2^−r)) |
 * | r = 0 | (ln 2T + γ_E (1 + α))/(4 ln 2) |
 * | −1 < r < 0 | ζ(δ) α r (1 + r) T^−r/(4 (2^r − 1) Γ(1 − r)) |
 * | δ = 1 + α | ½ ζ(δ) α T/ln T |
 * | δ > 1 + α | T ζ(δ)/(2 ζ(δ − α)) |
 *
 * `inefficiency` is good to 5·10⁻³ at T = 10 and 10⁻⁵ at T = 100 for α ≤ 2.5 (mpmath's sums).
 *
 * @param modes n; where r ≥ 1 all depends on it, and T/T_SL is 1 for n = ∞
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if α or n is not positive, δ or δ − α is below −20, T is not above 1, or
 * beyond the spectrum, T > n^α
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { powerLawAsymptotics } from "./power_law_asymptotics.ts";
 *
 * const { regime, inefficiency } = powerLawAsymptotics({ alpha: 1.5, delta: 0.2, modes: 2000 });
 * assert.equal(regime, "plateau");
 * assert(Math.abs(inefficiency(1e3) - 1.26752) < 2e-5);
 * assert(Math.abs(powerLawAsymptotics({ alpha: 1, delta: 3 }).leading(10) - 3.6538) < 1e-4);
 * ```
 */
export function powerLawAsymptotics(
  options: { readonly alpha: number; readonly delta: number; readonly modes?: number },
): PowerLawAsymptotics {
  const { alpha, delta, modes = Infinity } = checkOptions("options", options, {
    alpha: checkPositive,
    delta: (name, value: number) => checkNumber(name, value, { least: -20 }),
    modes: maybe((name, value: number) => value === Infinity || checkInteger(name, value)),
  });
  checkNumber("delta − alpha", delta - alpha, { least: -20 });
  const r = ratioOf({ alpha, delta });
  const regime = regimeOf(r);
  const checked = (T: number) => checkNumber("T", T, { above: 1 });
  const plateau = (1 + r) / (4 * -Math.expm1(-r * Math.LN2)); // of 0 < r < 1
  const power = alpha * (1 + r) / (4 * expm1Ratio(r)) / (regime === "even" ? 1 : gamma(1 - r));
  const leading: Readonly<Record<PowerLawRegime, (T: number) => number>> = {
    even: () => 1,
    plateau: () => plateau,
    logarithm: (T) => (Math.log(2 * T) + EULER * (1 + alpha)) / (4 * Math.LN2),
    growth: (T) => riemannZeta(delta) * power * T ** -r,
    edge: (T) => riemannZeta(delta) * alpha * T / (2 * Math.log(T)),
    finished: (T) => riemannZeta(delta) * T / (2 * riemannZeta(delta - alpha)),
  };
  const inefficiency = (T: number): number => {
    const end = checked(T) * (modes + 0.5) ** -alpha;
    if (end > 1) {
      throw new RangeError(`T is ${T}; it must be at most modes^alpha, ${modes ** alpha}`);
    }
    if (regime === "even") return end === 0 ? 1 : evenRatio({ alpha, delta, r }, T, end);
    const drop = dropOf({ alpha, delta, r }, T) - T ** r / alpha * dropBelow(r, end);
    const square = squareOf({ alpha, delta, r }, T) - T ** (1 + r) / alpha * squareBelow(r, end);
    return T * drop / (2 * square);
  };
  const tortuosity = (T: number): number | undefined => {
    checked(T);
    if (regime === "finished") return undefined;
    if (regime === "even") return 1;
    return regime === "edge" ? Math.sqrt(Math.log(T)) / 2 : 1 / Math.sqrt((1 + r) * expm1Ratio(-r));
  };
  return { r, regime, leading: (T) => leading[regime](checked(T)), inefficiency, tortuosity };
}

function regimeOf(r: number): PowerLawRegime {
  if (isNear(r, 1) || r > 1) return "even";
  if (isNear(r, 0)) return "logarithm";
  if (isNear(r, -1)) return "edge";
  return r > 0 ? "plateau" : r > -1 ? "growth" : "finished";
}

interface Exponents {
  readonly alpha: number;
  readonly delta: number;
  readonly r: number;
}

/** 2 ΔL of infinitely many modes, r < 1. */
function dropOf({ alpha, delta, r }: Exponents, T: number): number {
  return isNear(r, 0)
    ? (Math.log(2 * T) + EULER * (1 + alpha)) / alpha
    : 2 ** r * gamma(1 - r) / r * T ** r / alpha + riemannZeta(delta);
}

/** ‖Δθ‖² of infinitely many modes, r < 1. */
function squareOf({ alpha, delta, r }: Exponents, T: number): number {
  return isNear(r, -1)
    ? (Math.log(T / 2) + EULER * (1 + alpha)) / alpha
    : 2 * expm1Ratio(r) * gamma(1 - r) / (1 + r) * T ** (1 + r) / alpha +
      riemannZeta(delta - alpha);
}

/** ∫_0^ε u^(−1−r) (1 − e^−2u) du, ε ≤ 1: what the modes that are not there would lose. */
function dropBelow(r: number, end: number): number {
  let [total, term] = [0, -1];
  for (let j = 1; j <= 25; j++) {
    term *= -2 * end / j;
    total += term / (j - r);
  }
  return end === 0 ? 0 : total * end ** -r;
}

/** ∫_0^ε u^(−2−r) (1 − e^−u)² du, ε ≤ 1: what they would move. */
function squareBelow(r: number, end: number): number {
  let [total, term] = [0, -end];
  for (let j = 2; j <= 30; j++) {
    term *= -end / j;
    total += term * (2 ** j - 2) / (j - 1 - r);
  }
  return end === 0 ? 0 : total * end ** (-1 - r);
}

/** T/T_SL where most is owed to the spectrum's end, r ≥ 1: the integrals above ε, and ζ again. */
function evenRatio({ alpha, delta, r }: Exponents, T: number, end: number): number {
  // In s = ln(u/ε), over ε^(1−r): the integrands begin at about 1.
  const over = (f: (u: number) => number, power: number) =>
    integrate((s) => f(end * Math.exp(s)) * Math.exp(-power * s), 0, 800 / r).value;
  const drop = over((u) => -Math.expm1(-2 * u) / end, r);
  const square = over((u) => (Math.expm1(-u) / end) ** 2, 1 + r);
  const all = T ** r * end ** (1 - r) / alpha;
  return (all * drop + riemannZeta(delta)) / (2 * (all * square + riemannZeta(delta - alpha) / T));
}
