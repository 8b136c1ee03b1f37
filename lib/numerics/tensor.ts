/**
 * A float32 array with a shape: what images, parameters and outputs are outside TensorFlow.
 *
 * @module
 */

/** A dense float32 tensor, row-major. */
export interface Tensor {
  /** Lengths of the axes; their product is `data.length`. */
  readonly shape: readonly number[];
  /** The values, row-major. */
  readonly data: Float32Array;
}

/**
 * The number of elements of a shape.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { elementCount } from "./tensor.ts";
 * assert.equal(elementCount([32, 32, 3]), 3072);
 * ```
 */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
