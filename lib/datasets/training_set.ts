import { checkInteger, checkOptions } from "../numerics/checks.ts";
import type { Tensor } from "../numerics/tensor.ts";
import { cifar10, type Cifar10Options, DRAW_CHECKS, targets } from "./cifar10.ts";

/**
 * CIFAR-10's first n training images with their targets, one-hot − 1/10: what a network is trained
 * on.
 *
 * @param options `seed` draws the images at random, as in {@linkcode cifar10}
 * @returns images [n, 32, 32, 3], targets [n, 10]
 * @throws {RangeError} if n is not an integer from 1 to 50000
 * @throws {Error} if CIFAR-10 is not set up
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { trainingSet } from "./training_set.ts";
 * const { images, targets } = await trainingSet(20);
 * assert(images.shape[0] === 20 && targets.shape.join() === "20,10");
 * ```
 */
export async function trainingSet(
  n: number,
  options: Pick<Cifar10Options, "seed" | "folder"> = {},
): Promise<{ readonly images: Tensor; readonly targets: Tensor }> {
  checkInteger("n", n, { most: 50_000 });
  checkOptions("options", options, DRAW_CHECKS);
  const { train } = await cifar10({ train: n, ...options });
  return { images: train.images, targets: targets(train.labels) };
}
