/**
 * Files on the disk: their size and SHA-256, and how a folder of them is laid whole or not at all.
 *
 * @module
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import type { FilePin } from "./pins.ts";

/**
 * How far a step of the set-up has come, in bytes; `note` names the step. Not numerics' `Control`:
 * it is told in the midst of streams, which wait for nobody, and some steps know no total.
 */
export interface Progress {
  readonly done: number;
  readonly total?: number;
  readonly note?: string;
}

/** Takes the progress of a step. */
export type OnProgress = (progress: Progress) => void;

/** The size of a file in bytes, or -1 where there is none. */
export function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : -1;
}

/**
 * The SHA-256 of a file in hexadecimal, read in pieces; `onBytes` is told of each piece's size.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sha256 } from "./files.ts";
 * const path = await Deno.makeTempFile();
 * assert.match(await sha256(path), /^e3b0c44298fc1c14/);
 * await Deno.remove(path);
 * ```
 */
export async function sha256(path: string, onBytes?: (bytes: number) => void): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(piece);
    onBytes?.(piece.length);
  }
  return hash.digest("hex");
}

/** What is wrong with the files of a folder, file by file, by size alone. */
export function wrongSizes(folder: string, files: readonly FilePin[]): string[] {
  return files.flatMap(({ path, bytes }) => {
    const size = sizeOf(join(folder, path));
    if (size === bytes) return [];
    return [size < 0 ? `${path} is missing` : `${path} has ${size} bytes, not ${bytes}`];
  });
}

/** What is wrong with the files of a folder, file by file, by size and SHA-256. */
export async function wrongFiles(
  folder: string,
  files: readonly FilePin[],
  onProgress?: OnProgress,
): Promise<string[]> {
  const wrong = wrongSizes(folder, files);
  if (wrong.length > 0) return wrong;
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const { path, sha256: pinned } of files) {
    const found = await sha256(join(folder, path), (bytes) => {
      onProgress?.({ done: done += bytes, total, note: "checking" });
    });
    if (found !== pinned) wrong.push(`${path} is damaged (SHA-256 ${found}, not ${pinned})`);
  }
  return wrong;
}

const PARTIAL = ".partial-";

/** A new folder for what is not whole yet, named after what it becomes. */
export function makePartial(parent: string, name: string): string {
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, `${PARTIAL}${name}-`));
}

/**
 * Removes the partial folders that ended tries left behind. One that is still being written to, by
 * a tool that outlived the try, is left for the next time.
 */
export function removePartials(parent: string, name: string): void {
  const left = `${PARTIAL}${name}-`;
  for (const entry of existsSync(parent) ? readdirSync(parent) : []) {
    if (entry.startsWith(left)) removeIfPossible(join(parent, entry));
  }
}

/** Removes a file or folder; leaves it where that fails. */
export function removeIfPossible(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // It is in the way of nothing.
  }
}

/** Has the disk write a file, or a folder's entries, before anything else is built on them. */
export function flushToDisk(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Puts a whole folder in its place at once; what was there before is removed. */
export function putInPlace(partial: string, folder: string): void {
  const old = `${partial}-old`;
  if (statSync(folder, { throwIfNoEntry: false })) renameSync(folder, old);
  renameSync(partial, folder);
  removeIfPossible(old);
}

/** The size of the largest file below a folder: the one that is being downloaded. */
export function largestFile(folder: string): number {
  let largest = 0;
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      largest = Math.max(largest, entry.isDirectory() ? largestFile(path) : sizeOf(path));
    }
  } catch {
    // The folder went away while it was read: the download has just ended.
  }
  return largest;
}
