import { studentQuantile } from "../numerics/mod.ts";
import type { PowerLawFit } from "./power_law.ts";

/**
 * Student's interval of a fitted exponent by its jackknife error over bins: independent of the
 * bootstrap's, and wider, as there are few bins.
 *
 * @param level of the interval, between 0 and 1
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitPowerLaw } from "./power_law.ts";
 * import { jackknifeInterval } from "./jackknife_interval.ts";
 *
 * const values = Array.from({ length: 500 }, (_, k) => (1 + 0.1 * Math.sin(k)) / (k + 1));
 * const fit = fitPowerLaw(values, { from: 5, to: 400 });
 * const [low, high] = jackknifeInterval(fit);
 * assert(low < fit.exponent && fit.exponent < high);
 * ```
 */
export function jackknifeInterval(
  { exponent, jackknifeError, bins }: PowerLawFit,
  { level = 0.95 }: { readonly level?: number } = {},
): readonly [low: number, high: number] {
  const reach = jackknifeError * studentQuantile((1 + level) / 2, bins - 2);
  return [exponent - reach, exponent + reach];
}
