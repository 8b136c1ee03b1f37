/**
 * A tensor's values where they lie.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { checkFunction } from "../numerics/checks.ts";
import { checkTensor } from "./execute.ts";
import { session } from "./session.ts";

/**
 * What `use` makes of a float32 tensor's values, which it sees in TensorFlow's own memory: a pass over
 * them instead of a copy and a pass over that.
 *
 * The array is of that memory, so it must not be kept, nor written to: after the call others lie there.
 *
 * @throws {TypeError} if the tensor is not float32.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tensorflow } from "./session.ts";
 * import { withValues } from "./with_values.ts";
 * const tf = await tensorflow();
 * assert.equal(withValues(tf.tensor([3, 4]).square(), ([a, b]) => a + b), 25);
 * ```
 */
export function withValues<Result>(
  tensor: tf.Tensor,
  use: (values: Float32Array) => Result,
): Result {
  checkTensor("tensor", tensor, "a tensor");
  checkFunction("use", use);
  if (tensor.dtype !== "float32") {
    throw new TypeError(`tensor is of ${tensor.dtype}; it must be float32`);
  }
  if (tensor.isDisposed) throw new Error("tensor was disposed");
  const { backend, binding } = session();
  const [id] = backend.getInputTensorIds([tensor]);
  return binding.tensors.visit(id, (values) => use(values as Float32Array));
}
