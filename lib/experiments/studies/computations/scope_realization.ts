/**
 * One network on one choice of images and labels: its flow, and the linearized network's beside it,
 * in three parts. This module and what it reaches are the code of the run.
 *
 * @module
 */
import {
  cifar10,
  type LabelledImages,
  noisyLabels,
  ofClasses,
  randomLabels,
  targets,
} from "../../../datasets/mod.ts";
import { gradientFlow, linearizedFlow, type Trajectory } from "../../../dynamics/mod.ts";
import type { Network } from "../../../networks/mod.ts";
import type { Control, Tensor } from "../../../numerics/mod.ts";
import { type NetworkConfiguration, networkOf } from "./network_of.ts";
import { rounded } from "./linearization_record.ts";
import type { Computation, RunControl } from "../../study/study.ts";

/** Whose labels are learnt: the images' own, or drawn anew. */
export type LabelKind = "true" | "random";

/** Which images, and which labels they get. */
export interface ScopeData {
  readonly n: number;
  readonly testImages: number;
  /** Draws the images; the first of the dataset if left out. */
  readonly images?: number;
  /** The classes that there are, by their labels; all if left out. */
  readonly classes?: readonly number[];
  readonly labels: LabelKind;
  /** Share of the training labels that is changed to another class. */
  readonly noise: number;
  /** Of the network, and of the draw of labels. */
  readonly seed: number;
}

/** What a run rests on. */
export interface ScopeInput extends NetworkConfiguration, ScopeData {
  readonly study: "scope";
  readonly tolerance: number;
  /** Recorded times, past 0. */
  readonly record: readonly number[];
  /** The flow ends where no more than this share of ½‖Y‖² is left. */
  readonly left: number;
}

/** ΔL and ‖Δθ‖² of a linearized flow, an entry for each time of the network's own. */
export interface LinearizedPart {
  readonly lossDrop: number[];
  readonly displacementSquared: number[];
}

/** What a run gives: columns with an entry for each recorded time, and the start. */
export interface ScopeRun {
  readonly time: number[];
  readonly loss: number[];
  readonly lossDrop: number[];
  readonly displacementSquared: number[];
  readonly pathLength: number[];
  readonly lambdaMax: number[];
  /** Mean over test images of ½‖f − y‖², and their accuracy, by their own labels. */
  readonly testLoss: number[];
  readonly testAccuracy: number[];
  /** ‖f(θ_0)‖² over the training images. */
  readonly initialSquared: number;
  /** How many labels are not the images' own. */
  readonly wrongLabels: number;
  /** The network linearized at θ_0: from f_0 to the labels, to zero, from zero to the labels. */
  readonly linearized: Readonly<Record<"whole" | "initial" | "labels", LinearizedPart>>;
  /** Work in full gradients, and the seconds it took here. */
  readonly gradients: number;
  readonly seconds: number;
}

/** Of the linearized flows' columns: a tenth of what is told of them. */
const LINEARIZED = 1e-4;

/**
 * The flow on some images and labels.
 *
 * @throws {RangeError} if the classes have too few images, or the loss has no gradient at the start
 */
export const scopeRealization: Computation<ScopeInput, ScopeRun> = {
  module: import.meta.url,
  compute: async (input, control) => {
    const begun = performance.now();
    const { train, test, labels } = await scopeData(input);
    const network = networkOf(input);
    const parameters = network.init(input.seed);
    const y = targets(labels);
    const silent = 0.45 * input.n;
    const { trajectory, gradients } = await flowOf(input, { network, parameters, y, train, test }, {
      control,
      until: ({ loss }) => loss <= input.left * silent,
    });
    const f0 = await network.apply(parameters, train.images);
    const column = (values: Float64Array) => Array.from(values, (x) => rounded(x, 7));
    const { observed } = trajectory;
    return {
      time: column(trajectory.time),
      loss: column(trajectory.loss),
      lossDrop: column(trajectory.lossDrop),
      displacementSquared: column(trajectory.displacementSquared),
      pathLength: column(trajectory.pathLength),
      lambdaMax: Array.from(observed.lambdaMax, (x) => rounded(x, 4)),
      testLoss: Array.from(observed.testLoss, (x) => rounded(x, 5)),
      testAccuracy: Array.from(observed.testAccuracy, (x) => rounded(x, 5)),
      initialSquared: rounded(f0.data.reduce((sum, value) => sum + value * value, 0)),
      wrongLabels: labels.filter((label, i) => label !== train.labels[i]).length,
      linearized: await linearizedParts(
        { network, parameters, images: train.images, y, f0 },
        { time: trajectory.time, control },
      ),
      gradients: rounded(gradients, 4),
      seconds: rounded((performance.now() - begun) / 1000, 3),
    };
  },
};

/**
 * The images and the labels that are learnt. Of some classes the first n in the order of the dataset,
 * or of the draw, so that fewer images are the beginning of more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scopeData } from "./scope_realization.ts";
 * const { train, test, labels } = await scopeData({
 *   ...{ n: 20, testImages: 10, classes: [3, 5], labels: "true", noise: 0.5, seed: 0 },
 * });
 * assert(train.labels.every((label) => label === 3 || label === 5) && test.labels.length === 10);
 * assert.equal(labels.filter((label, i) => label !== train.labels[i]).length, 10);
 * ```
 */
export async function scopeData(
  { n, testImages, images, classes, labels: kind, noise, seed }: ScopeData,
): Promise<{ train: LabelledImages; test: LabelledImages; labels: Uint8Array }> {
  const { train, test } = classes
    ? await imagesOfClasses({ n, testImages, images, classes })
    : await cifar10({ train: n, test: testImages, seed: images });
  const own = kind === "random" ? randomLabels(train.labels, { seed, classes }) : train.labels;
  return { train, test, labels: noisyLabels(own, { share: noise, seed, classes }) };
}

/** The first images of some classes, read as far as they lie. */
async function imagesOfClasses(
  { n, testImages, images, classes }:
    & Pick<ScopeData, "n" | "testImages" | "images">
    & { readonly classes: readonly number[] },
): Promise<{ train: LabelledImages; test: LabelledImages }> {
  const [most, mostTest] = [50_000, 10_000];
  for (let times = 1.3;; times *= 2) {
    const read = (count: number, of: number) =>
      Math.min(of, Math.ceil(count * times * 10 / classes.length) + 50);
    const [trainRead, testRead] = [read(n, most), read(testImages, mostTest)];
    const { train, test } = await cifar10({ train: trainRead, test: testRead, seed: images });
    const [rows, testRows] = [ofClasses(train.labels, classes), ofClasses(test.labels, classes)];
    if (rows.length >= n && testRows.length >= testImages) {
      return {
        train: taken(train, rows.slice(0, n)),
        test: taken(test, testRows.slice(0, testImages)),
      };
    }
    if (trainRead === most && testRead === mostTest) {
      throw new RangeError(
        `classes [${classes}] have ${rows.length} training and ${testRows.length} test images; ` +
          `n is ${n}, testImages ${testImages}`,
      );
    }
  }
}

/** Some of the images. */
function taken({ images, labels }: LabelledImages, rows: readonly number[]): LabelledImages {
  const size = images.data.length / labels.length;
  const data = new Float32Array(rows.length * size);
  rows.forEach((row, i) => data.set(images.data.subarray(row * size, (row + 1) * size), i * size));
  return {
    images: { shape: [rows.length, ...images.shape.slice(1)], data },
    labels: Uint8Array.from(rows, (row) => labels[row]),
  };
}

async function flowOf(
  { seed, width, record, tolerance }: ScopeInput,
  { network, parameters, y, train, test }: {
    readonly network: Network;
    readonly parameters: Tensor[];
    readonly y: Tensor;
    readonly train: LabelledImages;
    readonly test: LabelledImages;
  },
  { control: { checkpoint, signal, onProgress }, until }: {
    readonly control: RunControl;
    readonly until: (now: { readonly loss: number }) => boolean;
  },
) {
  const flow = await gradientFlow(network, { images: train.images, targets: y }, {
    ...{ horizon: record[record.length - 1], record, tolerance, parameters, test, until },
    ...{ checkpoint, signal, onProgress },
  });
  signal?.throwIfAborted();
  if (flow.trajectory.pathLength.at(-1) !== 0) return flow;
  throw new RangeError(
    `seed ${seed}: the loss has no gradient at the initial weights, and nothing moves; take a ` +
      `larger width than ${width}, or another seed`,
  );
}

/** Three flows with one kernel, at the times of the network's own. */
async function linearizedParts(
  { network, parameters, images, y, f0 }: {
    readonly network: Network;
    readonly parameters: Tensor[];
    readonly images: Tensor;
    readonly y: Tensor;
    readonly f0: Tensor;
  },
  { time, control: { signal } }: {
    readonly time: Trajectory["time"];
    readonly control: Control;
  },
): Promise<ScopeRun["linearized"]> {
  const record = Array.from(time.subarray(1, -1));
  const flow = async (a: number, b: number): Promise<LinearizedPart> => {
    const targets = { shape: y.shape, data: y.data.map((value, i) => a * value + b * f0.data[i]) };
    const { trajectory } = await linearizedFlow(network, { images, targets }, {
      ...{ horizon: time[time.length - 1], record, parameters, signal, tolerance: LINEARIZED },
    });
    const column = (values: Float64Array) => Array.from(values, (x) => rounded(x, 7));
    return {
      lossDrop: column(trajectory.lossDrop),
      displacementSquared: column(trajectory.displacementSquared),
    };
  };
  return { whole: await flow(1, 0), initial: await flow(0, 0), labels: await flow(1, 1) };
}
