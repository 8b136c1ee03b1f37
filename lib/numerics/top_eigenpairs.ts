/**
 * The largest eigenvalues of a symmetric operator that is known by its products alone.
 *
 * @module
 */
import { backend } from "./backend.ts";
import { checkFunction, checkInteger, checkNumber, checkOptions, maybe } from "./checks.ts";
import { type Control, CONTROL_CHECKS } from "./control.ts";
import { type Eigen, eighSync } from "./eigh.ts";
import { eventTurns } from "./event_turns.ts";
import {
  checkedProduct,
  checkSymmetry,
  normalizeInto,
  orthogonalize,
  type SymmetricProduct,
} from "./lanczos.ts";
import { transposed } from "./layout.ts";
import type { Matrix } from "./matrix.ts";
import { randomStream } from "./random.ts";
import { carefulNorm } from "./sums.ts";

/**
 * Options of {@linkcode topEigenpairs}. `onProgress` is called after every restart: done counts pairs
 * found, the note says the products made. The signal ends the search: the promise is rejected with
 * its reason.
 */
export interface TopEigenpairsOptions extends Control {
  /** How many pairs. */
  readonly count: number;
  /** ‖A x − λ x‖ of a pair may be this fraction of the largest |λ| met. */
  readonly tolerance?: number;
  /** Of the starting vectors. */
  readonly seed?: number;
  /** How many products may be made. */
  readonly maxProducts?: number;
}

/** What {@linkcode topEigenpairs} gives. */
export interface TopEigenpairs extends Eigen {
  /** In descending order. */
  readonly values: Float64Array;
  /** ‖A x − λ x‖ of each pair, as estimated at the end of the search. */
  readonly residuals: Float64Array;
  /** How many products were made. */
  readonly products: number;
}

/**
 * The `count` largest eigenvalues (algebraically) of a symmetric operator, descending, with their
 * eigenvectors in columns, size × count.
 *
 * Lanczos with full reorthogonalization and thick restarts (Wu and Simon, SIAM J. Matrix Anal.
 * Appl. 22, 2000), so that never more than about 2·count + 40 vectors are kept. One starting vector
 * sees each multiple eigenvalue once; so the search goes on from a new random vector, orthogonal to
 * what was found, until nothing larger than the least pair turns up. Products in float32 want a
 * tolerance from 1e-6 up.
 *
 * @param product v ↦ A v, or a promise of it
 * @param size A is size × size
 * @throws {RangeError} if an option is out of range, or a product is not of that size, not finite,
 * or not that of a symmetric operator
 * @throws {Error} if maxProducts does not suffice: with how many pairs were found
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { topEigenpairs } from "./top_eigenpairs.ts";
 *
 * const stretch = (v: Float64Array) => v.map((x, i) => x / (1 + i));
 * const { values } = await topEigenpairs(stretch, 1000, { count: 3 });
 * [1, 1 / 2, 1 / 3].forEach((value, k) => assert(Math.abs(values[k] - value) < 1e-10));
 * ```
 */
export async function topEigenpairs(
  product: SymmetricProduct,
  size: number,
  options: TopEigenpairsOptions,
): Promise<TopEigenpairs> {
  checkFunction("product", product);
  checkInteger("size", size, { most: 2 ** 31 - 1 });
  checkOptions("options", options, {
    count: checkInteger,
    tolerance: maybe(checkNumber, { least: 1e-14, below: 1 }),
    seed: maybe(checkInteger, { least: 0 }),
    maxProducts: maybe(checkInteger),
    ...CONTROL_CHECKS,
  });
  const { count, tolerance = 1e-10, seed = 0, maxProducts = 100 * count + 1000 } = options;
  const { onProgress = () => {}, signal } = options;
  checkInteger("count", count, { most: size });
  checkInteger("maxProducts", maxProducts, { least: count, most: Number.MAX_SAFE_INTEGER });
  const { normal } = randomStream(seed, "numerics/top eigenpairs");
  const turn = eventTurns();
  let products = 0;
  let scale = 0; // the largest ‖A q‖ met: ‖A‖, or a little less

  async function apply(v: Float64Array): Promise<Float64Array> {
    await turn();
    signal?.throwIfAborted();
    const image = await checkedProduct(product, v);
    products++;
    scale = Math.max(scale, carefulNorm(image));
    return image;
  }

  /** Puts a random unit vector into `into`, orthogonal to the rows of `basis`. */
  function putFresh(into: Float64Array, basis: Float64Array): void {
    normal(into);
    // Of few directions left, a first draw may hold little: what remains is freed once more.
    for (let pass = 0; pass < 2; pass++) {
      orthogonalize(into, basis);
      normalizeInto(into, into);
    }
  }

  /** The largest pairs orthogonal to those found: all above the threshold, but one at least. */
  async function search(found: Pairs, threshold: number): Promise<Pairs> {
    const fixed = found.values.length;
    const room = Math.min(size - fixed, 2 * count + 40);
    // Rows: what was found, the search space Q, and the vector that it would be extended by.
    const rows = new Float64Array((fixed + room + 1) * size);
    rows.set(found.vectors);
    const q = (i: number) => rows.subarray((fixed + i) * size, (fixed + i + 1) * size);
    const before = (i: number) => rows.subarray(0, (fixed + i) * size);
    const projected = new Float64Array(room * room); // Q A Qᵀ
    let beta = 0; // the length of the part of A q that leads out of the space

    putFresh(q(0), before(0));
    for (let start = 0;;) {
      for (let k = start; k < room; k++) {
        const image = await apply(q(k));
        const along = orthogonalize(image, before(k + 1)).subarray(fixed);
        if (k > start) checkSymmetry(along[k - 1], beta, scale);
        for (let i = 0; i <= k; i++) projected[i * room + k] = projected[k * room + i] = along[i];
        beta = carefulNorm(image);
        if (beta > 1e-14 * scale) normalizeInto(q(k + 1), image);
        else { // the space is closed: on in another direction, if there is one
          beta = 0;
          if (fixed + k + 1 < size) putFresh(q(k + 1), before(k + 1));
        }
      }
      const eigen = eighSync({ rows: room, cols: room, data: projected });
      const values = eigen.values.toReversed();
      const residuals = values.map((_, i) =>
        Math.abs(beta * eigen.vectors.data[room * room - 1 - i])
      );
      const above = values.filter((value) => value > threshold).length;
      const wanted = Math.min(Math.max(1, above), count, room);
      const good = (i: number) =>
        residuals[i] <= tolerance * scale || values[i] + residuals[i] <= threshold;
      let converged = 0;
      while (converged < wanted && good(converged)) converged++;
      await onProgress({
        done: Math.min(count, fixed + converged),
        total: count,
        note: `${products} products`,
      });

      const kept = converged === wanted ? wanted : Math.ceil((wanted + room - 1) / 2);
      const vectors = largestInSpace(eigen.vectors, kept, {
        rows: room,
        cols: size,
        data: rows.subarray(fixed * size, (fixed + room) * size),
      });
      if (converged === wanted) {
        return { values: values.slice(0, kept), residuals: residuals.slice(0, kept), vectors };
      }
      if (products >= maxProducts) {
        throw new Error(
          `${Math.min(count, fixed + converged)} of ${count} eigenpairs found after ${products} ` +
            `products; the next has the residual ${residuals[converged]}, not yet ` +
            `${tolerance * scale}: maxProducts is ${maxProducts}`,
        );
      }
      // A thick restart: the better half of the space, and the vector that extends it.
      q(kept).set(q(room));
      rows.set(vectors, fixed * size);
      projected.fill(0);
      for (let i = 0; i < kept; i++) projected[i * room + i] = values[i];
      start = kept;
    }
  }

  let found = await search(noPairs, -Infinity);
  while (found.values.length < size) {
    const threshold = found.values[count - 1];
    const more = await search(found, threshold);
    if (!(more.values[0] > threshold + tolerance * scale)) break;
    found = largestPairs(found, more, count, size);
  }
  return {
    values: found.values,
    vectors: { rows: size, cols: count, data: transposed(found.vectors, count, size) },
    residuals: found.residuals,
    products,
  };
}

/** Eigenpairs in descending order, each vector in a row. */
interface Pairs {
  readonly values: Float64Array;
  readonly residuals: Float64Array;
  readonly vectors: Float64Array;
}

const noPairs: Pairs = {
  values: new Float64Array(0),
  residuals: new Float64Array(0),
  vectors: new Float64Array(0),
};

/** The Ritz vectors of the `count` largest values, in rows: Sᵀ Q, S the projection's vectors. */
function largestInSpace(s: Matrix, count: number, basis: Matrix): Float64Array {
  const chosen = new Float64Array(count * s.rows);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < s.rows; j++) chosen[i * s.rows + j] = s.data[(j + 1) * s.cols - 1 - i];
  }
  return backend().multiply({ rows: count, cols: s.rows, data: chosen }, basis, false, false);
}

/** The `count` largest of two sets of pairs. */
function largestPairs(one: Pairs, other: Pairs, count: number, size: number): Pairs {
  const all = [one, other].flatMap((pairs) =>
    Array.from(pairs.values, (value, i) => ({
      value,
      residual: pairs.residuals[i],
      vector: pairs.vectors.subarray(i * size, (i + 1) * size),
    }))
  ).sort((a, b) => b.value - a.value).slice(0, count);
  const vectors = new Float64Array(count * size);
  all.forEach(({ vector }, i) => vectors.set(vector, i * size));
  return {
    values: Float64Array.from(all, ({ value }) => value),
    residuals: Float64Array.from(all, ({ residual }) => residual),
    vectors,
  };
}
