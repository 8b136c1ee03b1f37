/**
 * Memory in pages of 2 MB, where Linux gives them on request: the first touch of a large array costs
 * a fault for each page, and reading it down its columns misses the processor's list of pages.
 *
 * @module
 */

/** The C library's function, of whichever library resolves it; not there on every system. */
interface Advising {
  readonly madvise?: ((address: bigint, bytes: bigint, advice: number) => number) | null;
}

/** Bytes from which it is asked for, as NumPy does. */
const LARGE = 4 * 2 ** 20;

/** Of the addresses at which the request may begin and end: every size of page divides it. */
const UNIT = 2 ** 16;

const MADV_HUGEPAGE = 14;

/** The same buffer, of which nothing is touched yet; its inside will be in large pages, if it is large. */
export function inLargePages(library: Advising, buffer: ArrayBuffer): ArrayBuffer {
  if (buffer.byteLength < LARGE || Deno.build.os !== "linux") return buffer;
  const address = Deno.UnsafePointer.value(Deno.UnsafePointer.of(new Uint8Array(buffer)));
  const from = Math.ceil(Number(address) / UNIT) * UNIT;
  const to = Math.floor((Number(address) + buffer.byteLength) / UNIT) * UNIT;
  // A request: where it is refused, the pages are small ones.
  library.madvise?.(BigInt(from), BigInt(to - from), MADV_HUGEPAGE);
  return buffer;
}
