/**
 * Overdamped Langevin dynamics of many particles.
 *
 * @module
 */
import { checkBeta } from "../../bounds/free_energy.ts";
import { type Gaussian, toGaussian } from "../../bounds/gaussian.ts";
import {
  checkInteger,
  checkNumbers,
  checkOptions,
  checkPositive,
  checkThat,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { CONTROL_CHECKS } from "../../numerics/control.ts";
import { eventTurns } from "../../numerics/event_turns.ts";
import {
  type Control,
  eighSync,
  type Matrix,
  type MatrixLike,
  randomStream,
  toMatrix,
} from "../../numerics/mod.ts";
import { evenTimes, interruption, solveOde, startState, unfold } from "../../numerics/ode/mod.ts";
import { checkGradient, checkLandscape, type Landscape } from "./landscape.ts";
import {
  checkScheme,
  type LangevinScheme,
  langevinSolver,
  type LangevinTerm,
} from "./langevin_schemes.ts";

/** Options of {@link langevin}. */
export interface LangevinOptions extends Control {
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
  readonly scheme?: LangevinScheme;
  readonly seed?: number;
  /** Steps whose positions are kept, beside 0 and the last. */
  readonly record?: readonly number[];
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
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if an option is out of range, dimensions differ, or the landscape's gradient
 * is not that of its value
 * @throws {Error} if a position becomes infinite or NaN, naming step and particle
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussian } from "../../bounds/mod.ts";
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
  checkLandscape("landscape", landscape);
  checkLangevinOptions(options);
  const { horizon, steps, scheme = "heun", seed = 0, record = [], onProgress, signal } = options;
  const solver = langevinSolver(scheme);
  const d = landscape.dimension;
  const start = startOf(options, d, seed);
  checkGradient(landscape, someRows(start, 5));

  const kept = new Set([0, ...record, steps]);
  const time: number[] = [], positions: Matrix[] = [];
  const keep = (at: number, data: Float64Array) => {
    time.push(at);
    positions.push({ ...start, data: data.slice() });
  };
  keep(0, start.data);
  await onProgress?.({ done: 0, total: steps });

  const turn = eventTurns();
  const term = langevinTerm(landscape, start.data.length, options);
  const first = startState(
    { position: start.data, point: term.evaluate(start.data, 0) },
    solver.controller,
  );
  await unfold(solveOde(term, first, {
    ...{ solver, horizon, interruption: interruption(signal) },
    stops: evenTimes(horizon, steps),
    recorder: {
      take: ({ after: { position, step, time } }) => checkInside(position, d, step, time),
    },
    async after({ position, step, time }, stopped) {
      if (kept.has(step) || stopped) keep(time, position);
      await onProgress?.({ done: step, total: steps });
      await turn();
    },
  }));
  return { time: Float64Array.from(time), positions };
}

/** −∇U of all particles, and their noise, a step after another. */
function langevinTerm(
  landscape: Landscape,
  size: number,
  { beta, seed = 0 }: LangevinOptions,
): LangevinTerm {
  const d = landscape.dimension;
  const noise = randomStream(seed, "dynamics/langevin noise");
  const xi = new Float64Array(size);
  return {
    evaluate(positions, time) {
      const velocity = new Float64Array(size);
      for (let p = 0; p < size; p += d) {
        landscape.gradient(positions.subarray(p, p + d), time, velocity.subarray(p, p + d));
      }
      for (let i = 0; i < size; i++) velocity[i] = -velocity[i];
      return { velocity };
    },
    kick(h) {
      noise.normal(xi);
      const size = Math.sqrt(2 * h / beta);
      for (let i = 0; i < xi.length; i++) xi[i] *= size;
      return xi;
    },
  };
}

function checkInside(positions: Float64Array, d: number, step: number, time: number) {
  const bad = positions.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw new Error(
    `particle ${Math.floor(bad / d)} is at ${positions[bad]} at step ${step} (time ${time}); ` +
      "try more steps",
  );
}

const checkStart = (name: string, from: LangevinOptions["from"]) =>
  checkThat(
    name,
    from,
    typeof from === "object" && from !== null,
    "a Gaussian { mean, covariance }, or the particles' positions as a matrix",
  );

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
 * @throws {TypeError} if the law is no Gaussian
 * @throws {RangeError} if the count is no integer from 1 up, or the seed none from 0 up
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussian } from "../../bounds/mod.ts";
 * import { drawFrom } from "./langevin.ts";
 * const { rows, data } = drawFrom(gaussian([5], [[0.01]]), 1000, 0);
 * const mean = data.reduce((sum, x) => sum + x, 0) / rows;
 * assert(Math.abs(mean - 5) < 0.02);
 * ```
 */
export function drawFrom(law: Gaussian, count: number, seed: number): Matrix {
  const { mean, covariance } = toGaussian(law, "law");
  checkInteger("count", count);
  checkInteger("seed", seed, { least: 0 });
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

function checkLangevinOptions(options: LangevinOptions) {
  const { steps, record = [] } = checkOptions("options", options, {
    beta: checkBeta,
    from: checkStart,
    particles: maybe(checkInteger),
    horizon: must(checkPositive, "a positive time"),
    steps: checkInteger,
    scheme: maybe(checkScheme),
    seed: maybe(checkInteger, { least: 0 }),
    record: maybe(checkNumbers),
    ...CONTROL_CHECKS,
  });
  const outside = Array.from(record).find((step) =>
    !(Number.isInteger(step) && step >= 0 && step <= steps)
  );
  if (outside !== undefined) {
    throw new RangeError(`record contains ${outside}; it must hold integers from 0 to ${steps}`);
  }
}
