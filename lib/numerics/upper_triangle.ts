/**
 * Symmetric matrices for those who take one triangle, checked and copied in one pass.
 *
 * @module
 */
import { block } from "./layout.ts";
import {
  asymmetry,
  largestOf,
  type Matrix,
  type MatrixLike,
  notSymmetric,
  shapedMatrix,
  squareMatrix,
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
  let largest = 0;
  let allowed: number | undefined;
  for (let top = 0; top < n; top += block) {
    for (let left = top; left < n; left += block) {
      const bottom = Math.min(top + block, n), right = Math.min(left + block, n);
      for (let i = top; i < bottom; i++) {
        for (let j = Math.max(left, i); j < right; j++) {
          const above = data[i * n + j], below = data[j * n + i];
          let mean = above;
          if (above !== below) { // or both NaN
            allowed ??= asymmetry * largestOf(data);
            if (Math.abs(below - above) > allowed) throw notSymmetric(name, j, i, below, above);
            mean = below / 2 + above / 2;
          }
          upper[i * n + j] = mean;
          largest = Math.max(largest, Math.abs(mean));
        }
      }
    }
  }
  if (!(largest < Infinity)) toMatrix(matrix, name); // tells where
  return largest;
}
