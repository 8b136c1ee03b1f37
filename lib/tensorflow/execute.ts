/**
 * Any TensorFlow operation by its name, for those that TensorFlow.js lacks.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  checkInteger,
  checkList,
  checkNumbers,
  checkRecord,
  checkText,
  checkThat,
  must,
} from "../numerics/checks.ts";
import type { Attributes } from "./attributes.ts";
import { dataTypeName, dataTypes, type NumericArray } from "./data_types.ts";
import { type Session, session } from "./session.ts";
import type { TensorMetadata } from "./tensor_handles.ts";

/** A tensor of double precision, which TensorFlow.js has no type for; freed by `dispose`. */
export interface Float64Tensor {
  readonly dtype: "float64";
  readonly shape: readonly number[];
  /** The binding's number of the tensor. */
  readonly id: number;
  /** A copy of the values. */
  read(): Float64Array;
  dispose(): void;
}

/** What an operation takes: tensors, or a list of numbers that stands for an int32 vector. */
export type Input = tf.Tensor | Float64Tensor | readonly number[];

/**
 * Runs an operation at once and gives its (first) output.
 *
 * Attributes are set by the kind that the operation declares; data types are names, as in
 * `{ DstT: "int32" }`. Types that follow from the inputs may be left out, except where an
 * operation takes a list of inputs (`N` and `T` then). Outputs of int64 and other widths come as
 * int32.
 *
 * @throws {Error} naming the operation, with TensorFlow's message.
 * @throws {TypeError} if an argument is of another kind; a list holds numbers that are not int32's.
 * @throws {TypeError} if the output is float64: that is for {@link executeFloat64}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tensorflow } from "./session.ts";
 * import { execute } from "./execute.ts";
 * const tf = await tensorflow();
 * const gradient = execute("ReluGrad", [tf.tensor([3, 4]), tf.tensor([-1, 1])]);
 * assert(gradient.dataSync().join() === "0,4");
 * ```
 */
export function execute<T extends tf.Tensor = tf.Tensor>(
  operation: string,
  inputs: readonly Input[],
  attributes: Attributes = {},
): T {
  const current = session();
  const outputs = run(current, operation, inputs, attributes);
  for (let i = 1; i < outputs.length; i++) current.binding.tensors.delete(outputs[i].id);
  if (outputs.length === 0) throw new Error(`operation ${operation} has no output`);
  return wrap(current, operation, outputs[0]) as T;
}

/** As {@link execute}, with all the operation's outputs. */
export function executeAll(
  operation: string,
  inputs: readonly Input[],
  attributes: Attributes = {},
): tf.Tensor[] {
  const current = session();
  return run(current, operation, inputs, attributes)
    .map((output) => wrap(current, operation, output));
}

/**
 * As {@link execute}, for an output of double precision.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tensorflow } from "./session.ts";
 * import { executeFloat64, fromFloat64 } from "./execute.ts";
 * await tensorflow();
 * const x = fromFloat64([1, 1e-12], [2]);
 * const sum = executeFloat64("Sum", [x, [0]]);
 * assert(sum.read()[0] === 1 + 1e-12);
 * x.dispose();
 * sum.dispose();
 * ```
 */
export function executeFloat64(
  operation: string,
  inputs: readonly Input[],
  attributes: Attributes = {},
): Float64Tensor {
  const current = session();
  const { tensors } = current.binding;
  const [output, ...rest] = run(current, operation, inputs, attributes);
  rest.forEach(({ id }) => tensors.delete(id));
  if (output?.dtype !== dataTypes.float64) {
    if (output) tensors.delete(output.id);
    throw new TypeError(
      `operation ${operation} gives ${output ? dataTypeName(output.dtype) : "nothing"}, ` +
        `not float64`,
    );
  }
  return float64Tensor(current, output.id, output.shape);
}

/** A tensor of double precision with a copy of the values. */
export function fromFloat64(
  data: Float64Array | readonly number[],
  shape: readonly number[],
): Float64Tensor {
  checkNumbers("data", data, { gaps: true });
  checkList("shape", shape, must(checkInteger, { least: 0 }));
  const current = session();
  const id = current.binding.tensors.create(shape, dataTypes.float64, Float64Array.from(data));
  return float64Tensor(current, id, [...shape]);
}

/**
 * Copies a tensor's values into an array of its type (Float32Array for float32, Int32Array for
 * int32, Uint8Array for bool) and of its length, without another copy between.
 *
 * @throws {TypeError} if the array is of another type.
 * @throws {RangeError} if the array has another length.
 */
export function readInto<A extends NumericArray>(tensor: tf.Tensor | Float64Tensor, array: A): A {
  checkTensor("tensor", tensor, "a tensor");
  checkThat("array", array, ArrayBuffer.isView(array), "a typed array");
  const current = session();
  const [id] = numbers(current, [tensor], []);
  current.binding.tensors.readInto(id, array);
  return array;
}

/** How many tensors TensorFlow holds for this thread: the figure that must not grow. */
export function liveTensors(): number {
  return session().binding.tensors.count();
}

/** Runs an operation; `release` may give up inputs that it alone is to hold then. */
export function run(
  { backend, binding }: Session,
  operation: string,
  inputs: readonly Input[],
  attributes: Attributes,
  release?: () => void,
): TensorMetadata[] {
  checkCall(operation, inputs, attributes);
  const lent: number[] = [];
  try {
    const ids = numbers({ backend, binding }, inputs, lent);
    const kinded = binding.kinded(operation, attributes);
    return release
      ? binding.executeOver(operation, kinded, ids, release)
      : binding.execute(operation, kinded, ids);
  } finally {
    for (let i = 0; i < lent.length; i++) binding.tensors.delete(lent[i]);
  }
}

/** @throws {TypeError} if what an operation is called with is of another kind */
export function checkCall(operation: string, inputs: readonly Input[], attributes: Attributes) {
  checkText("operation", operation);
  checkList("inputs", inputs, checkInput);
  checkRecord("attributes", attributes, {});
}

const INT32 = { least: -(2 ** 31), most: 2 ** 31 - 1 };

/** A tensor, or numbers that an int32 vector holds: NaN would be 0 in it, 1.5 be 1. */
function checkInput(name: string, input: Input): void {
  if (Array.isArray(input)) checkList(name, input, must(checkInteger, INT32));
  else checkTensor(name, input, "a tensor, or a list of integers");
}

/** Whether it is a tensor, of whichever kind. */
export function checkTensor(name: string, value: unknown, what: string): void {
  checkThat(name, value, value instanceof Object && "dtype" in value && "shape" in value, what);
}

/** The binding's numbers of the inputs; those made for the call are added to `lent`. */
function numbers(
  { backend, binding }: Pick<Session, "backend" | "binding">,
  inputs: readonly Input[],
  lent: number[],
): number[] {
  return inputs.map((input, i) => {
    if (Array.isArray(input)) {
      const id = binding.tensors.create([input.length], dataTypes.int32, Int32Array.from(input));
      lent.push(id);
      return id;
    }
    const tensor = input as tf.Tensor | Float64Tensor;
    if ("isDisposed" in tensor && tensor.isDisposed) {
      throw new Error(`tensor ${i} of the inputs was disposed`);
    }
    return isFloat64(tensor) ? tensor.id : backend.getInputTensorIds([tensor])[0];
  });
}

function isFloat64(tensor: tf.Tensor | Float64Tensor): tensor is Float64Tensor {
  return (tensor.dtype as string) === "float64";
}

const narrowed: ReadonlySet<number> = new Set([
  dataTypes.int64,
  dataTypes.uint8,
  dataTypes.int16,
  dataTypes.int8,
]);

/** The tensor of TensorFlow.js for an output. */
export function wrap(
  { backend, binding }: Session,
  operation: string,
  output: TensorMetadata,
): tf.Tensor {
  const { tensors } = binding;
  if (output.dtype === dataTypes.float64) {
    tensors.delete(output.id);
    throw new TypeError(`operation ${operation} gives float64: use executeFloat64`);
  }
  if (!narrowed.has(output.dtype)) return backend.createOutputTensor(output);
  try {
    const attributes = binding.kinded("Cast", { DstT: "int32" });
    return backend.createOutputTensor(binding.execute("Cast", attributes, [output.id])[0]);
  } finally {
    tensors.delete(output.id);
  }
}

function float64Tensor({ binding }: Session, id: number, shape: readonly number[]): Float64Tensor {
  return {
    dtype: "float64",
    shape,
    id,
    read: () => binding.tensors.read(id) as Float64Array,
    dispose: () => binding.tensors.delete(id),
  };
}
