/**
 * The total entropy production, as β⁻¹R, by its two routes.
 *
 * @module
 */
import { checkFunction, checkNumber, checkRecord, shown } from "../numerics/checks.ts";
import { integrate } from "../numerics/mod.ts";
import {
  boltzmann,
  checkBeta,
  freeEnergy,
  logPartitionFunction,
  type Potential,
  toPotential,
} from "./free_energy.ts";
import { type Gaussian, toGaussian } from "./gaussian.ts";

/**
 * β⁻¹R(0→T) = F[p_0] − F[p_T]: what Langevin dynamics in a potential that does not change in time
 * has dissipated between two of its laws.
 *
 * A difference: where little has happened, `ornsteinUhlenbeck(…).entropyProduction` is better.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} as {@link freeEnergy} does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { entropyProductionOf } from "./entropy_production.ts";
 * import { gaussian } from "./gaussian.ts";
 *
 * const potential = { minimum: [0], curvature: [[1]] };
 * const from = gaussian([2], [[1]]), to = gaussian([0], [[1]]);
 * assert(Math.abs(entropyProductionOf({ from, to, potential, beta: 1 }) - 2) < 1e-14);
 * ```
 */
export function entropyProductionOf(options: {
  readonly from: Gaussian;
  readonly to: Gaussian;
  readonly potential: Potential;
  readonly beta: number;
}): number {
  const { potential, beta } = checkRecord("options", options, {});
  const from = toGaussian(options.from, "from"), to = toGaussian(options.to, "to");
  return freeEnergy(from, potential, beta) - freeEnergy(to, potential, beta);
}

/**
 * β⁻¹R(0→T) = ∫₀ᵀ ⟨|v_t|²⟩ dt, v_t the current velocity, by quadrature.
 *
 * @param meanSquaredVelocity t ↦ ⟨|v_t|²⟩
 * @param until T ≥ 0
 * @returns the integral and its estimated error
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if T is negative, or the mean is negative or not finite at some t
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { integratedEntropyProduction } from "./entropy_production.ts";
 *
 * const { value } = integratedEntropyProduction((t) => Math.exp(-2 * t), 3);
 * assert(Math.abs(value - (1 - Math.exp(-6)) / 2) < 1e-12);
 * ```
 */
export function integratedEntropyProduction(
  meanSquaredVelocity: (t: number) => number,
  until: number,
): { readonly value: number; readonly error: number } {
  checkFunction("meanSquaredVelocity", meanSquaredVelocity);
  checkNumber("until", until, { least: 0 });
  const { value, error } = integrate(
    (t) => {
      const mean = meanSquaredVelocity(t);
      if (!(typeof mean === "number" && mean >= 0)) {
        throw new RangeError(`⟨|v|²⟩ is ${shown(mean)} at t = ${t}; it must be a number ≥ 0`);
      }
      return mean;
    },
    0,
    until,
    { relativeTolerance: 1e-12 },
  );
  return { value, error };
}

/**
 * Eq. 6: β⁻¹R when training starts at the prior, p_0 ∝ e^{−βU_prior}, and ends at the Boltzmann
 * law p_∞ ∝ e^{−β(L + U_prior)} of the loss with the prior's potential as its ridge:
 *
 *     β⁻¹R = β⁻¹ ln Z_∞ − β⁻¹ ln Z_0 + ⟨L(θ(0))⟩
 *
 * For F[p_0] = ⟨L⟩_0 + ⟨U_prior⟩_0 + β⁻¹⟨ln p_0⟩_0 = ⟨L⟩_0 − β⁻¹ ln Z_0, and F[p_∞] = −β⁻¹ ln Z_∞.
 *
 * @param prior U_prior, whose Boltzmann law is the initial law
 * @param total L + U_prior
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if dimensions differ, or either has no Boltzmann law
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { entropyProductionOfLearning } from "./entropy_production.ts";
 *
 * // L = ½ x² on the prior U = ½ x²; β = 1: ⟨L⟩ = ½, ln Z_∞ − ln Z_0 = −½ ln 2.
 * const value = entropyProductionOfLearning({
 *   prior: { minimum: [0], curvature: [[1]] },
 *   total: { minimum: [0], curvature: [[2]] },
 *   beta: 1,
 * });
 * assert(Math.abs(value - (1 - Math.log(2)) / 2) < 1e-15);
 * ```
 */
export function entropyProductionOfLearning(options: {
  readonly prior: Potential;
  readonly total: Potential;
  readonly beta: number;
}): number {
  const { prior, total, beta } = checkRecord("options", options, {});
  checkBeta("beta", beta);
  const start = toPotential(prior, "prior"), end = toPotential(total, "total");
  const d = start.minimum.length;
  if (end.minimum.length !== d) {
    throw new RangeError(`total has dimension ${end.minimum.length}; prior has ${d}`);
  }
  const logRatio = logPartitionFunction(total, beta) - logPartitionFunction(prior, beta);
  // ⟨U⟩ under the prior's law, mean at its minimum and covariance (β curvature)⁻¹.
  const law = boltzmann(prior, beta);
  let loss = end.offset - start.offset - d / (2 * beta);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      const moment = law.covariance.data[i * d + j] +
        (law.mean[i] - end.minimum[i]) * (law.mean[j] - end.minimum[j]);
      loss += end.curvature.data[i * d + j] * moment / 2;
    }
  }
  return logRatio / beta + loss;
}
