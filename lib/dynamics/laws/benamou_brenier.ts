/**
 * Benamou and Brenier's inequality along an exact law, term by term.
 *
 * @module
 */
import { checkBeta, toPotential } from "../../bounds/free_energy.ts";
import { toGaussian } from "../../bounds/gaussian.ts";
import {
  type Gaussian,
  integratedEntropyProduction,
  type Potential,
  wasserstein2Squared,
} from "../../bounds/mod.ts";
import { identity } from "../../numerics/dense.ts";
import { checkInteger, checkOptions, checkPositive, maybe, must } from "../../numerics/checks.ts";
import { type Matrix, multiply, solvePositiveDefinite, sum } from "../../numerics/mod.ts";
import { ornsteinUhlenbeck } from "./ornstein_uhlenbeck.ts";

/** W2² ≤ E|X_T − X_0|² ≤ T ∫ ⟨|v|²⟩ dt, where X moves by the current velocity. */
export interface BenamouBrenierChain {
  /** W2²(p_0, p_T), the least E|X_T − X_0|² of all couplings. */
  readonly w2Squared: number;
  /** E|X_T − X_0|² of the flow of v. */
  readonly meanSquaredMove: number;
  /** T ∫ ⟨|v_t|²⟩ dt, by Cauchy and Schwarz on each path. */
  readonly timeTimesDissipation: number;
  /**
   * ‖Φ − Φᵀ‖/‖Φ − 1‖ of the flow map's slope Φ: 0 where it is a gradient, and the first inequality
   * an equality (Brenier).
   */
  readonly asymmetry: number;
}

/**
 * The three terms of Benamou and Brenier's inequality for a Gaussian law on its way in a quadratic
 * potential. The current velocity is affine, v = dm/dt + (β⁻¹C⁻¹ − K)(x − m), and so is its flow map:
 * x ↦ m_T + Φ (x − m_0) with Φ' = (β⁻¹C⁻¹ − K) Φ, integrated here by Runge and Kutta's method. Where
 * K and C do not commute Φ is not symmetric, and the first inequality is strict.
 *
 * @param from p_0, with a regular covariance
 * @param steps of the flow map's integration; its error falls as steps⁻⁴
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if β or T is not positive, dimensions differ or C_0 is singular
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussian } from "../../bounds/mod.ts";
 * import { benamouBrenierChain } from "./benamou_brenier.ts";
 *
 * const bowl = { minimum: [0, 0], curvature: [[0.5, 0], [0, 8]] };
 * const from = gaussian([0, 0], [[2, 1.8], [1.8, 2]]); // its axes are not the bowl's
 * const chain = benamouBrenierChain({ potential: bowl, beta: 1, from, horizon: 1 });
 * const { w2Squared, meanSquaredMove, timeTimesDissipation, asymmetry } = chain;
 * assert(w2Squared < meanSquaredMove && meanSquaredMove < timeTimesDissipation);
 * assert(Math.abs(asymmetry - 0.177) < 1e-3);
 * ```
 */
export function benamouBrenierChain(options: {
  readonly potential: Potential;
  readonly beta: number;
  readonly from: Gaussian;
  readonly horizon: number;
  readonly steps?: number;
}): BenamouBrenierChain {
  const { potential, beta, from, horizon, steps = 1000 } = checkOptions("options", options, {
    potential: (name, value: Potential) => toPotential(value, name),
    beta: checkBeta,
    from: (name, value: Gaussian) => toGaussian(value, name),
    horizon: must(checkPositive, "a positive time"),
    steps: maybe(checkInteger),
  });
  const start = toGaussian(from, "from");
  const { curvature } = toPotential(potential);
  const law = ornsteinUhlenbeck(potential, beta, start);
  const end = law.at(horizon);
  const slope = flowMapOf({ law, curvature, beta, horizon, steps });
  const d = slope.rows;
  const moved = slope.data.map((entry, at) => entry - (at % (d + 1) === 0 ? 1 : 0));
  const move = { rows: d, cols: d, data: moved };
  // tr (Φ − 1) C_0 (Φ − 1)ᵀ
  const spread = sum(multiply(move, start.covariance).data.map((entry, at) => entry * moved[at]));
  const shift = sum(Float64Array.from(end.mean, (m, i) => (m - start.mean[i]) ** 2));
  const skew = slope.data.map((entry, at) => entry - slope.data[(at % d) * d + Math.floor(at / d)]);
  const size = Math.hypot(...moved);
  return {
    w2Squared: wasserstein2Squared(start, end),
    meanSquaredMove: shift + spread,
    timeTimesDissipation: horizon *
      integratedEntropyProduction(law.meanSquaredVelocity, horizon).value,
    asymmetry: size === 0 ? 0 : Math.hypot(...skew) / size,
  };
}

/** Φ at the horizon, by the classical Runge–Kutta method. */
function flowMapOf({ law, curvature, beta, horizon, steps }: {
  readonly law: ReturnType<typeof ornsteinUhlenbeck>;
  readonly curvature: Matrix;
  readonly beta: number;
  readonly horizon: number;
  readonly steps: number;
}): Matrix {
  const d = curvature.rows, h = horizon / steps;
  const rateAt = (t: number): Matrix => {
    const inverse = inverseOf(law.at(t).covariance);
    const data = inverse.data.map((entry, at) => entry / beta - curvature.data[at]);
    return { rows: d, cols: d, data };
  };
  const plus = (a: Matrix, b: Matrix, factor: number): Matrix => ({
    ...a,
    data: a.data.map((entry, at) => entry + factor * b.data[at]),
  });
  let slope = identity(d), rate = rateAt(0);
  for (let step = 0; step < steps; step++) {
    const middle = rateAt((step + 0.5) * h), next = rateAt((step + 1) * h);
    const first = multiply(rate, slope);
    const second = multiply(middle, plus(slope, first, h / 2));
    const third = multiply(middle, plus(slope, second, h / 2));
    const fourth = multiply(next, plus(slope, third, h));
    slope = plus(slope, first, h / 6);
    slope = plus(slope, second, h / 3);
    slope = plus(slope, third, h / 3);
    slope = plus(slope, fourth, h / 6);
    rate = next;
  }
  return slope;
}

function inverseOf(a: Matrix): Matrix {
  const d = a.rows, data = new Float64Array(d * d);
  for (let j = 0; j < d; j++) {
    const column = solvePositiveDefinite(
      a,
      Float64Array.from({ length: d }, (_, i) => i === j ? 1 : 0),
    );
    column.forEach((entry, i) => data[i * d + j] = entry);
  }
  return { rows: d, cols: d, data };
}
