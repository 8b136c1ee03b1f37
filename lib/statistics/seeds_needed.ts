/**
 * How many seeds a mean needs.
 *
 * @module
 */
import { checkNumber, checkOptions, checkPositive, maybe, must } from "../numerics/checks.ts";
import { studentQuantile } from "../numerics/mod.ts";

/** Options of {@link seedsNeeded}. */
export interface SeedsNeededOptions {
  /** The relative half width of the interval: 0.2 for a factor 1.2 up and down. */
  readonly within: number;
  readonly level?: number;
}

/** More seeds than this are not counted. */
const MOST = 1e9;

/**
 * The least number of seeds whose geometric mean has an interval within a factor: the first k with
 * t_{k−1} √(v/k) ≤ ln(1 + within), v the variance of the logarithm and t Student's quantile. It is the
 * interval that so many seeds have if their sample variance is v; half the time it is a wider one.
 *
 * @param variance of the logarithm over seeds
 * @returns 2 at least; Infinity for 10⁹ and more
 * @throws {RangeError} if the variance is negative, `within` not positive, or the level not between 0 and 1
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { seedsNeeded } from "./seeds_needed.ts";
 * // t_5 = 2.571 of six seeds: √v = ln 1.2 · √6/2.571.
 * const variance = 6 * (Math.log(1.2) / 2.5706) ** 2;
 * assert.equal(seedsNeeded(variance, { within: 0.2 }), 6);
 * assert.equal(seedsNeeded(1.01 * variance, { within: 0.2 }), 7);
 * ```
 */
export function seedsNeeded(variance: number, options: SeedsNeededOptions): number {
  checkNumber("variance", variance, { least: 0 });
  const { within, level = 0.95 } = checkOptions("options", options, {
    within: must(checkPositive),
    level: maybe(checkNumber, { above: 0, below: 1 }),
  });
  const reach = Math.log1p(within);
  const enough = (seeds: number) =>
    studentQuantile((1 + level) / 2, seeds - 1) * Math.sqrt(variance / seeds) <= reach;
  // The interval shrinks with every seed, so that the first number that does is found by halving.
  let [below, above] = [1, 2];
  while (!enough(above)) {
    if (above >= MOST) return Infinity;
    [below, above] = [above, 2 * above];
  }
  while (above - below > 1) {
    const half = Math.floor((below + above) / 2);
    if (enough(half)) above = half;
    else below = half;
  }
  return above;
}
