/**
 * NumPy's archives of arrays, .npz: zip archives of .npy files, each with its checksum.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { open, stat } from "node:fs/promises";
import { crc32 } from "node:zlib";
// @ts-types="@types/yauzl"
import yauzl from "yauzl";
import { type NpyArray, npyArray } from "./npy.ts";

/** An .npz is unpacked in memory. */
const MOST_BYTES = 2 ** 31;

/**
 * The wanted arrays of an .npz file, by name; what else is in it is not read. They are unpacked in
 * memory: 2 GB at most; save weights larger than that as .npy.
 *
 * @throws {RangeError} if they are larger
 * @throws {TypeError} if it is no whole zip archive, an array's CRC-32 is not that of its bytes, or
 * as {@link npyArray}
 */
export async function openNpz(
  path: string,
  wanted: (name: string) => boolean,
): Promise<Readonly<Record<string, NpyArray>>> {
  const { size } = await stat(path);
  bounded(path, size);
  const members = new Map<string, Uint8Array>();
  try {
    await checkCount(path, size);
    await readMembers(path, wanted, members);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new TypeError(`${path} is no whole .npz file: ${(error as Error).message}`);
  }
  const arrays = [...members].map(async ([name, bytes]) => {
    const memory = {
      size: bytes.length,
      read: (at: number, length: number) => Promise.resolve(bytes.subarray(at, at + length)),
    };
    return [bareName(name), await npyArray(memory, `${name} of ${path}`)] as const;
  });
  return Object.fromEntries(await Promise.all(arrays));
}

/** The number of entries stands twice at an archive's end; by a damaged one arrays would be left out. */
async function checkCount(path: string, size: number): Promise<void> {
  const file = await open(path);
  try {
    const end = Buffer.alloc(22); // without a comment, as NumPy writes it
    await file.read(end, 0, 22, Math.max(0, size - 22));
    const [here, all] = [end.readUInt16LE(8), end.readUInt16LE(10)];
    if (end.readUInt32LE(0) === 0x06054b50 && here !== all) {
      throw new Error(`it has ${here} entries by one place, and ${all} by another`);
    }
  } finally {
    await file.close();
  }
}

async function readMembers(
  path: string,
  wanted: (name: string) => boolean,
  members: Map<string, Uint8Array>,
): Promise<void> {
  const zip = await yauzl.openPromise(path);
  const names = new Set<string>();
  let unpacked = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const { fileName: name, uncompressedSize } = entry;
      // The name stands twice in the archive: a damaged one would be a column less.
      const local = (await zip.readLocalFileHeaderPromise(entry)).fileName.toString();
      if (local !== name) {
        throw new Error(`an array is called ${name} in one place and ${local} in another`);
      }
      if (names.has(name)) throw new Error(`${name} is in it twice`);
      names.add(name);
      if (!name.endsWith(".npy") || !wanted(bareName(name))) continue;
      bounded(path, unpacked += uncompressedSize); // zeros pack a thousandfold
      members.set(name, await bytesOf(zip, entry));
    }
  } finally {
    zip.close();
  }
}

/** An entry's bytes, checked by its CRC-32. */
async function bytesOf(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Uint8Array> {
  const bytes = new Uint8Array(entry.uncompressedSize);
  let [at, crc] = [0, 0];
  for await (const piece of await zip.openReadStreamPromise(entry)) {
    bytes.set(piece, at);
    at += piece.length;
    crc = crc32(piece, crc);
  }
  if (at !== bytes.length || crc !== entry.crc32) {
    throw new Error(`${entry.fileName} is damaged: its checksum does not match; save it again`);
  }
  return bytes;
}

function bounded(path: string, bytes: number): void {
  if (bytes <= MOST_BYTES) return;
  throw new RangeError(
    `${path} has ${(bytes / 1e9).toFixed(1)} GB; an .npz may have 2: save the weights as .npy`,
  );
}

function bareName(member: string): string {
  return member.replace(/\.npy$/, "");
}
