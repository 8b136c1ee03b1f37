/**
 * Symmetric matrices for those who take one triangle, checked and copied in one pass.
 *
 * @module
 */
import { block } from "./layout.ts";
import {
  asymmetry,
  type Matrix,
  type MatrixLike,
  shapedMatrix,
  squareMatrix,
  symmetricCopy,
  toMatrix,
} from "./matrix.ts";

/** A matrix that is square, checked no further. */
export function squareLike(value: MatrixLike, name: string): Matrix {
  const matrix = shapedMatrix(value, name);
  return matrix.rows === matrix.cols ? matrix : squareMatrix(toMatrix(matrix, name), name);
}

/**
 * The upper triangle of what `symmetricCopy` gives, and its checks, in one pass: it is
 * written into `upper`, what is below the diagonal there stays. Gives the largest entry's size.
 *
 * @throws {RangeError} if the matrix is not finite, or not symmetric; the place is named
 */
export function writeUpper(matrix: Matrix, name: string, upper: Float64Array): number {
  const { rows: n, data } = matrix;
  const extremes = new Float64Array(2);
  for (let top = 0; top < n; top += block) {
    for (let left = top; left < n; left += block) {
      writeBlock(data, n, upper, top, left, extremes);
    }
  }
  const [largest, widest] = extremes;
  // Told at leisure, with the place.
  if (!(largest < Infinity) || widest > asymmetry * largest) symmetricCopy(matrix, name);
  return largest;
}

/**
 * A block of it; `extremes` are the largest size of an entry and the largest difference of two.
 * A function of its own: the engine compiles it after some calls, and not within a long one.
 */
function writeBlock(
  data: Float64Array,
  n: number,
  upper: Float64Array,
  top: number,
  left: number,
  extremes: Float64Array,
): void {
  const bottom = Math.min(top + block, n), right = Math.min(left + block, n);
  let largest = extremes[0], widest = extremes[1];
  for (let i = top; i < bottom; i++) {
    for (let j = Math.max(left, i); j < right; j++) {
      const above = data[i * n + j], below = data[j * n + i];
      let mean = above;
      if (above !== below) { // or both NaN
        mean = below / 2 + above / 2;
        widest = Math.max(widest, Math.abs(below - above));
      }
      upper[i * n + j] = mean;
      largest = Math.max(largest, Math.abs(mean));
    }
  }
  extremes[0] = largest;
  extremes[1] = widest;
}
