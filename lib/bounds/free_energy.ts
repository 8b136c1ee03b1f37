/**
 * Free energies of Gaussian laws in quadratic potentials.
 *
 * @module
 */
import { choleskyIfRegular, identity } from "../numerics/dense.ts";
import { checkNumber, checkPositive, checkRecord } from "../numerics/checks.ts";
import { eighSync, type MatrixLike, solvePositiveDefinite, toVector } from "../numerics/mod.ts";
import { symmetricCopy } from "../numerics/matrix.ts";
import { type Gaussian, toGaussian } from "./gaussian.ts";

/** U(x) = ½ (x − minimum)ᵀ curvature (x − minimum) + offset. */
export interface Potential {
  /** d numbers: where ∇U = 0. */
  readonly minimum: Float64Array | readonly number[];
  /** d × d, symmetric; zero and negative eigenvalues are allowed where a function says so. */
  readonly curvature: MatrixLike;
  /** U at the minimum, in units of the loss; 0 if left out. */
  readonly offset?: number;
}

/**
 * F[p] = ⟨U⟩ + β⁻¹⟨ln p⟩ of a Gaussian law, in units of U.
 *
 * `Infinity` for a singular covariance: a law on a lower-dimensional space has ⟨ln p⟩ = ∞.
 *
 * @param beta β > 0, the inverse temperature
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if β is not positive, or dimensions do not fit
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { boltzmann, freeEnergy, logPartitionFunction } from "./free_energy.ts";
 *
 * // The Boltzmann law has the least free energy, −β⁻¹ ln Z.
 * const potential = { minimum: [1, 0], curvature: [[2, 0], [0, 3]] };
 * const least = freeEnergy(boltzmann(potential, 4), potential, 4);
 * assert(Math.abs(least + logPartitionFunction(potential, 4) / 4) < 1e-14);
 * ```
 */
export function freeEnergy(p: Gaussian, potential: Potential, beta: number): number {
  checkBeta("beta", beta);
  const { minimum, curvature, offset } = toPotential(potential);
  const { mean, covariance } = toGaussian(p, "p");
  const d = minimum.length;
  if (mean.length !== d) {
    throw new RangeError(`p has dimension ${mean.length}; the potential has ${d}`);
  }
  let energy = offset;
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      const moment = covariance.data[i * d + j] + (mean[i] - minimum[i]) * (mean[j] - minimum[j]);
      energy += curvature.data[i * d + j] * moment / 2;
    }
  }
  return energy - (logDeterminant(covariance) + d * Math.log(2 * Math.PI * Math.E)) / (2 * beta);
}

/** ln det of a positive semidefinite matrix; −∞ if it is singular. */
function logDeterminant(matrix: Gaussian["covariance"]): number {
  const d = matrix.rows;
  const factor = choleskyIfRegular(matrix);
  if (!factor) return -Infinity;
  let sum = 0;
  for (let i = 0; i < d; i++) sum += Math.log(factor.data[i * d + i]);
  return 2 * sum;
}

/**
 * ln Z = ln ∫ e^{−βU} dx of a quadratic potential.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if β is not positive or the curvature is not positive definite: then there
 * is no Boltzmann law
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { logPartitionFunction } from "./free_energy.ts";
 *
 * const value = logPartitionFunction({ minimum: [0], curvature: [[2]], offset: 1 }, 3);
 * assert(Math.abs(value - (Math.log(2 * Math.PI / 6) / 2 - 3)) < 1e-15);
 * ```
 */
export function logPartitionFunction(potential: Potential, beta: number): number {
  checkBeta("beta", beta);
  const { minimum, curvature, offset } = toPotential(potential);
  const d = minimum.length;
  checkConfining(curvature);
  return d / 2 * Math.log(2 * Math.PI / beta) - logDeterminant(curvature) / 2 - beta * offset;
}

/**
 * The Boltzmann law ∝ e^{−βU}: mean at the minimum, covariance (β curvature)⁻¹.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} as {@link logPartitionFunction} does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { boltzmann } from "./free_energy.ts";
 * const { mean, covariance } = boltzmann({ minimum: [3], curvature: [[4]] }, 2);
 * assert.deepEqual([mean[0], covariance.data[0]], [3, 1 / 8]);
 * ```
 */
export function boltzmann(potential: Potential, beta: number): Gaussian {
  checkBeta("beta", beta);
  const { minimum, curvature } = toPotential(potential);
  checkConfining(curvature);
  const covariance = solvePositiveDefinite(curvature, identity(curvature.rows, 1 / beta));
  return { mean: minimum, covariance: symmetricCopy(covariance, "covariance") };
}

/** A potential with its parts checked and as arrays; the argument's name goes into messages. */
export function toPotential(potential: Potential, name = "potential") {
  checkRecord(name, potential, {}, "a quadratic potential { minimum, curvature, offset? }");
  const curvature = symmetricCopy(potential.curvature, `${name}.curvature`);
  const minimum = toVector(potential.minimum, `${name}.minimum`, curvature.rows);
  const { offset = 0 } = potential;
  checkNumber(`${name}.offset`, offset);
  return { minimum, curvature, offset };
}

/** @throws {RangeError} if β is not a positive finite number. */
export function checkBeta(name: string, beta: number): number {
  return checkPositive(name, beta, "a positive inverse temperature");
}

function checkConfining(curvature: ReturnType<typeof toPotential>["curvature"]) {
  if (choleskyIfRegular(curvature)) return;
  const [least] = eighSync(curvature, { vectors: false }).values;
  throw new RangeError(
    `potential.curvature has the eigenvalue ${least}; a Boltzmann law needs all positive`,
  );
}
