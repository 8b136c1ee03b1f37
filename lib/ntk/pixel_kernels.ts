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
import { arcsineRatio } from "./arcsine_ratio.ts";

/** A convolutional relu network, as its infinite limit sees it. */
export interface PixelNetwork {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly steps: readonly PixelStep[];
}

/** One layer. */
export interface PixelStep {
  readonly kind: string;
  /** W_std² or b_std². */
  readonly variance: number;
  /** What the layer's own parameters add to the tangent kernel, beside what they add to K. */
  readonly tangent: number;
  /** Of a convolution's window, or a pool's block. */
  readonly size: number;
}

/** Covariances of pixel p of one image with pixel q of another, p·pixels + q. */
interface Covariances {
  readonly height: number;
  readonly width: number;
  readonly k: Float64Array;
  readonly theta: Float64Array;
}

/** Standard deviations of an image's pixels and 1/them (0 for 0). */
interface Deviations {
  readonly values: Float64Array;
  readonly inverses: Float64Array;
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
 * @throws {RangeError} if a window is not 3 × 3
 */
export function pixelKernels(
  network: PixelNetwork,
  images: Float64Array,
): (i: number, j: number) => { readonly nngp: number; readonly ntk: number } {
  const { height, width, channels, steps } = network;
  const pixels = height * width;
  const wide = steps.find(({ kind, size }) => kind === "convolution" && size !== 3);
  if (wide) throw new RangeError(`a window is ${wide.size} pixels wide; kernels are made for 3`);
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
    const [first, second] = i === j ? [own, own] : [ownOf(i).deviations, ownOf(j).deviations];
    const [a, b] = [imageOf(i), imageOf(j)];
    let before: Covariances | undefined;
    let shape = { height, width };
    let relus = 0;
    for (const { steps: segment, pool } of segments(steps)) {
      const load = before ? fromCovariances(before) : fromImages(a, b, pixels);
      const pooled = pooling(shape, pool);
      // From 0, because the deviations of the image itself come with it.
      for (const [dy, dx] of offsets(shape)) {
        place(slice, shape, dy, dx);
        load(slice);
        let relu = relus;
        for (const step of segment) {
          if (step.kind === "convolution") convolve(slice, step, !!before || relu > relus);
          else if (step.kind === "relu") {
            if (i === j && dy === 0 && dx === 0) own.push(deviations(slice));
            rectify(slice, first[relu], second[relu]);
            relu++;
          } else if (step.kind === "dense") addWeights(slice, step);
          else if (step.kind === "bias") addBias(slice, step);
        }
        pooled.add(slice);
      }
      relus += segment.filter(({ kind }) => kind === "relu").length;
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
  const found: { steps: PixelStep[]; pool: number }[] = [{ steps: [], pool: 1 }];
  for (const step of steps) {
    if (step.kind === "average-pool") {
      found[found.length - 1].pool = step.size;
      found.push({ steps: [], pool: 1 });
    } else found[found.length - 1].steps.push(step);
  }
  return found;
}

/** All (dy, dx) that two pixels can be apart, (0, 0) first. */
function offsets({ height, width }: { readonly height: number; readonly width: number }) {
  const reach = (size: number) =>
    Array.from({ length: 2 * size - 1 }, (_, i) => i % 2 ? (i + 1) / 2 : -i / 2);
  return reach(height).flatMap((dy) => reach(width).map((dx) => [dy, dx] as const));
}

/** K and Θ of the pixels (y, x) and (y + dy, x + dx), row by row, of a size that depends on it. */
interface OffsetSlice {
  height: number;
  width: number;
  /** Index of the first image's first pixel and of the other's, and from row to row. */
  p: number;
  q: number;
  stride: number;
  k: Float64Array;
  theta: Float64Array;
  spare: Float64Array;
}

function offsetSlice(size: number): OffsetSlice {
  const numbers = () => new Float64Array(size);
  const [k, theta, spare] = [numbers(), numbers(), numbers()];
  return { height: 0, width: 0, p: 0, q: 0, stride: 0, k, theta, spare };
}

function place(
  slice: OffsetSlice,
  { height, width }: { readonly height: number; readonly width: number },
  dy: number,
  dx: number,
) {
  slice.height = height - Math.abs(dy);
  slice.width = width - Math.abs(dx);
  slice.p = Math.max(0, -dy) * width + Math.max(0, -dx);
  slice.q = Math.max(0, dy) * width + Math.max(0, dx);
  slice.stride = width;
}

/** Mean over channels of the product of two pixels, from images a channel after the other. */
function fromImages(a: Float64Array, b: Float64Array, pixels: number) {
  const channels = a.length / pixels;
  const share = 1 / channels;
  return ({ height, width, p, q, stride, k, theta }: OffsetSlice) => {
    k.fill(0, 0, height * width);
    theta.fill(0, 0, height * width);
    for (let plane = 0; plane < channels * pixels; plane += pixels) {
      for (let y = 0, at = 0; y < height; y++) {
        let from = plane + p + y * stride, to = plane + q + y * stride;
        for (let x = 0; x < width; x++) k[at++] += share * a[from++] * b[to++];
      }
    }
  };
}

function fromCovariances({ height: rows, width: columns, ...all }: Covariances) {
  const pixels = rows * columns;
  return ({ height, width, p, q, stride, k, theta }: OffsetSlice) => {
    for (let y = 0, at = 0; y < height; y++) {
      let from = (p + y * stride) * pixels + q + y * stride;
      for (let x = 0; x < width; x++, at++, from += pixels + 1) {
        k[at] = all.k[from];
        theta[at] = all.theta[from];
      }
    }
  };
}

/** Means over blocks of both pixels, offset by offset. */
function pooling(
  { height, width }: { readonly height: number; readonly width: number },
  size: number,
) {
  const [rows, columns] = [height / size, width / size];
  const fewer = rows * columns;
  const block = Int32Array.from(
    { length: height * width },
    (_, p) => Math.floor(Math.floor(p / width) / size) * columns + Math.floor(p % width / size),
  );
  const blockRow = block.map((target) => target * fewer);
  const share = 1 / size ** 4;
  const [allK, allTheta] = [new Float64Array(fewer ** 2), new Float64Array(fewer ** 2)];
  const add = ({ height, width, p, q, stride, k, theta }: OffsetSlice) => {
    for (let y = 0, at = 0; y < height; y++) {
      let from = p + y * stride, to = q + y * stride;
      for (let x = 0; x < width; x++, at++) {
        const target = blockRow[from++] + block[to++];
        allK[target] += share * k[at];
        allTheta[target] += share * theta[at];
      }
    }
  };
  return { add, result: { height: rows, width: columns, k: allK, theta: allTheta } };
}

/** K(p, q) → variance/9 Σ_δ K(p + δ, q + δ), zero beyond the image. */
function convolve(slice: OffsetSlice, { variance, tangent }: PixelStep, weightsBelow: boolean) {
  const size = slice.height * slice.width;
  slice.k = windowSums(slice, slice.k, variance / 9);
  if (weightsBelow) {
    slice.theta = windowSums(slice, slice.theta, variance / 9);
    const { k, theta } = slice;
    for (let at = 0; at < size; at++) theta[at] += tangent * k[at];
  } else {
    const { k, theta } = slice;
    for (let at = 0; at < size; at++) theta[at] = tangent * k[at];
  }
}

/** Sums over windows of 3 × 3, put in the spare numbers, which change places with the values. */
function windowSums(slice: OffsetSlice, values: Float64Array, scale: number): Float64Array {
  const { height, width, spare } = slice;
  // Behind the values there is a row of zeros, for what is beyond the image.
  const zeros = values.length - slice.stride;
  for (let y = 0; y < height; y++) {
    let at = y * width;
    let above = y > 0 ? at - width : zeros, below = y < height - 1 ? at + width : zeros;
    let left = 0, here = values[above++] + values[at] + values[below++];
    for (const last = at + width - 1; at < last; at++) {
      const right = values[above++] + values[at + 1] + values[below++];
      spare[at] = scale * (left + here + right);
      left = here;
      here = right;
    }
    spare[at] = scale * (left + here);
  }
  slice.spare = values;
  return spare;
}

/** The arc-cosine kernels of all pixel pairs, with the angle 2 asin √((1 − |cosine|)/2) or π minus it. */
function rectify(
  { height, width, p, q, stride, k, theta }: OffsetSlice,
  a: Deviations,
  b: Deviations,
) {
  const half = 1 / (2 * Math.PI);
  for (let y = 0, at = 0; y < height; y++) {
    let from = p + y * stride, to = q + y * stride;
    for (let x = 0; x < width; x++, at++, from++, to++) {
      // A black pixel's cosine is 0: its derivative is that of the relu at 0, on average ½.
      const cosine = k[at] * a.inverses[from] * b.inverses[to];
      const u = Math.max(0, (1 - Math.abs(cosine)) / 2);
      const chord = 2 * Math.sqrt(u);
      const angle = chord * arcsineRatio(u);
      const rest = cosine >= 0 ? Math.PI - angle : angle;
      theta[at] *= half * rest;
      k[at] = half * a.values[from] * b.values[to] *
        (chord * Math.sqrt(1 - u) + rest * cosine);
    }
  }
}

function addWeights({ k, theta }: OffsetSlice, { variance, tangent }: PixelStep) {
  k[0] *= variance;
  theta[0] = variance * theta[0] + tangent * k[0];
}

function addBias({ height, width, k, theta }: OffsetSlice, { variance, tangent }: PixelStep) {
  for (let at = 0; at < height * width; at++) {
    k[at] += variance;
    theta[at] += tangent * variance;
  }
}

/** The standard deviations of an image's own pixels, from its slice at no offset. */
function deviations({ height, width, k }: OffsetSlice): Deviations {
  const values = k.slice(0, height * width).map(Math.sqrt);
  return { values, inverses: values.map((value) => value > 0 ? 1 / value : 0) };
}
