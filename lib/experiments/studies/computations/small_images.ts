/**
 * CIFAR-10 for networks of few weights: images of 2 × 2 pixels, animals against vehicles.
 *
 * @module
 */
import { cifar10, type LabelledImages } from "../../../datasets/mod.ts";
import type { Matrix } from "../../../numerics/mod.ts";

/** Side of the images, in pixels. */
const SIDE = 2;
/** Values of an image. */
export const SMALL_INPUTS: number = 3 * SIDE * SIDE;
/** Bird, cat, deer, dog, frog and horse. */
const ANIMALS: ReadonlySet<number> = new Set([2, 3, 4, 5, 6, 7]);

/** A training set, and inputs of test images. */
export interface SmallImages {
  /** [n, 12]. */
  readonly inputs: Matrix;
  /** [n, 1]: 1 for an animal, −1 for a vehicle. */
  readonly targets: Matrix;
  /** [test, 12]. */
  readonly testInputs: Matrix;
}

/** The first n training images and the first test images, each quadrant's mean colour a pixel. */
export async function smallImages(n: number, test: number): Promise<SmallImages> {
  const found = await cifar10({ train: n, test });
  return {
    inputs: pooled(found.train),
    targets: {
      ...{ rows: n, cols: 1 },
      data: Float64Array.from(found.train.labels, (label) => ANIMALS.has(label) ? 1 : -1),
    },
    testInputs: pooled(found.test),
  };
}

function pooled({ images: { shape: [n, height, width, channels], data } }: LabelledImages): Matrix {
  const means = new Float64Array(n * SMALL_INPUTS);
  const block = height / SIDE;
  for (let at = 0; at < data.length; at++) {
    const c = at % channels, x = Math.floor(at / channels) % width;
    const y = Math.floor(at / channels / width) % height;
    const image = Math.floor(at / channels / width / height);
    const pixel = Math.floor(y / block) * SIDE + Math.floor(x / block);
    means[image * SMALL_INPUTS + pixel * channels + c] += data[at] / block ** 2;
  }
  return { rows: n, cols: SMALL_INPUTS, data: means };
}
