/**
 * TensorFlow through Deno's FFI: its C library under the kernels of `@tensorflow/tfjs-node`, and
 * any of its operations by name.
 *
 * @module
 */
export { tensorflow, type TensorflowOptions } from "./session.ts";
export {
  execute,
  executeAll,
  executeFloat64,
  type Float64Tensor,
  fromFloat64,
  type Input,
  liveTensors,
  readInto,
} from "./execute.ts";
export { executeOver } from "./execute_over.ts";
export { freshArray } from "./fresh_array.ts";
export { withValues } from "./with_values.ts";
export type { Attributes, AttributeValue } from "./attributes.ts";
