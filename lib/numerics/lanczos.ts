/**
 * Lanczos' tridiagonal form of a symmetric operator that is known by its products alone.
 *
 * @module
 */
import { backend } from "./backend.ts";
import { checkFunction, checkInteger, checkNumber, checkOptions, maybe } from "./checks.ts";
import { type Matrix, toVector } from "./matrix.ts";
import { carefulNorm } from "./sums.ts";

/**
 * The product A v of a symmetric operator with a vector of its size. The vector given is only
 * read, and only until the result is there.
 */
export type SymmetricProduct = (v: Float64Array) => Float64Array | Promise<Float64Array>;

/** Options of {@linkcode lanczos}. */
export interface LanczosOptions {
  /** How many products are made, at most; at most the size. */
  readonly steps: number;
  /** The basis is closed where its next vector would be shorter than this fraction of ‖T‖. */
  readonly tolerance?: number;
  /** Asked after every product; `true` ends the iteration there. */
  readonly enough?: (found: TridiagonalEntries) => boolean;
}

/** T's entries so far. */
export interface TridiagonalEntries {
  /** k numbers. */
  readonly diagonal: Float64Array;
  /** As many: the last couples the space found to what is outside, */
  readonly offDiagonal: Float64Array;
}

/** A = Qᵀ T Q on the Krylov space: what {@linkcode lanczos} gives. */
export interface Tridiagonal {
  /** T's diagonal, k numbers. */
  readonly diagonal: Float64Array;
  /** Beside it, k − 1 numbers, positive. */
  readonly offDiagonal: Float64Array;
  /** Q: k × size, an orthonormal vector in each row, the first along `start`. */
  readonly basis: Matrix;
}

/**
 * Lanczos' iteration with full reorthogonalization: the symmetric operator A as a tridiagonal
 * matrix T = Q A Qᵀ on the space of start, A start, A² start, …
 *
 * It ends before `steps` where that space is closed (invariant), to the tolerance. The basis is
 * orthonormal to rounding: each new vector is freed of all before it, twice.
 *
 * @param product v ↦ A v, or a promise of it
 * @param start not zero; its length is A's size
 * @throws {RangeError} if start is zero or not finite, steps or tolerance out of range, or a
 * product of the wrong length, not finite, or not that of a symmetric operator (to 10⁻⁴ of ‖T‖)
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lanczos } from "./lanczos.ts";
 *
 * const stretch = (v: Float64Array) => v.map((x, i) => (i + 1) * x);
 * const { diagonal, offDiagonal } = await lanczos(stretch, Float64Array.of(1, 1), { steps: 2 });
 * assert(Math.abs(diagonal[0] - 1.5) < 1e-15 && Math.abs(offDiagonal[0] - 0.5) < 1e-15);
 * ```
 */
export async function lanczos(
  product: SymmetricProduct,
  start: Float64Array | readonly number[],
  options: LanczosOptions,
): Promise<Tridiagonal> {
  checkFunction("product", product);
  const { steps, tolerance = 1e-12, enough } = checkOptions("options", options, {
    steps: checkInteger,
    tolerance: maybe(checkNumber, { least: 0, below: 1 }),
    enough: maybe(checkFunction),
  });
  const first = toVector(start, "start");
  const size = first.length;
  checkInteger("steps", steps, { most: size });
  const basis = new Float64Array(steps * size);
  if (!normalizeInto(basis.subarray(0, size), first)) {
    throw new RangeError("start is zero; it must have a direction");
  }
  const diagonal = new Float64Array(steps), offDiagonal = new Float64Array(steps);
  let scale = 0, k = 0;
  while (true) {
    const at = k * size;
    const next = await checkedProduct(product, basis.subarray(at, at + size));
    const along = orthogonalize(next, basis.subarray(0, at + size));
    diagonal[k] = along[k];
    scale = Math.max(scale, Math.abs(along[k]));
    if (k > 0) checkSymmetry(along[k - 1], offDiagonal[k - 1], scale);
    k++;
    if (k === steps) break;
    offDiagonal[k - 1] = carefulNorm(next);
    scale = Math.max(scale, offDiagonal[k - 1]);
    if (offDiagonal[k - 1] <= tolerance * scale) break;
    if (enough?.({ diagonal: diagonal.subarray(0, k), offDiagonal: offDiagonal.subarray(0, k) })) {
      break;
    }
    normalizeInto(basis.subarray(k * size, (k + 1) * size), next);
  }
  return {
    diagonal: diagonal.slice(0, k),
    offDiagonal: offDiagonal.slice(0, k - 1),
    basis: { rows: k, cols: size, data: basis.subarray(0, k * size) },
  };
}

/** A v, copied, if it is a vector of v's length with finite numbers. */
export async function checkedProduct(
  product: SymmetricProduct,
  v: Float64Array,
): Promise<Float64Array> {
  return toVector(await product(v), "the product", v.length).slice();
}

/**
 * Frees `vector`, in place, of what lies in the space of the orthonormal rows of `basis`, and gives
 * its components there. Twice is enough (Kahan and Parlett): it ends orthogonal to rounding.
 */
export function orthogonalize(vector: Float64Array, basis: Float64Array): Float64Array {
  if (basis.length <= FEW) return orthogonalizePlainly(vector, basis);
  const size = vector.length;
  const rows = { rows: basis.length / size, cols: size, data: basis };
  const column = { rows: size, cols: 1, data: vector };
  const { multiply } = backend();
  const components = new Float64Array(rows.rows);
  for (let pass = 0; pass < 2; pass++) {
    const data = multiply(rows, column, false, false);
    const inside = multiply({ rows: 1, cols: rows.rows, data }, rows, false, false);
    for (let i = 0; i < size; i++) vector[i] -= inside[i];
    for (let i = 0; i < data.length; i++) components[i] += data[i];
  }
  return components;
}

/** Numbers of a basis that plain loops are through before a library's four calls have begun. */
const FEW = 2048;

function orthogonalizePlainly(vector: Float64Array, basis: Float64Array): Float64Array {
  const size = vector.length;
  const components = new Float64Array(basis.length / size);
  const inside = new Float64Array(size);
  for (let pass = 0; pass < 2; pass++) {
    inside.fill(0);
    for (let row = 0, at = 0; row < components.length; row++, at += size) {
      let along = 0;
      for (let i = 0; i < size; i++) along += basis[at + i] * vector[i];
      for (let i = 0; i < size; i++) inside[i] += along * basis[at + i];
      components[row] += along;
    }
    for (let i = 0; i < size; i++) vector[i] -= inside[i];
  }
  return components;
}

/** Puts vector/‖vector‖ into `into`; false where the vector is zero. */
export function normalizeInto(into: Float64Array, vector: Float64Array): boolean {
  const length = carefulNorm(vector);
  if (length === 0) return false;
  for (let i = 0; i < vector.length; i++) into[i] = vector[i] / length;
  return true;
}

/** What ⟨q_j, A q_k⟩ and ⟨q_k, A q_j⟩ were found to be must agree; float32 products do to 1e-6. */
export function checkSymmetry(one: number, other: number, scale: number): void {
  if (Math.abs(one - other) <= 1e-4 * scale) return;
  throw new RangeError(
    `product is not that of a symmetric operator: ⟨u, A v⟩ is ${one} and ⟨v, A u⟩ is ${other}`,
  );
}
