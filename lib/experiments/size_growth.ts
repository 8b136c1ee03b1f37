/**
 * How the cold inefficiency grows with the number of images.
 *
 * @module
 */
import { checkFactor, checkStudies } from "./checks.ts";
import { withInterval } from "../statistics/mod.ts";
import { inefficiencyRatio } from "./over_realizations.ts";
import type { SpeedLimitStudy } from "./speed_limit.ts";

/** A factor between two studies, seed by seed. */
export type SeedFactor = ReturnType<typeof inefficiencyRatio>;

/** T/T_SL from the cold start at n images over that at `from` images, on both clocks. */
export interface SizeGrowth {
  readonly width: number;
  readonly n: number;
  readonly from: number;
  /** At the same τ: the loss a sum over images. */
  readonly sum: SeedFactor;
  /** At the same epoch of a mean loss, whose τ is smaller as 1/n. */
  readonly mean: SeedFactor;
}

/**
 * The growth from the smallest n of a network to each larger one.
 *
 * @param studies of one network, by growing n
 * @returns one entry for each study but the first; none if there are fewer than two
 * @throws {RangeError} if two studies share fewer than two seeds
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthWithSize, HE, type SpeedLimitStudy, storedResults, studiesWith } from "./mod.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const studies = stored.map(({ result }) => result);
 * const growth = growthWithSize(
 *   studiesWith(studies, { architecture: "myrtle-5", width: 32, horizon: 0.2, ...HE }),
 * );
 * assert.equal(growth.at(-1)?.n, 5000);
 * ```
 */
export function growthWithSize(studies: readonly SpeedLimitStudy[]): SizeGrowth[] {
  checkStudies("studies", studies);
  const [first, ...larger] = studies;
  return larger.map((study) => {
    const { width, n, horizon } = study.configuration;
    const from = first.configuration.n;
    const sum = inefficiencyRatio(study, first, "cold");
    const mean = inefficiencyRatio(study, first, "cold", {
      times: [horizon * from / n, first.configuration.horizon],
    });
    return { width, n, from, sum, mean };
  });
}

/**
 * A factor as text, with its interval.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { factorText } from "./size_growth.ts";
 * assert.equal(factorText({ middle: 2.2, low: 2.1, high: 2.3, seeds: 6 }), "2.20 [2.10, 2.30]");
 * ```
 */
export function factorText(factor: SeedFactor): string {
  const { middle, low, high } = checkFactor("factor", factor);
  return withInterval({ mean: middle, interval: [low, high] }, { digits: 2 });
}
