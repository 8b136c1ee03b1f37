/**
 * The Bures distance: how far the covariances of two Gaussian laws are for transport.
 *
 * @module
 */
import { choleskyIfRegular, columnsScaled, isDiagonal, symmetrized } from "../numerics/dense.ts";
import { eighSync, type Matrix, multiply, randomStream, sum, svd } from "../numerics/mod.ts";
import { norm } from "../numerics/vectors.ts";

/**
 * tr(A + B − 2 (A^½ B A^½)^½) of two positive semidefinite matrices, singular ones too.
 *
 * As the least ‖X − Y U‖² over orthogonal U, where X Xᵀ = A and Y Yᵀ = B: a sum of squares, which
 * does not cancel as the traces do when A is near B. U is the polar factor of Yᵀ X. Where the traces do
 * not cancel they are taken, which needs no vectors: a fifth of the time in 2000 dimensions.
 */
export function buresSquared(a: Matrix, b: Matrix): number {
  return buresSquaredByTraces(a, b) ?? buresSquaredByPolarFactor(a, b);
}

/** Rounding of products of d × d matrices, and of their eigenvalues, beside the factors' norms. */
const rounding = (d: number) => (8 + 4 * Math.sqrt(d)) * 2 ** -52;
/** Of the distance, that the traces may be off by. */
const TRACES_ERROR = 1e-11;

/**
 * tr A + tr B − 2 Σ √λ, λ the eigenvalues of Xᵀ B X with X Xᵀ = A.
 *
 * @returns undefined where A is nearly singular, or rounding could be felt: by roots of small λ, or as
 * the traces cancel
 */
export function buresSquaredByTraces(a: Matrix, b: Matrix): number | undefined {
  const x = factorOf(a);
  if (!x) return undefined;
  // A root of λ is off by the rounding of the product, which goes with ‖A‖ ‖B‖, over 2 √λ.
  const relative = rounding(a.rows);
  const unsure = relative * normOf(a) * normOf(b);
  const product = symmetrized(multiply(multiply(x, b, { transposeA: true }), x));
  const { values } = eighSync(product, { vectors: false });
  if (!(values[0] > unsure)) return undefined;
  const roots = values.map(Math.sqrt);
  const traces = traceOf(a) + traceOf(b);
  const distance = traces - 2 * sum(roots);
  const error = relative * traces + unsure * sum(roots.map((root) => 1 / root));
  return error < TRACES_ERROR * distance ? distance : undefined;
}

/** About the largest eigenvalue of a positive semidefinite matrix, and hardly less, by its powers. */
function normOf(matrix: Matrix): number {
  let vector = randomStream(0, "bounds/bures").normal(matrix.rows);
  let largest = 0;
  for (let round = 0; round < 12; round++) {
    const before = norm(vector);
    vector = multiply(matrix, vector.map((entry) => entry / before));
    largest = norm(vector);
    if (!(largest > 0)) return 0;
  }
  return 1.5 * largest;
}

const traceOf = ({ rows, data }: Matrix) =>
  sum(Array.from({ length: rows }, (_, i) => data[i * rows + i]));

/** By the polar factor, for all matrices. */
export function buresSquaredByPolarFactor(a: Matrix, b: Matrix): number {
  const x = root(a), y = root(b);
  const { u, vt } = svd(multiply(y, x, { transposeA: true }));
  const turned = multiply(multiply(y, u), vt);
  return sum(x.data.map((entry, at) => (entry - turned.data[at]) ** 2));
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
 * X with X Xᵀ = A: Cholesky's factor, or eigenvectors times the roots of eigenvalues where A is
 * nearly singular. W2² feels the root of what rounding makes of a 0 there, so it is put back to 0.
 */
function root(a: Matrix): Matrix {
  const d = a.rows;
  const factor = factorOf(a);
  if (factor) return factor;
  const { values, vectors } = eighSync(a);
  const least = isDiagonal(a) ? 0 : d * ROUNDING * values[d - 1];
  const roots = values.map((value) => value > least ? Math.sqrt(value) : 0);
  return columnsScaled(vectors, roots);
}

function factorOf(a: Matrix): Matrix | undefined {
  const d = a.rows;
  const factor = choleskyIfRegular(a);
  for (let i = 0; factor && i < d; i++) {
    if (factor.data[i * d + i] ** 2 < FAR_FROM_SINGULAR * a.data[i * d + i]) return undefined;
  }
  return factor;
}
