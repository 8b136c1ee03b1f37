/**
 * What a layer is: its forward map, both derivatives, and its part in the kernels of a network.
 *
 * The derivatives are written out: TensorFlow.js has no forward mode, and its convolution gradient has
 * no gradient of its own. A layer is linear in its parameters and piecewise smooth in its input, so
 * each derivative is one or two calls of the same operations as the forward map. All functions take
 * and give TensorFlow.js tensors that the caller disposes of (a `tf.tidy` round a batch does).
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { executeOver } from "../../tensorflow/mod.ts";
import type { Change, ParameterSpecification, Pass } from "./pass.ts";
import type { PixelStep, WideKernels, WideVariances } from "./infinite_width.ts";
import type { KernelPart } from "./kernel_parts.ts";
import type { SampleProduct } from "./sample_product.ts";

/** One layer: x ↦ y, with all its mathematics. A batch is always the first axis. */
export interface Layer {
  /** What messages call it; nothing is decided by it. */
  readonly name: string;
  readonly parameters: readonly ParameterSpecification[];
  /** Shape of one sample's output. */
  readonly outputShape: readonly number[];
  /** y = layer(x). */
  forward(x: tf.Tensor, parameters: readonly tf.Tensor[]): tf.Tensor;
  /**
   * ∂y/∂x·dx + ∂y/∂w·dw; an input that does not vary has no `dx`, parameters that do not, an empty
   * list.
   *
   * @param spent whether nothing reads dx after, so that it may be disposed, and written over
   */
  jvp(
    pass: Pass,
    dx: tf.Tensor | undefined,
    dParameters: readonly tf.Tensor[],
    spent?: boolean,
  ): tf.Tensor;
  /**
   * (∂y/∂x)ᵀ u.
   *
   * @param spent whether nothing reads u after, so that it may be disposed, and written over
   */
  inputVjp(pass: Pass, u: tf.Tensor, spent?: boolean): tf.Tensor;
  /**
   * φ′(x) of a layer that works entry by entry, where that takes operations that one product with it
   * saves: what passes back and forth more than once keeps it.
   */
  slope?(pass: Pass): tf.Tensor;
  /** (∂y/∂w)ᵀ u for each parameter, summed over the batch. */
  parameterVjp(pass: Pass, u: tf.Tensor): tf.Tensor[];
  /** How both vjp change with x and w, for second derivatives; {@link NO_CURVATURE} if they do not. */
  readonly vjpTangent: VjpTangent;
  /**
   * What a layer before it knows it by whose output it writes over. Its derivatives then read the output
   * alone: of the input they may have another of the same shape.
   */
  readonly fusion?: "bias" | "relu";
  /**
   * relu(y + b) without an array for y; b is none where no bias lies between. (oneDNN's convolution
   * does it all by itself, but makes NaN to 0, which would hide what has run away.)
   */
  fused?(x: tf.Tensor, parameters: readonly tf.Tensor[], b: tf.Tensor | undefined): tf.Tensor;
  /** Numbers that its derivatives hold of one sample beside input and output; none if left out. */
  readonly workspace?: number;

  /**
   * NNGP and NTK behind the layer from those before it, in the limit of infinite width. The arrays may
   * be written over.
   *
   * @param variances E x² of what comes in: the kernel's diagonal
   */
  recursion(kernels: WideKernels, variances: WideVariances): WideKernels;
  /** The same for pairs of pixels an offset apart, where it keeps the offset: the fast way. */
  readonly pixelStep?: PixelStep;

  /**
   * The gradients of single samples by its parameters, in parts that the empirical kernel is summed
   * from; none without parameters.
   *
   * @param outputs of the network
   * @param most bytes a sample that a part should not exceed, if it can be cut
   */
  kernelParts(outputs: number, most: number): KernelPart[];
  /** Its own parameters' part of K u without any array as large as they; else vjp and jvp serve. */
  readonly sampleProduct?: SampleProduct;
}

/** d[(∂y/∂x)ᵀ] u and d[(∂y/∂w)ᵀ] u along a change of x and w, u held; nothing where they are 0. */
export interface VjpTangent {
  input(pass: Pass, change: Change, u: tf.Tensor): tf.Tensor | undefined;
  /** One for each parameter, or an empty list. */
  parameters(pass: Pass, change: Change, u: tf.Tensor): readonly (tf.Tensor | undefined)[];
}

/** Of a layer that is linear in its input, with parameters, if any, that are added. */
export const NO_CURVATURE: VjpTangent = { input: () => undefined, parameters: () => [] };

/** What layers without parameters share. */
export const WITHOUT_PARAMETERS = {
  parameters: [],
  parameterVjp: () => [],
  kernelParts: () => [],
} as const satisfies Partial<Layer>;

/**
 * The change of an input that must vary: every layer's does but the first with weights.
 *
 * @throws {TypeError} if there is none
 */
export function varying(dx: tf.Tensor | undefined): tf.Tensor {
  if (!dx) throw new TypeError("a network must begin with a layer that has weights");
  return dx;
}

/**
 * The sum of a change that comes from the weights and of one that comes from the input, of which one
 * may be absent; the first is written over.
 */
export function changeOf(
  fromWeights: tf.Tensor | undefined,
  fromInput: tf.Tensor | undefined,
): tf.Tensor {
  if (!fromWeights) return varying(fromInput);
  return fromInput ? executeOver("AddV2", [fromWeights, fromInput]) : fromWeights;
}

/** relu(y + b), written over y; b is none where no bias lies between. */
export const reluOver = (y: tf.Tensor, b: tf.Tensor | undefined): tf.Tensor =>
  executeOver("Relu", [b ? executeOver("BiasAdd", [y, b]) : y]);
