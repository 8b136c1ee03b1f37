/**
 * LAPACK's divide and conquer for symmetric matrices (dsyevd), taken apart into calls of a fraction
 * of a second: between two of them a large problem tells how far it is, and may be ended.
 *
 * @module
 */
import type { BackendEigen } from "./backend_interface.ts";
import type { Control } from "./control.ts";
import { type CMemory, cMemory } from "./c_memory.ts";
import { checkConverged, type Library } from "./lapack.ts";
import { transposed } from "./layout.ts";

/** Calls a function of the library on another thread. */
export type Aside = <Arguments extends readonly unknown[]>(
  f: (...values: Arguments) => Promise<void>,
  ...values: Arguments
) => Promise<void>;

const panelWidth = 32; // LAPACK's own, for the reduction
/**
 * Rows up to which the reduction is one call, of about a second: each call wakes another thread, which
 * those of OpenBLAS, waiting for the next, may keep off its core for longer than a panel takes.
 */
const oneCall = 2048;
const lastCall = 256; // columns of a larger one that are left to one call
const columnsAtOnce = 1024; // of the back-transformation

/** Percentages of the time that the three stages take, at n = 2000 to 5000. */
const shares = { reduction: 52, tridiagonal: 15, transformation: 33 };

/**
 * The eigenvalues, and the vectors if asked for, of a symmetric matrix of entries whose squares do
 * not overflow.
 */
export async function stagedEigen(
  library: Library,
  aside: Aside,
  n: number,
  matrix: Float64Array,
  vectors: boolean,
  control: Control,
): Promise<BackendEigen> {
  const memory = cMemory(library);
  try {
    return await stages(library, aside, memory, n, matrix, vectors, control);
  } finally {
    memory.free();
  }
}

async function stages(
  library: Library,
  aside: Aside,
  { numbers, integers, real, int, char }: CMemory,
  n: number,
  matrix: Float64Array,
  vectors: boolean,
  { onProgress, signal }: Control,
): Promise<BackendEigen> {
  async function report(done: number, note: string) {
    signal?.throwIfAborted();
    await onProgress?.({ done, total: 100, note });
  }
  const reductionShare = vectors ? shares.reduction : 100;

  const a = numbers(n * n);
  a.set(matrix);
  const diagonal = numbers(n), offDiagonal = numbers(n), tau = numbers(n);
  const panel = numbers(n * panelWidth);
  const info = int(0);
  const order = int(n);
  await report(0, "to tridiagonal form");
  let done = 0; // columns that are reduced: A = Q T Qᵀ
  const atLast = n <= oneCall ? n : lastCall;
  for (; n - done > atLast; done += panelWidth) {
    // The work that is left goes as the cube of the columns that are left.
    await report(reductionShare * (1 - ((n - done) / n) ** 3), "to tridiagonal form");
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

  await report(reductionShare, "eigenvalues of the tridiagonal form");
  if (!vectors) {
    await aside(library.dsterf, order, diagonal, offDiagonal, info);
    checkConverged(info);
    await report(100, "done");
    return { values: diagonal.slice() };
  }
  const z = numbers(n * n);
  const work = numbers(1 + 4 * n + n * n);
  const iwork = integers(3 + 5 * n);
  await aside(
    library.dstedc,
    ...[char("I"), order, diagonal, offDiagonal, z, order] as const,
    ...[work, int(work.length), iwork, int(iwork.length), info, 1n] as const,
  );
  checkConverged(info);

  for (let column = 0; column < n; column += columnsAtOnce) {
    await report(
      shares.reduction + shares.tridiagonal + shares.transformation * column / n,
      "eigenvectors",
    );
    await aside(
      library.dormtr,
      ...[
        char("L"),
        char("L"),
        char("N"),
        order,
        int(Math.min(columnsAtOnce, n - column)),
      ] as const,
      ...[a, order, tau, z.subarray(column * n), order] as const,
      ...[work, int(work.length), info, 1n, 1n, 1n] as const,
    );
  }
  const result = { values: diagonal.slice(), vectors: transposed(z, n, n) };
  await report(100, "done");
  return result;
}
