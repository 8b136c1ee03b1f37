/**
 * Who does the linear algebra: LAPACK where its library is set up, ml-matrix elsewhere.
 *
 * @module
 */
import type { LinearAlgebraBackend } from "./backend_interface.ts";
import { checkInteger, checkOptions, maybe } from "./checks.ts";
import { mlMatrixBackend } from "./fallback.ts";

/** Loaded where there is a Deno: Node and a browser have none of what it stands on. */
const { openBlas } = typeof Deno === "undefined"
  ? await import("./no_openblas.ts")
  : await import("./openblas.ts");

interface Choice {
  readonly backend: LinearAlgebraBackend;
  readonly build?: string;
  readonly reason?: string;
}

let chosen: Choice | undefined;

function choose(): Choice {
  const found = openBlas();
  if ("backend" in found) return found;
  console.warn(
    `linear algebra is done by ml-matrix, which is right and ten times slower, not by OpenBLAS: ` +
      found.reason,
  );
  return { backend: mlMatrixBackend, reason: found.reason };
}

/**
 * The backend in use; the library is verified and opened at the first call, and where it is not the
 * expected one that is said on the console.
 */
export function backend(): LinearAlgebraBackend {
  chosen ??= choose();
  return chosen.backend;
}

/** What does the linear algebra, as {@linkcode linearAlgebra} tells. */
export interface LinearAlgebra {
  readonly backend: "openblas" | "ml-matrix";
  /** How many threads it may use. */
  readonly threads: number;
  /** Which OpenBLAS it is: package and version, or the SHA-256 of one's own. */
  readonly build?: string;
  /** What the library says of itself. */
  readonly version?: string;
  /** Why it is ml-matrix. */
  readonly reason?: string;
}

/**
 * Tells what does the float64 linear algebra, and sets how many threads it may use.
 *
 * LAPACK by OpenBLAS where the set-up has put it, it is whole, and Deno may open it (or by the one
 * that `SPEED_LIMITS_OPENBLAS` names); otherwise, in Node and in a browser too, ml-matrix, which the
 * console is told, in plain JavaScript on one thread, whatever `threads` is (an eigenvalue problem of n = 1000 takes
 * 2.4 s there and 0.2 s with OpenBLAS). OpenBLAS starts with a thread for each core, or as many as
 * OPENBLAS_NUM_THREADS says; where other work keeps the cores busy, one thread can be ten times
 * faster than two. A number that is set while `eigh` runs counts from when it has ended.
 *
 * @throws {RangeError} if `threads` is not an integer from 1 to 1024
 * @throws {SetUpError} if `SPEED_LIMITS_OPENBLAS` names no such library, with what to do
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
export function linearAlgebra(options: { readonly threads?: number } = {}): LinearAlgebra {
  const { threads } = checkOptions("options", options, {
    threads: maybe(checkInteger, { most: 1024 }),
  });
  const used = backend();
  if (threads !== undefined) used.setThreads(threads);
  return {
    backend: used.name,
    threads: used.threads(),
    ...(chosen?.build === undefined ? {} : { build: chosen.build }),
    ...(used.version === undefined ? {} : { version: used.version }),
    ...(chosen?.reason === undefined ? {} : { reason: chosen.reason }),
  };
}
