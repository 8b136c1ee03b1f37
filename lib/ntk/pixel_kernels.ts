/**
 * Infinite-width kernels of convolutional networks, pair of images by pair, with the covariance of
 * every pixel of one with every pixel of the other.
 *
 * @module
 */
import { arccosine } from "./arccosine.ts";

/** A convolutional relu network, as its infinite limit sees it. */
export interface PixelNetwork {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly steps: readonly {
    readonly kind: string;
    /** W_std² or b_std². */
    readonly variance: number;
    /** Of a convolution's window, or a pool's block. */
    readonly size: number;
  }[];
}

/** Covariances of pixel p of one image with pixel q of another, p·pixels + q. */
interface Covariances {
  height: number;
  width: number;
  k: Float64Array;
  theta: Float64Array;
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
  const imageOf = (i: number) =>
    images.subarray(i * pixels * channels, (i + 1) * pixels * channels);
  interface Own {
    /** Before each relu. */
    readonly deviations: Float64Array[];
    readonly nngp: number;
    readonly ntk: number;
  }
  const kept = new Map<number, Own>();

  const run = (i: number, j: number): Own => {
    const state = start(imageOf(i), imageOf(j), network);
    const own: Float64Array[] = [];
    let [relus, first] = [0, true];
    for (const { kind, variance, size } of steps) {
      if (kind === "convolution") {
        convolve(state, variance, size, first);
        first = false;
      } else if (kind === "average-pool") pool(state, size);
      else if (kind === "relu") {
        if (i === j) own.push(deviations(state));
        const of = (image: number) => (i === j ? own : ownOf(image).deviations)[relus];
        rectify(state, of(i), of(j));
        relus++;
      } else if (kind === "dense") linear(state, variance);
      else if (kind === "bias") addBias(state, variance);
    }
    return { deviations: own, nngp: state.k[0], ntk: state.theta[0] };
  };
  const ownOf = (i: number): Own => {
    let found = kept.get(i);
    if (!found) kept.set(i, found = run(i, i));
    return found;
  };
  return (i, j) => i === j ? ownOf(i) : run(i, j);
}

function start(
  a: Float64Array,
  b: Float64Array,
  { height, width, channels }: PixelNetwork,
): Covariances {
  const pixels = height * width;
  const k = new Float64Array(pixels * pixels);
  for (let p = 0; p < pixels; p++) {
    for (let q = 0; q < pixels; q++) {
      let total = 0;
      for (let c = 0; c < channels; c++) total += a[p * channels + c] * b[q * channels + c];
      k[p * pixels + q] = total / channels;
    }
  }
  return { height, width, k, theta: new Float64Array(pixels * pixels) };
}

/** K(p, q) → variance/size² Σ_δ K(p + δ, q + δ), along rows and then along columns. */
function convolve(state: Covariances, variance: number, size: number, first: boolean) {
  const { height, width } = state;
  const scale = variance / size ** 2;
  state.k = windowSums(state.k, height, width, size, scale);
  if (first) {
    state.theta = state.k.slice(); // no weights below have a kernel yet
    return;
  }
  const theta = windowSums(state.theta, height, width, size, scale);
  for (let at = 0; at < theta.length; at++) theta[at] += state.k[at];
  state.theta = theta;
}

function windowSums(
  values: Float64Array,
  height: number,
  width: number,
  size: number,
  scale: number,
): Float64Array {
  const pixels = height * width;
  const reach = (size - 1) / 2;
  const along = new Float64Array(values.length);
  // Shifts of both pixels by d columns move an entry by d·(pixels + 1).
  for (let p = 0; p < pixels; p++) {
    const x = p % width;
    for (let d = Math.max(-reach, -x); d <= Math.min(reach, width - 1 - x); d++) {
      const from = (p + d) * pixels + d, to = p * pixels;
      for (let row = 0; row < height; row++) {
        const first = row * width + Math.max(0, -d),
          last = row * width + Math.min(width, width - d);
        for (let q = first; q < last; q++) along[to + q] += values[from + q];
      }
    }
  }
  const total = new Float64Array(values.length);
  for (let p = 0; p < pixels; p++) {
    const y = Math.floor(p / width);
    for (let d = Math.max(-reach, -y); d <= Math.min(reach, height - 1 - y); d++) {
      const shift = d * width;
      const from = (p + shift) * pixels + shift, to = p * pixels;
      const first = Math.max(0, -shift), last = Math.min(pixels, pixels - shift);
      for (let q = first; q < last; q++) total[to + q] += scale * along[from + q];
    }
  }
  return total;
}

/** Means over blocks of both pixels. */
function pool(state: Covariances, size: number) {
  const { height, width } = state;
  const [h, w] = [height / size, width / size];
  const reduce = (values: Float64Array) => {
    const pixels = height * width, fewer = h * w;
    const result = new Float64Array(fewer * fewer);
    const target = Int32Array.from(
      { length: pixels },
      (_, p) => Math.floor(Math.floor(p / width) / size) * w + Math.floor(p % width / size),
    );
    const share = 1 / size ** 4;
    for (let p = 0; p < pixels; p++) {
      const row = target[p] * fewer;
      for (let q = 0; q < pixels; q++) result[row + target[q]] += share * values[p * pixels + q];
    }
    return result;
  };
  state.k = reduce(state.k);
  state.theta = reduce(state.theta);
  [state.height, state.width] = [h, w];
}

/** The arc-cosine kernels of all pixel pairs; a and b are standard deviations. */
function rectify({ k, theta }: Covariances, a: Float64Array, b: Float64Array) {
  const pixels = b.length;
  const half = 1 / (2 * Math.PI);
  for (let p = 0; p < a.length; p++) {
    for (let q = 0; q < pixels; q++) {
      const at = p * pixels + q;
      const size = a[p] * b[q];
      // A black pixel's derivative is that of the relu at 0, on average ½.
      const cosine = size > 0 ? Math.min(1, Math.max(-1, k[at] / size)) : 0;
      const rest = Math.PI - arccosine(cosine);
      theta[at] *= size > 0 ? half * rest : 0.25;
      k[at] = half * size * (Math.sqrt((1 - cosine) * (1 + cosine)) + rest * cosine);
    }
  }
}

function linear({ k, theta }: Covariances, variance: number) {
  for (let at = 0; at < k.length; at++) {
    k[at] *= variance;
    theta[at] = variance * theta[at] + k[at];
  }
}

function addBias({ k, theta }: Covariances, variance: number) {
  for (let at = 0; at < k.length; at++) {
    k[at] += variance;
    theta[at] += variance;
  }
}

/** The standard deviations of an image's own pixels. */
function deviations({ k, height, width }: Covariances): Float64Array {
  const pixels = height * width;
  return Float64Array.from({ length: pixels }, (_, p) => Math.sqrt(k[p * pixels + p]));
}
