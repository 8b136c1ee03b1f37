/**
 * Linear algebra without a native library, by ml-matrix: right, and slow.
 *
 * @module
 */
import {
  EigenvalueDecomposition,
  Matrix as MlMatrix,
  MatrixTransposeView,
  SingularValueDecomposition,
} from "ml-matrix";
import type { BackendEigen, LinearAlgebraBackend } from "./backend_interface.ts";
import { mirrored } from "./layout.ts";
import { type Matrix, rescale } from "./matrix.ts";

/** The same functions as LAPACK's, on the thread of the caller. */
export const mlMatrixBackend: LinearAlgebraBackend = {
  name: "ml-matrix",
  threads: () => 1,
  setThreads: () => {},

  eigenSync: eigen,
  async eigen(n, write, vectors, { onProgress, signal }) {
    const a = new Float64Array(n * n);
    write(a);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i];
    }
    await onProgress?.({ done: 0, total: 100, note: "by ml-matrix" });
    signal?.throwIfAborted();
    const result = eigen(n, a, vectors);
    await onProgress?.({ done: 100, total: 100, note: "done" });
    return result;
  },

  svd(rows, cols, a, vectors) {
    const scale = rescale(a); // ml-matrix's sums of squares would overflow
    const found = new SingularValueDecomposition(MlMatrix.from1DArray(rows, cols, a), {
      autoTranspose: true,
      computeLeftSingularVectors: vectors,
      computeRightSingularVectors: vectors,
    });
    const values = Float64Array.from(found.diagonal, (value) => value * scale);
    if (!vectors) return { values };
    const vt = flat(found.rightSingularVectors.transpose());
    return { u: flat(found.leftSingularVectors), values, vt };
  },

  cholesky(n, a) {
    for (let j = 0; j < n; j++) {
      let pivot = a[j * n + j];
      for (let k = 0; k < j; k++) pivot -= a[j * n + k] ** 2;
      if (!(pivot > 0)) return j + 1;
      const root = Math.sqrt(pivot);
      a[j * n + j] = root;
      for (let i = j + 1; i < n; i++) {
        let entry = a[i * n + j];
        for (let k = 0; k < j; k++) entry -= a[i * n + k] * a[j * n + k];
        a[i * n + j] = entry / root;
      }
    }
    return 0;
  },

  choleskySolve: (n, factor, count, b) =>
    triangularSolve(n, factor, true, count, triangularSolve(n, factor, false, count, b)),

  triangularSolve,

  finite: () => false,
  gram: (a) => mirrored(mlMatrixBackend.multiply(a, a, true, false), a.cols),
  multiply(a, b, transposeA, transposeB) {
    const left = toMl(a), right = toMl(b);
    return flat(
      (transposeA ? new MatrixTransposeView(left) : left).mmul(
        transposeB ? new MatrixTransposeView(right) : right,
      ),
    );
  },
};

function triangularSolve(
  n: number,
  factor: Float64Array,
  transpose: boolean,
  count: number,
  b: Float64Array,
): Float64Array<ArrayBuffer> {
  const x = b.slice();
  for (let step = 0; step < n; step++) {
    const i = transpose ? n - 1 - step : step;
    for (let past = 0; past < step; past++) {
      const k = transpose ? n - 1 - past : past;
      const weight = transpose ? factor[k * n + i] : factor[i * n + k];
      for (let j = 0; j < count; j++) x[i * count + j] -= weight * x[k * count + j];
    }
    for (let j = 0; j < count; j++) x[i * count + j] /= factor[i * n + i];
  }
  return x;
}

function eigen(n: number, a: Float64Array, vectors: boolean): BackendEigen {
  const found = new EigenvalueDecomposition(MlMatrix.from1DArray(n, n, a), {
    assumeSymmetric: true,
  });
  return {
    values: Float64Array.from(found.realEigenvalues),
    vectors: vectors ? flat(found.eigenvectorMatrix) : undefined,
  };
}

function toMl({ rows, cols, data }: Matrix): MlMatrix {
  return MlMatrix.from1DArray(rows, cols, data);
}

function flat(matrix: MlMatrix): Float64Array {
  return Float64Array.from(matrix.to1DArray());
}
