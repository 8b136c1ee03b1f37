/**
 * The Bures distance: how far the covariances of two Gaussian laws are for transport.
 *
 * @module
 */
import { choleskyIfRegular, columnsScaled, isDiagonal } from "../numerics/dense.ts";
import { eighSync, type Matrix, multiply, sum, svd } from "../numerics/mod.ts";
import { squaredDistance, squaredNorm } from "../numerics/vectors.ts";
import { singularSumByGram } from "./singular_sum.ts";

/**
 * tr(A + B − 2 (A^½ B A^½)^½) of two positive semidefinite matrices, singular ones too.
 *
 * As the least ‖X − Y U‖² over orthogonal U, where X Xᵀ = A and Y Yᵀ = B: a sum of squares, which
 * does not cancel as the traces do when A is near B. U is the polar factor of Yᵀ X. Where the traces do
 * not cancel they are taken, which needs no vectors: a fifth of the time in 2000 dimensions.
 */
export function buresSquared(a: Matrix, b: Matrix): number {
  const [x, y] = [rootOf(a), rootOf(b)];
  return buresSquaredByTraces(x, y) ?? buresSquaredByPolarFactor(x, y);
}

/** X with X Xᵀ = A. */
export interface Root {
  readonly matrix: Matrix;
  /** Whether it is Cholesky's factor, lower triangular and far from singular. */
  readonly triangular: boolean;
}

/** Rounding of products of d × d matrices, and of their singular values, beside the factors' norms. */
const rounding = (d: number) => (8 + 4 * Math.sqrt(d)) * 2 ** -52;
/** Of the distance, that the traces may be off by. */
const TRACES_ERROR = 1e-11;

/**
 * tr A + tr B − 2 Σ σ, σ the singular values of Yᵀ X.
 *
 * @returns undefined where the traces cancel, so that rounding could be felt
 */
export function buresSquaredByTraces(
  { matrix: x, triangular }: Root,
  { matrix: y, triangular: both }: Root,
): number | undefined {
  const relative = rounding(x.rows);
  const traces = squaresOf(x) + squaresOf(y);
  const error = relative * traces;
  // The distance is at most that for U = 1, which is small where A is near B.
  if (!(error < TRACES_ERROR * squaresOf(x, y))) return undefined;
  const product = multiply(y, x, { transposeA: true });
  const room = (total: number) => TRACES_ERROR * (traces - 2 * total) - error;
  const total =
    (triangular && both
      ? singularSumByGram({ x, y, product, relative }, (total) => room(total) / 2)
      : undefined) ?? sum(svd(product, { vectors: false }).values);
  return room(total) > 0 ? traces - 2 * total : undefined;
}

/** ‖X‖² or ‖X − Y‖² of matrices, summed row by row, which keeps the digits. */
function squaresOf({ rows, cols, data }: Matrix, other?: Matrix): number {
  const row = (data: Float64Array, i: number) => data.subarray(i * cols, (i + 1) * cols);
  return sum(Array.from(
    { length: rows },
    (_, i) => other ? squaredDistance(row(data, i), row(other.data, i)) : squaredNorm(row(data, i)),
  ));
}

/** By the polar factor, for all matrices. */
export function buresSquaredByPolarFactor({ matrix: x }: Root, { matrix: y }: Root): number {
  const { u, vt } = svd(multiply(y, x, { transposeA: true }));
  const turned = multiply(multiply(y, u), vt);
  return squaresOf(x, turned);
}

/**
 * The same for B = A + change, where the change is known better than the difference of A and B:
 * relative accuracy as the change shrinks, where {@link buresSquared} has lost all digits.
 *
 * The map from A to B is I + H with H symmetric, (I + H) A (I + H) = B; H solves
 * HA + AH = change − H A H, by iteration in A's eigenbasis, and the distance is tr(H A H).
 *
 * @returns undefined where the iteration does not converge: A near singular, or the change large
 */
export function buresSquaredOfChange(a: Matrix, change: Matrix): number | undefined {
  const d = a.rows;
  const { values, vectors } = eighSync(a);
  if (!(values[0] > 0)) return undefined;
  const inBasis = multiply(multiply(vectors, change, { transposeA: true }), vectors).data;
  let h = new Float64Array(d * d);
  let lastStep = Infinity;
  for (let round = 0; round < 60; round++) {
    const next = new Float64Array(d * d);
    const before = { rows: d, cols: d, data: h };
    const square = round === 0 ? h : multiply(columnsScaled(before, values), before).data;
    let step = 0, size = 0;
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        const at = i * d + j;
        next[at] = (inBasis[at] - square[at]) / (values[i] + values[j]);
        step += values[j] * (next[at] - h[at]) ** 2;
        size += values[j] * next[at] ** 2;
      }
    }
    h = next;
    if (step <= 1e-30 * size) return sum(h.map((entry, at) => values[at % d] * entry * entry));
    if (!(step < 0.25 * lastStep)) return undefined;
    lastStep = step;
  }
  return undefined;
}

/** Eigenvalues below this fraction of the largest, times d, cannot be told from 0. */
const ROUNDING = 2 ** -52;
/** Cholesky's factor serves where its pivots say that the matrix is far from singular. */
const FAR_FROM_SINGULAR = 1e-10;

/**
 * Cholesky's factor, or eigenvectors times the roots of eigenvalues where A is nearly singular. W2²
 * feels the root of what rounding makes of a 0 there, so it is put back to 0.
 */
export function rootOf(a: Matrix): Root {
  const d = a.rows;
  const factor = factorOf(a);
  if (factor) return { matrix: factor, triangular: true };
  const { values, vectors } = eighSync(a);
  const least = isDiagonal(a) ? 0 : d * ROUNDING * values[d - 1];
  const roots = values.map((value) => value > least ? Math.sqrt(value) : 0);
  return { matrix: columnsScaled(vectors, roots), triangular: false };
}

function factorOf(a: Matrix): Matrix | undefined {
  const d = a.rows;
  const factor = choleskyIfRegular(a);
  for (let i = 0; factor && i < d; i++) {
    if (factor.data[i * d + i] ** 2 < FAR_FROM_SINGULAR * a.data[i * d + i]) return undefined;
  }
  return factor;
}
