/**
 * What a descent is told, and what it tells.
 *
 * @module
 */
import type { Checkpoint } from "../../numerics/ode/mod.ts";
import type { TensorLike } from "../../networks/mod.ts";
import {
  checkFunction,
  checkInteger,
  checkNumber,
  checkOptions,
  checkPositive,
  maybe,
  must,
} from "../../numerics/checks.ts";
import type { Control } from "../../numerics/control.ts";
import type { Tensor } from "../../numerics/mod.ts";
import { checkpointWith, TRAINING_CHECKS } from "./checks.ts";
import {
  checkOptimizer,
  type Optimizer,
  type OptimizerName,
  type OptimizerState,
} from "./optimizers/mod.ts";
import type { LossAndGradient, TestSet } from "./squared_error.ts";
import type { RecorderState, Trajectory } from "./trajectory.ts";

/** What a network is trained on. */
export interface TrainingSet {
  /** [n, …image shape] */
  readonly images: TensorLike;
  /** [n, outputs]; for classes one-hot − 1/10. */
  readonly targets: TensorLike;
}

/** Options of {@link descend}; its progress counts steps. */
export interface DescentOptions extends Control {
  /** The rule of a step: a name, or an object of one's own. */
  readonly optimizer?: OptimizerName | Optimizer;
  /** η, or a function of the step's number from 0. Time advances by η, whatever the optimizer. */
  readonly learningRate: number | ((step: number) => number);
  /** μ of `heavy-ball` and `nesterov`, 0.9 by default. */
  readonly momentum?: number;
  readonly steps: number;
  /**
   * Images of a minibatch, 1 to n; by default, and with n, every step sees all images. Each epoch
   * goes through all images in a new order, without replacement; where the size does not divide n,
   * its last batch is as short as what is left.
   */
  readonly batchSize?: number;
  /** The n indices of an epoch, from 0, in their order; by default a permutation of the seed. */
  readonly order?: (epoch: number) => ArrayLike<number>;
  /** Where to start; the network's own initialization with `seed` by default. */
  readonly parameters?: readonly TensorLike[];
  /** Of the initialization, and of the order of minibatches. */
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
  /** Further columns of every entry, of the weights there: the same names each time. */
  readonly observe?: (parameters: readonly Tensor[]) => Promise<Readonly<Record<string, number>>>;
  /** Where the state is kept now and then, and found again by the same call. */
  readonly checkpoint?: DescentCheckpoint;
}

/** What {@link descend} gives. */
export interface Descent {
  readonly trajectory: Trajectory;
  /** The parameters at the end, in layer order. */
  readonly parameters: Tensor[];
  /** θ_T − θ_0 in float64, all parameters in layer order. */
  readonly displacement: Float64Array;
  /** The diagonal of Σ η M_i, of an optimizer with a preconditioner. */
  readonly integratedPreconditioner?: Float64Array;
}

/** Keeps the state of one descent. */
export type DescentCheckpoint = Checkpoint<DescentState>;

/** Sums over the steps so far. */
export interface DescentSums {
  /** Σ η */
  readonly time: number;
  /** L(θ_0) − L(θ); NaN with minibatches, which see it at entries only. */
  readonly lossDrop: number;
  /** Σ ‖δθ‖ */
  readonly pathLength: number;
  /** Σ ‖δθ‖² */
  readonly stepSquaredSum: number;
  /** −Σ ĝ·δθ, ĝ the gradient that the step was made of. */
  readonly firstOrderDrop: number;
  /**
   * The largest 2 (L(θ + δθ) − L(θ) − ∇L·δθ)/‖δθ‖²; NaN with minibatches and before a step. Near
   * convergence rounding swamps it.
   */
  readonly curvature: number;
  /** ‖δθ‖² of the last step. */
  readonly lastStepSquared: number;
}

/** What a checkpoint must share with the descent that goes on from it. */
export interface DescentConfiguration {
  /** The optimizer's name. */
  readonly optimizer: string;
  readonly momentum?: number;
  /** η; not there where it is a function, which cannot be compared. */
  readonly learningRate?: number;
  /** n where every step sees all images. */
  readonly batchSize: number;
  readonly seed: number;
  readonly scale: number;
  readonly parameters: number;
  /** ‖θ_0‖², which tells initial weights apart. */
  readonly startSquared: number;
}

/** All that a descent goes on from, as plain values. */
export interface DescentState extends DescentSums {
  readonly configuration: DescentConfiguration;
  readonly memory: OptimizerState;
  readonly step: number;
  readonly displacement: Float64Array;
  /** Loss and gradient at the displacement, where every step sees all images. */
  readonly point?: LossAndGradient;
  /** Σ η M_i, of an optimizer with a preconditioner. */
  readonly preconditioner?: Float64Array;
  readonly recorder: RecorderState;
}

/**
 * The options, if they make a descent of so many images; the optimizer's momentum is checked where
 * it is chosen.
 *
 * @throws {TypeError} naming the option, its value and what it may be
 * @throws {RangeError} likewise, if it is out of range
 */
export function checkDescentOptions(options: DescentOptions, imageCount: number): DescentOptions {
  const { steps, record = [], batchSize = imageCount, order } = checkOptions("options", options, {
    optimizer: maybe(checkOptimizer),
    learningRate: checkRate,
    momentum: maybe(checkNumber),
    steps: must(checkInteger, { least: 0 }),
    batchSize: maybe(checkInteger, { most: imageCount }),
    order: maybe(checkFunction),
    observe: maybe(checkFunction),
    ...TRAINING_CHECKS,
    // A step of a descent takes far less than to write its state.
    checkpoint: checkpointWith(checkPositive),
  });
  const outside = Array.from(record).find((step) =>
    !(Number.isInteger(step) && step >= 0 && step <= steps)
  );
  if (outside !== undefined) {
    throw new RangeError(`record contains ${outside}; it must hold integers from 0 to ${steps}`);
  }
  if (order && batchSize === imageCount) {
    throw new RangeError("order is given without minibatches; give a batchSize below n as well");
  }
  return options;
}

const checkRate = (name: string, rate: DescentOptions["learningRate"]) =>
  typeof rate === "function"
    ? rate
    : checkPositive(name, rate, "a positive number, or a function of the step");

/** All steps of a short run; of a long one about 1000, their distance growing with the step. */
export function defaultRecord(steps: number): number[] {
  if (steps <= 1000) return Array.from({ length: steps + 1 }, (_, step) => step);
  const points = 1000;
  return Array.from({ length: points }, (_, i) => {
    const share = (i + 1) / points;
    return Math.min(steps, Math.round(points * share + (steps - points) * share ** 3));
  });
}

/**
 * A checkpoint must be of this configuration, and not beyond the last step.
 *
 * @throws {Error} naming what differs
 */
export function checkKept(kept: DescentState, here: DescentConfiguration, steps: number) {
  const names = new Set([...Object.keys(here), ...Object.keys(kept.configuration ?? {})]);
  const differing = [...names].flatMap((name) => {
    const [there, now] = [kept.configuration, here].map((c) =>
      c?.[name as keyof DescentConfiguration]
    );
    return there === now ? [] : [`${name} is ${there} in it, ${now} in this descent`];
  });
  if (differing.length > 0) {
    throw new Error(
      `the checkpoint is of another configuration: ${differing.join("; ")}; ` +
        "delete or move it to start anew",
    );
  }
  if (kept.step > steps) {
    throw new RangeError(`steps is ${steps}; the checkpoint is at step ${kept.step} already`);
  }
}
