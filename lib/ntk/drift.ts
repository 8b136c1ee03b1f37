/**
 * How far a kernel has turned: leading eigenspaces by their principal angles, and which way it lies to a
 * vector of all outputs.
 *
 * @module
 */
import { checkNumbers } from "../numerics/checks.ts";
import {
  eighSync,
  type Matrix,
  type MatrixLike,
  multiply,
  sum,
  toMatrix,
  toVector,
} from "../numerics/mod.ts";
import { applied } from "../numerics/vectors.ts";

/** How far columns may be from orthonormal: the rounding of float32 eigenvectors. */
const ORTHONORMAL = 1e-4;

/**
 * The principal angles between two subspaces, in radians from 0 to π/2, the smallest first: that between
 * the closest directions of the two, then of what is orthogonal to these, and so on (Björck, Golub 1973),
 * good to 10⁻⁸, by cosines and sines together.
 *
 * The mean of cos² over the angles is the share of the one space that lies in the other: 1 for the same
 * space, about p/m for two unrelated ones of dimension p in m.
 *
 * @param a m × p with orthonormal columns, as the first p of a spectrum's eigenvectors
 * @param b m × q with orthonormal columns
 * @returns as many as the smaller of p and q
 * @throws {RangeError} if the rows differ in number, there are more columns than rows, or the columns are
 * not orthonormal to 10⁻⁴
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { principalAngles } from "./drift.ts";
 * const turned = [[Math.cos(0.1)], [Math.sin(0.1)]];
 * assert(Math.abs(principalAngles([[1], [0]], turned)[0] - 0.1) < 1e-12);
 * assert(Math.abs(principalAngles([[1], [0]], [[0], [1]])[0] - Math.PI / 2) < 1e-15);
 * ```
 */
export function principalAngles(a: MatrixLike, b: MatrixLike): Float64Array {
  const [one, two] = [toMatrix(a, "a"), toMatrix(b, "b")];
  if (one.rows !== two.rows) {
    throw new RangeError(`a has ${one.rows} rows and b ${two.rows}; they must have as many`);
  }
  checkOrthonormal("a", one);
  checkOrthonormal("b", two);
  // The angles are those of the smaller space's directions from the larger space.
  const [large, small] = one.cols >= two.cols ? [one, two] : [two, one];
  const within = multiply(large, small, { transposeA: true });
  const shadow = multiply(large, within);
  const outside = { ...small, data: small.data.map((value, i) => value - shadow.data[i]) };
  // Cosines from the largest down go with sines from the smallest up: eigenvalues come ascending.
  const cosines = squares(within).reverse(), sines = squares(outside);
  return Float64Array.from(
    cosines,
    (cosine, i) => Math.atan2(Math.sqrt(Math.max(0, sines[i])), Math.sqrt(Math.max(0, cosine))),
  );
}

/** The squares of a matrix's singular values, ascending. */
const squares = (matrix: Matrix) => eighSync(multiply(matrix, matrix, { transposeA: true })).values;

function checkOrthonormal(name: string, matrix: Matrix) {
  const { rows, cols } = matrix;
  if (cols > rows) throw new RangeError(`${name} has ${cols} columns of ${rows} numbers; too many`);
  const gram = multiply(matrix, matrix, { transposeA: true });
  for (let i = 0; i < cols; i++) {
    for (let j = 0; j <= i; j++) {
      const product = gram.data[i * cols + j];
      if (!(Math.abs(product - (i === j ? 1 : 0)) <= ORTHONORMAL)) {
        throw new RangeError(
          `columns ${j} and ${i} of ${name} have the product ${product}; they must be orthonormal`,
        );
      }
    }
  }
}

/**
 * The cosine vᵀKv/(‖K‖ ‖v‖²) between a kernel of all outputs and v vᵀ: 1 where v is all that the kernel
 * has, and about tr K/(m‖K‖) for a v that has nothing to do with it (m its length).
 *
 * With the residue r it is a rate: L falls by rᵀKr = cos · ‖K‖ ‖r‖². {@linkcode kernelTargetAlignment} is
 * of a kernel of samples, centred, and all outputs' targets.
 *
 * @param kernel m × m, symmetric
 * @param vector m numbers, sample · outputs + output
 * @throws {RangeError} if sizes do not match, or one of them is 0
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { vectorAlignment } from "./drift.ts";
 * assert.equal(vectorAlignment([[4, 0], [0, 0]], [3, 0]), 1);
 * assert.equal(vectorAlignment([[4, 0], [0, 0]], [0, 1]), 0);
 * ```
 */
export function vectorAlignment(
  kernel: MatrixLike,
  vector: Float64Array | readonly number[],
): number {
  const matrix = toMatrix(kernel, "kernel");
  if (matrix.rows !== matrix.cols) {
    throw new RangeError(`kernel is ${matrix.rows} × ${matrix.cols}; it must be square`);
  }
  const v = toVector(Array.from(checkNumbers("vector", vector)), "vector", matrix.rows);
  const size = Math.sqrt(sum(matrix.data.map((x) => x * x)));
  const squared = sum(v.map((x) => x * x));
  if (!(size > 0 && squared > 0)) {
    throw new RangeError(`${size > 0 ? "vector" : "kernel"} is 0; it has no direction`);
  }
  const image = applied(matrix, v);
  return sum(image.map((x, i) => x * v[i])) / (size * squared);
}
