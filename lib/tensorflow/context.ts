/**
 * The eager context: what runs operations, and on how many threads.
 *
 * @module
 */
import type { Address, Library } from "./library.ts";
import type { Reporter } from "./status.ts";

/** A new eager context whose operations use `threads` threads each. */
export function newContext(library: Library, status: Reporter, threads: number): Address {
  const options = library.TFE_NewContextOptions();
  try {
    const config = configuration(threads);
    library.TFE_ContextOptionsSetConfig(
      options,
      config,
      BigInt(config.length),
      status.address,
    );
    status.check("setting the number of threads");
    const context = library.TFE_NewContext(options, status.address);
    status.check("making the eager context");
    return context;
  } finally {
    library.TFE_DeleteContextOptions(options);
  }
}

/** The protocol buffer ConfigProto { intra_op_parallelism_threads (field 2): threads }. */
function configuration(threads: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([2 << 3, ...varint(threads)]);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
