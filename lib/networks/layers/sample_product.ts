/**
 * A layer's part of products with the tangent kernel in the space of samples.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Pass } from "./pass.ts";

/** How a layer's own parameters change its outputs along their own gradient. */
export interface SampleProduct {
  /** What products need of the inputs of all samples, if anything: it is made once, and kept. */
  prepare?(x: tf.Tensor): tf.Tensor | undefined;
  /** ∂y/∂w (∂y/∂w)ᵀ u for cotangents u of the outputs of all samples, by the raw parameters. */
  times(pass: Pass, u: tf.Tensor, prepared: tf.Tensor | undefined): tf.Tensor;
  /**
   * Of a network of one output, its part of the kernel itself [n, n]: the products of two samples'
   * gradients by the raw parameters, u holding each sample's own by the outputs of the layer.
   */
  block?(pass: Pass, u: tf.Tensor, prepared: tf.Tensor | undefined): tf.Tensor;
  /**
   * Multiply–adds for each of n samples: of `prepare`, of `times`, of passing back and forth, and of
   * `block`.
   */
  work?(n: number): {
    readonly prepare: number;
    readonly times: number;
    readonly passes: number;
    readonly block?: number;
  };
}
