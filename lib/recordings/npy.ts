/**
 * NumPy's array files, .npy, read row by row from bytes, wherever they are.
 *
 * @module
 */
import { quoted } from "./table_header.ts";

/** An array of a file; its rows are the entries along its first axis, flattened. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** Names of the fields, of a structured array; a row then has a number of each. */
  readonly fields: readonly string[];
  /** Numbers in a row. */
  readonly width: number;
  rows(): AsyncGenerator<Float64Array>;
}

/** Bytes that are read in pieces, from a file or from memory. */
export interface Bytes {
  readonly size: number;
  read(at: number, length: number): Promise<Uint8Array>;
}

type Reader = (view: DataView, at: number) => number;

const READERS: Readonly<Record<string, readonly [bytes: number, (little: boolean) => Reader]>> = {
  f8: [8, (little) => (view, at) => view.getFloat64(at, little)],
  f4: [4, (little) => (view, at) => view.getFloat32(at, little)],
  f2: [2, (little) => (view, at) => half(view.getUint16(at, little))],
  i8: [8, (little) => (view, at) => Number(view.getBigInt64(at, little))],
  i4: [4, (little) => (view, at) => view.getInt32(at, little)],
  i2: [2, (little) => (view, at) => view.getInt16(at, little)],
  i1: [1, () => (view, at) => view.getInt8(at)],
  u8: [8, (little) => (view, at) => Number(view.getBigUint64(at, little))],
  u4: [4, (little) => (view, at) => view.getUint32(at, little)],
  u2: [2, (little) => (view, at) => view.getUint16(at, little)],
  u1: [1, () => (view, at) => view.getUint8(at)],
};

/** Rows are read in pieces of this many bytes, or a row if it is longer. */
const PIECE = 2 ** 22;

/**
 * The array in some bytes. Rows are read when they are asked for; memory holds one piece of 4 MB or a
 * row.
 *
 * @param source what the bytes are called in messages
 * @throws {TypeError} if it is no .npy file of numbers (float16, 32, 64, integers, or a structure of
 * these) in C order; the dtype is named
 * @throws {RangeError} if it is shorter than its header says
 */
export async function npyArray(bytes: Bytes, source: string): Promise<NpyArray> {
  const { header, start } = await headerOf(bytes, source);
  const descr = /'descr':\s*('[^']*'|\[.*?\])\s*,\s*'fortran_order'/s.exec(header)?.[1];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (descr === undefined || shape === undefined) {
    throw new TypeError(`${source} has a header that is none of .npy: ${quoted(header)}`);
  }
  if (/'fortran_order':\s*True/.test(header)) {
    throw new TypeError(`${source} is in Fortran order; save np.ascontiguousarray(array) instead`);
  }
  const sizes = shape.split(",").map((text) => text.trim()).filter(Boolean).map(Number);
  if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw new TypeError(`${source} has the shape (${shape}), which is none: its header is damaged`);
  }
  const fields = fieldsOf(descr, source);
  const inner = sizes.slice(1).reduce((a, b) => a * b, 1);
  const itemBytes = fields.reduce((total, { bytes }) => total + bytes, 0);
  const width = inner * fields.length, rowBytes = inner * itemBytes;
  const count = sizes.length === 0 ? 1 : sizes[0];
  if (count > 0 && width === 0) {
    throw new RangeError(`${source} has the shape (${shape}) and no numbers in it`);
  }
  if (start + count * rowBytes > bytes.size) {
    throw new RangeError(
      `${source} ends after ${bytes.size} bytes; an array of shape (${shape}) needs ` +
        `${start + count * rowBytes}: it was not written to its end`,
    );
  }
  async function* rows() {
    if (start + count * rowBytes < bytes.size) {
      throw new RangeError(
        `${source} has ${bytes.size} bytes; an array of shape (${shape}) ends after ` +
          `${start + count * rowBytes}: the ${
            bytes.size - start - count * rowBytes
          } beyond are of no array`,
      );
    }
    const atOnce = Math.max(1, Math.floor(PIECE / Math.max(1, rowBytes)));
    for (let first = 0; first < count; first += atOnce) {
      const here = Math.min(atOnce, count - first);
      const piece = await bytes.read(start + first * rowBytes, here * rowBytes);
      const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
      for (let row = 0, at = 0; row < here; row++) {
        const values = new Float64Array(width);
        for (let i = 0; i < width;) {
          for (const field of fields) {
            values[i++] = field.read(view, at);
            at += field.bytes;
          }
        }
        yield values;
      }
    }
  }
  const names = fields.flatMap(({ name }) => name === "" ? [] : [name]);
  return { shape: sizes, fields: names, width, rows };
}

async function headerOf(bytes: Bytes, source: string) {
  const first = await bytes.read(0, 12);
  const magic = [0x93, ...new TextEncoder().encode("NUMPY")];
  if (first.length < 12 || magic.some((byte, i) => first[i] !== byte)) {
    throw new TypeError(`${source} is no .npy file: it does not begin as one does`);
  }
  const view = new DataView(first.buffer, first.byteOffset, 12);
  const long = first[6] >= 2;
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = (long ? 12 : 10) + length;
  if (length > 2 ** 20 || start > bytes.size) {
    throw new TypeError(`${source} has a header of ${length} bytes: it is damaged`);
  }
  const header = new TextDecoder().decode(await bytes.read(start - length, length));
  return { header, start };
}

function fieldsOf(descr: string, source: string) {
  const pairs = descr.startsWith("'")
    ? [["", descr.slice(1, -1)]]
    : [...descr.matchAll(/\('([^']*)',\s*'([^']*)'\s*(,[^)]*\))?/g)].map((match) => [
      match[1],
      match[3]?.includes("(") ? `${match[2]} array` : match[2],
    ]);
  return pairs.map(([name, dtype]) => {
    const known = Object.hasOwn(READERS, dtype.slice(1)) && READERS[dtype.slice(1)];
    if (!known || !/^[<>|=]/.test(dtype)) {
      const what = name === "" ? "" : `field ${quoted(name)} of `;
      const why = dtype.endsWith("O")
        ? ", Python objects: arrays of differing lengths are saved so; give them one length"
        : dtype.includes("c")
        ? ", complex numbers"
        : "";
      throw new TypeError(
        `${what}${source} has the dtype ${quoted(dtype)}${why}; it must be float or integer`,
      );
    }
    return { name, bytes: known[0], read: known[1](dtype[0] !== ">") };
  });
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1, exponent = (bits >> 10) & 31, fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
