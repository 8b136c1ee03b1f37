/**
 * Where a recorded loss rises, which that of a gradient flow cannot: what an integrator's tolerance lets
 * through.
 *
 * @module
 */
import {
  checkNumber,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { checkColumn, checkStudy } from "../checks.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import { silentLoss } from "./study_readings.ts";

/**
 * The entries of a loss that lie above the least one before them, by more than the tolerance.
 *
 * @param tolerance relative, as that of the integrator
 * @throws {RangeError} if the tolerance is negative
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { risenEntries } from "./loss_rises.ts";
 * assert.deepEqual(risenEntries([4, 2, 2.01, 2.1, 1, 1.5], { tolerance: 0.01 }), [3, 5]);
 * ```
 */
export function risenEntries(
  loss: ArrayLike<number>,
  options: { readonly tolerance: number },
): number[] {
  checkRecord("the loss", { loss }, { loss: checkColumn });
  const { tolerance } = checkOptions("options", options, {
    tolerance: must(checkNumber, { least: 0 }),
  });
  let least = Infinity;
  return Array.from(loss).flatMap((value, i) => {
    const risen = value > least * (1 + tolerance);
    least = Math.min(least, value);
    return risen ? [i] : [];
  });
}

/** How far a study's losses rise. */
export interface LossRises {
  readonly study: SpeedLimitStudy;
  /** Seeds whose loss rises by more than the tolerance, of all. */
  readonly seeds: number;
  /** The largest factor over an earlier loss, of which seed, and at which τ; 1 where none rises. */
  readonly largest: number;
  readonly seed?: number;
  readonly time?: number;
  /**
   * What is left of ½‖Y‖² where the first loss begins to rise, of the seed of which that is the most: below
   * it what is left is known to a factor only.
   */
  readonly below?: number;
}

/**
 * How far the losses of a study rise along its paths. A gradient flow's loss only falls; an integrator that
 * keeps to a tolerance of the whole drop may miss by many times what is left.
 *
 * @param tolerance a smaller rise is none; the study's own by default
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lossRises, type SpeedLimitStudy, storedResult } from "../mod.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_16_n100_tau30");
 * assert.equal(lossRises(stored!.result).seeds, 0);
 * ```
 */
export function lossRises(
  study: SpeedLimitStudy,
  options: { readonly tolerance?: number } = {},
): LossRises {
  checkStudy("study", study);
  const { tolerance = study.configuration.tolerance } = checkOptions("options", options, {
    tolerance: maybe(checkPositive),
  });
  const rises = study.realizations.flatMap(({ seed, loss }) => {
    const risen = risenEntries(loss, { tolerance });
    if (risen.length === 0) return [];
    const factors = risen.map((i) => loss[i] / Math.min(...loss.slice(0, i)));
    const at = factors.indexOf(Math.max(...factors));
    return [{
      ...{ seed, factor: factors[at], time: study.time[risen[at]] },
      left: Math.min(...loss.slice(0, risen[0])) / silentLoss(study.configuration.n),
    }];
  });
  if (rises.length === 0) return { study, seeds: 0, largest: 1 };
  const worst = rises.reduce((a, b) => b.factor > a.factor ? b : a);
  return {
    ...{ study, seeds: rises.length, largest: worst.factor, seed: worst.seed, time: worst.time },
    below: Math.max(...rises.map(({ left }) => left)),
  };
}
