/**
 * The reduction to tridiagonal form by way of a band (dsytrd_2stage): nearly all is products of
 * matrices, where the way at once is half products with vectors, as quick as memory is read.
 * Eigenvectors would have to be transformed back twice: it is for eigenvalues alone.
 *
 * @module
 */
import { checkConverged, type Library } from "./lapack.ts";
import type { Problem, Tridiagonal } from "./eigen_problem.ts";

/** Diagonals of the band below the main one: 16 and 64 take longer at n = 1000 and 2000. */
const bandwidth = 32;

/** Rows from which the way by a band is the shorter one. */
const least = 1400;

/** Whether a matrix of n rows is better reduced to a band first. */
export const bandFirst = (library: Library, n: number): boolean =>
  n >= least &&
  !!(library.dsyevd_2stage && library.dsytrd_sy2sb && library.dsytrd_sb2st);

/** The tridiagonal form of the problem's matrix, which is overwritten. */
export async function reduceByBand(problem: Problem): Promise<Tridiagonal> {
  const { library, aside, memory: { numbers, int, char }, n, a, report } = problem;
  const order = int(n), diagonals = int(bandwidth), rows = int(bandwidth + 1), info = int(0);
  const band = numbers(n * (bandwidth + 1)), tau = numbers(n);
  const best = numbers(1), bestReflectors = numbers(1), ask = int(-1);
  const toBand = (work: Float64Array<ArrayBuffer>, size: Int32Array<ArrayBuffer>) =>
    aside(
      library.dsytrd_sy2sb!,
      ...[char("L"), order, diagonals, a, order, band, rows] as const,
      ...[tau, work, size, info, 1n] as const,
    );
  await toBand(best, ask);
  const work = numbers(best[0]);
  await toBand(work, int(work.length));
  checkConverged(info);

  await report(80, "from the band to tridiagonal form");
  const diagonal = numbers(n), offDiagonal = numbers(n);
  const toTridiagonal = (
    reflectors: Float64Array<ArrayBuffer>,
    reflectorsSize: Int32Array<ArrayBuffer>,
    work: Float64Array<ArrayBuffer>,
    size: Int32Array<ArrayBuffer>,
  ) =>
    aside(
      library.dsytrd_sb2st!,
      ...[char("Y"), char("N"), char("L"), order, diagonals, band, rows] as const,
      ...[diagonal, offDiagonal, reflectors, reflectorsSize, work, size, info] as const,
      ...[1n, 1n, 1n] as const,
    );
  await toTridiagonal(bestReflectors, ask, best, ask);
  const reflectors = numbers(bestReflectors[0]), chase = numbers(best[0]);
  await toTridiagonal(reflectors, int(reflectors.length), chase, int(chase.length));
  checkConverged(info);
  return { diagonal, offDiagonal };
}
