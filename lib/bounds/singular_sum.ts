/**
 * The sum of the singular values of Yᵀ X, X and Y lower triangular, by the eigenvalues of its Gram
 * matrix: half the time of its singular values themselves, for a symmetric matrix is brought to
 * tridiagonal form with a quarter of the traffic of memory that a bidiagonal form takes.
 *
 * @module
 */
import { gram, triangularSolve } from "../numerics/dense.ts";
import { eighSync, type Matrix, multiply, randomStream, sum, svd } from "../numerics/mod.ts";

/** M = Yᵀ X of two lower triangular matrices, d × d. */
interface TriangularProduct {
  readonly x: Matrix;
  readonly y: Matrix;
  readonly product: Matrix;
  /** Rounding of the Gram matrix and of its eigenvalues, of the largest one. */
  readonly relative: number;
}

/** Singular values at most that are sought anew. */
const MOST = 128;
/** Rounds at most of inverse iteration; five are usual. */
const ROUNDS = 12;

/**
 * Σ σ, or undefined where it cannot be told as well as is asked.
 *
 * A root σ of an eigenvalue is off by its rounding, which goes with the largest one, over about 2 σ: the
 * least ones, of which that may be too much, are found anew by inverse iteration.
 *
 * @param room what the sum may be off by, if it is `total`
 */
export function singularSumByGram(
  { x, y, product, relative }: TriangularProduct,
  room: (total: number) => number,
): number | undefined {
  const { values } = eighSync(gram(product), { vectors: false });
  const unsure = relative * values[values.length - 1];
  const roots = values.map((value) => Math.sqrt(Math.max(0, value)));
  const allowed = room(sum(roots));
  if (!(allowed > 0)) return undefined;
  const anew = sureFrom(values, roots, unsure, 0.9 * allowed);
  if (anew === 0) return sum(roots);
  if (anew > MOST || anew > values.length / 4) return undefined;
  const least = leastSum({ x, y, product }, anew, 0.05 * allowed);
  return least === undefined ? undefined : least + sum(roots.subarray(anew));
}

/** From which of the ascending eigenvalues on the errors of their roots sum to less than `allowed`. */
function sureFrom(
  values: Float64Array,
  roots: Float64Array,
  unsure: number,
  allowed: number,
): number {
  let error = 0;
  for (let k = values.length - 1; k >= 0; k--) {
    // |√λ − √λ′| = |λ − λ′|/(√λ + √λ′)
    error += unsure / (roots[k] + Math.sqrt(Math.max(0, values[k] - unsure)));
    if (!(error < allowed)) return k + 1;
  }
  return 0;
}

/**
 * The sum of the `count` least singular values of M, by inverse iteration of (MᵀM)⁻¹ on more vectors
 * than that. Those of M times an orthonormal basis are never below, and right to the rounding of M.
 *
 * @returns undefined where a round still changes the sum by `tolerance` after many
 */
function leastSum(
  { x, y, product }: Pick<TriangularProduct, "x" | "y" | "product">,
  count: number,
  tolerance: number,
): number | undefined {
  const d = x.rows, width = Math.min(d, 2 * count + 8);
  const start = randomStream(0, "bounds/singular sum").normal(d * width);
  let basis: Matrix = { rows: d, cols: width, data: start };
  let before = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const half = triangularSolve(y, triangularSolve(x, basis, { transpose: true }));
    basis = svd(triangularSolve(x, triangularSolve(y, half, { transpose: true }))).u;
    const { values } = svd(multiply(product, basis), { vectors: false });
    const total = sum(values.subarray(width - count));
    if (Math.abs(before - total) < tolerance) return total;
    before = total;
  }
  return undefined;
}
