/**
 * The elements of string tensors: arrays of TensorFlow's own string records, each of 24 bytes,
 * written and read by its exported functions.
 *
 * @module
 */
import type { Address, Library } from "./library.ts";

const recordBytes = 24;

/** The bytes that `count` string records take. */
export function stringBytes(count: number): number {
  return count * recordBytes;
}

/** Writes the strings into fresh records that begin at `data`. */
export function writeStrings(
  library: Library,
  data: Address,
  strings: readonly Uint8Array[],
): void {
  strings.forEach((bytes, index) => {
    const record = data + BigInt(index * recordBytes);
    library.TF_StringInit(record);
    if (bytes.length > 0) {
      library.TF_StringCopy(record, bytes as Uint8Array<ArrayBuffer>, BigInt(bytes.length));
    }
  });
}

/** Frees what the `count` string records that begin at `data` hold. */
export function freeStrings(library: Library, data: Address, count: number): void {
  for (let i = 0; i < count; i++) library.TF_StringDealloc(data + BigInt(i * recordBytes));
}

/** Copies the strings out of the records that begin at `data` and take `bytes` in all. */
export function readStrings(library: Library, data: Address, bytes: number): Uint8Array[] {
  return Array.from({ length: bytes / recordBytes }, (_, index) => {
    const record = data + BigInt(index * recordBytes);
    const string = new Uint8Array(Number(library.TF_StringGetSize(record)));
    if (string.length > 0) {
      library.copyOut(
        string,
        library.TF_StringGetDataPointer(record),
        BigInt(string.length),
      );
    }
    return string;
  });
}
