/**
 * Exponents of the population from several sets of n samples, with intervals that hold the sets and the
 * window.
 *
 * @module
 */
import {
  checkFunction,
  checkList,
  checkNumber,
  checkNumbers,
  checkOneOf,
  checkOptions,
  checkRecord,
  maybe,
  must,
} from "../numerics/checks.ts";
import { studentQuantile } from "../numerics/mod.ts";
import { mean } from "./descriptive.ts";
import { logBins } from "./log_bins.ts";
import { fitBins } from "./power_law.ts";
import { aboveTail, populationEigenvalues } from "./power_law_population.ts";
import { sampleWindow, windowsWithin } from "./power_law_window.ts";

/** values_k ≈ amplitude · k^−exponent. */
export interface Law {
  readonly exponent: number;
  readonly amplitude: number;
}

/** A law fitted in one window: to the mean over all sets, and to that without each in turn. */
export interface WindowLaws {
  readonly window: readonly [from: number, to: number];
  readonly all: Law;
  /** None if there is but one set. */
  readonly without: readonly Law[];
}

/** The power law of a population, from sets of n samples. */
export interface SampledPowerLaw extends Law {
  readonly window: readonly [from: number, to: number];
  readonly sets: number;
  /** Of n samples. */
  readonly samples: number;
  /** Student's, by the jackknife over sets, in the window; not there for one set. */
  readonly interval?: readonly [low: number, high: number];
  /** From the lowest to the highest end of such intervals over the windows; of exponents for one set. */
  readonly wide: readonly [low: number, high: number];
  /** Least and largest exponent over the windows. */
  readonly windows: readonly [low: number, high: number];
  /** Of the values as they are, in the same window: what n samples have, not the population. */
  readonly uncorrected: number;
  readonly fits: readonly WindowLaws[];
}

/** Options of {@link fitSampledPowerLaw}. */
export interface SampledPowerLawOptions {
  /** What the values are, which decides how they are freed of what n samples add to them. */
  readonly of?: "eigenvalues" | "squares";
  /** By {@link sampleWindow} if left out, which squares have none of. */
  readonly window?: readonly [from: number, to: number];
  /** Of the intervals. */
  readonly level?: number;
}

/** Of equal length in ln k, and of equal weight: a tail of many values does not decide. */
const BINS = 8;
const LEVEL = maybe(checkNumber, { above: 0, below: 1 });

/**
 * The exponent of the population's law from sets of n samples each: of kernels' eigenvalues
 * (`populationEigenvalues`) or of squared components along their eigenvectors (`aboveTail`).
 *
 * The line of least squares through up to 8 bins of the mean over sets, bins of equal length in ln k
 * with four values at least, of equal weight. `interval` holds what other samples (and seeds, where the
 * sets differ in them) would change; `wide` the choice of the window too (`windowsWithin`). An exponent
 * is NaN where a bin's mean is not positive: the values do not stand out of their tail.
 *
 * @param sets each all values of one set, largest eigenvalue first
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if there is no set, lengths differ, a value is negative or not finite, or the
 * window leaves the values
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitSampledPowerLaw } from "./power_law_sets.ts";
 * const set = (c: number) => Array.from({ length: 400 }, (_, k) => c * (k + 1) ** -1.5);
 * const { exponent, interval, window } = fitSampledPowerLaw([set(1), set(1.1), set(0.9)]);
 * assert(Math.abs(exponent - 1.5) < 0.05 && window[1] === 40);
 * assert(interval![0] <= exponent && exponent <= interval![1]);
 * ```
 */
export function fitSampledPowerLaw(
  sets: readonly ArrayLike<number>[],
  options: SampledPowerLawOptions = {},
): SampledPowerLaw {
  const { of = "eigenvalues", window, level = 0.95 } = checkOptions("options", options, {
    of: maybe(checkOneOf, ["eigenvalues", "squares"]),
    window: maybe(checkNumbers, { gaps: true, length: 2 }),
    level: LEVEL,
  });
  checkList("sets", sets, must(checkNumbers));
  const samples = samplesOf(sets);
  const whole = meanOf(sets);
  const [from, to] = window ?? (of === "eigenvalues" ? sampleWindow(whole) : missing());
  if (
    !(Number.isInteger(from) && Number.isInteger(to) && from >= 1 && to - from >= 3 &&
      to < samples)
  ) {
    throw new RangeError(
      `window is [${from}, ${to}]; it must be of integers from 1 to ${samples - 1}, 4 at least`,
    );
  }
  const freed = (values: Float64Array) =>
    of === "eigenvalues" ? populationEigenvalues(values, { first: to }) : aboveTail(values);
  const means = [whole, ...(sets.length > 1 ? sets.map((_, i) => meanOf(without(sets, i))) : [])];
  const values = means.map(freed);
  const fits = windowsWithin([from, to]).map((window) => {
    const [all, ...rest] = values.map((one) => lawIn(one, window));
    return { window, all, without: rest };
  }).filter(({ all }, i) => i === 0 || Number.isFinite(all.exponent));
  const exponents = fits.map(({ all }) => all.exponent);
  const windows = [Math.min(...exponents), Math.max(...exponents)] as const;
  const interval = sets.length > 1
    ? jackknifed(fits[0], ({ exponent }) => exponent, { level })
    : undefined;
  return {
    ...fits[0].all,
    ...{ window: [from, to], sets: sets.length, samples, windows, fits },
    ...(interval && { interval }),
    wide: interval ? overWindows(fits, ({ exponent }) => exponent, { level }) : windows,
    uncorrected: lawIn(whole, [from, to]).exponent,
  };
}

/** Student's interval of a number made of laws, by the jackknife over the sets that they were fitted to. */
export function jackknifed<T>(
  { all, without }: { readonly all: T; readonly without: readonly T[] },
  value: (one: T) => number,
  { level = 0.95 }: { readonly level?: number } = {},
): readonly [low: number, high: number] {
  const sets = without.length;
  if (sets < 2) throw new RangeError(`there are ${sets} sets; an interval needs 2 at least`);
  const left = without.map(value), middle = left.reduce((sum, one) => sum + one, 0) / sets;
  const squares = left.reduce((sum, one) => sum + (one - middle) ** 2, 0);
  const reach = Math.sqrt(squares * (sets - 1) / sets) *
    studentQuantile((1 + level) / 2, sets - 1);
  const center = value(all);
  return [center - reach, center + reach];
}

/**
 * From the lowest to the highest end of Student's intervals of a number made of laws, over windows; each by
 * the jackknife over the sets that they were fitted to.
 *
 * @param fits laws fitted to all sets, and without each in turn, in each window
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if there is no window, or fewer than two sets
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { overWindows } from "./power_law_sets.ts";
 * const [low, high] = overWindows([{ all: 2, without: [1, 3] }, { all: 2.5, without: [2, 3] }], (x) => x);
 * assert(Math.abs(low - (2 - 12.706)) < 1e-3 && Math.abs(high - (2 + 12.706)) < 1e-3);
 * ```
 */
export function overWindows<T>(
  fits: readonly { readonly all: T; readonly without: readonly T[] }[],
  value: (one: T) => number,
  options: { readonly level?: number } = {},
): readonly [low: number, high: number] {
  checkFunction("value", value);
  checkOptions("options", options, { level: LEVEL });
  const list = must(checkList);
  checkList("fits", fits, must(checkRecord, { without: list }, "laws in a window"), 1);
  const intervals = fits.map((fit) => jackknifed(fit, value, options));
  return [
    Math.min(...intervals.map(([low]) => low)),
    Math.max(...intervals.map(([, high]) => high)),
  ];
}

/** The law through the bins of a window; NaN where a bin's mean is not positive. */
function lawIn(values: Float64Array, [from, to]: readonly [number, number]): Law {
  const bins = logBins(values, from, to, BINS);
  if (!bins.means.every((value) => value > 0)) return { exponent: NaN, amplitude: NaN };
  const { exponent, logAmplitude } = fitBins({ ...bins, counts: bins.counts.map(() => 1) });
  return { exponent, amplitude: Math.exp(logAmplitude) };
}

function samplesOf(sets: readonly ArrayLike<number>[]): number {
  if (sets.length === 0) throw new RangeError("sets has no entries; an exponent needs one");
  const [{ length }] = sets;
  sets.forEach((set, i) => {
    if (set.length !== length) {
      throw new RangeError(
        `sets[${i}] has ${set.length} values, sets[0] ${length}; they must agree`,
      );
    }
  });
  return length;
}

const meanOf = (sets: readonly ArrayLike<number>[]) =>
  Float64Array.from({ length: sets[0].length }, (_, k) => mean(sets.map((set) => set[k])));

const without = <T>(list: readonly T[], i: number) => list.filter((_, j) => j !== i);

function missing(): never {
  throw new RangeError("window is undefined; squares are fitted in the window of the eigenvalues");
}
