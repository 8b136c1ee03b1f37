/**
 * T/T_SL of Langevin dynamics by particles alone.
 *
 * @module
 */
import { ensembleEntropyProduction, ensembleW2Squared } from "../../bounds/mod.ts";
import { type Landscape, langevin } from "../../dynamics/mod.ts";
import {
  checkFunction,
  checkInstance,
  checkInteger,
  checkNumbers,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
} from "../../numerics/checks.ts";
import { type Control, type MatrixLike, toMatrix } from "../../numerics/mod.ts";

/** Options of {@link ensembleInefficiency}. */
export interface EnsembleInefficiencyOptions extends Control {
  readonly beta: number;
  /** [particles, dimension], independent draws of the initial law. */
  readonly from: MatrixLike;
  /** Increasing times > 0; the last is where the run ends. */
  readonly times: readonly number[];
  /** Steps of the run; the times are rounded to whole ones. */
  readonly steps: number;
}

/** A ratio T/T_SL with its error. */
export interface MeasuredInefficiency {
  readonly time: number;
  readonly mean: number;
  /** From batches of particles. */
  readonly standardError: number;
}

/**
 * T/T_SL at some times, W2² and β⁻¹R both estimated from the particles of one run (by order or
 * assignment, and by nearest neighbours), in a landscape that does not change in time.
 *
 * The errors of W2² and β⁻¹R are added as if they were independent.
 *
 * @throws {RangeError} if times do not increase, or as `langevin` and the estimates do
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussian } from "../../bounds/mod.ts";
 * import { drawFrom, ornsteinUhlenbeck, quadraticLandscape } from "../../dynamics/mod.ts";
 * import { ensembleInefficiency } from "./ensemble_inefficiency.ts";
 *
 * const bowl = { minimum: [0], curvature: [[1]] }, start = gaussian([2], [[1]]);
 * const [{ mean, standardError }] = await ensembleInefficiency(quadraticLandscape(bowl), {
 *   ...{ beta: 1, from: drawFrom(start, 4000, 0), times: [1], steps: 50 },
 * });
 * const exact = ornsteinUhlenbeck(bowl, 1, start).inefficiency(1);
 * assert(Math.abs(mean - exact) < 5 * standardError && standardError < 0.1);
 * ```
 */
export async function ensembleInefficiency(
  landscape: Landscape,
  options: EnsembleInefficiencyOptions,
): Promise<MeasuredInefficiency[]> {
  checkRecord("landscape", landscape, {
    ...{ dimension: checkInteger, value: checkFunction, gradient: checkFunction },
  }, "a landscape");
  const { beta, from, times, steps, ...control } = checkOptions("options", options, {
    ...{ beta: checkPositive, from: (name, value) => toMatrix(value, name), times: checkNumbers },
    steps: checkInteger,
    ...{ onProgress: maybe(checkFunction), signal: maybe(checkInstance, AbortSignal) },
  });
  times.forEach((t, i) => {
    if (!(t > (i === 0 ? 0 : times[i - 1]))) {
      throw new RangeError(`times[${i}] is ${t}; times must be positive and increase`);
    }
  });
  const start = toMatrix(from, "from");
  const horizon = times[times.length - 1];
  const record = times.map((t) => Math.round(t / horizon * steps));
  const { time, positions } = await langevin(landscape, {
    ...{ beta, from: start, horizon, steps, record },
    ...control,
  });
  // Entry 0 is the start; a run that was stopped has fewer than it was asked for.
  return positions.slice(1).map((to, i) => {
    const energy = (x: Float64Array) => landscape.value(x, 0);
    const moved = ensembleW2Squared(start, to);
    const produced = ensembleEntropyProduction({ from: start, to, energy, beta });
    const mean = time[i + 1] * produced.value / moved.value;
    const relative = Math.hypot(
      produced.standardError / produced.value,
      moved.standardError / moved.value,
    );
    return { time: time[i + 1], mean, standardError: mean * relative };
  });
}
