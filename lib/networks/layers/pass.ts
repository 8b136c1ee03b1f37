/**
 * What a layer's parameters are, and what its forward pass leaves for its derivatives.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/** The random scale and the forward multiplier of one parameter tensor. */
export interface ParameterSpecification {
  /** Dense weights [in, out], convolution weights [height, width, in, out], biases [out]. */
  readonly shape: readonly number[];
  /** Standard deviation of the initial values. */
  readonly initialStd: number;
  /** What the forward map multiplies the values by: 1 in standard parametrization. */
  readonly multiplier: number;
}

/** What the forward pass leaves for the derivatives: the layer's input, output and parameters. */
export interface Pass {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor;
  /** Parameters with their multiplier applied. */
  readonly parameters: readonly tf.Tensor[];
}

/** A change of a layer's input and parameters, along which its derivatives are differentiated. */
export interface Change {
  /** None where the input does not vary. */
  readonly dx: tf.Tensor | undefined;
  /** With the multiplier applied; empty where the parameters do not vary. */
  readonly dParameters: readonly tf.Tensor[];
}
