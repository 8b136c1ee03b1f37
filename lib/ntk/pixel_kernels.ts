/**
 * Infinite-width kernels of convolutional networks, pair of images by pair, with the covariance of
 * every pixel of one with every pixel of the other.
 *
 * A convolution shifts both pixels alike, so it and the relu after it take covariances of pixels an
 * offset apart to covariances of the same offset. Up to a pool the work is done offset by offset, on
 * a few thousand numbers that stay in the processor's nearest cache; only a pool mixes offsets, and
 * leaves a sixteenth of the pairs of pixels.
 *
 * @module
 */
import type { PixelOperation, PixelStep } from "../networks/mod.ts";
import { type Deviations, pixelOperations, type Walk } from "./pixel_operations.ts";
import {
  type Covariances,
  fromCovariances,
  fromImages,
  offsets,
  offsetSlice,
  place,
  pooling,
} from "./pixel_slices.ts";

/** A network of layers that have a step here, as its infinite limit sees it. */
export interface PixelNetwork {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly steps: readonly PixelStep[];
}

interface Own {
  /** Before each relu. */
  readonly deviations: readonly Deviations[];
  readonly nngp: number;
  readonly ntk: number;
}

/**
 * NNGP and NTK of a pair of images, as a function of their numbers.
 *
 * Each relu asks for the deviations of the single images' pixels before it: they are found once for
 * each image, and kept.
 *
 * @param images [n, height, width, channels]
 */
export function pixelKernels(
  network: PixelNetwork,
  images: Float64Array,
): (i: number, j: number) => { readonly nngp: number; readonly ntk: number } {
  const { height, width, channels, steps } = network;
  const pixels = height * width;
  const planes = new Map<number, Float64Array>();
  const imageOf = (i: number) => {
    const found = planes.get(i) ?? inPlanes(images, i * pixels * channels, pixels, channels);
    planes.set(i, found);
    return found;
  };
  const slice = offsetSlice(pixels + width);
  const kept = new Map<number, Own>();

  const run = (i: number, j: number): Own => {
    const own: Deviations[] = [];
    const [rows, cols] = i === j ? [own, own] : [ownOf(i).deviations, ownOf(j).deviations];
    const [a, b] = [imageOf(i), imageOf(j)];
    let before: Covariances | undefined;
    let shape = { height, width };
    let passed: Pick<Walk, "weightsBelow" | "relu"> = { weightsBelow: false, relu: 0 };
    for (const { operations, pool } of segments(steps)) {
      const load = before ? fromCovariances(before) : fromImages(a, b, pixels);
      const pooled = pooling(shape, pool);
      let walk: Walk | undefined;
      // From 0, because the deviations of the image itself come with it.
      for (const [dy, dx] of offsets(shape)) {
        place(slice, shape, dy, dx);
        load(slice);
        const found = i === j && dy === 0 && dx === 0 ? own : undefined;
        walk = { ...passed, rows, cols, found };
        for (const step of operations) {
          pixelOperations[step.operation](slice, step, walk);
          walk.weightsBelow ||= step.variance > 0;
        }
        pooled.add(slice);
      }
      passed = walk!;
      before = pooled.result;
      shape = before;
    }
    return { deviations: own, nngp: before!.k[0], ntk: before!.theta[0] };
  };
  const ownOf = (i: number): Own => {
    let found = kept.get(i);
    if (!found) kept.set(i, found = run(i, i));
    return found;
  };
  return (i, j) => i === j ? ownOf(i) : run(i, j);
}

/** One image, a channel after the other. */
function inPlanes(images: Float64Array, start: number, pixels: number, channels: number) {
  return Float64Array.from(
    { length: pixels * channels },
    (_, at) => images[start + (at % pixels) * channels + Math.floor(at / pixels)],
  );
}

/** The layers up to each pool, and what is behind the last one with a pool of 1. */
function segments(steps: readonly PixelStep[]) {
  const found: { operations: Required<PixelOperation>[]; pool: number }[] = [];
  let operations: Required<PixelOperation>[] = [];
  for (const step of steps) {
    if ("pool" in step) {
      found.push({ operations, pool: step.pool });
      operations = [];
    } else operations.push({ variance: 0, tangent: 0, ...step });
  }
  return [...found, { operations, pool: 1 }];
}
