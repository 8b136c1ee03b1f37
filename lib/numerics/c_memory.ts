/**
 * Memory outside the engine, for work on another thread: it stays when a worker is terminated in
 * the midst of it, while the engine's own buffers would go and the library write on.
 *
 * @module
 */
import { inLargePages } from "./large_pages.ts";
import { char, int, type Library } from "./lapack.ts";

/** Arrays of C memory, and all of them given back at once. */
export interface CMemory {
  numbers(length: number): Float64Array<ArrayBuffer>;
  integers(length: number): Int32Array<ArrayBuffer>;
  /** Arguments as Fortran takes them. */
  real(value: number): Float64Array<ArrayBuffer>;
  int(value: number): Int32Array<ArrayBuffer>;
  char(letter: string): Uint8Array<ArrayBuffer>;
  /** The arrays must not be touched afterwards. */
  free(): void;
}

/** C memory by the library's `malloc`; what it holds at first is undefined. */
export function cMemory(library: Library): CMemory {
  const pointers: Deno.PointerObject[] = [];

  function bytes(length: number): ArrayBuffer {
    const pointer = library.malloc(BigInt(Math.max(8, length)));
    if (pointer === null) throw new Error(`there is no memory for ${length} bytes`);
    pointers.push(pointer);
    return inLargePages(library, Deno.UnsafePointerView.getArrayBuffer(pointer, length));
  }
  function numbers(length: number) {
    return new Float64Array(bytes(8 * length));
  }
  function copied<View extends Uint8Array | Int32Array | Float64Array>(
    value: View,
    view: { new (buffer: ArrayBuffer): View },
  ): View {
    const copy = new view(bytes(value.byteLength));
    copy.set(value);
    return copy;
  }

  return {
    numbers,
    integers: (length) => new Int32Array(bytes(4 * length)),
    real: (value) => copied(Float64Array.of(value), Float64Array<ArrayBuffer>),
    int: (value) => copied(int(value), Int32Array<ArrayBuffer>),
    char: (letter) => copied(char(letter), Uint8Array<ArrayBuffer>),
    free() {
      for (const pointer of pointers.splice(0)) library.free(pointer);
    },
  };
}
