/**
 * The kernels of infinitely wide networks: NNGP, the covariance of the outputs at initialization,
 * and NTK, which then stays as it is.
 *
 * @module
 */
import {
  imageCount,
  type Network,
  type TensorLike,
  toArray,
  type WideKernels,
} from "../networks/mod.ts";
import { checkNetwork } from "../networks/check_network.ts";
import { checkOptions } from "../numerics/checks.ts";
import { CONTROL_CHECKS } from "../numerics/control.ts";
import { eventTurns } from "../numerics/event_turns.ts";
import { type Control, elementCount, type Matrix, multiply } from "../numerics/mod.ts";
import { layerPairs } from "./layer_pairs.ts";
import { pixelPairs } from "./pixel_threads.ts";
import type { PixelAnswer } from "./pixel_worker.ts";

/** Kernels of one output, n × n. */
export interface InfiniteKernels {
  readonly nngp: Matrix;
  readonly ntk: Matrix;
}

/** Options of {@link infiniteKernels}. */
export type InfiniteKernelsOptions = Control;

/**
 * NNGP and NTK of a network's architecture in the limit of infinite width, in float64.
 *
 * Each layer has its recursion. With the ntk parametrization, weights N(0, 1) times W_std/√fan_in and
 * biases N(0, 1) times b_std: a linear layer takes K → W_std² K + b_std², Θ → W_std² Θ + (its K), a
 * nonlinearity K → its dual, Θ → Θ times the dual of its derivative (Jacot et al. 2018). Convolutions
 * sum over the pixels of their window divided by its size (zero beyond the image); average pooling
 * needs, and so all layers below carry, the covariance of every pixel with every other. Networks of
 * 3×3 convolutions, relus and pools go by a faster way to the same, on several threads.
 *
 * With the standard parametrization the NNGP is the same, but the NTK grows with the width without
 * a limit: what is given is its leading order at the network's own widths. A weight adds fan_in/W_std²
 * times as much to it, a bias 1/b_std² times (Sohl-Dickstein et al. 2020).
 *
 * Fully connected kernels are good to 10⁻¹⁰, but for images parallel to 10⁻⁶, of whose angle float64
 * keeps half the digits: 10⁻⁹ there. Kernels over pixels are good to 10⁻⁹.
 *
 * @param network its widths matter in the standard parametrization alone
 * @throws {RangeError} if the images' shape does not match, the last layer leaves pixels, or f_0 was
 * subtracted (`centred`), whose kernels at infinite width are those of the network before
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../networks/mod.ts";
 * import { infiniteKernels } from "./infinite.ts";
 *
 * const images = { shape: [2, 2], data: new Float32Array([1, 0, 0, 1]) };
 * const { nngp, ntk } = await infiniteKernels(fullyConnected({ widths: [2, 9, 1] }), images);
 * assert(Math.abs(nngp.data[0] - 1) < 1e-14); // He's scale keeps |x|²·2/d
 * assert(ntk.data[0] > nngp.data[0]);
 * ```
 */
export async function infiniteKernels(
  network: Network,
  images: TensorLike,
  control: InfiniteKernelsOptions = {},
): Promise<InfiniteKernels> {
  checkNetwork("network", network);
  checkOptions("control", control, CONTROL_CHECKS);
  if (network.added) {
    throw new RangeError(
      "network is centred: its outputs have no NNGP; ask for the kernels of the network without that",
    );
  }
  const count = imageCount(images, network.inputShape);
  const data = Float64Array.from(toArray(images, "images", images.shape));
  if (network.inputShape.length === 1) {
    return await sampleKernels(network, data, count, control);
  }
  if (elementCount(network.layers[network.layers.length - 1].outputShape.slice(0, -1)) > 1) {
    const { name } = network.layers[network.layers.length - 1];
    throw new RangeError(`the last layer, ${name}, leaves pixels; kernels are made of vectors`);
  }
  return await pairKernels(network, data, count, control);
}

/** Entries of a kernel that are made between two looks at the signal. */
const BLOCK = 2 ** 12;

/** Of networks that take vectors: some rows of the kernel at a time, up to the diagonal. */
async function sampleKernels(
  { layers }: Network,
  data: Float64Array,
  n: number,
  { onProgress, signal }: InfiniteKernelsOptions,
): Promise<InfiniteKernels> {
  const x = { rows: n, cols: data.length / n, data };
  const { data: start } = multiply(x, x, { transposeB: true });
  for (let at = 0; at < start.length; at++) start[at] /= x.cols;
  /** E x² of every sample before each layer, as far as the rows have come. */
  const variances = layers.map(() => new Float64Array(n));
  const [nngp, ntk] = [new Float64Array(n * n), new Float64Array(n * n)];
  const turn = eventTurns();
  // What a block holds beyond the diagonal is for nothing: few rows of many.
  const most = Math.ceil(Math.min(BLOCK, n * n / 64) / n);
  for (let from = 0; from < n; from += most) {
    signal?.throwIfAborted();
    const to = Math.min(n, from + most), size = (to - from) * to;
    let kernels: WideKernels = { k: new Float64Array(size), theta: new Float64Array(size) };
    for (let i = from; i < to; i++) {
      kernels.k.set(start.subarray(i * n, i * n + to), (i - from) * to);
    }
    layers.forEach((layer, l) => {
      for (let i = from; i < to; i++) variances[l][i] = kernels.k[(i - from) * to + i];
      const [rows, cols] = [variances[l].subarray(from, to), variances[l].subarray(0, to)];
      kernels = layer.recursion(kernels, { rows, cols });
    });
    for (let i = from; i < to; i++) {
      for (let j = 0, at = (i - from) * to; j <= i; j++, at++) {
        nngp[i * n + j] = nngp[j * n + i] = kernels.k[at];
        ntk[i * n + j] = ntk[j * n + i] = kernels.theta[at];
      }
    }
    await onProgress?.({ done: to, total: n });
    await turn();
  }
  return { nngp: { rows: n, cols: n, data: nngp }, ntk: { rows: n, cols: n, data: ntk } };
}

/** Of networks that take pixels: pair of images by pair, each with all its pairs of pixels. */
async function pairKernels(
  { layers, inputShape: [height, width, channels] }: Network,
  data: Float64Array,
  n: number,
  { onProgress, signal }: InfiniteKernelsOptions,
): Promise<InfiniteKernels> {
  const [nngp, ntk] = [new Float64Array(n * n), new Float64Array(n * n)];
  const total = n * (n + 1) / 2;
  let done = 0;
  const onAnswer = ({ row: i, column: j, ...pair }: PixelAnswer) => {
    nngp[i * n + j] = nngp[j * n + i] = pair.nngp;
    ntk[i * n + j] = ntk[j * n + i] = pair.ntk;
    return onProgress?.({ done: ++done, total });
  };
  const steps = layers.flatMap(({ pixelStep }) => pixelStep ?? []);
  if (steps.length === layers.length) {
    await pixelPairs({ height, width, channels, steps }, data, n, onAnswer, signal);
  } else {
    await layerPairs(layers, { pixels: height * width, data }, n, onAnswer, signal);
  }
  return { nngp: { rows: n, cols: n, data: nngp }, ntk: { rows: n, cols: n, data: ntk } };
}
