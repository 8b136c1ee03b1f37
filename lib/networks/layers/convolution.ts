/**
 * The convolution.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { elementCount } from "../../numerics/tensor.ts";
import { execute } from "../../tensorflow/mod.ts";
import { weightShare, type WideKernels } from "./infinite_width.ts";
import { asRows, type KernelPart, side } from "./kernel_parts.ts";
import { changeOf, type Layer, reluOver } from "./layer.ts";
import type { ParameterSpecification } from "./pass.ts";

const SAME = { strides: [1, 1, 1, 1], padding: "SAME", data_format: "NHWC" } as const;

/**
 * y = x ∗ W, stride 1, zero padding that keeps the size, weights [height, width, in, out].
 *
 * At infinite width a covariance becomes its mean over the window, shifted alike for both pixels, zero
 * beyond the image, times W_std².
 */
export function convolution(
  weight: ParameterSpecification,
  inputShape: readonly number[],
): Layer {
  const [height, width] = inputShape;
  const [rows, columns, , channels] = weight.shape;
  const share = weightShare(weight);
  const forward = (x: tf.Tensor, w: tf.Tensor) => execute("Conv2D", [x, w], SAME);
  return {
    name: "convolution",
    parameters: [weight],
    outputShape: [height, width, channels],
    forward: (x, [w]) => forward(x, w),
    fused: (x, [w], b) => reluOver(forward(x, w), b),
    jvp: ({ x, parameters: [w] }, dx, [dw]) => changeOf(dw && forward(x, dw), dx && forward(dx, w)),
    inputVjp: ({ x, parameters: [w] }, u) => execute("Conv2DBackpropInput", [x.shape, w, u], SAME),
    parameterVjp: ({ x }, u) => [
      execute("Conv2DBackpropFilter", [x, weight.shape, u], SAME),
    ],
    vjpTangent: {
      input: ({ x }, { dParameters: [dw] }, u) =>
        dw && execute("Conv2DBackpropInput", [x.shape, dw, u], SAME),
      parameters: (_, { dx }, u) => [
        dx && execute("Conv2DBackpropFilter", [dx, weight.shape, u], SAME),
      ],
    },
    recursion(kernels) {
      const mean = windowMeans(kernels, { height, width, rows, columns });
      const { variance, tangent } = share;
      for (let at = 0; at < mean.k.length; at++) {
        mean.k[at] *= variance;
        mean.theta[at] = variance * mean.theta[at] + tangent * mean.k[at];
      }
      return mean;
    },
    ...(rows === 3 && columns === 3 && { pixelStep: { operation: "convolve3x3", ...share } }),
    kernelParts: (outputs, most) => kernelParts(weight, inputShape, outputs, most),
  };
}

/** (1/window) Σ_δ K(p + δ, q + δ), for K and Θ. */
function windowMeans(
  { k, theta }: WideKernels,
  { height, width, rows, columns }: {
    readonly height: number;
    readonly width: number;
    readonly rows: number;
    readonly columns: number;
  },
): WideKernels {
  const pixels = height * width;
  const mean = { k: new Float64Array(k.length), theta: new Float64Array(k.length) };
  const share = 1 / (rows * columns);
  /** Whether the pixel at (y, x) has a neighbour there. */
  const inside = (y: number, x: number) => y >= 0 && y < height && x >= 0 && x < width;
  // TensorFlow pads even windows by one less before than behind.
  const [top, left] = [Math.floor((rows - 1) / 2), Math.floor((columns - 1) / 2)];
  for (let dy = -top; dy < rows - top; dy++) {
    for (let dx = -left; dx < columns - left; dx++) {
      const shift = dy * width + dx;
      for (let p = 0; p < pixels; p++) {
        if (!inside(Math.floor(p / width) + dy, p % width + dx)) continue;
        for (let y = Math.max(0, -dy); y < height - Math.max(0, dy); y++) {
          const first = y * width + Math.max(0, -dx);
          let at = p * pixels + first, from = (p + shift) * pixels + first + shift;
          for (let x = Math.max(0, -dx); x < width - Math.max(0, dx); x++, at++, from++) {
            mean.k[at] += share * k[from];
            mean.theta[at] += share * theta[from];
          }
        }
      }
    }
  }
  return mean;
}

/** Gradients of single samples from patches and deltas, for as many channels as `most` bytes hold. */
function kernelParts(
  { shape, multiplier }: ParameterSpecification,
  inputShape: readonly number[],
  outputs: number,
  most: number,
): KernelPart[] {
  const [rows, columns, inputs, channels] = shape;
  const [height, width] = inputShape;
  const channelBytes = 4 * outputs * rows * columns * inputs;
  const atATime = Math.max(1, Math.min(channels, Math.floor(most / channelBytes)));
  return Array.from({ length: Math.ceil(channels / atATime) }, (_, i) => {
    const from = i * atATime, count = Math.min(channels, from + atATime) - from;
    return {
      sampleBytes: channelBytes * count,
      workspace: rows * columns * elementCount(inputShape),
      factors({ x }, deltas, kernelRows) {
        const batch = x.shape[0]!;
        const patches = execute("ExtractImagePatches", [x], {
          ksizes: [1, rows, columns, 1],
          strides: [1, 1, 1, 1],
          rates: [1, 1, 1, 1],
          padding: "SAME",
        }).reshape([batch, height * width, -1]);
        const some = deltas.map((u) => u.slice([0, 0, 0, from], [batch, height, width, count]));
        const beside = side(some).reshape([batch, height * width, outputs * count]);
        const gradients = execute("BatchMatMulV2", [beside, patches], {
          adj_x: true,
          adj_y: false,
        });
        const size = { outputs, width: count * patches.shape[2]! };
        return { scale: multiplier ** 2, deltas: asRows(gradients, kernelRows, size) };
      },
    };
  });
}
