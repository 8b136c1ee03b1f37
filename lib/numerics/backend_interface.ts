/**
 * What every backend of the linear algebra does.
 *
 * @module
 */
import type { Control } from "./control.ts";
import type { Matrix } from "./matrix.ts";

/** Linear algebra on checked, row-major data; sizes are at least 1. */
export interface LinearAlgebraBackend {
  readonly name: "openblas" | "ml-matrix";
  readonly version?: string;
  threads(): number;
  setThreads(count: number): void;
  /** Of a symmetric matrix of moderate entries, which is overwritten; the vectors in columns. */
  eigenSync(n: number, a: Float64Array<ArrayBuffer>, vectors: boolean): BackendEigen;
  /** The same of the matrix whose upper triangle `write` puts, before this returns. */
  eigen(
    n: number,
    write: (upper: Float64Array<ArrayBuffer>) => void,
    vectors: boolean,
    control: Control,
  ): Promise<BackendEigen>;
  /** Thin; `a` is overwritten. */
  svd(rows: number, cols: number, a: Float64Array<ArrayBuffer>, vectors: boolean): BackendSvd;
  /**
   * Puts the factor in the lower triangle of `a`, and gives 0, or the order of the first leading
   * minor that is not positive.
   */
  cholesky(n: number, a: Float64Array<ArrayBuffer>): number;
  /** The solution x of L Lᵀ x = b; `factor` holds L below, b and x are n × count. */
  choleskySolve(
    n: number,
    factor: Float64Array<ArrayBuffer>,
    count: number,
    b: Float64Array,
  ): Float64Array;
  /** The solution of L x = b, or of Lᵀ x = b; `factor` holds L below, b and x are n × count. */
  triangularSolve(
    n: number,
    factor: Float64Array,
    transpose: boolean,
    count: number,
    b: Float64Array,
  ): Float64Array;
  /** Aᵀ A, exactly symmetric. */
  gram(a: Matrix): Float64Array;
  multiply(a: Matrix, b: Matrix, transposeA: boolean, transposeB: boolean): Float64Array;
  /** Whether all are finite for certain: `false` also where it cannot tell quickly. */
  finite(data: Float64Array): boolean;
}

/** Singular values, descending, and where they were asked for the vectors: A = U S Vᵀ. */
export interface BackendSvd {
  readonly u?: Float64Array;
  readonly values: Float64Array;
  readonly vt?: Float64Array;
}

/** Eigenvalues, ascending, and where they were asked for the vectors in columns. */
export interface BackendEigen {
  readonly values: Float64Array;
  readonly vectors?: Float64Array;
}
