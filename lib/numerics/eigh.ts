/**
 * Eigenvalues and eigenvectors of symmetric matrices.
 *
 * @module
 */
import { backend } from "./backend.ts";
import { checkFlag, checkOptions, checkText, maybe } from "./checks.ts";
import type { BackendEigen } from "./backend_interface.ts";
import { type Control, CONTROL_CHECKS } from "./control.ts";
import { type Matrix, type MatrixLike, rescale, symmetricCopy } from "./matrix.ts";
import { squareLike, writeUpper } from "./upper_triangle.ts";

/** The eigenvalues and eigenvectors of a symmetric matrix. */
export interface Eigen {
  /** In ascending order. */
  readonly values: Float64Array;
  /** Orthonormal, in columns, in the order of the values. */
  readonly vectors: Matrix;
}

/** Options of {@linkcode eigh} and {@linkcode eighSync}. */
export interface EighOptions {
  /** What the caller's argument is called, for messages. */
  readonly name?: string;
  /** `false` gives the values alone, in about half the time. */
  readonly vectors?: boolean;
}

const OWN_CHECKS = { name: maybe(checkText), vectors: maybe(checkFlag) } as const;

/**
 * The eigenvalues and eigenvectors of a symmetric matrix, A = V Λ Vᵀ, on the caller's thread.
 *
 * By LAPACK's divide and conquer (dsyevd); eigenvalues alone of 1400 rows and more by way of a band
 * (dsyevd_2stage). The residual ‖A V − V Λ‖ is below 10⁻¹³ ‖A‖, so small
 * eigenvalues carry an absolute error of that size. The matrix may differ from its transpose by
 * 10⁻⁸ of its largest entry: the mean of the two is taken.
 *
 * @param a n × n, n from 0 up; is left as it is
 * @throws {RangeError} if the matrix is not square, not symmetric, or holds a number that is not
 * finite
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { eighSync } from "./eigh.ts";
 *
 * const { values, vectors } = eighSync([[2, 1], [1, 2]]);
 * assert(Math.abs(values[0] - 1) < 1e-15 && Math.abs(values[1] - 3) < 1e-15);
 * assert(Math.abs(vectors.data[1] - vectors.data[3]) < 1e-15); // the second column is (1, 1)/√2
 * ```
 */
export function eighSync(
  a: MatrixLike,
  options: EighOptions & { readonly vectors: false },
): Pick<Eigen, "values">;
export function eighSync(a: MatrixLike, options?: EighOptions): Eigen;
export function eighSync(
  a: MatrixLike,
  options: EighOptions = {},
): Pick<Eigen, "values"> {
  const { name = "matrix", vectors = true } = checkOptions("options", options, OWN_CHECKS);
  const { rows: n, data } = symmetricCopy(a, name);
  if (n === 0) return nothing(vectors);
  const scale = rescale(data);
  return eigenOf(n, backend().eigenSync(n, data, vectors), scale);
}

/**
 * The same as {@linkcode eighSync}, on a thread of its own: timers, progress and other work go on
 * meanwhile.
 *
 * The matrix is copied at once. Calls that overlap are done one after another. Where
 * {@linkcode linearAlgebra} says ml-matrix, the work is done on the caller's thread after all, and
 * can be ended only before it begins.
 *
 * @param a n × n, n from 0 up
 * @throws {RangeError} as `eighSync` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { eigh } from "./eigh.ts";
 *
 * const { values } = await eigh([[2, 1], [1, 2]], { vectors: false });
 * assert(Math.abs(values[0] - 1) < 1e-15 && Math.abs(values[1] - 3) < 1e-15);
 * ```
 */
export function eigh(
  a: MatrixLike,
  options: EighOptions & Control & { readonly vectors: false },
): Promise<Pick<Eigen, "values">>;
export function eigh(a: MatrixLike, options?: EighOptions & Control): Promise<Eigen>;
export async function eigh(
  a: MatrixLike,
  options: EighOptions & Control = {},
): Promise<Pick<Eigen, "values">> {
  const { name = "matrix", vectors = true, onProgress, signal } = checkOptions(
    "options",
    options,
    { ...OWN_CHECKS, ...CONTROL_CHECKS },
  );
  const matrix = squareLike(a, name);
  const n = matrix.rows;
  if (n === 0) return nothing(vectors);
  let scale = 1;
  const write = (upper: Float64Array) => {
    scale = rescale(upper, writeUpper(matrix, name, upper));
  };
  const found = await backend().eigen(n, write, vectors, { onProgress, signal });
  return eigenOf(n, found, scale);
}

function nothing(vectors: boolean): Pick<Eigen, "values"> {
  const values = new Float64Array(0);
  return eigenOf(0, vectors ? { values, vectors: new Float64Array(0) } : { values }, 1);
}

function eigenOf(n: number, { values, vectors }: BackendEigen, scale: number) {
  const scaled = scale === 1 ? values : values.map((value) => value * scale);
  return vectors === undefined
    ? { values: scaled }
    : { values: scaled, vectors: { rows: n, cols: n, data: vectors } };
}
