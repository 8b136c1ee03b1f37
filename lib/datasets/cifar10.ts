import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { checkInteger } from "../numerics/checks.ts";
import { randomStream } from "../numerics/random.ts";
import type { Tensor } from "../numerics/tensor.ts";
import { locateCifar10 } from "../resources/mod.ts";

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

/**
 * Images and labels of CIFAR-10, each channel standardized by {@linkcode cifar10Channels}.
 *
 * Without a seed they come in dataset order. With one they are the first so many of a random order
 * of the whole dataset, which depends on the seed alone: a larger subset of the same seed begins
 * with the smaller one. Training and test images are drawn independently.
 *
 * A. Krizhevsky, "Learning multiple layers of features from tiny images" (2009).
 *
 * @throws {RangeError} if `train`, `test` or `seed` is not an integer in its range
 * @throws {Error} if CIFAR-10 is not set up, or a file is missing, incomplete or damaged
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
  { train, test = 0, seed, folder }: Cifar10Options,
): Promise<{ readonly train: LabelledImages; readonly test: LabelledImages }> {
  const trainRows = choose("train", train, 1, trainFiles.length * rowsPerFile, seed);
  const testRows = choose("test", test, 0, testFiles.length * rowsPerFile, seed);
  const from = folder ?? locateCifar10();
  return { train: read(from, trainFiles, trainRows), test: read(from, testFiles, testRows) };
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
export function pixels({ shape, data }: Tensor): Uint8ClampedArray {
  if (String(shape.slice(1)) !== "32,32,3" || data.length !== shape[0] * valuesPerImage) {
    throw new RangeError(
      `images have the shape [${shape}] and ${data.length} values; ` +
        "they must have the shape [n, 32, 32, 3] and n · 3072 values",
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

// The original binary format: rows of a label, then the red, the green and the blue plane.
const trainFiles = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);
const testFiles = ["test_batch.bin"];
const rowsPerFile = 10000;
const plane = 32 * 32;
const valuesPerImage = 3 * plane;
const bytesPerRow = 1 + valuesPerImage;
const rowsAtOnce = 256;

const advice = "run `deno task setup`, or name a folder with the original binary batches";

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
  least: number,
  most: number,
  seed: number | undefined,
): Uint32Array {
  checkInteger(name, count, { least, most });
  if (seed === undefined) return Uint32Array.from({ length: count }, (_, row) => row);
  return randomStream(seed, `cifar10/${name}`).permutation(most).subarray(0, count);
}

/** Reads rows, numbered through the files, into images in the order of `rows`. */
function read(folder: string, files: readonly string[], rows: Uint32Array): LabelledImages {
  const images = new Float32Array(rows.length * valuesPerImage);
  const labels = new Uint8Array(rows.length);
  const bytes = new Uint8Array(rowsAtOnce * bytesPerRow);
  // The files are gone through once, from the front; order[k] is where the k-th row met goes.
  const order = Uint32Array.from(rows.keys()).sort((a, b) => rows[a] - rows[b]);
  let met = 0;
  files.forEach((file, number) => {
    const begin = number * rowsPerFile, end = begin + rowsPerFile;
    if (met === order.length || rows[order[met]] >= end) return;
    withBatch(join(folder, file), (readRows) => {
      while (met < order.length && rows[order[met]] < end) {
        const first = rows[order[met]];
        const count = neighbours(rows, order, met, Math.min(rowsAtOnce, end - first));
        readRows(first - begin, count, bytes);
        for (let row = 0; row < count; row++) {
          const place = order[met++];
          labels[place] = bytes[row * bytesPerRow];
          standardize(bytes, row * bytesPerRow + 1, images, place * valuesPerImage);
        }
      }
    });
  });
  return { images: { shape: [rows.length, 32, 32, 3], data: images }, labels };
}

/** How many rows that follow one another in the file begin at order[met], up to `most`. */
function neighbours(rows: Uint32Array, order: Uint32Array, met: number, most: number): number {
  let count = 1;
  while (count < most && rows[order[met + count]] === rows[order[met]] + count) count++;
  return count;
}

/** Opens a batch, checks its size, and hands over a function that reads rows of it. */
function withBatch(
  path: string,
  work: (readRows: (first: number, count: number, into: Uint8Array) => void) => void,
): void {
  const file = open(path);
  try {
    const { size } = fstatSync(file);
    if (size !== rowsPerFile * bytesPerRow) {
      throw new Error(`${path} has ${size} bytes, not ${rowsPerFile * bytesPerRow}; ${advice}`);
    }
    work((first, count, into) => {
      const length = count * bytesPerRow;
      for (let got = 0; got < length;) {
        const more = readSync(file, into, got, length - got, first * bytesPerRow + got);
        if (more === 0) throw new Error(`${path} ends early; ${advice}`);
        got += more;
      }
      for (let row = 0; row < count; row++) {
        const label = into[row * bytesPerRow];
        if (label >= cifar10Classes.length) {
          throw new Error(`${path} is damaged: row ${first + row} has label ${label}; ${advice}`);
        }
      }
    });
  } finally {
    closeSync(file);
  }
}

function open(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new Error(`${path} cannot be read (${(cause as Error).message}); ${advice}`, { cause });
  }
}

/** Planes of bytes from `from` on, into interleaved channels from `at` on. */
function standardize(bytes: Uint8Array, from: number, images: Float32Array, at: number): void {
  for (let channel = 0; channel < 3; channel++) {
    const table = standardized[channel];
    const start = from + channel * plane;
    for (let pixel = 0; pixel < plane; pixel++) {
      images[at + 3 * pixel + channel] = table[bytes[start + pixel]];
    }
  }
}
