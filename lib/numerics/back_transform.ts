/**
 * The last stage of the symmetric eigenvalue problem: from the vectors of the tridiagonal form to
 * those of the matrix.
 *
 * @module
 */
import type { Problem } from "./eigen_problem.ts";

/**
 * Reflectors that are applied at once. LAPACK's dormtr takes 32; products with as few columns run at
 * half the speed of large ones: it takes a fifth longer at n = 1000 and 2000.
 */
const reflectorsAtOnce = 128;

const columnsAtOnce = 1024;

/**
 * Multiplies the columns of `z`, in place, by the Q whose reflectors the reduction has left in the
 * problem's matrix; their factors are `tau`. Shares of the work, from 0 to 1, are reported.
 */
export async function backTransform(
  { library, aside, byOneThread, memory: { numbers, int, char }, n, a, report }: Problem,
  tau: Float64Array<ArrayBuffer>,
  z: Float64Array<ArrayBuffer>,
): Promise<void> {
  await report(0, "");
  const count = n - 1; // the first row stays
  if (count === 0) return;
  const order = int(n), width = Math.min(reflectorsAtOnce, count);
  const triangles = numbers(width * count); // so that a block of reflectors is 1 − V T Vᵀ
  byOneThread(() => {
    for (let first = 0; first < count; first += width) {
      library.dlarft(
        ...[char("F"), char("C"), int(count - first), int(Math.min(width, count - first))] as const,
        ...[a.subarray(first * n + first + 1), order, tau.subarray(first)] as const,
        ...[triangles.subarray(first * width), int(width), 1n, 1n] as const,
      );
    }
  });
  const work = numbers(width * Math.min(columnsAtOnce, n)), info = int(0);
  for (let column = 0; column < n; column += columnsAtOnce) {
    if (column > 0) await report(column / n, "");
    const columns = int(Math.min(columnsAtOnce, n - column));
    await aside(
      library.dgemqrt,
      ...[char("L"), char("N"), int(count), columns, int(count), int(width)] as const,
      ...[a.subarray(1), order, triangles, int(width)] as const,
      ...[z.subarray(column * n + 1), order, work, info, 1n, 1n] as const,
    );
  }
}
