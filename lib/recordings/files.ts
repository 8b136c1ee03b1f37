/**
 * Recordings in the file system. It is loaded when a file is named: a browser has none of what it
 * stands on.
 *
 * @module
 */
import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { Readable } from "node:stream";
import { concatenated } from "../numerics/vectors.ts";
import { npyArray } from "./npy.ts";
import { openNpz } from "./npz.ts";
import type { OpenedFile, Snapshots } from "./read_recording.ts";

/**
 * A file that is named.
 *
 * @throws {RangeError} if it is not there, or empty
 * @throws {TypeError} if it is a folder
 */
export async function namedFile(path: string): Promise<OpenedFile> {
  const entry = await isThere(path);
  if (entry.isDirectory()) throw new TypeError(`${path} is a folder; name the file in it`);
  return {
    name: path,
    size: entry.size,
    read: async (at, length) => {
      const file = await open(path);
      try {
        const buffer = new Uint8Array(length);
        const { bytesRead } = await file.read(buffer, 0, length, at);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    text: () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array<ArrayBuffer>>,
    arrays: (wanted) => openNpz(path, wanted),
  };
}

/** Snapshots in a .npy file, or in those of a folder in the order of their numbers. */
export async function namedSnapshots(path: string): Promise<Snapshots> {
  if (!(await isThere(path)).isDirectory()) {
    const array = await npyArray(await namedFile(path), path);
    return { snapshots: array.rows(), count: array.shape[0] ?? 1 };
  }
  const names = (await readdir(path)).filter((name) => name.endsWith(".npy"))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true })); // 2 before 10
  if (names.length === 0) throw new RangeError(`${path} has no .npy files`);
  async function* all() {
    for (const name of names) {
      const file = join(path, name);
      const array = await npyArray(await namedFile(file), file);
      const rows: Float64Array[] = [];
      for await (const row of array.rows()) rows.push(row);
      yield concatenated(rows);
    }
  }
  return { snapshots: all(), count: names.length };
}

/** @throws {RangeError} if there is nothing of that name */
export async function isThere(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT") throw error;
    throw new RangeError(`there is no file ${path}; it was sought in ${process.cwd()}`);
  }
}
