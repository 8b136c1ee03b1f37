/**
 * The shared library: the functions of LAPACK and BLAS that are called, and what Fortran wants of
 * their arguments.
 *
 * @module
 */
const b = "buffer" as const; // Fortran takes everything by its address …
const b4 = [b, b, b, b] as const;
const length = "usize" as const; // … and at the end the length of each string
const result = "void" as const;

const symbols = (prefix: string) => {
  const fortran = <const Parameters extends readonly (typeof b | typeof length)[]>(
    name: string,
    parameters: Parameters,
  ) => ({ name: `${prefix}${name}_`, parameters, result } as const);
  const aside = { nonblocking: true } as const;
  return {
    dgemm: fortran("dgemm", [...b4, ...b4, ...b4, b, length, length]),
    dgesdd: fortran("dgesdd", [...b4, ...b4, ...b4, b, b, length]),
    dpotrf: fortran("dpotrf", [...b4, b, length]),
    dpotrs: fortran("dpotrs", [...b4, ...b4, length]),
    dsyrk: fortran("dsyrk", [...b4, ...b4, b, b, length, length]),
    dtrsm: fortran("dtrsm", [...b4, ...b4, b, b, b, length, length, length, length]),
    dsyevd: fortran("dsyevd", [...b4, ...b4, b, b, b, length, length]),
    dsyevd_2stage: {
      ...fortran("dsyevd_2stage", [...b4, ...b4, b, b, b, length, length]),
      optional: true, // LAPACK has it since 2016
    },
    dlarft: fortran("dlarft", [...b4, ...b4, b, length, length]),
    dasum: { ...fortran("dasum", [b, b, b]), result: "f64" } as const,

    // The parts of dsyevd and of dsyevd_2stage, on another thread.
    dlatrd: { ...fortran("dlatrd", [...b4, ...b4, b, length]), ...aside },
    dsyr2k: { ...fortran("dsyr2k", [...b4, ...b4, ...b4, length, length]), ...aside },
    dsytrd: { ...fortran("dsytrd", [...b4, ...b4, b, b, length]), ...aside },
    dsterf: { ...fortran("dsterf", b4), ...aside },
    dstedc: { ...fortran("dstedc", [...b4, ...b4, b, b, b, length]), ...aside },
    dgemqrt: { ...fortran("dgemqrt", [...b4, ...b4, ...b4, b, b, length, length]), ...aside },
    dsytrd_sy2sb: {
      ...fortran("dsytrd_sy2sb", [...b4, ...b4, b, b, b, length]),
      ...aside,
      optional: true,
    },
    dsytrd_sb2st: {
      ...fortran("dsytrd_sb2st", [...b4, ...b4, ...b4, b, b, length, length, length]),
      ...aside,
      optional: true,
    },

    // OpenBLAS's own.
    setThreads: {
      name: `${prefix}openblas_set_num_threads`,
      parameters: ["i32"],
      result,
      optional: true,
    },
    getThreads: {
      name: `${prefix}openblas_get_num_threads`,
      parameters: [],
      result: "i32",
      optional: true,
    },
    configuration: {
      name: `${prefix}openblas_get_config`,
      parameters: [],
      result: "pointer",
      optional: true,
    },

    // The C library's own functions resolve through the same handle.
    malloc: { parameters: ["usize"], result: "pointer" },
    free: { parameters: ["pointer"], result },
    madvise: { parameters: ["usize", "usize", "i32"], result: "i32", optional: true },
    dlopen: { parameters: [b, "i32"], result: "pointer" },
  } as const;
};

/** The functions that are called, as Deno calls them. */
export type Library = Deno.DynamicLibrary<ReturnType<typeof symbols>>["symbols"];

/** What PyPI's wheels put before each name, and the plain names of other builds. */
const prefixes = ["scipy_", ""];

/**
 * Opens the shared library at `path`: OpenBLAS, or another with the plain Fortran names and 32-bit
 * integers.
 *
 * @throws {Error} if it cannot be opened or lacks a function, or Deno may open none
 */
export function openLapack(path: string): Library {
  const failures: string[] = [];
  for (const prefix of prefixes) {
    try {
      const library = Deno.dlopen(path, symbols(prefix)).symbols;
      // Opened once more, so that it stays when Deno closes its handle with the worker that has it:
      // a thread may still be computing.
      library.dlopen(new TextEncoder().encode(path + "\0"), 2);
      return library;
    } catch (error) {
      if (notAllowed(error)) throw error;
      failures.push((error as Error).message);
    }
  }
  throw new Error(`cannot open LAPACK's library ${path}: ${[...new Set(failures)].join("; ")}`);
}

/** Whether an error says that Deno was not allowed something. */
export const notAllowed = (error: unknown): boolean => (error as Error).name === "NotCapable";

/** An integer as Fortran takes it; the buffer is explicit, so that it does not move. */
export function int(value: number): Int32Array<ArrayBuffer> {
  const cell = new Int32Array(new ArrayBuffer(4));
  cell[0] = value;
  return cell;
}

/** A letter as Fortran takes it. */
export function char(letter: string): Uint8Array<ArrayBuffer> {
  const cell = new Uint8Array(new ArrayBuffer(1));
  cell[0] = letter.charCodeAt(0);
  return cell;
}

/** Throws where LAPACK's info says that an iteration did not converge. */
export function checkConverged(info: Int32Array): void {
  if (info[0] !== 0) throw new Error(`LAPACK's iteration did not converge (info ${info[0]})`);
}

/** What OpenBLAS says of itself. */
export function versionOf(library: Library): string | undefined {
  const text = library.configuration?.() ?? null;
  return text === null ? undefined : Deno.UnsafePointerView.getCString(text).trim();
}
