/**
 * Linear regression by simulation: what no formula of the law is used for.
 *
 * @module
 */
import { drawFrom, linearRegression, quadraticLandscape } from "../../dynamics/mod.ts";
import type { RegressionSettings } from "../../dynamics/mod.ts";
import {
  checkFunction,
  checkInstance,
  checkInteger,
  checkOptions,
  maybe,
} from "../../numerics/checks.ts";
import { type Control, eighSync } from "../../numerics/mod.ts";
import { ensembleInefficiency } from "./ensemble_inefficiency.ts";

/** T_SL of the stationary law by particles, and exactly. */
export interface SimulatedRegression {
  /** When the run ended: 6 relaxation times of the slowest mode. */
  readonly time: number;
  /** T_SL by particles … */
  readonly mean: number;
  readonly standardError: number;
  /** … exactly at that time, and at T = ∞. */
  readonly exact: number;
  readonly stationary: number;
}

/**
 * T_SL of a small problem at its end, by Langevin particles from the prior: W2² by assignment of
 * independent clouds, β⁻¹R by mean energies and nearest neighbours' entropies. Neither the law's
 * closed form nor Eq. 6 is in it.
 *
 * @param settings with few dimensions: 2 or so
 * @param seed of the problem, and of the particles
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if a setting is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { regressionByParticles } from "./regression_by_particles.ts";
 * const settings = { samples: 6, dimension: 2, beta: 4 };
 * const { mean, standardError, exact } = await regressionByParticles(settings, { particles: 400 });
 * assert(Math.abs(mean - exact) < 5 * standardError && standardError < 0.2 * exact);
 * ```
 */
export async function regressionByParticles(
  settings: RegressionSettings,
  options: Control & { readonly seed?: number; readonly particles?: number } = {},
): Promise<SimulatedRegression> {
  const { seed = 0, particles = 1600, ...control } = checkOptions("options", options, {
    seed: maybe(checkInteger, { least: 0 }),
    particles: maybe(checkInteger, { least: 100 }),
    ...{ onProgress: maybe(checkFunction), signal: maybe(checkInstance, AbortSignal) },
  });
  const { potential, prior, flow } = linearRegression(settings, { seed });
  const { values } = eighSync(potential.curvature);
  const slowest = values.reduce((a, b) => Math.min(a, b));
  const fastest = values.reduce((a, b) => Math.max(a, b));
  const time = 6 / slowest;
  const [measured] = await ensembleInefficiency(quadraticLandscape(potential), {
    ...{ beta: settings.beta, from: drawFrom(prior, particles, seed + 1), times: [time] },
    steps: Math.ceil(time * fastest / STEP),
    ...control,
  });
  const mean = measured.time / measured.mean;
  return {
    time,
    mean,
    standardError: mean * measured.standardError / measured.mean,
    exact: flow.speedLimit(time),
    stationary: flow.speedLimit(1e3 * time),
  };
}

/** Steps in units of 1/κ_max: Heun's scheme is off by its square. */
const STEP = 0.1;
