/**
 * Records the weights of a TensorFlow.js model while its user trains it.
 *
 * @module
 */
import {
  checkFunction,
  checkInteger,
  checkList,
  checkOptions,
  checkPositive,
  checkRecord,
  checkThat,
  maybe,
  must,
} from "../numerics/checks.ts";
import { concatenated } from "../numerics/vectors.ts";
import { type SnapshotRecorder, snapshotRecorder, type SnapshotTrajectory } from "./snapshots.ts";

/** What holds numbers: a `tf.Variable` or any tensor. */
export interface Readable {
  data(): Promise<ArrayLike<number>>;
}

/** What is recorded: a model (`tf.LayersModel`), or its variables in any fixed order. */
export type Recordable =
  | { readonly trainableWeights: readonly { read(): Readable }[] }
  | readonly Readable[];

/** Options of {@link weightRecorder}. */
export interface WeightRecorderOptions {
  /**
   * The loss that the optimizer descends, on *all* training data, with the same factor in front: the
   * time is that of dθ/dt = −∇loss.
   */
  readonly loss: () => number | Promise<number>;
  /** η: time moves on by it with each step. */
  readonly learningRate: number;
  /** Steps (batches) from one snapshot to the next. */
  readonly every?: number;
}

/** A recorder to be told of every step, or to be given to `model.fit`. */
export interface WeightRecorder {
  /** Records the start, before the first step; the callbacks do so by themselves. */
  start(): Promise<void>;
  /** To be called after each step. */
  step(): Promise<void>;
  /** For `model.fit(x, y, { callbacks })`. */
  readonly callbacks: {
    onTrainBegin(): Promise<void>;
    onBatchEnd(): Promise<void>;
    onTrainEnd(): Promise<void>;
  };
  /** The path so far. */
  trajectory(): SnapshotTrajectory;
}

/**
 * Records θ and the loss of a bare network while it is trained, as a trajectory for `inefficiency`.
 *
 * The bound T ≥ T_SL is one for gradient flow: full batches and small steps of plain gradient descent
 * come close to it; momentum, Adam and small batches do not obey it.
 *
 * @param network a `tf.LayersModel` or a list of `tf.Variable`s
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if the learning rate is not positive, `every` is no integer from 1 up, or there
 * are no weights
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inefficiency } from "../bounds/mod.ts";
 * import { tensorflow } from "../tensorflow/mod.ts";
 * import { weightRecorder } from "./weight_recorder.ts";
 *
 * const tf = await tensorflow();
 * const x = tf.variable(tf.tensor1d([1])); // θ' = −2θ, by hand
 * const loss = () => tf.sum(tf.square(x));
 * const recorder = weightRecorder([x], { loss: () => loss().dataSync()[0], learningRate: 0.01 });
 * const optimizer = tf.train.sgd(0.01);
 * await recorder.start();
 * for (let step = 0; step < 50; step++) {
 *   optimizer.minimize(() => loss().asScalar());
 *   await recorder.step();
 * }
 * const { inefficiency: ratio } = inefficiency(recorder.trajectory());
 * assert(Math.abs(ratio[50] - 0.5 / Math.tanh(0.5)) < 0.02); // λT = 1
 * ```
 */
export function weightRecorder(
  network: Recordable,
  options: WeightRecorderOptions,
): WeightRecorder {
  checkNetwork(network);
  const { loss, learningRate, every = 1 } = checkOptions("options", options, {
    loss: checkFunction,
    learningRate: checkPositive,
    every: maybe(checkInteger),
  });
  const readables = () =>
    "trainableWeights" in network ? network.trainableWeights.map((w) => w.read()) : network;
  if (readables().length === 0) throw new RangeError("the network has no weights to record");
  const snapshots: SnapshotRecorder = snapshotRecorder();
  let steps = 0, recorded = -1;

  const record = async () => {
    if (recorded === steps) return;
    recorded = steps;
    const parts = await Promise.all(readables().map((variable) => variable.data()));
    snapshots.add(concatenated(parts), { time: steps * learningRate, loss: await loss() });
  };
  const step = async () => {
    if (recorded < 0) throw new Error("start() must come before the first step");
    steps++;
    if (steps % every === 0) await record();
  };
  return {
    start: record,
    step,
    callbacks: { onTrainBegin: record, onBatchEnd: step, onTrainEnd: record },
    trajectory: snapshots.trajectory,
  };
}

const WEIGHT_CHECK = must(checkRecord, { read: checkFunction });
const VARIABLE_CHECK = must(checkRecord, { data: checkFunction });

function checkNetwork(network: Recordable) {
  checkThat(
    "network",
    network,
    typeof network === "object" && network !== null,
    "a model with trainableWeights, or a list of variables",
  );
  if ("trainableWeights" in network) {
    checkList("network.trainableWeights", network.trainableWeights, WEIGHT_CHECK);
  } else {
    checkList("network", network, VARIABLE_CHECK);
  }
}
