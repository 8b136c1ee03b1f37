/**
 * Operations that write over what they read.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Attributes } from "./attributes.ts";
import { checkCall, type Input, run, wrap } from "./execute.ts";
import { session } from "./session.ts";

/**
 * As `execute`, where nothing reads the first input after: it is disposed, and its memory
 * holds the output if the operation can write over it, as those entry by entry can. Half the traffic
 * of a fresh output, and no more memory.
 *
 * @throws {TypeError} if the first input is no tensor of TensorFlow.js.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tensorflow } from "./session.ts";
 * import { executeOver } from "./execute_over.ts";
 * const tf = await tensorflow();
 * const u = tf.tensor([3, 4]);
 * const gradient = executeOver("ReluGrad", [u, tf.tensor([-1, 1])]);
 * assert(gradient.dataSync().join() === "0,4");
 * assert(u.isDisposed);
 * ```
 */
export function executeOver<T extends tf.Tensor = tf.Tensor>(
  operation: string,
  inputs: readonly Input[],
  attributes: Attributes = {},
): T {
  checkCall(operation, inputs, attributes);
  const [first] = inputs;
  if (!(first instanceof Object && "dispose" in first)) {
    throw new TypeError(`inputs[0] is ${first}; it must be a tensor, which is disposed`);
  }
  const current = session();
  const outputs = run(current, operation, inputs, attributes, () => first.dispose());
  for (let i = 1; i < outputs.length; i++) current.binding.tensors.delete(outputs[i].id);
  return wrap(current, operation, outputs[0]) as T;
}
