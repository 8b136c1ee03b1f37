/**
 * The peaks of a study's paths, and how they go with n and width.
 *
 * @module
 */
import { fitLine, type MeanAndError, meanAndError } from "../../statistics/mod.ts";
import {
  checkList,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { RATIO, type SeedMean, seedMean } from "../studies/seed_mean.ts";
import { checkStudy, checkValue } from "../checks.ts";
import { type Peak, peakOf } from "./peak.ts";
import { risenEntries } from "./loss_rises.ts";
import { pairedFactor, type SeedFactor } from "./size_growth.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";

/** Turns smaller than so many tolerances of the integrator are none. */
const TOLERANCES = 3;

/** One seed's peak. */
export interface SeedPeak extends Peak {
  readonly seed: number;
}

/** The peaks of a study's cold paths. */
export interface StudyPeaks {
  readonly study: SpeedLimitStudy;
  readonly seeds: readonly SeedPeak[];
  /** Seeds whose peak lies within the horizon, and those that rise again after it. */
  readonly inside: number;
  readonly again: number;
  /** Geometric means over the seeds whose peak lies within; the others' are higher and later. */
  readonly time?: SeedMean;
  readonly inefficiency?: SeedMean;
  /** Of the troughs of those that rise again. */
  readonly troughTime?: SeedMean;
  readonly trough?: SeedMean;
  /** Peak over what is left at the horizon, of the seeds whose peak lies within. */
  readonly fall?: SeedMean;
}

/**
 * The peaks of T/T_SL along a study's cold paths, seed by seed. Entries whose loss is above an earlier one
 * by more than the tolerance are passed over: a flow's loss only falls, so that is the integrator's error.
 *
 * @param threshold of ln T/T_SL; three tolerances of the integrator by default
 * @throws {RangeError} as `peakOf` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { peaksOf, type SpeedLimitStudy, storedResult } from "../mod.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500");
 * // τ = 0.2 ends on the rising branch.
 * assert.equal(peaksOf(stored!.result).inside, 0);
 * ```
 */
export function peaksOf(
  study: SpeedLimitStudy,
  options: { readonly threshold?: number } = {},
): StudyPeaks {
  checkStudy("study", study);
  const { threshold = TOLERANCES * study.configuration.tolerance } = checkOptions(
    "options",
    options,
    { threshold: maybe(checkPositive) },
  );
  const seeds = study.realizations.map((one) => ({
    seed: one.seed,
    ...peakOf(fallingPart(study, one), { threshold }),
  }));
  const peaks = seeds.flatMap(({ peak, end }) => peak ? [{ peak, end }] : []);
  const troughs = seeds.flatMap(({ trough }) => trough ?? []);
  return {
    ...{ study, seeds, inside: peaks.length, again: troughs.length },
    time: seedMean(peaks.map(({ peak }) => peak.time)),
    inefficiency: seedMean(peaks.map(({ peak }) => peak.inefficiency), RATIO),
    troughTime: seedMean(troughs.map(({ time }) => time)),
    trough: seedMean(troughs.map(({ inefficiency }) => inefficiency), RATIO),
    fall: seedMean(peaks.map(({ peak, end }) => peak.inefficiency / end.inefficiency), RATIO),
  };
}

/** A path without the entries that no flow has: where the loss is above an earlier one. */
function fallingPart(
  { time, configuration: { tolerance } }: SpeedLimitStudy,
  { loss, cold: { inefficiency } }: SpeedLimitStudy["realizations"][number],
) {
  const risen = new Set(risenEntries(loss, { tolerance }));
  const kept = inefficiency.map((_, i) => i).filter((i) => !risen.has(i));
  return { time: kept.map((i) => time[i]), inefficiency: kept.map((i) => inefficiency[i]) };
}

/** How peaks differ between two studies. */
export interface PeakFactor {
  readonly time: SeedFactor;
  readonly inefficiency: SeedFactor;
}

/**
 * Place and height of one study's peaks over those of another, over the seeds that have a peak in both.
 *
 * @returns `undefined` if fewer than two have
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { peakFactor } from "./peak_over_seeds.ts";
 * const at = (time: number, inefficiency: number, seed: number) => ({
 *   ...{ seed, shape: "rises, falls", peak: { time, inefficiency } } as const,
 *   end: { time: 9, inefficiency: 1 },
 * });
 * const few = { seeds: [at(1, 10, 0), at(2, 30, 1)] };
 * const many = { seeds: [at(2, 40, 0), at(4, 120, 1), at(1, 1, 2)] };
 * const { time, inefficiency } = peakFactor(many, few)!;
 * assert(Math.abs(time.middle - 2) < 1e-12 && Math.abs(inefficiency.middle - 4) < 1e-12);
 * ```
 */
export function peakFactor(
  one: Pick<StudyPeaks, "seeds">,
  other: Pick<StudyPeaks, "seeds">,
): PeakFactor | undefined {
  for (const [name, peaks] of Object.entries({ one, other })) checkSeedPeaks(name, peaks);
  const factor = (name: "time" | "inefficiency") =>
    pairedFactor(valuesOf(one, name), valuesOf(other, name));
  const [time, inefficiency] = [factor("time"), factor("inefficiency")];
  return time && inefficiency ? { time, inefficiency } : undefined;
}

const checkSeedPeaks = <T>(name: string, peaks: T): T =>
  checkRecord(name, peaks, {
    seeds: must(
      checkList,
      must(checkRecord, {
        seed: checkValue,
        peak: maybe(checkRecord, { time: checkValue, inefficiency: checkValue }),
      }),
    ),
  });

const valuesOf = ({ seeds }: Pick<StudyPeaks, "seeds">, name: "time" | "inefficiency") =>
  seeds.flatMap(({ seed, peak }) => peak ? [{ seed, value: peak[name] }] : []);

/** b of a peak's place and height ∝ n^b. */
export interface PeakExponents {
  readonly time: MeanAndError;
  readonly inefficiency: MeanAndError;
  readonly sizes: readonly number[];
}

/**
 * How the peak's place and height go with n: a line through all n of each seed in logarithms, and the
 * mean slope over the seeds that have a peak at every n.
 *
 * @param list peaks of one network, an entry an n
 * @returns `undefined` of fewer than two n, or where fewer than two seeds have a peak at all of them
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { peakExponents } from "./peak_over_seeds.ts";
 * assert.equal(peakExponents([]), undefined);
 * ```
 */
export function peakExponents(
  list: readonly Pick<StudyPeaks, "seeds" | "study">[],
): PeakExponents | undefined {
  checkList("list", list, (name, peaks: StudyPeaks) => {
    checkSeedPeaks(name, peaks);
    checkRecord(name, peaks, { study: checkStudy });
  });
  if (list.length < 2) return undefined;
  const sizes = list.map(({ study }) => study.configuration.n);
  const slopes = (name: "time" | "inefficiency") => {
    const columns = list.map((one) => valuesOf(one, name));
    const common = columns[0].map(({ seed }) => seed).filter((seed) =>
      columns.every((column) => column.some((one) => one.seed === seed))
    );
    return common.map((seed) =>
      fitLine(
        sizes.map(Math.log),
        columns.map((column) => Math.log(column.find((one) => one.seed === seed)!.value)),
      ).slope
    );
  };
  const [time, inefficiency] = [slopes("time"), slopes("inefficiency")];
  if (time.length < 2) return undefined;
  return { time: meanAndError(time), inefficiency: meanAndError(inefficiency), sizes };
}
