/**
 * A float32 array with a shape: what images, parameters and outputs are outside TensorFlow.
 *
 * @module
 */
import { checkInteger, checkList, must } from "./checks.ts";

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
 * @throws {TypeError} if it is no array
 * @throws {RangeError} if an axis is no integer from 0 up
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { elementCount } from "./tensor.ts";
 * assert.equal(elementCount([32, 32, 3]), 3072);
 * ```
 */
export function elementCount(shape: readonly number[]): number {
  checkList("shape", shape, NATURAL);
  return shape.reduce((product, length) => product * length, 1);
}

const NATURAL = must(checkInteger, { least: 0 });
