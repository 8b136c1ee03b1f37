/**
 * Where in a spectrum of n samples a power law may be fitted.
 *
 * @module
 */
import { checkNumbers } from "../numerics/checks.ts";
import { aboveTail } from "./power_law_population.ts";
import { polynomialFit } from "./log_bins.ts";

/** The last k is n over this. */
const SAMPLES_PER_MODE = 10;
/** The first k is searched from a window of this ratio on. */
const RATIO = 4;
/** A window of fewer values says nothing. */
const LEAST_POINTS = 8;
/** An eigenvalue stands apart beyond so many deviations from the line … */
const DEVIATIONS = 3;
/** … which are taken to be at least this much of it. */
const LEAST_DEVIATION = 0.1;

/** The fewest samples that have a window: of 8 values with a ratio of 4. */
const LEAST_SAMPLES = 110;

/**
 * The window of a power law in a kernel's spectrum, k ≪ n: to n/10, from the first k that does not
 * stand apart.
 *
 * The end: up to there n samples tell the population's exponent (`populationEigenvalues`), tested on
 * kernels of known spectra. The start: from a quarter of the end on downwards, λ_{k−1} joins while its
 * logarithm lies within three standard deviations (of 10 % at least) of the line in ln k through the
 * window so far, whose points weigh 1/k. So what lies off the law at the head, as the eigenvalue of the
 * mean image does, stays out, and nothing behind it decides.
 *
 * @param eigenvalues all of the n × n kernel, largest first (or their mean over sets of n samples)
 * @throws {RangeError} if there are fewer than 110, or one is negative or not finite
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sampleWindow } from "./power_law_window.ts";
 * const law = Array.from({ length: 500 }, (_, k) => (k + 1) ** -1.5);
 * assert.deepEqual(sampleWindow(law), [1, 50]);
 * assert.deepEqual(sampleWindow([3, 1, ...law.slice(2)]), [3, 50]);
 * ```
 */
export function sampleWindow(
  eigenvalues: ArrayLike<number>,
): readonly [from: number, to: number] {
  checkNumbers("eigenvalues", eigenvalues, { gaps: true });
  const n = eigenvalues.length;
  if (n < LEAST_SAMPLES) {
    throw new RangeError(
      `eigenvalues has ${n} numbers; a window of k ≪ n needs ${LEAST_SAMPLES} samples at least`,
    );
  }
  const to = Math.floor(n / SAMPLES_PER_MODE);
  // Smooth, where the population's eigenvalues are noisy one by one.
  const logs = aboveTail(eigenvalues).slice(0, to).map(Math.log);
  let from = Math.min(Math.ceil(to / RATIO), to - LEAST_POINTS + 1);
  while (from > 1 && !standsApart(logs, from, to)) from--;
  return [from, to];
}

/** Whether λ_{from − 1} lies off the line through from … to. */
function standsApart(logs: Float64Array, from: number, to: number): boolean {
  const places = Float64Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const x = places.map(Math.log), y = logs.slice(from - 1, to), weights = places.map((k) => 1 / k);
  const { coefficients: [intercept, slope], squares } = polynomialFit(x, y, weights, 1);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const deviation = Math.sqrt(squares / whole * x.length / (x.length - 2));
  const off = logs[from - 2] - intercept - slope * Math.log(from - 1);
  return !(Math.abs(off) <= DEVIATIONS * Math.max(deviation, LEAST_DEVIATION));
}

/**
 * The window and three beside it, within it: its start moved by 2, its end by ½, and both by √2; those of
 * fewer than 8 values left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { windowsWithin } from "./power_law_window.ts";
 * assert.deepEqual(windowsWithin([4, 100]), [[4, 100], [8, 100], [4, 50], [6, 71]]);
 * ```
 */
export function windowsWithin(
  [from, to]: readonly [from: number, to: number],
): (readonly [from: number, to: number])[] {
  const moved = [[1, 1], [2, 1], [1, 2], [Math.SQRT2, Math.SQRT2]] as const;
  return moved.map(([up, down]) => [Math.round(from * up), Math.round(to / down)] as const)
    .filter(([a, b], i) => i === 0 || b - a + 1 >= LEAST_POINTS);
}
