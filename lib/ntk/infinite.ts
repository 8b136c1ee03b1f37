/**
 * The kernels of infinitely wide networks: NNGP, the covariance of the outputs at initialization,
 * and NTK, which then stays as it is.
 *
 * @module
 */
import type { Layer, Network, TensorLike } from "../networks/mod.ts";
import { imageCount, toArray } from "../networks/tensors.ts";
import { type Matrix, multiply } from "../numerics/mod.ts";
import { type DualActivation, erfDual, reluDual } from "./dual_activations.ts";
import type { PixelNetwork } from "./pixel_kernels.ts";
import { pixelPairs } from "./pixel_threads.ts";

/** Kernels of one output, n × n. */
export interface InfiniteKernels {
  readonly nngp: Matrix;
  readonly ntk: Matrix;
}

/** Options of {@link infiniteKernels}. */
export interface InfiniteKernelsOptions {
  readonly onProgress?: (progress: { done: number; total: number }) => void | Promise<void>;
  /** Ends the work early: the promise is rejected with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * NNGP and NTK of a network's architecture in the limit of infinite width, in float64.
 *
 * With the ntk parametrization, weights N(0, 1) times W_std/√fan_in and biases N(0, 1) times b_std:
 * a linear layer takes K → W_std² K + b_std², Θ → W_std² Θ + (its K), a nonlinearity K → its dual,
 * Θ → Θ times the dual of its derivative (Jacot et al. 2018). Convolutions sum over the pixels of
 * their window divided by its size (zero beyond the image); average pooling needs, and so all layers
 * below carry, the covariance of every pixel with every other.
 *
 * With the standard parametrization the NNGP is the same, but the NTK grows with the width without
 * a limit: what is given is its leading order at the network's own widths. A weight adds fan_in/W_std²
 * times as much to it, a bias 1/b_std² times (Sohl-Dickstein et al. 2020).
 *
 * Fully connected kernels are good to 10⁻¹⁰, but for images parallel to 10⁻⁶, of whose angle float64
 * keeps half the digits: 10⁻⁹ there. Kernels over pixels are good to 10⁻⁹.
 *
 * @param network made by `fullyConnected` or `myrtle5`; its widths matter in the standard
 * parametrization alone
 * @throws {RangeError} if the images' shape does not match
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
  { onProgress, signal }: InfiniteKernelsOptions = {},
): Promise<InfiniteKernels> {
  const count = imageCount(images, network.inputShape);
  const size = images.shape.slice(1).reduce((a, b) => a * b, 1);
  const data = Float64Array.from(toArray(images, "images", images.shape));
  const x = { rows: count, cols: size, data };
  if (network.layers.some(({ kind }) => kind === "convolution")) {
    return await convolutional(network, x, { onProgress, signal });
  }
  return fullyConnectedKernels(network, x);
}

/** What a layer with weights does: W_std², and whether a bias follows. */
function varianceOf({ parameters: [{ shape, multiplier, initialStd }], kind }: Layer): number {
  const fanIn = kind === "bias" ? 1 : shape.slice(0, -1).reduce((a, b) => a * b, 1);
  return (multiplier * initialStd) ** 2 * fanIn;
}

/**
 * What a layer's own parameters add to the NTK, in units of what they add to the NNGP: the derivative
 * is by the raw values, so 1/their variance; 1 with the ntk parametrization.
 */
function tangentOf({ parameters: [{ initialStd }] }: Layer): number {
  return 1 / initialStd ** 2;
}

function dualOf(kind: Layer["kind"]): DualActivation | undefined {
  return kind === "relu" ? reluDual : kind === "erf" ? erfDual : undefined;
}

function fullyConnectedKernels({ layers }: Network, x: Matrix): InfiniteKernels {
  const n = x.rows;
  const { data: k } = multiply(x, x, { transposeB: true });
  for (let at = 0; at < k.length; at++) k[at] /= x.cols;
  const theta = new Float64Array(n * n);
  for (const layer of layers) {
    const dual = dualOf(layer.kind);
    if (dual) {
      const diagonal = Float64Array.from({ length: n }, (_, i) => k[i * n + i]);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) {
          const [a, b, c] = [diagonal[i], diagonal[j], k[i * n + j]];
          const at = i * n + j, mirror = j * n + i;
          theta[at] = theta[mirror] = theta[at] * dual.slope(a, b, c);
          k[at] = k[mirror] = dual.value(a, b, c);
        }
      }
    } else if (layer.kind === "dense") {
      const [variance, tangent] = [varianceOf(layer), tangentOf(layer)];
      for (let at = 0; at < k.length; at++) {
        k[at] *= variance;
        theta[at] = variance * theta[at] + tangent * k[at];
      }
    } else if (layer.kind === "bias") {
      const [variance, tangent] = [varianceOf(layer), tangentOf(layer)];
      for (let at = 0; at < k.length; at++) {
        k[at] += variance;
        theta[at] += tangent * variance;
      }
    }
  }
  const matrix = (data: Float64Array) => ({ rows: n, cols: n, data });
  return { nngp: matrix(k), ntk: matrix(theta) };
}

async function convolutional(
  network: Network,
  x: Matrix,
  { onProgress, signal }: InfiniteKernelsOptions,
): Promise<InfiniteKernels> {
  const n = x.rows;
  const plan: PixelNetwork = {
    height: network.inputShape[0],
    width: network.inputShape[1],
    channels: network.inputShape[2],
    steps: network.layers.map((layer, at) => {
      if (layer.kind === "erf") throw new RangeError("convolutions with erf have no kernel here");
      const [heightBefore] = at > 0 ? network.layers[at - 1].outputShape : network.inputShape;
      return {
        kind: layer.kind,
        variance: layer.parameters.length > 0 ? varianceOf(layer) : 0,
        tangent: layer.parameters.length > 0 ? tangentOf(layer) : 0,
        size: layer.kind === "convolution"
          ? layer.parameters[0].shape[0]
          : heightBefore / layer.outputShape[0],
      };
    }),
  };
  const [nngp, ntk] = [new Float64Array(n * n), new Float64Array(n * n)];
  const total = n * (n + 1) / 2;
  let done = 0;
  await pixelPairs(plan, x.data, n, ({ row: i, column: j, ...pair }) => {
    nngp[i * n + j] = nngp[j * n + i] = pair.nngp;
    ntk[i * n + j] = ntk[j * n + i] = pair.ntk;
    return onProgress?.({ done: ++done, total });
  }, signal);
  return { nngp: { rows: n, cols: n, data: nngp }, ntk: { rows: n, cols: n, data: ntk } };
}
