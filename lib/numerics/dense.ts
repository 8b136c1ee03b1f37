/**
 * Small helpers on dense matrices: what more than one room needs, and LAPACK has no name for.
 *
 * @module
 */
import { backend } from "./backend.ts";
import type { Eigen } from "./eigh.ts";
import { cholesky, multiply } from "./linear_algebra.ts";
import type { Matrix } from "./matrix.ts";

/** `scale` times the identity, n × n. */
export function identity(n: number, scale = 1): Matrix {
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) data[i * n + i] = scale;
  return { rows: n, cols: n, data };
}

/** (A + Aᵀ)/2: what is symmetric but for rounding, made exactly so. */
export function symmetrized({ rows: n, data }: Matrix): Matrix {
  const mean = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) mean[i * n + j] = (data[i * n + j] + data[j * n + i]) / 2;
  }
  return { rows: n, cols: n, data: mean };
}

/** Aᵀ A, exactly symmetric, in half the time of a product. */
export function gram(a: Matrix): Matrix {
  return { rows: a.cols, cols: a.cols, data: backend().gram(a) };
}

/** A diag(factors): column j times factors[j]. */
export function columnsScaled({ rows, cols, data }: Matrix, factors: ArrayLike<number>): Matrix {
  const scaled = new Float64Array(rows * cols);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, at++) scaled[at] = data[at] * factors[j];
  }
  return { rows, cols, data: scaled };
}

/** A^exponent = V diag(values^exponent) Vᵀ of a positive definite matrix, by its eigenvectors. */
export function symmetricPower({ values, vectors }: Eigen, exponent: number): Matrix {
  const scaled = columnsScaled(vectors, values.map((value) => value ** exponent));
  return multiply(scaled, vectors, { transposeB: true });
}

/** Whether no entry a_ij of a symmetric matrix is above `tolerance` · √|a_ii a_jj|. */
export function isDiagonal({ rows: n, data }: Matrix, tolerance = 0): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const scale = Math.sqrt(Math.abs(data[i * n + i] * data[j * n + j]));
      if (Math.abs(data[i * n + j]) > tolerance * scale) return false;
    }
  }
  return true;
}

/** The solution of L X = B, or of Lᵀ X = B, for L lower triangular and without a 0 on its diagonal. */
export function triangularSolve(
  { rows: n, data }: Matrix,
  b: Matrix,
  { transpose = false }: { readonly transpose?: boolean } = {},
): Matrix {
  return { ...b, data: backend().triangularSolve(n, data, transpose, b.cols, b.data) };
}

/** Cholesky's factor, or `undefined` where the matrix is not positive definite. */
export function choleskyIfRegular(a: Matrix): Matrix | undefined {
  try {
    return cholesky(a);
  } catch {
    return undefined;
  }
}
