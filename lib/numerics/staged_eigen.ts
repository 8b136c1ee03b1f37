/**
 * LAPACK's divide and conquer for symmetric matrices (dsyevd), taken apart into calls of a fraction
 * of a second: between two of them a large problem tells how far it is, and may be ended.
 *
 * @module
 */
import { backTransform } from "./back_transform.ts";
import type { BackendEigen } from "./backend_interface.ts";
import type { Control } from "./control.ts";
import { cMemory } from "./c_memory.ts";
import type { Calls, Problem, Tridiagonal } from "./eigen_problem.ts";
import { inLargePages } from "./large_pages.ts";
import { checkConverged, type Library } from "./lapack.ts";
import { transposed } from "./layout.ts";
import { bandFirst, reduceByBand } from "./two_stage.ts";

const panelWidth = 32; // LAPACK's own, for the reduction
/**
 * Rows up to which the reduction is one call, of about a second: each call wakes another thread, which
 * those of OpenBLAS, waiting for the next, may keep off its core for longer than a panel takes.
 */
const oneCall = 2048;
const lastCall = 256; // columns of a larger one that are left to one call

/** Percentages of the time that the three stages take, at n = 2000 to 5000. */
const shares = { reduction: 52, tridiagonal: 15, transformation: 33 };

/**
 * The eigenvalues, and the vectors if asked for, of a symmetric matrix of entries whose squares do
 * not overflow. `write` puts its upper triangle, at once; the work begins when what is given back
 * is called, which must be once.
 */
export function stagedEigen(
  library: Library,
  calls: Calls,
  n: number,
  write: (upper: Float64Array<ArrayBuffer>) => void,
  vectors: boolean,
): (control: Control) => Promise<BackendEigen> {
  const memory = cMemory(library);
  let a: Float64Array<ArrayBuffer>;
  try {
    a = memory.numbers(n * n);
    write(a);
  } catch (error) {
    memory.free();
    throw error;
  }
  return async ({ onProgress, signal }) => {
    async function report(done: number, note: string) {
      signal?.throwIfAborted();
      await onProgress?.({ done, total: 100, note });
    }
    const problem = { library, ...calls, memory, n, a, report };
    try {
      await report(0, "to tridiagonal form");
      const found = vectors ? await withVectors(problem) : await valuesOf(problem);
      await report(100, "done");
      return found;
    } finally {
      memory.free();
    }
  };
}

async function valuesOf(problem: Problem): Promise<BackendEigen> {
  const { library, aside, memory: { int }, n, report } = problem;
  const byBand = n <= oneCall && bandFirst(library, n);
  const { diagonal, offDiagonal } = await (byBand ? reduceByBand(problem) : reduce(problem, 100));
  await report(100, "eigenvalues of the tridiagonal form");
  const info = int(0);
  await aside(library.dsterf, int(n), diagonal, offDiagonal, info);
  checkConverged(info);
  return { values: diagonal.slice() };
}

async function withVectors(problem: Problem): Promise<BackendEigen> {
  const { library, aside, memory: { numbers, integers, int, char }, n, report } = problem;
  const { diagonal, offDiagonal, tau } = await reduce(problem, shares.reduction);

  await report(shares.reduction, "eigenvalues of the tridiagonal form");
  const info = int(0), order = int(n);
  const z = numbers(n * n);
  const work = numbers(1 + 4 * n + n * n);
  const iwork = integers(3 + 5 * n);
  await aside(
    library.dstedc,
    ...[char("I"), order, diagonal, offDiagonal, z, order] as const,
    ...[work, int(work.length), iwork, int(iwork.length), info, 1n] as const,
  );
  checkConverged(info);

  const begun = shares.reduction + shares.tridiagonal;
  const told = (share: number) => report(begun + shares.transformation * share, "eigenvectors");
  await backTransform({ ...problem, report: told }, tau, z);
  const rows = new Float64Array(n * n);
  inLargePages(library, rows.buffer);
  return { values: diagonal.slice(), vectors: transposed(z, n, n, rows) };
}

/** A = Q T Qᵀ: gives T, and leaves the reflectors of Q in `a`, their factors in `tau`. */
async function reduce(
  { library, aside, memory: { numbers, real, int, char }, n, a, report }: Problem,
  share: number,
): Promise<Tridiagonal & { readonly tau: Float64Array<ArrayBuffer> }> {
  const diagonal = numbers(n), offDiagonal = numbers(n), tau = numbers(n);
  const panel = numbers(n * panelWidth);
  const info = int(0), order = int(n);
  let done = 0; // columns that are reduced
  const atLast = n <= oneCall ? n : lastCall;
  for (; n - done > atLast; done += panelWidth) {
    // The work that is left goes as the cube of the columns that are left.
    await report(share * (1 - ((n - done) / n) ** 3), "to tridiagonal form");
    const next = done + panelWidth;
    await aside(
      library.dlatrd,
      ...[char("L"), int(n - done), int(panelWidth), a.subarray(done * n + done), order] as const,
      ...[offDiagonal.subarray(done), tau.subarray(done), panel, order, 1n] as const,
    );
    await aside(
      library.dsyr2k,
      ...[char("L"), char("N"), int(n - next), int(panelWidth), real(-1)] as const,
      ...[a.subarray(done * n + next), order, panel.subarray(panelWidth), order] as const,
      ...[real(1), a.subarray(next * n + next), order, 1n, 1n] as const,
    );
    for (let j = done; j < next; j++) {
      diagonal[j] = a[j * n + j];
      a[j * n + j + 1] = offDiagonal[j]; // where dlatrd has put 1
    }
  }
  await aside(
    library.dsytrd,
    ...[char("L"), int(n - done), a.subarray(done * n + done), order] as const,
    ...[diagonal.subarray(done), offDiagonal.subarray(done), tau.subarray(done)] as const,
    ...[panel, int(panel.length), info, 1n] as const,
  );
  return { diagonal, offDiagonal, tau };
}
