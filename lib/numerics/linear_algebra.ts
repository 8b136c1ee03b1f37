/**
 * Products, factors and solutions of float64 matrices.
 *
 * @module
 */
import { backend } from "./backend.ts";
import type { BackendSvd } from "./backend_interface.ts";
import { checkFlag, checkOptions, checkText, maybe } from "./checks.ts";
import { type Matrix, type MatrixLike, shapedMatrix, symmetricCopy, toMatrix } from "./matrix.ts";

/** Which factors of {@linkcode multiply} are transposed first. */
export interface MultiplyOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/**
 * The product A B of two matrices, either of them transposed first if asked (dgemm).
 *
 * @param b a matrix, or a vector (the product is one too)
 * @returns rows of A × columns of B
 * @throws {RangeError} if the inner lengths differ, or if an entry or the product is not finite
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { multiply } from "./linear_algebra.ts";
 *
 * const gram = multiply([[1, 2], [3, 4]], [[1, 2], [3, 4]], { transposeB: true });
 * assert.deepEqual(gram, { rows: 2, cols: 2, data: Float64Array.of(5, 11, 11, 25) });
 * assert.deepEqual(multiply([[1, 2], [3, 4]], Float64Array.of(1, 1)), Float64Array.of(3, 7));
 * ```
 */
export function multiply(
  a: MatrixLike,
  b: Float64Array,
  options?: Pick<MultiplyOptions, "transposeA">,
): Float64Array;
export function multiply(a: MatrixLike, b: MatrixLike, options?: MultiplyOptions): Matrix;
export function multiply(
  a: MatrixLike,
  b: Float64Array | MatrixLike,
  options: MultiplyOptions = {},
): Float64Array | Matrix {
  const { transposeA = false, transposeB = false } = checkOptions("options", options, {
    transposeA: maybe(checkFlag),
    transposeB: maybe(checkFlag),
  });
  const left = finiteMatrix(a, "a"), right = asColumns(b);
  const [rows, inner] = transposeA ? [left.cols, left.rows] : [left.rows, left.cols];
  const [other, cols] = transposeB ? [right.cols, right.rows] : [right.rows, right.cols];
  if (inner !== other) {
    throw new RangeError(
      `b has ${other} ${transposeB ? "columns" : "rows"}; it must have ${inner}, as many as a ` +
        `has ${transposeA ? "rows" : "columns"}`,
    );
  }
  const empty = rows === 0 || cols === 0 || inner === 0;
  const data = empty
    ? new Float64Array(rows * cols)
    : backend().multiply(left, right, transposeA, transposeB);
  const product = finiteMatrix({ rows, cols, data }, "the product a b");
  return b instanceof Float64Array ? product.data : product;
}

/** What the caller's argument is called, for messages. */
interface NameOption {
  readonly name?: string;
}

const NAME_CHECK = { name: maybe(checkText) } as const;

/** The same as {@linkcode toMatrix}; what is large is looked through by the library. */
function finiteMatrix(value: MatrixLike, name: string): Matrix {
  const matrix = shapedMatrix(value, name);
  return backend().finite(matrix.data) ? matrix : toMatrix(matrix, name);
}

/** A matrix, or a vector as the one column of one. */
const asColumns = (b: Float64Array | MatrixLike): Matrix =>
  finiteMatrix(b instanceof Float64Array ? { rows: b.length, cols: 1, data: b } : b, "b");

/** The thin singular value decomposition A = U S Vᵀ, k = min(rows, columns). */
export interface SingularValues {
  /** rows × k, orthonormal in columns. */
  readonly u: Matrix;
  /** The k singular values, descending. */
  readonly values: Float64Array;
  /** k × columns, orthonormal in rows. */
  readonly vt: Matrix;
}

/** Options of {@linkcode svd}. */
export interface SvdOptions {
  /** What the caller's argument is called, for messages. */
  readonly name?: string;
  /** `false` gives the values alone, in about a quarter of the time. */
  readonly vectors?: boolean;
}

/**
 * The thin singular value decomposition A = U S Vᵀ (dgesdd).
 *
 * @param a any shape; is left as it is
 * @param options `vectors: false` gives the values alone
 * @throws {RangeError} if an entry is not finite
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { svd } from "./linear_algebra.ts";
 *
 * const { u, values, vt } = svd([[3, 0], [0, -4], [0, 0]]);
 * assert.deepEqual([...values], [4, 3]);
 * assert.deepEqual([u.rows, u.cols, vt.rows, vt.cols], [3, 2, 2, 2]);
 * assert.deepEqual(svd([[0, 2], [1, 0]], { vectors: false }), { values: Float64Array.of(2, 1) });
 * ```
 */
export function svd(
  a: MatrixLike,
  options: SvdOptions & { readonly vectors: false },
): Pick<SingularValues, "values">;
export function svd(a: MatrixLike, options?: SvdOptions): SingularValues;
export function svd(a: MatrixLike, options: SvdOptions = {}): Pick<SingularValues, "values"> {
  const { name = "matrix", vectors = true } = checkOptions("options", options, {
    ...NAME_CHECK,
    vectors: maybe(checkFlag),
  });
  const { rows, cols, data } = toMatrix(a, name);
  const k = Math.min(rows, cols);
  const nothing = new Float64Array(0);
  const { u = nothing, values, vt = nothing }: BackendSvd = k === 0
    ? { values: nothing }
    : backend().svd(rows, cols, data.slice(), vectors);
  const both = { u: { rows, cols: k, data: u }, vt: { rows: k, cols, data: vt } };
  return vectors ? { ...both, values } : { values };
}

/**
 * The Cholesky factor L of a positive definite matrix, A = L Lᵀ, lower triangular (dpotrf).
 *
 * @param a n × n, symmetric as {@linkcode eighSync} asks; is left as it is
 * @throws {RangeError} if it is not square, not symmetric, not finite, or not positive definite:
 * then with the order of the first leading minor that is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cholesky } from "./linear_algebra.ts";
 * import { toRows } from "./matrix.ts";
 *
 * assert.deepEqual(toRows(cholesky([[4, 2], [2, 5]])), [[2, 0], [1, 2]]);
 * assert.throws(() => cholesky([[1, 2], [2, 1]]), /its leading minor of order 2 is not positive/);
 * ```
 */
export function cholesky(a: MatrixLike, options: NameOption = {}): Matrix {
  const { name = "matrix" } = checkOptions("options", options, NAME_CHECK);
  const factor = factored(a, name);
  const { rows: n, data } = factor;
  for (let i = 0; i < n; i++) data.fill(0, i * n + i + 1, (i + 1) * n);
  return factor;
}

/**
 * The solution X of A X = B for a positive definite A, by its Cholesky factor (dpotrf, dpotrs).
 *
 * @param a n × n, as {@linkcode cholesky} asks
 * @param b a vector of n numbers (the solution is one too) or an n × k matrix
 * @throws {RangeError} as `cholesky` does, or if b has another number of rows or is not finite
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { solvePositiveDefinite } from "./linear_algebra.ts";
 *
 * const x = solvePositiveDefinite([[4, 2], [2, 5]], Float64Array.of(8, 12));
 * assert.deepEqual(x, Float64Array.of(1, 2));
 * ```
 */
export function solvePositiveDefinite(a: MatrixLike, b: Float64Array): Float64Array;
export function solvePositiveDefinite(a: MatrixLike, b: MatrixLike): Matrix;
export function solvePositiveDefinite(
  a: MatrixLike,
  b: Float64Array | MatrixLike,
): Float64Array | Matrix {
  const { rows: n, data: factor } = factored(a, "a");
  const right = asColumns(b);
  if (right.rows !== n) {
    throw new RangeError(`b has ${right.rows} rows; it must have ${n}, as a has`);
  }
  const { cols } = right;
  const data = n * cols === 0
    ? new Float64Array(0)
    : backend().choleskySolve(n, factor, cols, right.data);
  return b instanceof Float64Array ? data : { rows: n, cols, data };
}

/** The Cholesky factor in the lower triangle; what is above is not part of it. */
function factored(a: MatrixLike, name: string) {
  const copy = symmetricCopy(a, name);
  const minor = copy.rows === 0 ? 0 : backend().cholesky(copy.rows, copy.data);
  if (minor > 0) {
    throw new RangeError(
      `${name} is not positive definite: its leading minor of order ${minor} is not positive`,
    );
  }
  return copy;
}
