/**
 * tfjs-node's backend and kernels on this binding, registered with TensorFlow.js.
 *
 * @module
 */
import util from "node:util";
import type * as tf from "@tensorflow/tfjs";
import { type Binding, nodeBinding } from "./binding.ts";
import type { TensorMetadata } from "./tensor_handles.ts";

/** What TensorFlow.js exports. */
export type Tfjs = typeof tf;

/** The two of tfjs-node's own methods between its tensors and the binding's. */
export interface Backend {
  /** The binding's numbers of tensors; their values are handed over first where that is due. */
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[];
  /** A tensor, tracked by the current scope, for one that the binding has. */
  createOutputTensor(metadata: TensorMetadata): tf.Tensor;
}

const backendName = "tensorflow";

/** Registers the backend, makes it the current one and waits until it is ready. */
export async function registerBackend(binding: Binding): Promise<{ tf: Tfjs; backend: Backend }> {
  restoreUtilities();
  const tf = await import("@tensorflow/tfjs");
  const { NodeJSKernelBackend } = await import(
    "@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js"
  );
  type Parameters = ConstructorParameters<typeof NodeJSKernelBackend>;
  const backend = new NodeJSKernelBackend(
    nodeBinding(binding) as unknown as Parameters[0],
    "@tensorflow/tfjs-node",
  );
  tf.registerBackend(backendName, () => backend, 3);
  await import("@tensorflow/tfjs-node/dist/register_all_kernels.js");
  await tf.setBackend(backendName);
  await tf.ready();
  return { tf, backend: backend as unknown as Backend };
}

/** Puts back two functions that Node removed from `util` and tfjs-node 4.22 still calls. */
function restoreUtilities() {
  const removed = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, value] of Object.entries(removed)) {
    if (!(name in util)) Object.defineProperty(util, name, { value });
  }
}
