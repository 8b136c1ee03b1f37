/**
 * Exponents against the number of samples, and where they go.
 *
 * @module
 */
import {
  checkList,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkRecord,
  maybe,
  must,
} from "../numerics/checks.ts";
import { studentQuantile } from "../numerics/mod.ts";
import type { SampledPowerLaw } from "./power_law_sets.ts";

/** Where exponents go as n → ∞. */
export interface ExponentLimit {
  readonly exponent: number;
  /** Student's, of the line's intercept; of the fits' own windows. */
  readonly interval: readonly [low: number, high: number];
  /** d exponent/d (1/n) */
  readonly slope: number;
  readonly sizes: readonly number[];
}

/**
 * The exponent as n → ∞: the intercept of the line in 1/n, the next order of what n samples change,
 * through exponents of growing n, each weighted by its error over sets. The error is that of the
 * weights, or of the scatter about the line where that is larger.
 *
 * @param fits of three sizes at least, each of several sets
 * @throws {RangeError} if there are fewer, one has no interval or an exponent that is NaN, or two are of
 * one size
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentLimit } from "./power_law_limit.ts";
 * const fit = (samples: number) => {
 *   const exponent = 1.2 + 10 / samples;
 *   return { exponent, samples, sets: 4, interval: [exponent - 0.01, exponent + 0.01] as const };
 * };
 * const { exponent, slope } = exponentLimit([100, 200, 400].map(fit));
 * assert(Math.abs(exponent - 1.2) < 1e-9 && Math.abs(slope - 10) < 1e-6);
 * ```
 */
export function exponentLimit(
  fits: readonly Pick<SampledPowerLaw, "exponent" | "samples" | "sets" | "interval">[],
  options: { readonly level?: number } = {},
): ExponentLimit {
  const { level = 0.95 } = checkOptions("options", options, {
    level: maybe(checkNumber, { above: 0, below: 1 }),
  });
  const number = must(checkNumber, { gaps: true });
  checkList(
    "fits",
    fits,
    must(checkRecord, {
      ...{ exponent: number, samples: number, sets: number },
      interval: maybe(checkNumbers, { gaps: true, length: 2 }),
    }, "a power law, as fitSampledPowerLaw gives it"),
  );
  const sizes = fits.map(({ samples }) => samples);
  if (new Set(sizes).size < Math.max(3, sizes.length)) {
    throw new RangeError(
      `fits has the sizes ${sizes}; a limit needs three at least, all different`,
    );
  }
  const points = fits.map(({ exponent, samples, sets, interval }) => {
    if (!interval || !Number.isFinite(exponent)) {
      throw new RangeError(
        `the exponent at n = ${samples} is ${exponent}, of ${sets} sets; a limit needs its interval`,
      );
    }
    const error = (interval[1] - interval[0]) / 2 / studentQuantile(0.975, sets - 1);
    return { x: 1 / samples, y: exponent, weight: 1 / Math.max(error, 1e-9) ** 2 };
  });
  const total = (of: (point: typeof points[number]) => number) =>
    points.reduce((sum, point) => sum + point.weight * of(point), 0);
  const whole = total(() => 1), center = total(({ x }) => x) / whole;
  const height = total(({ y }) => y) / whole;
  const spread = total(({ x }) => (x - center) ** 2);
  const slope = total(({ x, y }) => (x - center) * (y - height)) / spread;
  const exponent = height - slope * center;
  const free = points.length - 2;
  const scatter = total(({ x, y }) => (y - exponent - slope * x) ** 2) / free;
  const error = Math.sqrt((1 / whole + center ** 2 / spread) * Math.max(1, scatter));
  const reach = error * studentQuantile((1 + level) / 2, free);
  return { exponent, interval: [exponent - reach, exponent + reach], slope, sizes };
}
