/**
 * One network from one start: with a share of its initial function, as an antisymmetric pair, from
 * smaller weights, or linearized. This module and what it reaches are the code of the run.
 *
 * @module
 */
import { cifar10, targets } from "../../../datasets/mod.ts";
import { gradientFlow, linearizedFlow, type Trajectory } from "../../../dynamics/mod.ts";
import { antisymmetric, type Network } from "../../../networks/mod.ts";
import type { Control, Tensor } from "../../../numerics/mod.ts";
import { type NetworkConfiguration, networkOf } from "./network_of.ts";
import type { Computation, RunControl } from "../../study/study.ts";
import { rounded } from "./linearization_record.ts";

/**
 * Where training starts. "function": a share c of f_0 is kept, that is, f − (1 − c) f_0 is trained;
 * "antisymmetric": two copies that cancel; "weights": θ_0 times a factor; "linearized": the network
 * linearized at θ_0, in three parts.
 */
export type StartKind = "function" | "antisymmetric" | "weights" | "linearized";

/** What it rests on. */
export interface StartInput extends NetworkConfiguration {
  readonly study: "initial weights";
  readonly n: number;
  readonly testImages: number;
  readonly tolerance: number;
  readonly seed: number;
  /** Recorded times, past 0. */
  readonly record: readonly number[];
  readonly start: StartKind;
  /** c, or the factor of the weights; 1 of the others. */
  readonly share: number;
  /** Of "weights": it ends where no more than this share of ½‖Y‖² is left. */
  readonly left?: number;
}

/** The columns of a flow, an entry for each recorded time and the start. */
export interface StartFlow {
  readonly time: number[];
  readonly loss: number[];
  readonly lossDrop: number[];
  readonly displacementSquared: number[];
  readonly pathLength: number[];
}

/** A flow from one start. */
export interface FlowFromStart extends StartFlow {
  readonly start: Exclude<StartKind, "linearized">;
  readonly share: number;
  /** ‖f(θ_0)‖² over the training images, as trained: with c². */
  readonly initialSquared: number;
  /** Over the test images, at the end; of what was trained. */
  readonly testAccuracy: number;
  /** Work in full gradients of this network, and the seconds it took here. */
  readonly gradients: number;
  readonly seconds: number;
}

/** The linearized network's flow with its whole residue, that of f_0 alone and that of the labels. */
export interface LinearizedParts {
  readonly start: "linearized";
  readonly whole: StartFlow;
  readonly initial: StartFlow;
  readonly labels: StartFlow;
  readonly initialSquared: number;
}

/** What a run gives. */
export type StartRun = FlowFromStart | LinearizedParts;

/**
 * The flow from one start.
 *
 * @throws {RangeError} if the loss has no gradient there, as a deep network's at weights of zero
 */
export const startRealization: Computation<StartInput, StartRun> = {
  module: import.meta.url,
  compute: async (input, control) => {
    const { train, test } = await cifar10({ train: input.n, test: input.testImages });
    const one = networkOf(input);
    const network = input.start === "antisymmetric" ? antisymmetric(one) : one;
    const factor = input.start === "weights" ? input.share : 1;
    const parameters = network.init(input.seed).map(({ shape, data }) => ({
      shape,
      data: data.map((value) => factor * value),
    }));
    const ground = {
      ...{ network, parameters, images: train.images, y: targets(train.labels) },
      f0: await network.apply(parameters, train.images),
    };
    return input.start === "linearized"
      ? await linearizedParts(input, ground, control)
      : await flowFromStart(input, input.start, { ...ground, test }, control);
  },
};

/**
 * Near a saddle the kernel is small and soon another: there the exponential midpoint, the usual one
 * of dense layers, takes its shortest step, 0.5/λ_max, whatever its error.
 */
const SADDLE = "runge-kutta-chebyshev";

interface Ground {
  readonly network: Network;
  readonly parameters: Tensor[];
  readonly images: Tensor;
  readonly y: Tensor;
  /** Outputs at the start. */
  readonly f0: Tensor;
}

/** a y + b f_0: what the network itself must learn so that part of f_0 is not there. */
const mixed = ({ y, f0 }: Ground, a: number, b: number): Tensor => ({
  shape: y.shape,
  data: y.data.map((value, i) => a * value + b * f0.data[i]),
});

async function flowFromStart(
  { seed, width, share, record, tolerance, left, n }: StartInput,
  start: FlowFromStart["start"],
  ground: Ground & { readonly test: { readonly images: Tensor; readonly labels: Uint8Array } },
  { checkpoint, signal, onProgress }: RunControl,
): Promise<FlowFromStart> {
  const { network, parameters, images, test } = ground;
  const kept = start === "function" ? share : 1;
  const begun = performance.now();
  const half = 0.45 * n;
  const { trajectory, gradients, parameters: end } = await gradientFlow(
    network,
    { images, targets: mixed(ground, 1, 1 - kept) },
    {
      ...{ horizon: record[record.length - 1], record, tolerance, parameters },
      ...{ checkpoint, signal, onProgress },
      ...(start === "weights" && { solver: SADDLE }),
      ...(left !== undefined && { until: ({ loss }) => loss <= left * half }),
    },
  );
  signal?.throwIfAborted();
  if (trajectory.pathLength.at(-1) === 0) {
    throw new RangeError(
      `seed ${seed}: the loss has no gradient at the initial weights, and nothing moves; take a ` +
        `larger width than ${width}, or a larger factor of the weights than ${share}`,
    );
  }
  const seconds = (performance.now() - begun) / 1000;
  const initial = kept === 1 ? undefined : await network.apply(parameters, test.images);
  const outputs = (await network.apply(end, test.images)).data.map((value, i) =>
    value - (initial ? (1 - kept) * initial.data[i] : 0)
  );
  return {
    ...{ start, share, ...columnsOf(trajectory) },
    initialSquared: rounded(kept ** 2 * squared(ground.f0.data)),
    testAccuracy: accuracyOf(outputs, test.labels),
    ...{ gradients: rounded(gradients), seconds: rounded(seconds, 3) },
  };
}

/** Three flows with one kernel: their cross term is what is left of the whole. */
async function linearizedParts(
  { record }: StartInput,
  ground: Ground,
  { signal, onProgress }: Control,
): Promise<LinearizedParts> {
  const { network, parameters, images } = ground;
  const flow = async (part: number, targets: Tensor) => {
    const { trajectory } = await linearizedFlow(network, { images, targets }, {
      ...{ horizon: record[record.length - 1], record: record.slice(0, -1), parameters, signal },
      onProgress: ({ done, total }) => onProgress?.({ done: part + done / total, total: 3 }),
    });
    return columnsOf(trajectory);
  };
  return {
    start: "linearized",
    whole: await flow(0, mixed(ground, 1, 0)),
    initial: await flow(1, mixed(ground, 0, 0)),
    labels: await flow(2, mixed(ground, 1, 1)),
    initialSquared: rounded(squared(ground.f0.data)),
  };
}

function columnsOf(trajectory: Trajectory): StartFlow {
  const column = (name: keyof StartFlow) => Array.from(trajectory[name], (x) => rounded(x));
  return {
    time: column("time"),
    loss: column("loss"),
    lossDrop: column("lossDrop"),
    displacementSquared: column("displacementSquared"),
    pathLength: column("pathLength"),
  };
}

const squared = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);

function accuracyOf(outputs: Float32Array, labels: Uint8Array): number {
  const classes = outputs.length / labels.length;
  let correct = 0;
  labels.forEach((label, image) => {
    const own = outputs.subarray(image * classes, (image + 1) * classes);
    if (own.every((value, o) => o === label || value < own[label])) correct++;
  });
  return correct / labels.length;
}
