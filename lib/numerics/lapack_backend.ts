/**
 * Linear algebra by LAPACK and BLAS.
 *
 * Fortran's matrices run down their columns: a row-major matrix is seen there as its transpose,
 * and the calls are chosen so that nothing need be turned round but eigenvectors and right sides.
 *
 * @module
 */
import type { BackendEigen, LinearAlgebraBackend } from "./backend_interface.ts";
import type { Aside } from "./eigen_problem.ts";
import { char, checkConverged, int, type Library, versionOf } from "./lapack.ts";
import { inLargePages } from "./large_pages.ts";
import { mirrored, transposed } from "./layout.ts";
import { stagedEigen } from "./staged_eigen.ts";
import { bandFirst } from "./two_stage.ts";

/** Rows of a matrix that one thread is as quick with as two. */
const SMALL = 320;

/** Numbers from which a sum by OpenBLAS is quicker than a loop, its call included. */
const MANY = 1e4;

/** LAPACK in an open library, behind the interface of all backends. */
export function lapackBackend(library: Library): LinearAlgebraBackend {
  let callsAside = 0;
  // One problem at a time: two would share the cores and both be slower.
  let queue: Promise<unknown> = Promise.resolve();
  let wantedThreads: number | undefined;

  // Not while another thread computes: OpenBLAS would change its pool under it.
  function applyThreads(): void {
    if (wantedThreads === undefined || callsAside > 0) return;
    library.setThreads?.(wantedThreads);
    wantedThreads = undefined;
  }

  /**
   * A call on matrices of n rows; small ones by one thread. Their factorizations are thousands of
   * calls of microseconds, at whose ends threads wait for each other: on quiet cores nothing is
   * gained, on busy ones each waits for a time slice.
   */
  function bySize<T>(n: number, call: () => T): T {
    const threads = library.getThreads?.() ?? 1;
    if (n >= SMALL || threads === 1 || callsAside > 0) return call();
    library.setThreads?.(1);
    try {
      return call();
    } finally {
      library.setThreads?.(threads);
    }
  }

  const aside: Aside = async (f, ...values) => {
    callsAside++;
    try {
      await f(...values);
    } finally {
      callsAside--;
      applyThreads();
    }
  };

  const fresh = (length: number) => {
    const data = new Float64Array(length);
    inLargePages(library, data.buffer);
    return data;
  };

  return {
    name: "openblas",
    version: versionOf(library),
    threads: () => wantedThreads ?? library.getThreads?.() ?? 1,
    setThreads(count) {
      wantedThreads = count;
      applyThreads();
    },

    eigenSync: (n, a, vectors) => bySize(n, () => eigenSync(library, n, a, vectors)),
    eigen(n, write, vectors, control) {
      const calls = { aside, byOneThread: (call: () => void) => bySize(1, call) };
      const solve = stagedEigen(library, calls, n, write, vectors);
      const result = queue.then(() => solve(control));
      queue = result.catch(() => {});
      return result;
    },

    svd(rows, cols, a, vectors) {
      const rank = Math.min(rows, cols);
      const u = new Float64Array(vectors ? rows * rank : 1);
      const vt = new Float64Array(vectors ? rank * cols : 1);
      const values = new Float64Array(rank);
      const iwork = new Int32Array(8 * rank);
      const info = int(0);
      const call = (work: Float64Array<ArrayBuffer>, size: number) =>
        library.dgesdd( // aᵀ = v s uᵀ is what Fortran sees
          ...[char(vectors ? "S" : "N"), int(cols), int(rows), a, int(cols), values] as const,
          ...[vt, int(cols), u, int(rank), work, int(size), iwork, info, 1n] as const,
        );
      const best = new Float64Array(1);
      call(best, -1);
      bySize(rank, () => call(new Float64Array(best[0]), best[0]));
      checkConverged(info);
      return vectors ? { u, values, vt } : { values };
    },

    cholesky(n, a) {
      const info = int(0);
      library.dpotrf(char("U"), int(n), a, int(n), info, 1n);
      return info[0];
    },
    choleskySolve(n, factor, count, right) {
      const columns = transposed(right, n, count);
      library.dpotrs(
        ...[char("U"), int(n), int(count), factor, int(n), columns, int(n), int(0), 1n] as const,
      );
      return transposed(columns, count, n);
    },
    triangularSolve(n, factor, transpose, count, b) {
      const x = b.slice();
      library.dtrsm( // xᵀ Lᵀ = bᵀ
        ...[char("R"), char("U"), char(transpose ? "T" : "N"), char("N"), int(count)] as const,
        ...[int(n), Float64Array.of(1), owned(factor), int(n), x, int(count)] as const,
        ...[1n, 1n, 1n, 1n] as const,
      );
      return x;
    },

    gram({ rows, cols, data }) {
      const square = fresh(cols * cols);
      library.dsyrk(
        ...[char("U"), char("N"), int(cols), int(rows), Float64Array.of(1)] as const,
        ...[owned(data), int(cols), Float64Array.of(0), square, int(cols), 1n, 1n] as const,
      );
      return mirrored(square, cols);
    },

    multiply(left, right, transposeLeft, transposeRight) {
      const rows = transposeLeft ? left.cols : left.rows;
      const inner = transposeLeft ? left.rows : left.cols;
      const cols = transposeRight ? right.rows : right.cols;
      const data = fresh(rows * cols);
      library.dgemm( // (left right)ᵀ = rightᵀ leftᵀ
        ...[char(transposeRight ? "T" : "N"), char(transposeLeft ? "T" : "N")] as const,
        ...[int(cols), int(rows), int(inner), Float64Array.of(1)] as const,
        ...[owned(right.data), int(right.cols), owned(left.data), int(left.cols)] as const,
        ...[Float64Array.of(0), data, int(cols), 1n, 1n] as const,
      );
      return data;
    },

    finite: (data) =>
      data.length >= MANY && data.buffer instanceof ArrayBuffer &&
      // The sum of their absolute values: NaN, or infinite, where one of them is.
      library.dasum(int(data.length), owned(data), int(1)) < Infinity,
  };
}

function eigenSync(
  library: Library,
  n: number,
  a: Float64Array<ArrayBuffer>,
  vectors: boolean,
): BackendEigen {
  const values = new Float64Array(n);
  const iwork = new Int32Array(vectors ? 3 + 5 * n : 1);
  const info = int(0);
  const routine = !vectors && bandFirst(library, n) ? library.dsyevd_2stage! : library.dsyevd;
  const call = (work: Float64Array<ArrayBuffer>, size: number) =>
    routine(
      ...[char(vectors ? "V" : "N"), char("L"), int(n), a, int(n), values] as const,
      ...[work, int(size), iwork, int(iwork.length), info, 1n, 1n] as const,
    );
  // The least that serves would have it go column by column, in twice the time.
  const best = new Float64Array(1);
  call(best, -1);
  call(new Float64Array(best[0]), best[0]);
  checkConverged(info);
  return vectors ? { values, vectors: transposed(a, n, n) } : { values };
}

/** The numbers in memory that is this thread's own. */
function owned(data: Float64Array): Float64Array<ArrayBuffer> {
  return data.buffer instanceof ArrayBuffer
    ? data as Float64Array<ArrayBuffer>
    : Float64Array.from(data);
}
