/**
 * Who does the linear algebra: LAPACK where its library is set up, ml-matrix elsewhere.
 *
 * @module
 */
import { locate } from "../resources/mod.ts";
import type { LinearAlgebraBackend } from "./backend_interface.ts";
import { checkInteger } from "./checks.ts";
import { mlMatrixBackend } from "./fallback.ts";
import { openLapack } from "./lapack.ts";
import { lapackBackend } from "./lapack_backend.ts";

let chosen: { readonly backend: LinearAlgebraBackend; readonly reason?: string } | undefined;

function choose() {
  try {
    return { backend: lapackBackend(openLapack(locate("openblas"))) };
  } catch (error) {
    return { backend: mlMatrixBackend, reason: (error as Error).message };
  }
}

/** The backend in use; the library is opened at the first call. */
export function backend(): LinearAlgebraBackend {
  chosen ??= choose();
  return chosen.backend;
}

/** What does the linear algebra, as {@linkcode linearAlgebra} tells. */
export interface LinearAlgebra {
  readonly backend: "openblas" | "ml-matrix";
  /** How many threads it may use. */
  readonly threads: number;
  /** What the library says of itself. */
  readonly version?: string;
  /** Why it is ml-matrix. */
  readonly reason?: string;
}

/**
 * Tells what does the float64 linear algebra, and sets how many threads it may use.
 *
 * LAPACK by OpenBLAS where the set-up has put it and Deno may open it; otherwise ml-matrix, in
 * plain JavaScript on one thread, whatever `threads` is (an eigenvalue problem of n = 1000 takes
 * 2.4 s there and 0.2 s with OpenBLAS). OpenBLAS starts with a thread for each core, or as many as
 * OPENBLAS_NUM_THREADS says; where other work keeps the cores busy, one thread can be ten times
 * faster than two. A number that is set while `eigh` runs counts from when it has ended.
 *
 * @throws {RangeError} if `threads` is not an integer from 1 to 1024
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearAlgebra } from "./backend.ts";
 *
 * const { backend, threads } = linearAlgebra({ threads: 1 });
 * assert(backend === "openblas" || backend === "ml-matrix");
 * assert.equal(threads, 1);
 * ```
 */
export function linearAlgebra({ threads }: { readonly threads?: number } = {}): LinearAlgebra {
  const used = backend();
  if (threads !== undefined) {
    used.setThreads(checkInteger("threads", threads, { most: 1024 }));
  }
  return {
    backend: used.name,
    threads: used.threads(),
    ...(used.version === undefined ? {} : { version: used.version }),
    ...(chosen?.reason === undefined ? {} : { reason: chosen.reason }),
  };
}
