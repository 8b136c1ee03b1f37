/**
 * Discrete descent on the squared error, with the thermodynamic account of its path.
 *
 * @module
 */
import { flatten, type Network, type TensorLike, unflatten } from "../../networks/mod.ts";
import { eventTurns } from "../../numerics/event_turns.ts";
import type { Tensor } from "../../numerics/mod.ts";
import { squaredNorm } from "../../numerics/vectors.ts";
import { type LossAndGradient, squaredError, testColumns, type TestSet } from "./squared_error.ts";
import { type Trajectory, trajectoryRecorder } from "./trajectory.ts";

/** What a network is trained on. */
export interface TrainingSet {
  /** [n, …image shape] */
  readonly images: TensorLike;
  /** [n, outputs]; for classes one-hot − 1/10. */
  readonly targets: TensorLike;
}

/** Options of {@link descend}. */
export interface DescentOptions {
  /** The rule of a step; so far full-batch gradient descent. */
  readonly optimizer?: "gradient-descent";
  /** η: θ ← θ − η ∇L, or a function of the step's number from 0. Time advances by η. */
  readonly learningRate: number | ((step: number) => number);
  readonly steps: number;
  /** Where to start; the network's own initialization with `seed` by default. */
  readonly parameters?: readonly TensorLike[];
  readonly seed?: number;
  /** c in L = c · ½ Σ ‖f(x) − y‖²; 1/n gives the mean. */
  readonly scale?: number;
  /**
   * Steps after which an entry is recorded; 0 (the start) and the last are always there. By
   * default every step, or from 1000 steps on about 1000, denser at the start.
   */
  readonly record?: readonly number[];
  /** Images and labels whose loss and accuracy are observed at every entry. */
  readonly test?: TestSet;
  /** Called and awaited after every step; done and total count steps. */
  readonly onProgress?: (
    progress: { done: number; total: number; note: string },
  ) => void | Promise<void>;
  /** Ends the run early, with what there is so far: a progress bar's, for a notebook's stop button. */
  readonly signal?: AbortSignal;
}

/** What {@link descend} gives. */
export interface Descent {
  readonly trajectory: Trajectory;
  /** The parameters at the end, in layer order. */
  readonly parameters: Tensor[];
}

/**
 * A loss difference below this fraction of the loss is taken from the gradients: there the
 * difference of two float32 losses keeps fewer than four digits, while the trapezoid's relative
 * error, (ηλ)²/12, is below 1e-7.
 */
const CANCELLATION = 1e-3;

/**
 * Full-batch gradient descent θ ← θ − η ∇L on L = ½ Σ ‖f(x_μ) − y_μ‖².
 *
 * Weights move in float64 and are rounded to float32 for each forward pass; the path's sums are
 * float64 sums of increments. The path length is that of the polygon through the steps.
 *
 * @throws {RangeError} if an option is out of range or shapes do not match.
 * @throws {Error} if the loss or gradient becomes infinite or NaN, naming step and quantity; the
 * error's `cause` holds the trajectory up to there.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../../networks/mod.ts";
 * import { descend } from "./descent.ts";
 *
 * const network = fullyConnected({ widths: [2, 16, 1] });
 * const images = { shape: [4, 2], data: new Float32Array([0, 1, 1, 0, 1, 1, -1, 1]) };
 * const targets = { shape: [4, 1], data: new Float32Array([1, -1, 0, 0]) };
 * const { trajectory } = await descend(network, { images, targets }, {
 *   learningRate: 0.01,
 *   steps: 50,
 * });
 * assert(trajectory.loss[50] < trajectory.loss[0]);
 * ```
 */
export async function descend(
  network: Network,
  { images, targets }: TrainingSet,
  options: DescentOptions,
): Promise<Descent> {
  const {
    optimizer = "gradient-descent",
    learningRate,
    steps,
    seed = 0,
    parameters = network.init(seed),
    scale = 1,
    record = defaultRecord(steps),
    test,
    onProgress,
    signal,
  } = options;
  checkOptions({ optimizer, learningRate, steps, scale, record });
  const rate = typeof learningRate === "number" ? () => learningRate : learningRate;
  const recorded = new Set([0, ...record, steps]);
  const loss = squaredError(network, images, targets, { scale });
  const observe = test ? testColumns(network, test) : () => Promise.resolve({});

  const start = flatten(parameters, network.shapes);
  const displacement = new Float64Array(start.length);
  const recorder = trajectoryRecorder(start.length);
  let [time, lossDrop, pathLength, stepSquaredSum] = [0, 0, 0, 0];
  let current = unflatten(start, network.shapes);
  let here = await loss(current);
  const turn = eventTurns();

  const fail = (quantity: string, value: number, step: number): never => {
    throw new Error(
      `the ${quantity} is ${value} at step ${step} (time ${time}); try a smaller learning rate`,
      { cause: recorder.trajectory() },
    );
  };

  for (let step = 0;; step++) {
    if (!Number.isFinite(here.loss)) fail("loss", here.loss, step);
    await turn();
    const stopped = signal?.aborted ?? false;
    if (recorded.has(step) || stopped) {
      const observed = await observe(current);
      recorder.record(
        { time, loss: here.loss, lossDrop, pathLength, stepSquaredSum, observed },
        displacement,
      );
    }
    await onProgress?.({ done: step, total: steps, note: `loss ${here.loss.toPrecision(4)}` });
    if (step === steps || stopped) break;

    const eta = rate(step);
    if (!(eta > 0 && eta < Infinity)) {
      throw new RangeError(`learningRate is ${eta} at step ${step}; it must be a positive number`);
    }
    const squared = squaredNorm(here.gradient);
    if (!Number.isFinite(squared)) fail("squared norm of the gradient", squared, step);
    for (let i = 0; i < displacement.length; i++) displacement[i] -= eta * here.gradient[i];
    current = unflatten(sumOf(start, displacement), network.shapes);
    const there = await loss(current);
    lossDrop += dropAlong(here, there, eta);
    time += eta;
    pathLength += eta * Math.sqrt(squared);
    stepSquaredSum += eta * eta * squared;
    here = there;
  }
  return { trajectory: recorder.trajectory(), parameters: current };
}

/** L(here) − L(there) after the step −η ∇L(here). */
function dropAlong(here: LossAndGradient, there: LossAndGradient, eta: number): number {
  const measured = here.loss - there.loss;
  if (Math.abs(measured) > CANCELLATION * here.loss) return measured;
  let product = 0;
  for (let i = 0; i < here.gradient.length; i++) {
    product += here.gradient[i] * (here.gradient[i] + there.gradient[i]);
  }
  return eta * product / 2;
}

const sumOf = (a: Float64Array, b: Float64Array) => a.map((value, i) => value + b[i]);

/** All steps of a short run; of a long one about 1000, their distance growing with the step. */
function defaultRecord(steps: number): number[] {
  if (steps <= 1000) return Array.from({ length: steps + 1 }, (_, step) => step);
  const points = 1000;
  return Array.from({ length: points }, (_, i) => {
    const share = (i + 1) / points;
    return Math.min(steps, Math.round(points * share + (steps - points) * share ** 3));
  });
}

function checkOptions(
  { optimizer, learningRate, steps, scale, record }: Required<
    Pick<DescentOptions, "optimizer" | "learningRate" | "steps" | "scale" | "record">
  >,
) {
  if (optimizer !== "gradient-descent") {
    throw new RangeError(`optimizer is "${optimizer}"; it must be "gradient-descent"`);
  }
  if (typeof learningRate !== "function" && !(learningRate > 0 && learningRate < Infinity)) {
    throw new RangeError(`learningRate is ${learningRate}; it must be a positive number`);
  }
  if (!(Number.isInteger(steps) && steps >= 0)) {
    throw new RangeError(`steps is ${steps}; it must be an integer ≥ 0`);
  }
  if (!(scale > 0 && scale < Infinity)) {
    throw new RangeError(`scale is ${scale}; it must be a positive number`);
  }
  const outside = record.find((step) => !(Number.isInteger(step) && step >= 0 && step <= steps));
  if (outside !== undefined) {
    throw new RangeError(`record contains ${outside}; it must hold integers from 0 to ${steps}`);
  }
}
