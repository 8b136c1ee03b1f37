/**
 * The binding that tfjs-node's kernels run on, in place of its compiled addon: tensors, and
 * operations executed eagerly.
 *
 * @module
 */
import { inLargePages } from "../numerics/large_pages.ts";
import {
  attributeKinds,
  type Attributes,
  attributeSetter,
  type KindedAttribute,
} from "./attributes.ts";
import { newContext } from "./context.ts";
import { dataTypes } from "./data_types.ts";
import { type Address, cStrings, type Library, pin, textAt } from "./library.ts";
import { reporter } from "./status.ts";
import { type TensorHandles, tensorHandles, type TensorMetadata } from "./tensor_handles.ts";

/** What runs operations on tensors known by their numbers. */
export interface Binding {
  /** TensorFlow's version. */
  readonly version: string;
  readonly tensors: TensorHandles;
  /** Runs an operation and gives all its outputs. */
  execute(
    operation: string,
    attributes: readonly KindedAttribute[],
    inputs: readonly number[],
  ): TensorMetadata[];
  /** As `execute`; `release` gives up inputs, of which TensorFlow then has the only reference. */
  executeOver(
    operation: string,
    attributes: readonly KindedAttribute[],
    inputs: readonly number[],
    release: () => void,
  ): TensorMetadata[];
  /** The attributes with the kinds that the operation declares. */
  kinded(operation: string, attributes: Attributes): KindedAttribute[];
  /** Asks for a buffer's memory in large pages, before it is written to; a wish that may be ignored. */
  inLargePages(buffer: ArrayBuffer): ArrayBuffer;
}

const maxOutputs = 256;

/** A binding with an eager context of its own; each worker needs its own. */
export function newBinding(library: Library, threads: number): Binding {
  const status = reporter(library);
  const context = newContext(library, status, threads);
  const cString = cStrings(library);
  const attributeSet = attributeSetter(library, context, status, cString);
  const outputs = pin(BigUint64Array, maxOutputs);
  const outputCount = pin(Int32Array, 1);

  /** Runs an operation, leaves its outputs' handles in `outputs` and gives their number. */
  function run(
    operation: string,
    attributes: readonly KindedAttribute[],
    inputs: readonly Address[],
    release?: () => void,
  ): number {
    const op = library.TFE_NewOp(context, cString(operation).address, status.address);
    if (op === 0n) status.check(`operation ${operation}`);
    try {
      for (let i = 0; i < attributes.length; i++) attributeSet.set(op, attributes[i]);
      for (let i = 0; i < inputs.length; i++) {
        library.TFE_OpAddInput(op, inputs[i], status.address);
        status.check(`operation ${operation}, input ${i}`);
      }
      // The operation holds its inputs: what only it holds, the kernel may write over.
      release?.();
      outputCount.view[0] = maxOutputs;
      library.TFE_Execute(op, outputs.address, outputCount.address, status.address);
      status.check(`operation ${operation}`);
    } finally {
      library.TFE_DeleteOp(op);
    }
    return outputCount.view[0];
  }

  const tensors = tensorHandles(library, status, (handle) => {
    run("DeepCopy", [], [handle]);
    return outputs.view[0];
  });

  function executeOver(
    operation: string,
    attributes: readonly KindedAttribute[],
    inputs: readonly number[],
    release?: () => void,
  ): TensorMetadata[] {
    const count = run(operation, attributes, inputs.map(tensors.handle), release);
    const results = new Array<TensorMetadata>(count);
    for (let i = 0; i < count; i++) results[i] = tensors.adopt(outputs.view[i]);
    return results;
  }

  return {
    version: textAt(library.TF_Version()),
    tensors,
    // tfjs-node passes more arguments than these.
    execute: (operation, attributes, inputs) => executeOver(operation, attributes, inputs),
    executeOver,
    kinded: attributeSet.kinded,
    inLargePages: (buffer) => inLargePages(library, buffer),
  };
}

/** The binding under the names that tfjs-node's backend calls (its TFJSBinding). */
export function nodeBinding(binding: Binding) {
  const { tensors } = binding;
  const noSavedModels = (): never => {
    throw new Error("saved models are not supported");
  };
  return {
    createTensor: tensors.create,
    deleteTensor: tensors.delete,
    tensorDataSync: tensors.read,
    executeOp: binding.execute,
    getNumOfTensors: tensors.count,
    isUsingGpuDevice: () => false,
    loadSavedModel: noSavedModels,
    deleteSavedModel: noSavedModels,
    runSavedModel: noSavedModels,
    getNumOfSavedModels: () => 0,
    TF_FLOAT: dataTypes.float32,
    TF_INT32: dataTypes.int32,
    TF_INT64: dataTypes.int64,
    TF_BOOL: dataTypes.bool,
    TF_COMPLEX64: dataTypes.complex64,
    TF_STRING: dataTypes.string,
    TF_RESOURCE: dataTypes.resource,
    TF_UINT8: dataTypes.uint8,
    TF_ATTR_STRING: attributeKinds.string,
    TF_ATTR_INT: attributeKinds.int,
    TF_ATTR_FLOAT: attributeKinds.float,
    TF_ATTR_BOOL: attributeKinds.bool,
    TF_ATTR_TYPE: attributeKinds.type,
    TF_ATTR_SHAPE: attributeKinds.shape,
    TF_Version: binding.version,
  };
}
