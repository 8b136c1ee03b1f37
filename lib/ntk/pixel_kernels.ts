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
import { type PixelEngine, pixelOperations, recordDeviations } from "./pixel_operations.ts";
import {
  fromImages,
  fromPooled,
  intoPool,
  putImage,
  putTables,
  throughPool,
  turnDeviations,
  turnImage,
} from "./pixel_passages.ts";
import { BYTES, type OffsetPlanes, offsets, planeBytes } from "./pixel_planes.ts";
import { pixelRoutines } from "./pixel_routines.ts";
import {
  masksStep,
  pixelLayout,
  type PixelNetwork,
  pixelStages,
  type Stage,
} from "./pixel_stages.ts";

const PAGE = 2 ** 16;

/**
 * NNGP and NTK of a pair of images, as a function of their numbers.
 *
 * Each relu asks for the deviations of the single images' pixels before it: they are found once for
 * each image, from the few offsets that they hang on, and kept.
 *
 * @param images [n, height, width, channels]
 */
export function pixelKernels(
  network: PixelNetwork,
  images: Float64Array,
): (i: number, j: number) => { readonly nngp: number; readonly ntk: number } {
  const { stages, deviationBytes } = pixelStages(network);
  const layout = pixelLayout(network, stages, deviationBytes);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(layout.bytes / PAGE) });
  const numbers = new Float64Array(memory.buffer);
  const walk = walkOf(network, stages, { routines: pixelRoutines(memory), numbers, layout });

  const size = network.height * network.width * network.channels;
  const put = (pair: readonly number[]) =>
    pair.forEach((image, side) => {
      const values = images.subarray(image * size, (image + 1) * size);
      putImage(numbers, layout.images[side], network, values);
    });
  const [first] = layout.deviations;
  const kept = new Map<number, Float64Array>();
  const deviationsOf = (image: number) => {
    let found = kept.get(image);
    if (!found) {
      put([image, image]);
      walk(true);
      found = numbers.slice(first / BYTES, (first + deviationBytes) / BYTES);
      kept.set(image, found);
    }
    return found;
  };
  return (i, j) => {
    const own = [deviationsOf(i), deviationsOf(j)];
    own.forEach((values, side) => numbers.set(values, layout.deviations[side] / BYTES));
    put([i, j]);
    walk(false);
    const { k, theta } = layout.stages[stages.length - 1];
    return { nngp: numbers[k / BYTES], ntk: numbers[theta / BYTES] };
  };
}

/**
 * The way of the pair in memory through the network; or, of an image with itself, as far and along as
 * many offsets as its deviations hang on, and these are recorded.
 */
function walkOf(network: PixelNetwork, stages: readonly Stage[], engine: PixelEngine) {
  const { numbers, layout } = engine;
  const groupCounts = stages.map((stage, at) => putTables(numbers, stage, layout.stages[at]));
  const planes = stages.map((stage) => planesOf(stage, engine));

  const atOffset = (at: number, [dy, dx]: readonly [number, number], records: boolean) => {
    const [stage, here] = [stages[at], planes[at]];
    here.part = here.length - dy * here.row;
    here.shift = dy * here.row;
    here.masks = layout.stages[at].masks + dx * masksStep(stage);
    if (at === 0) fromImages(engine, network, here);
    else fromPooled(numbers, layout.stages[at - 1], here, [dy, dx]);
    for (const operation of stage.operations) {
      if (records && dy === 0 && dx === 0 && operation.operation === "rectify") {
        recordDeviations(engine, here, operation);
        turnDeviations(engine, stage, dx, operation);
      }
      pixelOperations[operation.operation](engine, here, operation);
    }
    intoPool(engine, stage, layout.stages[at], here, dy, groupCounts[at]);
  };
  return (records: boolean) => {
    for (const [at, stage] of stages.entries()) {
      if (records && stage.reach < 0) return;
      const { k, theta, bytes } = layout.stages[at];
      for (const from of [k, theta]) numbers.fill(0, from / BYTES, (from + bytes) / BYTES);
      const reach = records ? stage.reach : Infinity;
      for (const dx of offsets(stage.width, reach)) {
        if (at === 0) turnImage(engine, network, dx);
        for (const operation of stage.operations) turnDeviations(engine, stage, dx, operation);
        for (const dy of offsets(stage.height, reach)) atOffset(at, [dy, dx], records);
        throughPool(engine, stage, layout.stages[at], dx);
      }
    }
  };
}

function planesOf({ height, width }: Stage, { layout }: PixelEngine): OffsetPlanes {
  const [k, theta, spare] = layout.planes;
  const shape = { height, width, row: width * BYTES, length: planeBytes({ height, width }) };
  return { ...shape, part: 0, shift: 0, masks: 0, k, theta, spare };
}
