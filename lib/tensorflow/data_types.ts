/**
 * TensorFlow's data types: their numbers in the C API, and the arrays that hold them here.
 *
 * @module
 */

/** The numbers of TensorFlow's data types (TF_DataType). */
export const dataTypes = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  int8: 6,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  resource: 20,
} as const;

/** The name of a data type. */
export type DataTypeName = keyof typeof dataTypes;

/** The values of a tensor that is not of strings. */
export type NumericArray =
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint8Array
  | Int16Array
  | Int8Array
  | BigInt64Array;

/** The array that holds a data type and its elements' size; complex numbers are pairs of floats. */
export interface Storage {
  readonly array: { new (buffer: ArrayBuffer): NumericArray };
  readonly bytes: number;
}

const storages = new Map<number, Storage>([
  [dataTypes.float32, { array: Float32Array, bytes: 4 }],
  [dataTypes.float64, { array: Float64Array, bytes: 8 }],
  [dataTypes.int32, { array: Int32Array, bytes: 4 }],
  [dataTypes.uint8, { array: Uint8Array, bytes: 1 }],
  [dataTypes.int16, { array: Int16Array, bytes: 2 }],
  [dataTypes.int8, { array: Int8Array, bytes: 1 }],
  [dataTypes.complex64, { array: Float32Array, bytes: 8 }],
  [dataTypes.int64, { array: BigInt64Array, bytes: 8 }],
  [dataTypes.bool, { array: Uint8Array, bytes: 1 }],
]);

/** The name of the data type with this number, or the number itself as text. */
export function dataTypeName(type: number): string {
  return Object.entries(dataTypes).find(([, number]) => number === type)?.[0] ?? `type ${type}`;
}

/**
 * How the values of a data type are stored.
 *
 * @throws {TypeError} for types whose values cannot be read or written here.
 */
export function storageOf(type: number): Storage {
  const storage = storages.get(type);
  if (storage === undefined) {
    throw new TypeError(
      `tensors of ${dataTypeName(type)} cannot be read or written; possible are ${
        [...storages.keys()].map(dataTypeName).join(", ")
      } and string`,
    );
  }
  return storage;
}
