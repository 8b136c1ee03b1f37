/**
 * Overdamped Langevin dynamics of many particles.
 *
 * @module
 */
import { checkBeta } from "../bounds/free_energy.ts";
import { type Gaussian, toGaussian } from "../bounds/gaussian.ts";
import { eighSync, type Matrix, type MatrixLike, randomStream, toMatrix } from "../numerics/mod.ts";
import { eventTurns } from "../numerics/event_turns.ts";
import { checkGradient, type Landscape } from "./landscape.ts";

/** Options of {@link langevin}. */
export interface LangevinOptions {
  /** β > 0; the noise is √(2/β) dW. */
  readonly beta: number;
  /** Where the particles start: a law, of which `particles` are drawn, or their positions. */
  readonly from: Gaussian | MatrixLike;
  readonly particles?: number;
  /** The time from 0 to here … */
  readonly horizon: number;
  /** … in so many equal steps. */
  readonly steps: number;
  /** Weak order 1, or 2 (Heun's: with additive noise the second-order scheme of Platen). */
  readonly scheme?: "euler-maruyama" | "heun";
  readonly seed?: number;
  /** Steps whose positions are kept, beside 0 and the last. */
  readonly record?: readonly number[];
  readonly onProgress?: (progress: { done: number; total: number }) => void | Promise<void>;
  /** Ends the run early, with what was kept so far. */
  readonly signal?: AbortSignal;
}

/** Positions of all particles at some times. */
export interface Ensemble {
  readonly time: Float64Array;
  /** For each time a matrix [particles, dimension]. */
  readonly positions: readonly Matrix[];
}

/**
 * dx = −∇U(x, t) dt + √(2/β) dW for many particles at once.
 *
 * Expectations of smooth functions are wrong by O(h) with `euler-maruyama`, O(h²) with `heun`, at
 * twice the cost. The same seed gives the same paths.
 *
 * @throws {RangeError} if an option is out of range, dimensions differ, or the landscape's gradient
 * is not that of its value
 * @throws {Error} if a position becomes infinite or NaN, naming step and particle
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussian } from "../bounds/mod.ts";
 * import { doubleWell } from "./landscape.ts";
 * import { langevin } from "./langevin.ts";
 *
 * const { positions } = await langevin(doubleWell({ barrier: 2 }), {
 *   beta: 1,
 *   from: gaussian([-1], [[0.1]]),
 *   particles: 500,
 *   horizon: 5,
 *   steps: 500,
 * });
 * const right = positions[1].data.filter((x) => x > 0).length;
 * assert(right > 0 && right < 500);
 * ```
 */
export async function langevin(landscape: Landscape, options: LangevinOptions): Promise<Ensemble> {
  const { beta, horizon, steps, scheme = "heun", seed = 0, record = [], onProgress, signal } =
    options;
  checkOptions(options);
  const d = landscape.dimension;
  const start = startOf(options, d, seed);
  const { rows: particles } = start;
  checkGradient(landscape, someRows(start, 5));

  const h = horizon / steps;
  const kick = Math.sqrt(2 * h / beta);
  const noise = randomStream(seed, "dynamics/langevin noise");
  const x = start.data.slice();
  const size = x.length;
  const [xi, slope, ahead] = [0, 0, 0].map(() => new Float64Array(size));
  const slopesAt = (positions: Float64Array, t: number, into: Float64Array) => {
    for (let p = 0; p < size; p += d) {
      landscape.gradient(positions.subarray(p, p + d), t, into.subarray(p, p + d));
    }
  };
  const kept = new Set([0, ...record, steps]);
  const time: number[] = [], positions: Matrix[] = [];
  const turn = eventTurns();
  for (let step = 0;; step++) {
    const bad = x.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new Error(
        `particle ${Math.floor(bad / d)} is at ${x[bad]} at step ${step} ` +
          `(time ${step * h}); try more steps`,
      );
    }
    const stopped = signal?.aborted ?? false;
    if (kept.has(step) || stopped) {
      time.push(step === steps ? horizon : step * h);
      positions.push({ rows: particles, cols: d, data: x.slice() });
    }
    await onProgress?.({ done: step, total: steps });
    if (step === steps || stopped) break;
    noise.normal(xi);
    slopesAt(x, step * h, slope);
    if (scheme === "heun") {
      for (let i = 0; i < size; i++) ahead[i] = x[i] - h * slope[i] + kick * xi[i];
      const first = slope.slice();
      slopesAt(ahead, (step + 1) * h, slope);
      for (let i = 0; i < size; i++) x[i] += -h / 2 * (first[i] + slope[i]) + kick * xi[i];
    } else {
      for (let i = 0; i < size; i++) x[i] += -h * slope[i] + kick * xi[i];
    }
    await turn();
  }
  return { time: Float64Array.from(time), positions };
}

function startOf({ from, particles = 1000 }: LangevinOptions, d: number, seed: number): Matrix {
  if (!("covariance" in from)) {
    const given = toMatrix(from, "from");
    if (given.cols !== d || given.rows === 0) {
      throw new RangeError(
        `from has ${given.rows} points of ${given.cols} coordinates; the landscape has ${d}`,
      );
    }
    return given;
  }
  if (from.mean.length !== d) {
    throw new RangeError(`from has dimension ${from.mean.length}; the landscape has ${d}`);
  }
  return drawFrom(from, particles, seed);
}

/**
 * Independent draws of a Gaussian law, [count, d]; singular covariances too.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussian } from "../bounds/mod.ts";
 * import { drawFrom } from "./langevin.ts";
 * const { rows, data } = drawFrom(gaussian([5], [[0.01]]), 1000, 0);
 * const mean = data.reduce((sum, x) => sum + x, 0) / rows;
 * assert(Math.abs(mean - 5) < 0.02);
 * ```
 */
export function drawFrom(law: Gaussian, count: number, seed: number): Matrix {
  const { mean, covariance } = toGaussian(law, "law");
  if (!(Number.isInteger(count) && count > 0)) {
    throw new RangeError(`particles is ${count}; it must be an integer from 1 up`);
  }
  const d = mean.length;
  const { values, vectors } = eighSync(covariance);
  const roots = values.map((value) => Math.sqrt(Math.max(0, value)));
  const stream = randomStream(seed, "dynamics/initial positions");
  const data = new Float64Array(count * d);
  for (let p = 0; p < count; p++) {
    const z = stream.normal(d);
    for (let i = 0; i < d; i++) {
      let total = mean[i];
      for (let k = 0; k < d; k++) total += vectors.data[i * d + k] * roots[k] * z[k];
      data[p * d + i] = total;
    }
  }
  return { rows: count, cols: d, data };
}

function someRows({ rows, cols, data }: Matrix, count: number): Float64Array[] {
  return Array.from({ length: Math.min(rows, count) }, (_, i) => {
    const row = Math.floor(i * rows / count);
    return data.slice(row * cols, (row + 1) * cols);
  });
}

function checkOptions({ beta, horizon, steps, scheme = "heun", record = [] }: LangevinOptions) {
  checkBeta(beta);
  if (!(horizon > 0 && horizon < Infinity)) {
    throw new RangeError(`horizon is ${horizon}; it must be a positive time`);
  }
  if (!(Number.isInteger(steps) && steps > 0)) {
    throw new RangeError(`steps is ${steps}; it must be an integer from 1 up`);
  }
  if (scheme !== "heun" && scheme !== "euler-maruyama") {
    throw new RangeError(`scheme is "${scheme}"; it must be "heun" or "euler-maruyama"`);
  }
  const outside = record.find((step) => !(Number.isInteger(step) && step >= 0 && step <= steps));
  if (outside !== undefined) {
    throw new RangeError(`record contains ${outside}; it must hold integers from 0 to ${steps}`);
  }
}
