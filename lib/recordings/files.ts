/**
 * Recordings in the file system. It is loaded when a file is named: a browser has none of what it
 * stands on.
 *
 * @module
 */
import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import process from "node:process";
import { Readable } from "node:stream";
import { didYouMean } from "../numerics/checks.ts";
import { openNpz } from "./npz.ts";
import type { OpenedFile, OpenedFolder } from "./opened_file.ts";

/**
 * A file or folder that is named.
 *
 * @throws {RangeError} if it is not there, with the name in its folder that may have been meant
 */
export async function named(path: string): Promise<OpenedFile | OpenedFolder> {
  const entry = await entryOf(path);
  if (!entry.isDirectory()) return fileOf(path, entry.size);
  const file = async (member: string) => {
    const inside = join(path, member);
    const found = await entryOf(inside);
    if (found.isDirectory()) throw new TypeError(`${inside} is a folder; it must be a file`);
    return fileOf(inside, found.size);
  };
  return { name: path, members: await readdir(path), file };
}

async function entryOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT") throw error;
    const { base, name, ext } = parse(path);
    const beside = (await readdir(dirname(path)).catch(() => [])).map((one) => parse(one))
      .filter((one) => one.ext === ext && didYouMean(name, [one.name]) !== "");
    throw new RangeError(
      `there is no file ${path}${didYouMean(base, beside.map(({ base }) => base))}; ` +
        `it was sought in ${process.cwd()}`,
    );
  }
}

function fileOf(path: string, size: number): OpenedFile {
  return {
    name: path,
    size,
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
