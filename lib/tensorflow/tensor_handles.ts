/**
 * Tensors inside TensorFlow. Each is known outside by a number; the numbers are looked up before
 * an address goes to C, so that a stale one is an error and not a wild pointer.
 *
 * @module
 */
import { dataTypeName, dataTypes, type NumericArray, storageOf } from "./data_types.ts";
import { type Address, type Library, pin } from "./library.ts";
import type { Reporter } from "./status.ts";
import { freeStrings, readStrings, stringBytes, writeStrings } from "./string_tensors.ts";

/** What tfjs asks about a tensor that an operation gave. */
export interface TensorMetadata {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** Values to make a tensor of: numbers, or one byte array for each string. */
export type Values = NumericArray | readonly Uint8Array[];

/** The tensors of one binding. */
export interface TensorHandles {
  /** A new tensor with a copy of the values. */
  create(shape: readonly number[], type: number, values: Values): number;
  /** Takes over a handle that TensorFlow gave. */
  adopt(handle: Address): TensorMetadata;
  /** The handle of a tensor. */
  handle(id: number): Address;
  /** The tensor's values, copied; complex numbers as pairs. */
  read(id: number): NumericArray | Uint8Array[];
  /** Copies the tensor's values into an array of the same type and length. */
  readInto(id: number, array: NumericArray): void;
  /** Lets `use` see the tensor's numbers where they lie: of memory that is void afterwards. */
  visit<Result>(id: number, use: (values: NumericArray) => Result): Result;
  /** Frees a tensor. */
  delete(id: number): void;
  /** How many tensors there are. */
  count(): number;
}

const maxRank = 32;

/**
 * An empty collection of tensors; `deepCopy` gives the handle of a copy that TensorFlow made.
 */
export function tensorHandles(
  library: Library,
  status: Reporter,
  deepCopy: (handle: Address) => Address,
): TensorHandles {
  const handles = new Map<number, Address>();
  const dimensions = pin(BigInt64Array, maxRank);
  let next = 0;

  function handle(id: number): Address {
    const found = handles.get(id);
    if (found === undefined) throw new Error(`tensor ${id} does not exist or was disposed`);
    return found;
  }

  function keep(handle: Address): number {
    handles.set(next, handle);
    return next++;
  }

  function create(shape: readonly number[], type: number, values: Values): number {
    const count = shape.reduce((product, size) => product * size, 1);
    const bytes = Array.isArray(values) ? stringBytes(values.length) : numericBytes(type, values);
    const expected = type === dataTypes.string ? stringBytes(count) : count * storageOf(type).bytes;
    if (bytes !== expected) {
      throw new RangeError(
        `the values (${values.length}) do not fill a tensor of ${dataTypeName(type)} with ` +
          `shape [${shape}] (${count})`,
      );
    }
    if (shape.length > maxRank) throw new RangeError(`shape [${shape}] has more than 32 axes`);
    shape.forEach((size, axis) => dimensions.view[axis] = BigInt(size));
    const tensor = library.TF_AllocateTensor(
      type,
      dimensions.address,
      shape.length,
      BigInt(bytes),
    );
    if (tensor === 0n) {
      throw new Error(`no memory for a tensor of ${dataTypeName(type)} with shape [${shape}]`);
    }
    try {
      const data = library.TF_TensorData(tensor);
      if (Array.isArray(values)) return keep(ofStrings(tensor, data, values));
      if (bytes > 0) library.copyIn(data, values as NumericArray, BigInt(bytes));
      return keep(newHandle(tensor));
    } finally {
      library.TF_DeleteTensor(tensor);
    }
  }

  function newHandle(tensor: Address): Address {
    const made = library.TFE_NewTensorHandle(tensor, status.address);
    status.check("making a tensor");
    return made;
  }

  /**
   * A tensor that was allocated from outside is freed without its strings. So what is kept is
   * TensorFlow's own copy, and the strings written here are freed here.
   */
  function ofStrings(tensor: Address, data: Address, strings: readonly Uint8Array[]): Address {
    writeStrings(library, data, strings);
    const written = newHandle(tensor);
    try {
      return deepCopy(written);
    } finally {
      library.TFE_DeleteTensorHandle(written);
      freeStrings(library, data, strings.length);
    }
  }

  /** Lets `use` see the tensor's data while it is held. */
  function withData<Result>(id: number, use: (data: Address, bytes: number) => Result): Result {
    const tensor = library.TFE_TensorHandleResolve(handle(id), status.address);
    status.check("reading a tensor");
    try {
      return use(library.TF_TensorData(tensor), Number(library.TF_TensorByteSize(tensor)));
    } finally {
      library.TF_DeleteTensor(tensor);
    }
  }

  function read(id: number): NumericArray | Uint8Array[] {
    const type = library.TFE_TensorHandleDataType(handle(id));
    return withData(id, (data, bytes) => {
      if (type === dataTypes.string) return readStrings(library, data, bytes);
      const values = new (storageOf(type).array)(new ArrayBuffer(bytes));
      if (bytes > 0) library.copyOut(values, data, BigInt(bytes));
      return values;
    });
  }

  function readInto(id: number, array: NumericArray): void {
    const type = library.TFE_TensorHandleDataType(handle(id));
    const { array: expected } = storageOf(type);
    if (!(array instanceof expected)) {
      throw new TypeError(
        `array is a ${array.constructor.name}; a tensor of ${dataTypeName(type)} is read into a ` +
          `${expected.name}`,
      );
    }
    withData(id, (data, bytes) => {
      if (array.byteLength !== bytes) {
        throw new RangeError(
          `array has ${array.length} elements; the tensor has ${bytes / array.BYTES_PER_ELEMENT}`,
        );
      }
      if (bytes > 0) library.copyOut(array, data, BigInt(bytes));
    });
  }

  function visit<Result>(id: number, use: (values: NumericArray) => Result): Result {
    const { array } = storageOf(library.TFE_TensorHandleDataType(handle(id)));
    return withData(id, (data, bytes) => {
      const pointer = bytes > 0 ? Deno.UnsafePointer.create(data) : null;
      return use(
        new array(
          pointer ? Deno.UnsafePointerView.getArrayBuffer(pointer, bytes) : new ArrayBuffer(0),
        ),
      );
    });
  }

  return {
    create,
    handle,
    read,
    readInto,
    visit,
    adopt(handle) {
      const rank = library.TFE_TensorHandleNumDims(handle, status.address);
      const shape = new Array<number>(rank);
      for (let axis = 0; axis < rank; axis++) {
        shape[axis] = Number(library.TFE_TensorHandleDim(handle, axis, status.address));
      }
      return { id: keep(handle), shape, dtype: library.TFE_TensorHandleDataType(handle) };
    },
    delete(id) {
      library.TFE_DeleteTensorHandle(handle(id));
      handles.delete(id);
    },
    count: () => handles.size,
  };
}

function numericBytes(type: number, values: Values): number {
  const { array } = storageOf(type);
  // tfjs-node holds 64-bit integers as pairs of 32-bit ones.
  const paired = type === dataTypes.int64 && values instanceof Int32Array;
  if (!(values instanceof array) && !paired) {
    throw new TypeError(
      `values are a ${values.constructor.name}; a tensor of ${dataTypeName(type)} is made from a ` +
        `${array.name}`,
    );
  }
  return (values as NumericArray).byteLength;
}
