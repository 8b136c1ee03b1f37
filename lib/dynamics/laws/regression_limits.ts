/**
 * The limits of linear regression by Langevin dynamics, in closed form or by one integral: many
 * samples, many dimensions, high noise. Each is the mean over teachers, labels and inputs.
 *
 * All rest on one mode of XᵀX with the eigenvalue λ, where the teacher has the mean square
 * a = |θ*|²/d: with κ = λ + ρ, ρ = 1/(βs²), the mean goes to a mean square
 * m² = (λ²a + λσ²)/κ², the variance from s² to 1/(βκ), both at the rate κ.
 *
 * @module
 */
import { checkNumber, must } from "../../numerics/checks.ts";
import { integrate } from "../../numerics/mod.ts";
import { type RegressionSettings, regressionSettings } from "./linear_regression.ts";

/** W2², β⁻¹R and T_SL up to one time. */
export interface RegressionLimit {
  readonly w2Squared: number;
  readonly entropyProduction: number;
  /** The share of β⁻¹R that the spread of the initial weights owes; NaN at T = 0. */
  readonly initialWeightsShare: number;
  readonly speedLimit: number;
  /** T/T_SL; `Infinity` for T = ∞. */
  readonly inefficiency: number;
}

/**
 * n → ∞ at fixed d: XᵀX → n v, all modes alike. At T = ∞ this tends to T_SL → 2/(n v), with a
 * relative correction of order 1/√(βs²nv): the posterior's width that is left.
 *
 * A finite problem differs from it by O(d/n) in the mean and by O(1/√n) in each realization.
 *
 * @param T may be `Infinity`: the stationary law
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if a setting is out of range or T negative
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { manySamples } from "./regression_limits.ts";
 *
 * const { speedLimit } = manySamples({ samples: 1e8, dimension: 5, beta: 1 }, Infinity);
 * assert(Math.abs(speedLimit * 1e8 / 2 - 1) < 1e-3);
 * ```
 */
export function manySamples(settings: RegressionSettings, T: number): RegressionLimit {
  const checked = regressionSettings(settings);
  const { samples, dimension, inputVariance } = checked;
  checkTime("T", T);
  const { w, r, spread } = mode(checked, samples * inputVariance, T);
  return limitOf({ w: dimension * w, r: dimension * r, spread: dimension * spread }, T);
}

/**
 * d → ∞ with n/d fixed: the eigenvalues of XᵀX follow Marchenko and Pastur's law
 * √((x₊ − x)(x − x₋))/(2πx) of x = λ/(d v), x± = (1 ± √(n/d))², and there are none where n < d for
 * the remaining share 1 − n/d.
 *
 * A finite problem differs from it by O(1/d) in the mean and, through teacher and labels, by
 * O(1/√d) in each realization.
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if a setting is out of range or T negative
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { highDimension } from "./regression_limits.ts";
 *
 * const { inefficiency } = highDimension({ samples: 800, dimension: 400, beta: 1 }, 0.01);
 * assert(inefficiency > 1);
 * ```
 */
export function highDimension(settings: RegressionSettings, T: number): RegressionLimit {
  const checked = regressionSettings(settings);
  const { samples, dimension: d, inputVariance } = checked;
  checkTime("T", T);
  const ratio = samples / d;
  const [low, high] = [(1 - Math.sqrt(ratio)) ** 2, (1 + Math.sqrt(ratio)) ** 2];
  const mean = (of: "w" | "r" | "spread") => {
    // x = middle − half cos φ takes the square roots at both ends away.
    const { value } = integrate(
      (phi) => {
        const x = (low + high) / 2 - (high - low) / 2 * Math.cos(phi);
        const density = ((high - low) / 2 * Math.sin(phi)) ** 2 / (2 * Math.PI * x);
        return density * mode(checked, x * d * inputVariance, T)[of];
      },
      0,
      Math.PI,
    );
    return d * (value + (ratio < 1 ? (1 - ratio) * mode(checked, 0, T)[of] : 0));
  };
  return limitOf({ w: mean("w"), r: mean("r"), spread: mean("spread") }, T);
}

/**
 * β → 0 at T = ∞: to first order T_SL = βs² (A + B)/(A/2 + B), with A = tr(λ²a + λσ²) and
 * B = s² tr λ²/4 over the mean law of XᵀX, and relative corrections of order β. T_SL vanishes, as
 * does the relaxation time 1/κ → βs²: with the prior fixed, the ridge's force 1/(βs²) grows without
 * bound. What is learnt vanishes faster: the mean's square is of order β².
 *
 * @returns T_SL, and |mean|²/|θ*|² as what was learnt
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if a setting is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { highNoise } from "./regression_limits.ts";
 * const [hot, hotter] = [1e-3, 1e-4].map((beta) => highNoise({ samples: 50, dimension: 10, beta }));
 * assert(Math.abs(hotter.speedLimit / hot.speedLimit - 0.1) < 1e-12);
 * assert(Math.abs(hotter.learnt / hot.learnt - 0.01) < 1e-12);
 * ```
 */
export function highNoise(
  settings: RegressionSettings,
): { readonly speedLimit: number; readonly learnt: number } {
  const { samples: n, dimension: d, teacherNorm, labelNoise, priorStd, inputVariance, beta } =
    regressionSettings(settings);
  // E tr XᵀX = n d v and E tr (XᵀX)² = n d (n + d + 1) v², Wishart's moments.
  const first = n * d * inputVariance;
  const second = n * d * (n + d + 1) * inputVariance ** 2;
  const mean = second * teacherNorm ** 2 / d + first * labelNoise ** 2;
  const spread = priorStd ** 2 * second / 4;
  return {
    speedLimit: beta * priorStd ** 2 * (mean + spread) / (mean / 2 + spread),
    learnt: beta ** 2 * priorStd ** 4 * mean / teacherNorm ** 2,
  };
}

/**
 * The share of β⁻¹R that the spread of the initial weights owes at the very start,
 * d s²/(d s² + |θ*|² + d σ²/((n + d + 1) v)): the noise of the labels is learnt with the teacher and
 * makes the mean move too. It is the ratio of mean rates E tr λ² s² and E tr(λ²a + λσ²), by Wishart's
 * moments, for any n and d; the share in the mean differs by O(1/d).
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if a setting is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { initialWeightsShareAtStart } from "./regression_limits.ts";
 * const settings = { samples: 89, dimension: 10, beta: 1 };
 * assert.equal(initialWeightsShareAtStart(settings), 10 / 11);
 * assert.equal(initialWeightsShareAtStart({ ...settings, labelNoise: 10 }), 10 / 21);
 * ```
 */
export function initialWeightsShareAtStart(settings: RegressionSettings): number {
  const { samples: n, dimension: d, teacherNorm, labelNoise, priorStd, inputVariance } =
    regressionSettings(settings);
  const noise = d * labelNoise ** 2 / ((n + d + 1) * inputVariance);
  const weights = d * priorStd ** 2;
  return weights / (weights + teacherNorm ** 2 + noise);
}

const checkTime = must(checkNumber, { least: 0, infinite: true });

/** W2² and β⁻¹R of one mode until T, with what of this the spread owes, averaged over teacher and labels. */
function mode(settings: Required<RegressionSettings>, lambda: number, T: number) {
  const { dimension, teacherNorm, labelNoise, priorStd, beta } = settings;
  const s2 = priorStd ** 2, ridge = 1 / (beta * s2);
  const kappa = lambda + ridge;
  const mean = (lambda ** 2 * teacherNorm ** 2 / dimension + lambda * labelNoise ** 2) / kappa ** 2;
  // 1 − βκs² = −βλs²: how far the prior's variance is above the stationary one.
  const excess = -beta * lambda * s2;
  const change = excess / (beta * kappa) * -Math.expm1(-2 * kappa * T);
  const share = change / s2;
  const log = Math.abs(share) > 1e-5
    ? Math.log1p(share) - share
    : -share * share / 2 + share ** 3 / 3;
  const spread = (log + excess * share) / (2 * beta);
  return {
    w: mean * Math.expm1(-kappa * T) ** 2 +
      (change / (priorStd + Math.sqrt(s2 + change))) ** 2,
    r: kappa * mean * -Math.expm1(-2 * kappa * T) / 2 + spread,
    spread,
  };
}

function limitOf(
  { w: w2Squared, r: entropyProduction, spread }: Record<"w" | "r" | "spread", number>,
  T: number,
): RegressionLimit {
  const speedLimit = w2Squared === 0 ? 0 : w2Squared / entropyProduction;
  return {
    w2Squared,
    entropyProduction,
    initialWeightsShare: spread / entropyProduction,
    speedLimit,
    inefficiency: w2Squared === 0 ? 1 : T / speedLimit,
  };
}
