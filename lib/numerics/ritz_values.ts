/**
 * Eigenvalues of the tridiagonal matrix that Lanczos' iteration gives, with both ends of its vectors.
 *
 * @module
 */
import { eighSync } from "./eigh.ts";

/** T = S diag(values) Sᵀ, k × k. */
export interface RitzValues {
  /** In ascending order. */
  readonly values: Float64Array;
  /** The first row of S: its squares are the weights of Gauss' quadrature. */
  readonly first: Float64Array;
  /** The last row: how each pair leans on what the iteration has not seen. */
  readonly last: Float64Array;
  /** S, row by row. */
  readonly vectors: Float64Array;
}

/**
 * The eigenvalues of a symmetric tridiagonal matrix (Golub and Welsch).
 *
 * @param tridiagonal k numbers on the diagonal, k − 1 beside it
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ritzValues } from "./ritz_values.ts";
 * const { values, first } = ritzValues({
 *   diagonal: Float64Array.of(2, 2),
 *   offDiagonal: Float64Array.of(1),
 * });
 * assert(Math.abs(values[0] - 1) < 1e-15 && Math.abs(values[1] - 3) < 1e-15);
 * assert(Math.abs(first[0] ** 2 - 0.5) < 1e-15);
 * ```
 */
export function ritzValues({ diagonal, offDiagonal }: {
  readonly diagonal: Float64Array;
  readonly offDiagonal: Float64Array;
}): RitzValues {
  const k = diagonal.length;
  const data = new Float64Array(k * k);
  diagonal.forEach((entry, i) => data[i * k + i] = entry);
  offDiagonal.forEach((entry, i) => data[i * k + i + 1] = data[(i + 1) * k + i] = entry);
  const { values, vectors: { data: vectors } } = eighSync({ rows: k, cols: k, data });
  return { values, first: vectors.slice(0, k), last: vectors.slice((k - 1) * k), vectors };
}
