/**
 * Random functions of infinitely wide networks at initialization.
 *
 * @module
 */
import { checkInteger, checkOptions, maybe } from "../numerics/checks.ts";
import { eighSync, type Matrix, type MatrixLike, multiply } from "../numerics/mod.ts";
import { symmetricCopy } from "../numerics/matrix.ts";
import { randomStream } from "../numerics/random.ts";

/** Options of {@link nngpFunctions}. */
export interface NngpFunctionsOptions {
  /** Outputs of each function, independent of each other. */
  readonly outputs: number;
  /** How many functions. */
  readonly functions?: number;
  /** An integer from 0; the same draws the same functions. */
  readonly seed?: number;
}

/** Eigenvalues below −this fraction of the largest are no covariance's. */
const NEGATIVE = 1e-6;

/**
 * Functions that an infinitely wide network may have at initialization, at n images: each output is
 * Gaussian with mean 0 and the NNGP's covariance, independent of the others (Neal 1996; Lee et al.
 * 2018).
 *
 * Drawn as V S^½ z by the covariance's eigenpairs, so that it may be singular, as where two images are
 * the same. The covariance may stand in any basis, that of a kernel's eigenvectors as well: the numbers
 * drawn are then components along these.
 *
 * @param nngp n × n, as `infiniteKernels` gives it
 * @returns n × (functions · outputs), the column function · outputs + output
 * @throws {RangeError} if it is not symmetric, not finite or has eigenvalues below −10⁻⁶ of the largest,
 * or an option is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nngpFunctions } from "./nngp_functions.ts";
 *
 * const { rows, cols, data } = nngpFunctions([[2, 2], [2, 2]], { outputs: 3, functions: 500 });
 * assert(rows === 2 && cols === 1500);
 * // The two images are the same, and so is what a function says of them.
 * assert(Math.abs(data[0] - data[cols]) < 1e-7);
 * const square = data.subarray(0, cols).reduce((sum, f) => sum + f * f, 0) / cols;
 * assert(Math.abs(square - 2) < 0.5);
 * ```
 */
export function nngpFunctions(nngp: MatrixLike, options: NngpFunctionsOptions): Matrix {
  const covariance = symmetricCopy(nngp, "nngp");
  const { outputs, functions = 1, seed = 0 } = checkOptions("options", options, {
    outputs: checkInteger,
    functions: maybe(checkInteger),
    seed: maybe(checkInteger, { least: 0 }),
  });
  const { rows: n } = covariance;
  if (n === 0) throw new RangeError("nngp is 0 × 0; it must be of one image at least");
  const { values, vectors } = eighSync(covariance, { name: "nngp" });
  const largest = Math.max(...values, 0);
  const negative = values.findIndex((value) => value < -NEGATIVE * largest);
  if (negative >= 0 || !(largest > 0)) {
    throw new RangeError(
      `nngp has the eigenvalue ${values[Math.max(0, negative)]} beside the largest, ${
        Math.max(...values)
      }; a covariance has none below 0, and one above`,
    );
  }
  const root = { ...vectors, data: vectors.data.slice() };
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) root.data[i * n + k] *= Math.sqrt(Math.max(0, values[k]));
  }
  const cols = functions * outputs;
  const data = randomStream(seed, "functions of the NNGP").normal(n * cols);
  return multiply(root, { rows: n, cols, data });
}
