/**
 * What the stages of the symmetric eigenvalue problem hand on.
 *
 * @module
 */
import type { CMemory } from "./c_memory.ts";
import type { Library } from "./lapack.ts";

/** Calls a function of the library on another thread. */
export type Aside = <Arguments extends readonly unknown[]>(
  f: (...values: Arguments) => Promise<void>,
  ...values: Arguments
) => Promise<void>;

/** How the library is called. */
export interface Calls {
  readonly aside: Aside;
  /** A call here and now, by one thread: of much that is small, at whose ends threads wait. */
  readonly byOneThread: (call: () => void) => void;
}

/** A symmetric matrix in C memory, its upper triangle row after row, and who works on it. */
export interface Problem extends Calls {
  readonly library: Library;
  readonly memory: CMemory;
  readonly n: number;
  readonly a: Float64Array<ArrayBuffer>;
  /** Tells how far it is, in per cent, and throws where it is to end. */
  readonly report: (done: number, note: string) => Promise<void>;
}

/** Of a tridiagonal matrix. */
export interface Tridiagonal {
  readonly diagonal: Float64Array<ArrayBuffer>;
  readonly offDiagonal: Float64Array<ArrayBuffer>;
}
