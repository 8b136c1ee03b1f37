/** Matrices to try linear algebra on, and measures of how well it went. */
import { type Eigen, type Matrix, multiply, type RandomStream } from "../../lib/numerics/mod.ts";

/** A rows × cols matrix of standard normal numbers. */
export function normalMatrix(stream: RandomStream, rows: number, cols: number): Matrix {
  return { rows, cols, data: stream.normal(rows * cols) };
}

/** A matrix whose columns are orthonormal to rounding: Householder reflections of the unit matrix. */
export function orthogonalMatrix(stream: RandomStream, n: number): Matrix {
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) data[i * n + i] = 1;
  for (let reflection = 0; reflection < 3; reflection++) {
    const v = stream.normal(n);
    const square = v.reduce((sum, x) => sum + x * x, 0);
    for (let i = 0; i < n; i++) {
      const row = data.subarray(i * n, (i + 1) * n);
      const along = 2 * row.reduce((sum, x, j) => sum + x * v[j], 0) / square;
      for (let j = 0; j < n; j++) row[j] -= along * v[j];
    }
  }
  return { rows: n, cols: n, data };
}

/** A symmetric matrix with the given eigenvalues. */
export function withSpectrum(stream: RandomStream, values: ArrayLike<number>): Matrix {
  const n = values.length;
  const q = orthogonalMatrix(stream, n);
  const scaled = { ...q, data: q.data.map((x, at) => x * values[at % n]) };
  const { data } = multiply(scaled, q, { transposeB: true });
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) data[i * n + j] = data[j * n + i];
  return { rows: n, cols: n, data };
}

/** The root of the sum of squares, without overflow. */
export function norm(values: Float64Array): number {
  const largest = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return largest && largest * Math.sqrt(values.reduce((sum, x) => sum + (x / largest) ** 2, 0));
}

/** ‖a − b‖ by Frobenius. */
export function distance(a: Matrix, b: Matrix): number {
  return norm(a.data.map((x, at) => x - b.data[at]));
}

/** ‖A V − V Λ‖ / ‖A‖. */
export function residual(a: Matrix, { values, vectors }: Eigen): number {
  const scaled = { ...vectors, data: vectors.data.map((x, at) => x * values[at % values.length]) };
  return distance(multiply(a, vectors), scaled) / (norm(a.data) || 1);
}

/** ‖VᵀV − I‖. */
export function defect(vectors: Matrix): number {
  const { rows, data } = multiply(vectors, vectors, { transposeA: true });
  return norm(data.map((x, at) => x - (at % (rows + 1) === 0 ? 1 : 0)));
}
