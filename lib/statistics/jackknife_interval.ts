import {
  checkInteger,
  checkNumber,
  checkOptions,
  checkRecord,
  maybe,
  must,
} from "../numerics/checks.ts";
import { studentQuantile } from "../numerics/mod.ts";
import type { PowerLawFit } from "./power_law.ts";

/**
 * Student's interval of a fitted exponent by its jackknife error over bins: independent of the
 * bootstrap's, and wider, as there are few bins.
 *
 * @param level of the interval, between 0 and 1
 * @throws {TypeError} if the fit is none, or there is no such option
 * @throws {RangeError} if the level is out of range, or the fit has fewer than three bins
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
  powerLawFit: PowerLawFit,
  options: { readonly level?: number } = {},
): readonly [low: number, high: number] {
  const { exponent, jackknifeError, bins } = checkRecord("powerLawFit", powerLawFit, {
    exponent: checkNumber,
    jackknifeError: must(checkNumber, { gaps: true }),
    bins: must(checkInteger, { least: 3 }),
  }, "a fit, as fitPowerLaw gives it");
  const { level = 0.95 } = checkOptions("options", options, {
    level: maybe(checkNumber, { above: 0, below: 1 }),
  });
  const reach = jackknifeError * studentQuantile((1 + level) / 2, bins - 2);
  return [exponent - reach, exponent + reach];
}
