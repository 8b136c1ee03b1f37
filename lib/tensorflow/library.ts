/**
 * The C library: the functions of TensorFlow's eager C API that are called, and the little memory
 * of our own that they read and write.
 *
 * Addresses are declared `u64` and passed as bigints, which is the fast path of Deno's FFI.
 *
 * @module
 */

/** An address in the process's memory, or of an opaque C object. */
export type Address = bigint;

const symbols = {
  TF_Version: { parameters: [], result: "u64" },
  TF_NewStatus: { parameters: [], result: "u64" },
  TF_GetCode: { parameters: ["u64"], result: "i32" },
  TF_Message: { parameters: ["u64"], result: "u64" },

  TF_AllocateTensor: { parameters: ["i32", "u64", "i32", "usize"], result: "u64" },
  TF_DeleteTensor: { parameters: ["u64"], result: "void" },
  TF_TensorData: { parameters: ["u64"], result: "u64" },
  TF_TensorByteSize: { parameters: ["u64"], result: "usize" },

  TF_StringInit: { parameters: ["u64"], result: "void" },
  TF_StringCopy: { parameters: ["u64", "buffer", "usize"], result: "void" },
  TF_StringGetDataPointer: { parameters: ["u64"], result: "u64" },
  TF_StringGetSize: { parameters: ["u64"], result: "usize" },
  TF_StringDealloc: { parameters: ["u64"], result: "void" },

  TFE_NewContextOptions: { parameters: [], result: "u64" },
  TFE_ContextOptionsSetConfig: {
    parameters: ["u64", "buffer", "usize", "u64"],
    result: "void",
  },
  TFE_DeleteContextOptions: { parameters: ["u64"], result: "void" },
  TFE_NewContext: { parameters: ["u64", "u64"], result: "u64" },

  TFE_NewTensorHandle: { parameters: ["u64", "u64"], result: "u64" },
  TFE_DeleteTensorHandle: { parameters: ["u64"], result: "void" },
  TFE_TensorHandleDataType: { parameters: ["u64"], result: "i32" },
  TFE_TensorHandleNumDims: { parameters: ["u64", "u64"], result: "i32" },
  TFE_TensorHandleDim: { parameters: ["u64", "i32", "u64"], result: "i64" },
  TFE_TensorHandleResolve: { parameters: ["u64", "u64"], result: "u64" },

  TFE_NewOp: { parameters: ["u64", "u64", "u64"], result: "u64" },
  TFE_DeleteOp: { parameters: ["u64"], result: "void" },
  TFE_OpNameGetAttrType: { parameters: ["u64", "u64", "u64", "u64", "u64"], result: "i32" },
  TFE_OpAddInput: { parameters: ["u64", "u64", "u64"], result: "void" },
  TFE_OpSetAttrString: { parameters: ["u64", "u64", "u64", "usize"], result: "void" },
  TFE_OpSetAttrStringList: {
    parameters: ["u64", "u64", "u64", "u64", "i32"],
    result: "void",
  },
  TFE_OpSetAttrInt: { parameters: ["u64", "u64", "i64"], result: "void" },
  TFE_OpSetAttrIntList: { parameters: ["u64", "u64", "u64", "i32"], result: "void" },
  TFE_OpSetAttrFloat: { parameters: ["u64", "u64", "f32"], result: "void" },
  TFE_OpSetAttrFloatList: { parameters: ["u64", "u64", "u64", "i32"], result: "void" },
  TFE_OpSetAttrBool: { parameters: ["u64", "u64", "u8"], result: "void" },
  TFE_OpSetAttrBoolList: { parameters: ["u64", "u64", "u64", "i32"], result: "void" },
  TFE_OpSetAttrType: { parameters: ["u64", "u64", "i32"], result: "void" },
  TFE_OpSetAttrTypeList: { parameters: ["u64", "u64", "u64", "i32"], result: "void" },
  TFE_OpSetAttrShape: { parameters: ["u64", "u64", "u64", "i32", "u64"], result: "void" },
  TFE_Execute: { parameters: ["u64", "u64", "u64", "u64"], result: "void" },

  // The C library's own functions resolve through the same handle, whatever its file is called.
  dlopen: { parameters: ["buffer", "i32"], result: "u64" },
  malloc: { parameters: ["usize"], result: "u64" },
  madvise: { parameters: ["usize", "usize", "i32"], result: "i32", optional: true },
  copyIn: { name: "memcpy", parameters: ["u64", "buffer", "usize"], result: "u64" },
  copyOut: { name: "memcpy", parameters: ["buffer", "u64", "usize"], result: "u64" },
} as const;

/** TensorFlow's C functions, as Deno calls them. */
export type Library = Deno.DynamicLibrary<typeof symbols>["symbols"];

/*
 * TF_ENABLE_ONEDNN_OPTS is left as it is, which on x86 means oneDNN's convolutions. Measured in
 * GFLOP/s on one core of an AVX-512 machine, 3×3, 128→128, 32×32, batch 50, with oneDNN and
 * without: forward 236 and 182, filter gradient 219 and 117, input gradient 231 and 200; from 3
 * channels forward 138 and 74; a product of 2048² matrices 238 and 209. Only tiny operations cost
 * more with it (a convolution of 4×4 pixels 14 µs and 5 µs). _FusedConv2D with bias and relu (194)
 * is slower than a convolution and a relu after it (228).
 */

/**
 * Opens the shared library at `path`. `libtensorflow_framework` must lie beside it: the loader
 * finds it there.
 *
 * @throws {Error} if the file is missing or is no such library.
 */
export function openLibrary(path: string): Library {
  try {
    const { symbols: library } = quietly(() => Deno.dlopen(path, symbols));
    // Opened once more, so that it stays when Deno closes its handle with the worker that has it:
    // TensorFlow's own threads would run into unmapped code.
    library.dlopen(new TextEncoder().encode(path + "\0"), 2);
    return library;
  } catch (cause) {
    throw new Error(`cannot load TensorFlow's library ${path}: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/**
 * Loads without chatter, unless TF_CPP_MIN_LOG_LEVEL asks for it. TensorFlow reads the variable
 * when it is loaded (2 keeps errors); but a remark about oneDNN comes before that, from a static
 * initializer, so the standard error is turned away for that moment.
 */
function quietly<Result>(load: () => Result): Result {
  const variable = "TF_CPP_MIN_LOG_LEVEL";
  const wanted = Deno.env.get(variable);
  if (wanted === "0" || wanted === "1") return load();
  Deno.env.set(variable, wanted ?? "2");
  const c = Deno.dlopen(Deno.build.os === "darwin" ? "libSystem.B.dylib" : "libc.so.6", {
    dup: { parameters: ["i32"], result: "i32" },
    dup2: { parameters: ["i32", "i32"], result: "i32" },
    open: { parameters: ["buffer", "i32"], result: "i32" },
    close: { parameters: ["i32"], result: "i32" },
  });
  const { dup, dup2, open, close } = c.symbols;
  const nowhere = open(new TextEncoder().encode("/dev/null\0"), 1);
  const before = dup(2);
  dup2(nowhere, 2);
  try {
    return load();
  } finally {
    dup2(before, 2);
    close(before);
    close(nowhere);
    c.close();
  }
}

/** Memory at an address that stays: a view to write to and the address to hand to C. */
export interface Pinned<View> {
  readonly view: View;
  readonly address: Address;
}

/**
 * Pins `length` elements. The buffer is made explicitly, because the elements of a small typed
 * array live in the heap of the engine and move.
 */
export function pin<View extends ArrayBufferView>(
  view: { new (buffer: ArrayBuffer): View; readonly BYTES_PER_ELEMENT: number },
  length: number,
): Pinned<View> {
  const buffer = new ArrayBuffer(length * view.BYTES_PER_ELEMENT);
  const address = Deno.UnsafePointer.value(Deno.UnsafePointer.of(buffer));
  return { view: new view(buffer), address };
}

/** The text of the C string at `address`. */
export function textAt(address: Address): string {
  const pointer = Deno.UnsafePointer.create(address);
  return pointer === null ? "" : Deno.UnsafePointerView.getCString(pointer);
}

/** A C string that is never freed, with its length in bytes. */
export interface CString {
  readonly address: Address;
  readonly length: bigint;
}

/**
 * A function that gives the C string of a text, the same one each time. TensorFlow keeps pointers
 * to the names of attributes, so these stay for good; operations, attributes and the values of
 * string attributes are few.
 */
export function cStrings(library: Library): (text: string) => CString {
  const known = new Map<string, CString>();
  const encoder = new TextEncoder();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      const bytes = encoder.encode(text + "\0");
      const address = library.malloc(BigInt(bytes.length));
      library.copyIn(address, bytes, BigInt(bytes.length));
      found = { address, length: BigInt(bytes.length - 1) };
      known.set(text, found);
    }
    return found;
  };
}
