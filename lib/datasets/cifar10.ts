import { createHash } from "node:crypto";
import {
  checkInteger,
  checkNumbers,
  checkOptions,
  checkText,
  checkThat,
  maybe,
  must,
} from "../numerics/checks.ts";
import { randomStream } from "../numerics/random.ts";
import type { Tensor } from "../numerics/tensor.ts";
import { cifar10Files, locateCifar10 } from "../resources/mod.ts";
import { perBatch, readBatches } from "./cifar10_batches.ts";

/**
 * The hash that stands for CIFAR-10's data in a run's key: of the SHA-256 of the original batches.
 * What is read is checked against these, so it need not be read for a key.
 */
export const cifar10Hash: string = createHash("sha256")
  .update(cifar10Files.map(({ path, sha256 }) => `${path} ${sha256}\n`).join("")).digest("hex")
  .slice(0, 16);

/** What the labels 0 … 9 stand for. */
export const cifar10Classes = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
] as const;

/**
 * Mean and standard deviation of red, green and blue over the pixels of the training images, black
 * being 0 and white 1: the values commonly published, deviations pooled over all images.
 */
export const cifar10Channels = {
  means: [0.4914, 0.4822, 0.4465],
  deviations: [0.2470, 0.2435, 0.2616],
} as const;

/** Images with their labels. */
export interface LabelledImages {
  /** [n, 32, 32, 3]: sample, row from the top, column from the left, channel; standardized. */
  readonly images: Tensor;
  /** n labels, 0 … 9: places in {@linkcode cifar10Classes}. */
  readonly labels: Uint8Array;
}

/** What to take from CIFAR-10. */
export interface Cifar10Options {
  /** How many of the 50000 training images, from 1. */
  readonly train: number;
  /** How many of the 10000 test images; none if left out. */
  readonly test?: number;
  /** Draws the images at random, without replacement; the first ones of the dataset if left out. */
  readonly seed?: number;
  /** A folder with the original binary batches; the one that the set-up made if left out. */
  readonly folder?: string;
}

/** How images are drawn, as a check of options takes it. */
export const DRAW_CHECKS = {
  seed: maybe(checkInteger, { least: 0 }),
  folder: maybe(checkText),
} as const;

/**
 * Images and labels of CIFAR-10, each channel standardized by {@linkcode cifar10Channels}.
 *
 * Without a seed they come in dataset order. With one they are the first so many of a random order
 * of the whole dataset, which depends on the seed alone: a larger subset of the same seed begins
 * with the smaller one. Training and test images are drawn independently.
 *
 * The batches that are read are checked by their SHA-256, once a process (0.04 s each), so that no
 * damaged one passes for the data.
 *
 * A. Krizhevsky, "Learning multiple layers of features from tiny images" (2009).
 *
 * @throws {RangeError} if `train`, `test` or `seed` is not an integer in its range
 * @throws {TypeError} if there is no option of a name, or the folder is no text
 * @throws {Error} if CIFAR-10 is not set up, or a batch is missing or is not the original one, with
 * what to do
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cifar10, cifar10Classes } from "./cifar10.ts";
 *
 * const { train } = await cifar10({ train: 10 });
 * assert.deepEqual(train.images.shape, [10, 32, 32, 3]);
 * assert.deepEqual([...train.labels], [6, 9, 9, 4, 1, 1, 2, 7, 8, 3]);
 * assert.equal(cifar10Classes[train.labels[0]], "frog");
 * ```
 */
// deno-lint-ignore require-await -- a rejection, not a throw, and free to read asynchronously
export async function cifar10(
  options: Cifar10Options,
): Promise<{ readonly train: LabelledImages; readonly test: LabelledImages }> {
  const { train, test = 0, seed, folder } = checkOptions("options", options, {
    train: must(checkInteger, { most: trainFiles.length * perBatch }),
    test: maybe(checkInteger, { least: 0, most: testFiles.length * perBatch }),
    ...DRAW_CHECKS,
  });
  const trainRows = choose("train", train, trainFiles.length * perBatch, seed);
  const testRows = choose("test", test, testFiles.length * perBatch, seed);
  const from = folder ?? locateCifar10();
  const images = (files: typeof cifar10Files, rows: Uint32Array): LabelledImages => {
    const { data, labels } = readBatches(from, files, rows, standardized);
    return { images: { shape: [rows.length, 32, 32, 3], data }, labels };
  };
  return { train: images(trainFiles, trainRows), test: images(testFiles, testRows) };
}

/**
 * The regression targets of labels: one-hot − 1/10, as a tensor [n, 10].
 *
 * @throws {RangeError} if a label is not an integer from 0 to 9
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { targets } from "./cifar10.ts";
 *
 * const { shape, data } = targets([2]);
 * assert.deepEqual(shape, [1, 10]);
 * assert.deepEqual([...data.subarray(1, 4)], [-0.1, 0.9, -0.1].map(Math.fround));
 * ```
 */
export function targets(labels: Uint8Array | Int32Array | readonly number[]): Tensor {
  checkNumbers("labels", labels, { gaps: true });
  const classes = cifar10Classes.length;
  const data = new Float32Array(labels.length * classes).fill(-1 / classes);
  for (let i = 0; i < labels.length; i++) {
    const label = checkInteger(`labels[${i}]`, labels[i], { least: 0, most: classes - 1 });
    data[i * classes + label] = 1 - 1 / classes;
  }
  return { shape: [labels.length, classes], data };
}

/**
 * The bytes, 0 … 255, that standardized images were made of: red, green, blue for each pixel.
 *
 * @throws {RangeError} if the images are not of shape [n, 32, 32, 3]
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cifar10, pixels } from "./cifar10.ts";
 *
 * const { train } = await cifar10({ train: 1 });
 * assert.deepEqual([...pixels(train.images).subarray(0, 3)], [59, 62, 63]);
 * ```
 */
export function pixels(tensor: Tensor): Uint8ClampedArray {
  const is = Array.isArray(tensor?.shape) && tensor.data instanceof Float32Array;
  const { shape, data } = checkThat("tensor", tensor, is, "{ shape, data: Float32Array }");
  if (String(shape.slice(1)) !== "32,32,3" || data.length !== shape[0] * VALUES) {
    throw new RangeError(
      `tensor has the shape [${shape}] and ${data.length} values; ` +
        "it must have the shape [n, 32, 32, 3] and n · 3072 values",
    );
  }
  const { means, deviations } = cifar10Channels;
  const bytes = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at++) {
    const channel = at % 3;
    bytes[at] = 255 * (data[at] * deviations[channel] + means[channel]); // stored rounded
  }
  return bytes;
}

const trainFiles = cifar10Files.slice(0, 5);
const testFiles = cifar10Files.slice(5);
const VALUES = 32 * 32 * 3; // an image

/** The standardized value of each byte, a table for each channel. */
const standardized = cifar10Channels.means.map((mean, channel) =>
  Float32Array.from(
    { length: 256 },
    (_, byte) => (byte / 255 - mean) / cifar10Channels.deviations[channel],
  )
);

/** The numbers of the rows wanted, in the order wanted. */
function choose(
  name: "train" | "test",
  count: number,
  most: number,
  seed: number | undefined,
): Uint32Array {
  if (seed === undefined) return Uint32Array.from({ length: count }, (_, row) => row);
  return randomStream(seed, `cifar10/${name}`).permutation(most).subarray(0, count);
}
