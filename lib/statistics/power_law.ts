/**
 * Exponents of power laws, with intervals.
 *
 * @module
 */
import { mean, sampleVariance } from "simple-statistics";
import {
  checkInteger,
  checkNumber,
  checkNumbers,
  checkOptions,
  maybe,
} from "../numerics/checks.ts";
import { randomStream } from "../numerics/random.ts";
import { type LogBins, logBins, logPlaces, polynomialFit } from "./log_bins.ts";

/** Options of {@link fitPowerLaw}. */
export interface PowerLawOptions {
  /** First k of the window, from 1; by the rule of {@link chooseWindow} if `from` and `to` are not given. */
  readonly from?: number;
  /** Last k. */
  readonly to?: number;
  readonly bins?: number;
  /** Bootstrap samples. */
  readonly resamples?: number;
  /** Of the interval. */
  readonly level?: number;
  readonly seed?: number;
}

/** A fitted power law values_k ≈ amplitude · k^−exponent. */
export interface PowerLawFit {
  readonly exponent: number;
  /** 95 % interval (or of the level asked for), by the bootstrap. */
  readonly interval: readonly [low: number, high: number];
  /** Standard error by the jackknife over bins, an independent check. */
  readonly jackknifeError: number;
  readonly amplitude: number;
  /** Share of the variance of the logarithms of the bins that the law explains. */
  readonly rSquared: number;
  readonly window: readonly [from: number, to: number];
  /** Numbers of values and of bins. */
  readonly points: number;
  readonly bins: number;
}

/** What the options of a window and its bins may be. */
export const WINDOW_CHECKS = {
  from: maybe(checkInteger),
  to: maybe(checkInteger),
  bins: maybe(checkInteger, { least: 4 }),
} as const;

const POWER_LAW_CHECKS = {
  ...WINDOW_CHECKS,
  resamples: maybe(checkInteger, { least: 50 }),
  level: maybe(checkNumber, { above: 0, below: 1 }),
  seed: maybe(checkInteger, { least: 0 }),
} as const;

/** A window shorter than this says nothing. */
const LEAST_POINTS = 8;

/**
 * The exponent of values_k ∝ k^−exponent, k from 1, by weighted least squares on log-binned values.
 *
 * Each bin's arithmetic mean is a point, at the k where a power law has that mean, weighted by its
 * number of values: so values that scatter about the law by a factor of mean 1 (as squared residue
 * components do, like χ²) do not bias the exponent. The interval is the basic bootstrap's: values
 * are drawn again as the law times ratios value/law drawn from all in the window; the exponent is
 * freed of the bias that the bootstrap finds. It covers the truth at its level where those ratios
 * are alike along the window and independent: of a kernel's eigenvalues they are neither, and what n
 * samples add to them bends the law long before k = n; for these there is `fitSampledPowerLaw`.
 *
 * @param values positive in the window; values[k − 1] belongs to k
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if the window has fewer than 8 values or leaves the data, a value in it is
 * not positive and finite, or an option is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitPowerLaw } from "./power_law.ts";
 *
 * const values = Array.from({ length: 500 }, (_, i) => 3 * (i + 1) ** -1.5);
 * const { exponent, rSquared } = fitPowerLaw(values, { from: 5, to: 400 });
 * assert(Math.abs(exponent - 1.5) < 1e-6 && rSquared > 0.999999);
 * ```
 */
export function fitPowerLaw(
  values: ArrayLike<number>,
  options: PowerLawOptions = {},
): PowerLawFit {
  checkNumbers("values", values, { gaps: true });
  const { bins = 15, resamples = 400, level = 0.95, seed = 0 } = checkOptions(
    "options",
    options,
    POWER_LAW_CHECKS,
  );
  const window = windowOf(values, { ...options, bins });
  const [first, last] = window;
  const binned = logBins(values, first, last, bins);
  const { exponent, logAmplitude, rSquared } = fitBins(binned);

  const count = last - first + 1;
  const law = Float64Array.from(
    { length: count },
    (_, i) => Math.exp(logAmplitude) * (first + i) ** -exponent,
  );
  const ratios = law.map((expected, i) => values[first + i - 1] / expected);
  const stream = randomStream(seed, "statistics/power law");
  const drawn = new Float64Array(last);
  const again = Float64Array.from({ length: resamples }, () => {
    for (let i = 0; i < count; i++) {
      drawn[first - 1 + i] = law[i] * ratios[stream.integers(count)];
    }
    return fitBins(logBins(drawn, first, last, bins)).exponent;
  }).sort();
  const bias = mean(Array.from(again)) - exponent;
  const jackknifeError = jackknife(binned);
  // Order statistics, as the bootstrap is defined with: no interpolation between two of them.
  const quantile = (p: number) => again[Math.min(resamples - 1, Math.floor(p * resamples))];
  return {
    exponent: exponent - bias,
    interval: [
      2 * exponent - quantile((1 + level) / 2),
      2 * exponent - quantile((1 - level) / 2),
    ],
    jackknifeError,
    amplitude: Math.exp(logAmplitude),
    rSquared,
    window,
    points: count,
    bins: binned.means.length,
  };
}

/** How the exponent depends on the window. */
export interface WindowSensitivity {
  readonly fits: readonly PowerLawFit[];
  /** Least and largest exponent over the windows. */
  readonly range: readonly [low: number, high: number];
}

/**
 * The exponent in the window and in eight beside it: its start moved by factors ½ and 2, its end by
 * ½ and 2 (where the data go so far).
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} as {@link fitPowerLaw} does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { windowSensitivity } from "./power_law.ts";
 * const values = Array.from({ length: 500 }, (_, i) => (i + 1) ** -1.5);
 * const { range: [low, high] } = windowSensitivity(values, { from: 20, to: 200 });
 * assert(Math.abs(low - 1.5) < 1e-4 && Math.abs(high - 1.5) < 1e-4);
 * ```
 */
export function windowSensitivity(
  values: ArrayLike<number>,
  options: PowerLawOptions = {},
): WindowSensitivity {
  checkNumbers("values", values, { gaps: true });
  const [from, to] = windowOf(values, checkOptions("options", options, POWER_LAW_CHECKS));
  const fits: PowerLawFit[] = [];
  for (const start of [from / 2, from, from * 2]) {
    for (const end of [to / 2, to, to * 2]) {
      const [a, b] = [Math.max(1, Math.round(start)), Math.min(values.length, Math.round(end))];
      if (b - a + 1 < LEAST_POINTS || !(values[b - 1] > 0)) continue;
      fits.push(fitPowerLaw(values, { ...options, from: a, to: b, resamples: 100 }));
    }
  }
  const exponents = fits.map(({ exponent }) => exponent);
  return { fits, range: [Math.min(...exponents), Math.max(...exponents)] };
}

/**
 * The window of a power law by a rule: of all windows from a start to an end on a grid of ratios √2
 * that span a factor of 8 at least, the longest (in ln k) whose bins a parabola in ln k does not fit
 * better than a line by Bayes's criterion; if there is none, the longest with the best R².
 *
 * Values from the first that is not positive on are left out. In spectra of n samples it goes too far:
 * `sampleWindow` is for them.
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if there are too few positive values
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { chooseWindow } from "./power_law.ts";
 * // A power law that an exponential cuts off beyond k = 100.
 * const values = Array.from({ length: 1000 }, (_, i) => Math.exp(-(((i + 1) / 100) ** 2)) / (i + 1));
 * const [from, to] = chooseWindow(values);
 * assert(from < 10 && to < 200);
 * ```
 */
export function chooseWindow(
  values: ArrayLike<number>,
  options: { readonly bins?: number } = {},
): readonly [from: number, to: number] {
  checkNumbers("values", values, { gaps: true });
  const { bins = 15 } = checkOptions("options", options, { bins: WINDOW_CHECKS.bins });
  const bad = Array.from(values).findIndex((value) => !(value > 0 && value < Infinity));
  const end = bad < 0 ? values.length : bad;
  if (end < 2 * LEAST_POINTS) {
    const why = bad < 0 ? "" : ` before values[${bad}], which is ${values[bad]}`;
    throw new RangeError(
      `values has ${end} positive numbers${why}; a window needs ${2 * LEAST_POINTS}`,
    );
  }
  const marks: number[] = [];
  for (let k = 1; k < end; k *= Math.SQRT2) {
    if (marks.at(-1) !== Math.round(k)) marks.push(Math.round(k));
  }
  marks.push(end);
  let best:
    | { from: number; to: number; straight: boolean; length: number; rSquared: number }
    | undefined;
  for (const from of marks) {
    for (const to of marks) {
      if (to < 8 * from || to - from + 1 < 2 * LEAST_POINTS) continue;
      const binned = logBins(values, from, to, bins);
      if (binned.means.length < 5) continue;
      const { exponent } = fitBins(binned);
      const x = logPlaces(binned, exponent), y = binned.means.map(Math.log);
      const line = polynomialFit(x, y, binned.counts, 1);
      const parabola = polynomialFit(x, y, binned.counts, 2);
      const n = x.length;
      const straight = n * Math.log((line.squares + 1e-300) / (parabola.squares + 1e-300)) <
        Math.log(n);
      const candidate = {
        from,
        to,
        straight,
        length: Math.log(to / from),
        rSquared: line.rSquared,
      };
      if (!best || better(candidate, best)) best = candidate;
    }
  }
  return best ? [best.from, best.to] : [1, end];
}

/** The window that is asked for, or that the rule finds. */
export function windowOf(
  values: ArrayLike<number>,
  { from, to, bins }: Pick<PowerLawOptions, "from" | "to" | "bins">,
): readonly [from: number, to: number] {
  const window = from === undefined && to === undefined
    ? chooseWindow(values, { bins })
    : [from ?? 1, to ?? values.length] as const;
  checkWindow(values, window);
  return window;
}

function better(
  a: { straight: boolean; length: number; rSquared: number },
  b: { straight: boolean; length: number; rSquared: number },
): boolean {
  if (a.straight !== b.straight) return a.straight;
  return a.straight ? a.length > b.length + 1e-9 : a.rSquared > b.rSquared;
}

/** The exponent that puts the bins' means at the places where its own law has them. */
export function fitBins(binned: LogBins) {
  const y = binned.means.map(Math.log);
  let exponent = 1, fit = polynomialFit(logPlaces(binned, exponent), y, binned.counts, 1);
  for (let round = 0; round < 20; round++) {
    const next = -fit.coefficients[1];
    const settled = Math.abs(next - exponent) < 1e-10;
    exponent = next;
    if (settled) break;
    fit = polynomialFit(logPlaces(binned, exponent), y, binned.counts, 1);
  }
  return { exponent, logAmplitude: fit.coefficients[0], rSquared: fit.rSquared };
}

function jackknife({ ranges, means, counts }: LogBins): number {
  const n = means.length;
  if (n < 3) return NaN;
  const without = Array.from({ length: n }, (_, left) =>
    fitBins({
      ranges: ranges.filter((_, i) => i !== left),
      means: means.filter((_, i) => i !== left),
      counts: counts.filter((_, i) => i !== left),
    }).exponent);
  return (n - 1) * Math.sqrt(sampleVariance(without) / n);
}

/** @throws {RangeError} if the window or a value in it will not do. */
function checkWindow(values: ArrayLike<number>, [from, to]: readonly [number, number]) {
  for (const [name, k] of [["from", from], ["to", to]] as const) {
    checkInteger(name, k, { most: values.length });
  }
  const points = to - from + 1;
  if (points < LEAST_POINTS) {
    throw new RangeError(
      `the window from ${from} to ${to} has ${Math.max(0, points)} points; ` +
        `a fit needs ${LEAST_POINTS} at least`,
    );
  }
  for (let k = from; k <= to; k++) {
    if (!(values[k - 1] > 0 && values[k - 1] < Infinity)) {
      throw new RangeError(
        `values[${k - 1}] is ${values[k - 1]}; a log fit needs positive finite values: ` +
          "end the window before it",
      );
    }
  }
}
