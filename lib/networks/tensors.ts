/**
 * Between what a caller may give (TensorFlow.js tensors or plain records) and what layers take.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  type Check,
  checkFunction,
  checkInstance,
  checkInteger,
  checkList,
  checkNumbers,
  checkRecord,
  checkText,
  checkThat,
  must,
} from "../numerics/checks.ts";
import { elementCount, type Tensor } from "../numerics/tensor.ts";
import { executeOver } from "../tensorflow/mod.ts";
import { concatenated } from "../numerics/vectors.ts";
import { forwardPasses, type Layer, type Pass } from "./layers/mod.ts";

/** A TensorFlow.js tensor, or a plain record of shape and float32 values. */
export type TensorLike = Tensor | tf.Tensor;

/** Whether a value is a plain record rather than a TensorFlow.js tensor. */
export const isRecord = (value: TensorLike): value is Tensor => value.data instanceof Float32Array;

/**
 * The value as a TensorFlow.js tensor of the given shape.
 *
 * @throws {TypeError} if it is neither a tensor nor a record of shape and values.
 * @throws {RangeError} if its shape is another, naming both.
 */
export function toTensor(
  module: typeof tf,
  value: TensorLike,
  name: string,
  shape: readonly number[],
): tf.Tensor {
  checkShape(value, name, shape);
  return isRecord(value) ? module.tensor(value.data, [...shape]) : value.reshape([...shape]);
}

/**
 * The values of a tensor or record of the given shape; errors as {@link toTensor}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toArray } from "./tensors.ts";
 * const tensor = { shape: [2], data: Float32Array.of(1, 2) };
 * assert.equal(toArray(tensor, "tensor", [2]), tensor.data);
 * assert.throws(() => toArray(tensor, "tensor", [3]), /tensor/);
 * ```
 */
export function toArray(value: TensorLike, name: string, shape: readonly number[]): Float32Array {
  checkText("name", name);
  checkShape(value, name, checkNumbers("shape", shape));
  return isRecord(value) ? value.data : value.dataSync() as Float32Array;
}

/**
 * The number of images.
 *
 * An image's axes may be flattened: [n, 32, 32, 3] and [n, 3072] are the same images.
 *
 * @throws {RangeError} if one image has another number of values than `inputShape`, or there are none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { imageCount } from "./tensors.ts";
 * const images = { shape: [2, 12], data: new Float32Array(24) };
 * assert.equal(imageCount(images, [2, 2, 3]), 2);
 * assert.throws(() => imageCount(images, [3]), /this network takes \[n, 3\]/);
 * ```
 */
export function imageCount(images: TensorLike, inputShape: readonly number[]): number {
  checkTensor("images", images);
  checkNumbers("inputShape", inputShape);
  const [count, ...shape] = images.shape;
  if (elementCount(shape) !== elementCount(inputShape) || !(count > 0)) {
    throw new RangeError(
      `images have shape [${images.shape}]; this network takes [n, ${inputShape}] with n ≥ 1`,
    );
  }
  return count;
}

/** The images `from` to `to` (not included) as one tensor [to − from, …inputShape]. */
export function imageBatch(
  module: typeof tf,
  images: TensorLike,
  inputShape: readonly number[],
  from: number,
  to: number,
): tf.Tensor {
  const shape = [to - from, ...inputShape];
  if (isRecord(images)) {
    const size = elementCount(inputShape);
    return module.tensor(images.data.subarray(from * size, to * size), shape);
  }
  return images.slice([from], [to - from]).reshape(shape);
}

/**
 * The parameters as the layers use them, multiplied; a list per layer.
 *
 * @throws {RangeError} if there are more or fewer than the layers have, or a shape is another
 */
export function multiplied(
  module: typeof tf,
  layers: readonly Layer[],
  values: readonly TensorLike[],
  name: string,
): tf.Tensor[][] {
  checkList(name, values);
  const count = layers.reduce((total, { parameters }) => total + parameters.length, 0);
  if (values.length !== count) {
    throw new RangeError(`${name} has ${values.length} tensors; this network has ${count}`);
  }
  let next = 0;
  return layers.map(({ parameters }) =>
    parameters.map(({ multiplier, shape }) => {
      const value = values[next];
      const tensor = toTensor(module, value, `${name}[${next}]`, shape);
      next++;
      if (multiplier === 1) return tensor;
      // Of a record the tensor is a copy, which nothing else reads.
      return isRecord(value)
        ? executeOver("Mul", [tensor, module.scalar(multiplier)])
        : tensor.mul(multiplier);
    })
  );
}

/**
 * What the images `from` to `to` leave in each layer of a network, for derivatives; to be called in a
 * `tf.tidy`.
 *
 * @throws {RangeError} if a shape does not match
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tensorflow } from "../tensorflow/mod.ts";
 * import { fullyConnected } from "./fully_connected.ts";
 * import { batchPasses } from "./tensors.ts";
 *
 * const module = await tensorflow();
 * const network = fullyConnected({ widths: [2, 4, 1] });
 * const images = { shape: [3, 2], data: Float32Array.of(1, 0, 0, 1, 1, 1) };
 * module.tidy(() => {
 *   const passes = batchPasses(module, network, network.init(0), images, [0, 2]);
 *   assert.deepEqual(passes.map(({ y }) => y.shape), [[2, 4], [2, 4], [2, 1]]);
 * });
 * ```
 */
export function batchPasses(
  module: typeof tf,
  given: { readonly layers: readonly Layer[]; readonly inputShape: readonly number[] },
  parameters: readonly TensorLike[],
  images: TensorLike,
  range: readonly [from: number, to: number],
): Pass[] {
  const { layers, inputShape } = checkRecord("given", given, {
    layers: must(checkList, LAYER_CHECK, 1),
    inputShape: checkNumbers,
  });
  checkList("parameters", parameters, checkTensor);
  checkTensor("images", images);
  const [from, to] = checkNumbers("range", range, { length: 2 });
  checkInteger("range[0]", from, { least: 0 });
  checkInteger("range[1]", to, { least: from + 1, most: images.shape[0] });
  const weights = multiplied(module, layers, parameters, "parameters");
  return forwardPasses(layers, weights, imageBatch(module, images, inputShape, from, to));
}

/**
 * All parameters in layer order as one float64 vector; errors as {@link toTensor}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { flatten } from "./tensors.ts";
 * const weights = { shape: [1, 2], data: Float32Array.of(1, 2) };
 * const bias = { shape: [2], data: Float32Array.of(3, 4) };
 * assert.deepEqual([...flatten([weights, bias], [[1, 2], [2]])], [1, 2, 3, 4]);
 * ```
 */
export function flatten(
  parameters: readonly TensorLike[],
  shapes: readonly (readonly number[])[],
): Float64Array {
  checkList("parameters", parameters, checkTensor);
  checkList("shapes", shapes, checkNumbers);
  if (parameters.length !== shapes.length) {
    throw new RangeError(
      `parameters has ${parameters.length} tensors; shapes has ${shapes.length}`,
    );
  }
  const parts = shapes.map((shape, i) => toArray(parameters[i], `parameters[${i}]`, shape));
  return concatenated(parts);
}

/**
 * A vector of all parameters cut into tensors of the given shapes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { unflatten } from "./tensors.ts";
 * const [weights, bias] = unflatten(Float64Array.of(1, 2, 3, 4), [[1, 2], [2]]);
 * assert.deepEqual([...weights.data, ...bias.data], [1, 2, 3, 4]);
 * ```
 */
export function unflatten(
  vector: Float64Array,
  shapes: readonly (readonly number[])[],
): Tensor[] {
  checkInstance("vector", vector, Float64Array);
  checkList("shapes", shapes, checkNumbers);
  const count = shapes.reduce((total, shape) => total + elementCount(shape), 0);
  if (count !== vector.length) {
    throw new RangeError(`vector has ${vector.length} numbers; shapes hold ${count}`);
  }
  let start = 0;
  return shapes.map((shape) => {
    // By `new`: `from` goes number by number through an iterator.
    return { shape, data: new Float32Array(vector.subarray(start, start += elementCount(shape))) };
  });
}

function checkShape(value: TensorLike, name: string, shape: readonly number[]) {
  checkTensor(name, value);
  if (value.shape.length !== shape.length || shape.some((axis, i) => axis !== value.shape[i])) {
    throw new RangeError(`${name} has shape [${value.shape}]; it must be [${shape}]`);
  }
}

/** A layer, as far as a walk through a network asks for it. */
const LAYER_CHECK: Check = must(
  checkRecord,
  { name: checkText, parameters: checkList, forward: checkFunction },
  "a layer of a network",
);

/**
 * The value, if it is a TensorFlow.js tensor or a record of a shape and as many float32 numbers.
 *
 * @throws {TypeError} if it is neither
 * @throws {RangeError} if the shape holds more or fewer values
 */
export function checkTensor<T extends TensorLike>(name: string, value: T): T {
  const is = Array.isArray(value?.shape) &&
    (value.data instanceof Float32Array || typeof value.data === "function");
  const data: unknown = value?.data;
  // Numbers of another kind, which a look at the tensor alone would not tell.
  if (!is && Array.isArray(value?.shape) && (Array.isArray(data) || ArrayBuffer.isView(data))) {
    checkThat(`${name}.data`, data, false, "a Float32Array");
  }
  checkThat(name, value, is, "a tensor or { shape, data: Float32Array }");
  if (isRecord(value) && value.data.length !== elementCount(value.shape)) {
    throw new RangeError(
      `${name} has ${value.data.length} values; its shape [${value.shape}] holds ${
        elementCount(value.shape)
      }`,
    );
  }
  return value;
}
