/**
 * Whether a map can be the gradient of a convex function, by its derivative along some directions.
 *
 * @module
 */
import { eighSync, type Matrix, type MatrixLike, multiply, toMatrix } from "../../numerics/mod.ts";

/** What a derivative says of its map. */
export interface BrenierTest {
  /**
   * ‖A − Aᵀ‖/(2 ‖A‖) of A = Dφ − I, in Frobenius' norm: 0 of a gradient's map, at most 1; estimated
   * from random directions, if they do not span all.
   */
  readonly asymmetry: number;
  /** The least uᵀDφ u of all unit u in the span of the directions; of Dφ's symmetric part, if they span all. */
  readonly leastEigenvalue: number;
  /** ‖Dφ − I‖ over the directions, √(Σ‖(Dφ − I) v‖²/count), of unit v. */
  readonly change: number;
}

/**
 * Tests a map φ by Dφ v along orthonormal directions v: Brenier's maps, gradients of convex functions,
 * have a derivative that is symmetric and ≥ 0; for C¹ maps on a convex set and a law that is positive
 * there this is also enough. Squares of uᵀDφ v − vᵀDφ u over pairs u ≠ v, and of (Dφ − I) v, are brought
 * to the whole space by how many there are of each.
 *
 * @param directions [count ≥ 2, dimension], orthonormal rows v
 * @param images Dφ v, a row each
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if shapes differ, there are fewer than two directions, or they are not orthonormal
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { brenierTest } from "./brenier.ts";
 *
 * const axes = [[1, 0], [0, 1]];
 * const { asymmetry, leastEigenvalue } = brenierTest(axes, [[1, 0.5], [0.5, 1]]);
 * assert(asymmetry === 0 && Math.abs(leastEigenvalue - 0.5) < 1e-12);
 * assert.equal(brenierTest(axes, [[1, 0.5], [-0.5, 1]]).asymmetry, 1); // it turns
 * ```
 */
export function brenierTest(directions: MatrixLike, images: MatrixLike): BrenierTest {
  const v = toMatrix(directions, "directions"), image = toMatrix(images, "images");
  if (v.rows < 2) {
    throw new RangeError(`directions has ${v.rows} rows; it must have two or more`);
  }
  if (image.rows !== v.rows || image.cols !== v.cols) {
    throw new RangeError(
      `images is ${image.rows} × ${image.cols}, directions ${v.rows} × ${v.cols}; both must agree`,
    );
  }
  checkOrthonormal(v);
  const k = v.rows;
  // uᵀ(Dφ − I) v, of row u and column v.
  const moved: Matrix = { ...image, data: image.data.map((value, i) => value - v.data[i]) };
  const { data } = multiply(v, moved, { transposeB: true });
  let skew = 0;
  const symmetric = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const [here, there] = [data[i * k + j], data[j * k + i]];
      symmetric[i * k + j] = (here + there) / 2 + (i === j ? 1 : 0);
      skew += (here - there) ** 2 / 4;
    }
  }
  const [leastEigenvalue] = eighSync({ rows: k, cols: k, data: symmetric }, { vectors: false })
    .values;
  const squared = moved.data.reduce((total, value) => total + value * value, 0);
  return {
    asymmetry: squared > 0 ? Math.sqrt((v.cols - 1) / (k - 1) * skew / squared) : 0,
    leastEigenvalue,
    change: Math.sqrt(squared / k),
  };
}

function checkOrthonormal(v: Matrix) {
  const { rows: k, data } = multiply(v, v, { transposeB: true });
  for (let at = 0; at < k * k; at++) {
    const expected = at % (k + 1) === 0 ? 1 : 0;
    if (Math.abs(data[at] - expected) > 1e-8) {
      throw new RangeError(
        `directions[${Math.floor(at / k)}]·directions[${at % k}] is ${
          data[at]
        }; directions must be ` +
          "orthonormal",
      );
    }
  }
}
