/**
 * What finite regression problems say of the limits: means over teachers, inputs and labels, beside
 * each limit's law.
 *
 * @module
 */
import type { Potential } from "../../bounds/mod.ts";
import {
  highDimension,
  highNoise,
  initialWeightsShareAtStart,
  type LinearRegression,
  linearRegression,
  manySamples,
  type RegressionSettings,
  regressionSettings,
} from "../../dynamics/mod.ts";
import {
  checkFunction,
  checkInteger,
  checkIterable,
  checkList,
  checkOptions,
  checkPositive,
  must,
} from "../../numerics/checks.ts";
import { sum } from "../../numerics/mod.ts";
import { type MeanAndError, meanAndError } from "../../statistics/mod.ts";

/** A mean over realizations and what a limit's law says it is. */
export interface MeasuredAndLimit {
  readonly samples: number;
  readonly dimension: number;
  readonly measured: MeanAndError;
  readonly limit: number;
}

const checkSeed = must(checkInteger, { least: 0 });

/**
 * The mean of a number over realizations of a regression problem, one for each seed.
 *
 * @throws {RangeError} if there are fewer than two seeds, or a setting is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { overTeachers } from "./regression_rows.ts";
 * const settings = { samples: 40, dimension: 5, beta: 10 };
 * const { mean } = overTeachers(settings, [0, 1, 2], ({ flow }) => flow.inefficiency(0.1));
 * assert(mean > 1);
 * ```
 */
export function overTeachers(
  settings: RegressionSettings,
  seeds: readonly number[],
  of: (problem: LinearRegression) => number,
): MeanAndError {
  regressionSettings(settings);
  checkList("seeds", seeds, checkSeed, 2);
  checkFunction("of", of);
  return meanAndError(seeds.map((seed) => of(linearRegression(settings, { seed }))));
}

/**
 * V = |θ|²/(2βs²), the ridge alone, whose Boltzmann law is the law of the initial weights.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { boltzmann } from "../../bounds/mod.ts";
 * import { ridgePotential } from "./regression_rows.ts";
 * const ridge = ridgePotential({ samples: 9, dimension: 2, beta: 4, priorStd: 3 });
 * assert(Math.abs(boltzmann(ridge, 4).covariance.data[0] - 9) < 1e-14);
 * ```
 */
export function ridgePotential(settings: RegressionSettings): Potential {
  const { dimension: d, beta, priorStd } = regressionSettings(settings);
  const data = new Float64Array(d * d);
  for (let i = 0; i < d; i++) data[i * d + i] = 1 / (beta * priorStd ** 2);
  return { minimum: new Float64Array(d), curvature: { rows: d, cols: d, data } };
}

/**
 * T_SL of the stationary law, measured and by the law of many samples.
 *
 * @param late a time by which the law is stationary
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stationaryRow } from "./regression_rows.ts";
 * const { measured, limit } = stationaryRow(
 *   { samples: 4000, dimension: 3, beta: 10 },
 *   { seeds: [0, 1, 2, 3], late: 1e3 },
 * );
 * assert(Math.abs(measured.mean / limit - 1) < 0.05);
 * ```
 */
export function stationaryRow(
  settings: RegressionSettings,
  options: { readonly seeds: readonly number[]; readonly late: number },
): MeasuredAndLimit {
  regressionSettings(settings);
  const { seeds, late } = checkOptions("options", options, {
    ...{ seeds: must(checkList, checkSeed, 2), late: checkPositive },
  });
  return {
    samples: settings.samples,
    dimension: settings.dimension,
    measured: overTeachers(settings, seeds, ({ flow }) => flow.speedLimit(late)),
    limit: manySamples(settings, Infinity).speedLimit,
  };
}

/** T/T_SL at T = 2/n, and beside it T_SL of the stationary law. */
export interface DimensionRow extends MeasuredAndLimit {
  readonly stationary: Pick<MeasuredAndLimit, "measured" | "limit">;
}

/**
 * T/T_SL at T = 2/n and T_SL(∞), each measured and by the law of many dimensions.
 *
 * @param seeds one after the other: as `tracked` gives them there is a bar, and the run can be stopped
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { dimensionRow } from "./regression_rows.ts";
 * const settings = { samples: 400, dimension: 100, beta: 4 };
 * const { measured, limit, stationary } = await dimensionRow(settings, [0, 1, 2]);
 * assert(Math.abs(measured.mean / limit - 1) < 0.02);
 * assert(Math.abs(stationary.measured.mean / stationary.limit - 1) < 0.02);
 * ```
 */
export async function dimensionRow(
  settings: RegressionSettings,
  seeds: Iterable<number> | AsyncIterable<number>,
): Promise<DimensionRow> {
  regressionSettings(settings);
  checkIterable("seeds", seeds);
  const { samples, dimension, beta, priorStd = 1 } = settings;
  const T = 2 / samples;
  const late = 100 * beta * priorStd ** 2; // of the ridge's relaxation times, the slowest there are
  const ratios: number[] = [], limits: number[] = [];
  for await (const seed of seeds) {
    const { flow } = linearRegression(settings, { seed });
    ratios.push(flow.inefficiency(T));
    limits.push(flow.speedLimit(late));
  }
  return {
    samples,
    dimension,
    measured: meanAndError(ratios),
    limit: highDimension(settings, T).inefficiency,
    stationary: {
      measured: meanAndError(limits),
      limit: highDimension(settings, Infinity).speedLimit,
    },
  };
}

/** The end of a noisy problem. */
export interface NoisyRow {
  readonly beta: number;
  /** βs², the time in which the ridge pulls a weight back. */
  readonly relaxation: number;
  readonly speedLimit: MeanAndError;
  /** |mean|²/|θ*|² of the stationary law. */
  readonly learnt: MeanAndError;
  /** The same two by the first order in β. */
  readonly forecast: { readonly speedLimit: number; readonly learnt: number };
}

/**
 * T_SL and what is learnt at the stationary law of a noisy problem.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { noisyRow } from "./regression_rows.ts";
 * const row = noisyRow({ samples: 50, dimension: 10, beta: 1e-6 }, [0, 1, 2, 3]);
 * assert(Math.abs(row.speedLimit.mean / row.forecast.speedLimit - 1) < 0.2);
 * assert(row.learnt.mean < 1e-6);
 * ```
 */
export function noisyRow(settings: RegressionSettings, seeds: readonly number[]): NoisyRow {
  regressionSettings(settings);
  const { beta, priorStd = 1, teacherNorm = 1 } = settings;
  const relaxation = beta * priorStd ** 2;
  return {
    beta,
    relaxation,
    speedLimit: overTeachers(settings, seeds, ({ flow }) => flow.speedLimit(1e3 * relaxation)),
    learnt: overTeachers(
      settings,
      seeds,
      ({ stationary: { mean } }) => sum(mean.map((m) => m * m)) / teacherNorm ** 2,
    ),
    forecast: highNoise(settings),
  };
}

/** Who owes the dissipation, at one standard deviation of the initial weights. */
export interface DissipationShare {
  readonly priorStd: number;
  /** The initial weights' share of β⁻¹R. */
  readonly share: MeanAndError;
  /** By the law of many dimensions, at the same T. */
  readonly expected: number;
  /** d s²/(d s² + |θ*|² + d σ²/((n + d + 1) v)), the share at the start, label noise included. */
  readonly atStart: number;
  /** T/T_SL of the whole law … */
  readonly whole: MeanAndError;
  /** … and of its mean alone. */
  readonly mean: MeanAndError;
}

/**
 * The part of β⁻¹R until T that is owed to random initial weights.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { dissipationShare } from "./regression_rows.ts";
 * const settings = { samples: 80, dimension: 20, beta: 4, priorStd: 1 };
 * const { share, expected } = dissipationShare(settings, { seeds: [0, 1, 2], T: 0.01 });
 * assert(Math.abs(share.mean / expected - 1) < 0.05);
 * ```
 */
export function dissipationShare(
  settings: RegressionSettings,
  options: { readonly seeds: readonly number[]; readonly T: number },
): DissipationShare {
  regressionSettings(settings);
  const { seeds, T } = checkOptions("options", options, {
    ...{ seeds: must(checkList, checkSeed, 2), T: checkPositive },
  });
  const { priorStd: s = 1 } = settings;
  const parts = seeds.map((seed) => {
    const { entropyProduction: r, w2Squared: w } = linearRegression(settings, { seed }).split(T);
    const [produced, moved] = [r.teacher + r.initialWeights, w.teacher + w.initialWeights];
    return {
      share: r.initialWeights / produced,
      mean: T * r.teacher / w.teacher,
      whole: T * produced / moved,
    };
  });
  return {
    priorStd: s,
    share: meanAndError(parts.map(({ share }) => share)),
    expected: highDimension(settings, T).initialWeightsShare,
    atStart: initialWeightsShareAtStart(settings),
    whole: meanAndError(parts.map(({ whole }) => whole)),
    mean: meanAndError(parts.map(({ mean }) => mean)),
  };
}
