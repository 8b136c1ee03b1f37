/**
 * Layers with a forward map, a forward derivative (jvp) and a reverse derivative (vjp), each written
 * out: TensorFlow.js has no forward mode, and its convolution gradient has no gradient of its own.
 *
 * A layer is linear in its parameters and piecewise smooth in its input, so each derivative is one
 * or two calls of the same operations as the forward map. All functions take and give TensorFlow.js
 * tensors that the caller disposes of (a `tf.tidy` round a batch does).
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { execute } from "../tensorflow/mod.ts";

/** The random scale and the forward multiplier of one parameter tensor. */
export interface ParameterSpecification {
  /** Dense weights [in, out], convolution weights [height, width, in, out], biases [out]. */
  readonly shape: readonly number[];
  /** Standard deviation of the initial values. */
  readonly initialStd: number;
  /** What the forward map multiplies the values by: 1 in standard parametrization. */
  readonly multiplier: number;
}

/** One layer: x ↦ y, with what its derivatives need. A batch is always the first axis. */
export interface Layer {
  readonly kind: "dense" | "convolution" | "bias" | "relu" | "erf" | "average-pool" | "flatten";
  readonly parameters: readonly ParameterSpecification[];
  /** Shape of one sample's output. */
  readonly outputShape: readonly number[];
  /** y = layer(x). */
  forward(x: tf.Tensor, parameters: readonly tf.Tensor[]): tf.Tensor;
  /** ∂y/∂x·dx + ∂y/∂w·dw; an input that does not vary has no `dx`. */
  jvp(pass: Pass, dx: tf.Tensor | undefined, dParameters: readonly tf.Tensor[]): tf.Tensor;
  /** (∂y/∂x)ᵀ u. */
  inputVjp(pass: Pass, u: tf.Tensor): tf.Tensor;
  /** (∂y/∂w)ᵀ u for each parameter, summed over the batch. */
  parameterVjp(pass: Pass, u: tf.Tensor): tf.Tensor[];
}

/** What the forward pass leaves for the derivatives: the layer's input, output and parameters. */
export interface Pass {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor;
  /** Parameters with their multiplier applied. */
  readonly parameters: readonly tf.Tensor[];
}

/** The passes of one batch through layers one after the other, for their derivatives. */
export function forwardPasses(
  layers: readonly Layer[],
  parameters: readonly (readonly tf.Tensor[])[],
  x: tf.Tensor,
): Pass[] {
  return layers.map((layer, i) => {
    const pass = { x, y: layer.forward(x, parameters[i]), parameters: parameters[i] };
    x = pass.y;
    return pass;
  });
}

const SAME = { strides: [1, 1, 1, 1], padding: "SAME", data_format: "NHWC" } as const;

const matMul = (a: tf.Tensor, b: tf.Tensor, transposeA = false, transposeB = false) =>
  execute("MatMul", [a, b], { transpose_a: transposeA, transpose_b: transposeB });

/** y = x W, weights [in, out]. */
export function dense(weight: ParameterSpecification): Layer {
  return {
    kind: "dense",
    parameters: [weight],
    outputShape: [weight.shape[1]],
    forward: (x, [w]) => matMul(x, w),
    jvp({ x, parameters: [w] }, dx, [dw]) {
      const fromWeight = matMul(x, dw);
      return dx ? fromWeight.add(matMul(dx, w)) : fromWeight;
    },
    inputVjp: ({ parameters: [w] }, u) => matMul(u, w, false, true),
    parameterVjp: ({ x }, u) => [matMul(x, u, true)],
  };
}

/** y = x ∗ W, stride 1, zero padding that keeps the size, weights [height, width, in, out]. */
export function convolution(
  weight: ParameterSpecification,
  inputShape: readonly number[],
): Layer {
  const [height, width] = inputShape;
  const forward = (x: tf.Tensor, w: tf.Tensor) => execute("Conv2D", [x, w], SAME);
  return {
    kind: "convolution",
    parameters: [weight],
    outputShape: [height, width, weight.shape[3]],
    forward: (x, [w]) => forward(x, w),
    jvp({ x, parameters: [w] }, dx, [dw]) {
      const fromWeight = forward(x, dw);
      return dx ? fromWeight.add(forward(dx, w)) : fromWeight;
    },
    inputVjp: ({ x, parameters: [w] }, u) => execute("Conv2DBackpropInput", [x.shape, w, u], SAME),
    parameterVjp: ({ x }, u) => [
      execute("Conv2DBackpropFilter", [x, weight.shape, u], SAME),
    ],
  };
}

/** y = x + b along the last axis. */
export function bias(b: ParameterSpecification, inputShape: readonly number[]): Layer {
  return {
    kind: "bias",
    parameters: [b],
    outputShape: inputShape,
    forward: (x, [value]) => execute("BiasAdd", [x, value], {}),
    jvp: ({ x }, dx, [db]) => dx ? dx.add(db) : db.broadcastTo(x.shape),
    inputVjp: (_, u) => u,
    parameterVjp: (_, u) => [execute("BiasAddGrad", [u], {})],
  };
}

/** y = max(0, x); the derivative at the kink is 0. */
export function relu(shape: readonly number[]): Layer {
  const derivative = ({ y }: Pass, u: tf.Tensor) => execute("ReluGrad", [u, y], {});
  return {
    kind: "relu",
    parameters: [],
    outputShape: shape,
    forward: (x) => execute("Relu", [x], {}),
    jvp: (pass, dx) => derivative(pass, varying(dx)),
    inputVjp: derivative,
    parameterVjp: () => [],
  };
}

/** y = erf(x). */
export function erf(shape: readonly number[]): Layer {
  const derivative = ({ x }: Pass, u: tf.Tensor) =>
    u.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI));
  return {
    kind: "erf",
    parameters: [],
    outputShape: shape,
    forward: (x) => execute("Erf", [x], {}),
    jvp: (pass, dx) => derivative(pass, varying(dx)),
    inputVjp: derivative,
    parameterVjp: () => [],
  };
}

/** Mean over blocks of size × size pixels. */
export function averagePool(size: number, inputShape: readonly number[]): Layer {
  const [height, width, channels] = inputShape;
  const attributes = {
    ksize: [1, size, size, 1],
    strides: [1, size, size, 1],
    padding: "VALID",
    data_format: "NHWC",
  } as const;
  const forward = (x: tf.Tensor) => execute("AvgPool", [x], attributes);
  return {
    kind: "average-pool",
    parameters: [],
    outputShape: [height / size, width / size, channels],
    forward: (x) => forward(x),
    jvp: (_, dx) => forward(varying(dx)),
    inputVjp: ({ x }, u) => execute("AvgPoolGrad", [x.shape, u], attributes),
    parameterVjp: () => [],
  };
}

/** A sample's array as a vector. */
export function flatten(inputShape: readonly number[]): Layer {
  const length = inputShape.reduce((product, axis) => product * axis, 1);
  return {
    kind: "flatten",
    parameters: [],
    outputShape: [length],
    forward: (x) => x.reshape([-1, length]),
    jvp: (_, dx) => varying(dx).reshape([-1, length]),
    inputVjp: ({ x }, u) => u.reshape(x.shape),
    parameterVjp: () => [],
  };
}

/** Every layer but the first linear one has an input that varies with the parameters. */
function varying(dx: tf.Tensor | undefined): tf.Tensor {
  if (!dx) throw new TypeError("a network must begin with a layer that has weights");
  return dx;
}
