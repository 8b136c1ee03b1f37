/**
 * Gaussian laws.
 *
 * @module
 */
import { choleskyIfRegular } from "../numerics/dense.ts";
import { checkThat } from "../numerics/checks.ts";
import { eighSync, type Matrix, type MatrixLike, toVector } from "../numerics/mod.ts";
import { symmetricCopy } from "../numerics/matrix.ts";

/** A Gaussian law on ℝᵈ; its covariance may be singular (0 is a point mass). */
export interface Gaussian {
  /** d numbers. */
  readonly mean: Float64Array;
  /** d × d, symmetric, positive semidefinite. */
  readonly covariance: Matrix;
}

/** An eigenvalue below −this fraction of the largest entry is not rounding. */
const NEGATIVE = 1e-10;

/**
 * The Gaussian law of a mean and a covariance, checked.
 *
 * @param mean d numbers
 * @param covariance d × d, symmetric to 10⁻⁸ (the mean with its transpose is taken) and positive
 * semidefinite to 10⁻¹⁰ of its largest entry
 * @throws {TypeError} if an argument is no vector or matrix
 * @throws {RangeError} if shapes do not fit, an entry is not finite, or the covariance is not
 * symmetric or not positive semidefinite
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussian } from "./gaussian.ts";
 *
 * const { mean, covariance } = gaussian([1, 0], [[2, 1], [1, 1]]);
 * assert.deepEqual([mean.length, covariance.rows], [2, 2]);
 * assert.throws(() => gaussian([0], [[-1]]), /covariance is not positive semidefinite/);
 * ```
 */
export function gaussian(
  mean: Float64Array | readonly number[],
  covariance: MatrixLike,
): Gaussian {
  return checkedGaussian(mean, covariance, "");
}

/** A Gaussian given as plain values, checked; the argument's name goes into messages. */
export function toGaussian(value: Gaussian, name: string): Gaussian {
  const whole = typeof value === "object" && value !== null && value.mean !== undefined &&
    value.covariance !== undefined;
  checkThat(
    name,
    value,
    whole,
    "a Gaussian { mean, covariance }, as gaussian(mean, covariance) gives",
  );
  return checkedGaussian(value.mean, value.covariance, `${name}.`);
}

/** @param of whose mean and covariance they are, for messages */
function checkedGaussian(
  mean: Gaussian["mean"] | readonly number[],
  covariance: MatrixLike,
  of: string,
): Gaussian {
  const symmetric = symmetricCopy(covariance, `${of}covariance`);
  const center = toVector(mean, `${of}mean`, symmetric.rows);
  checkPositive(symmetric, of);
  return { mean: center, covariance: symmetric };
}

function checkPositive(matrix: Matrix, of: string) {
  const { rows: d, data } = matrix;
  const largest = data.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  if (largest === 0) return;
  // Cholesky's factor of the matrix, lifted by what is allowed, is much cheaper than eigenvalues.
  const lifted = data.slice();
  for (let i = 0; i < d; i++) lifted[i * d + i] += NEGATIVE * largest;
  if (choleskyIfRegular({ rows: d, cols: d, data: lifted })) return;
  const [least] = eighSync(matrix, { vectors: false }).values;
  throw new RangeError(
    `${of}covariance is not positive semidefinite: its least eigenvalue is ${least}`,
  );
}
