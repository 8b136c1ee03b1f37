/**
 * What is read is what was pinned: a file's SHA-256, computed once a process, and stamps by which a
 * later process tells that a file is still the one that the set-up verified.
 *
 * @module
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { checkDescriptor, checkPin } from "./arguments.ts";
import { removeIfPossible, wrongSizes } from "./files.ts";
import type { FilePin } from "./pins.ts";

/** Lies in each folder of the cache, written when all of its files were verified. */
export const MANIFEST = "manifest.json";
/** Lies beside it: which files those were, on this disk. */
export const STAMPS = "stamps.json";

/** The files, by their stamps, that this process found to be as pinned. */
const right = new Set<string>();

/** What tells a file from one that was put in its place or written to. */
const stampOf = ({ ino, size, mtimeMs, ctimeMs }: Stats): string =>
  `${ino} ${size} ${mtimeMs} ${ctimeMs}`;

/**
 * What is wrong with an open file of which size and SHA-256 are pinned; nothing, most often. It is
 * hashed once a process (30 MB in 0.04 s), in pieces of 1 MB, and again only if it was changed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { closeSync, openSync } from "node:fs";
 * import { cifar10Files } from "./pins.ts";
 * import { locateCifar10 } from "./locate.ts";
 * import { wrongContent } from "./verified.ts";
 * const [pin, other] = cifar10Files;
 * const file = openSync(`${locateCifar10()}/${pin.path}`, "r");
 * assert.equal(wrongContent(file, pin), undefined);
 * assert.match(wrongContent(file, other)!, /data_batch_2.bin is damaged \(SHA-256 cee9165/);
 * closeSync(file);
 * ```
 */
export function wrongContent(file: number, pin: FilePin): string | undefined {
  const { path, bytes, sha256 } = checkPin("pin", pin);
  checkDescriptor("file", file);
  const before = fstatSync(file);
  if (before.size !== bytes) return `${path} has ${before.size} bytes, not ${bytes}`;
  const known = `${before.dev} ${stampOf(before)} ${sha256}`;
  if (right.has(known)) return undefined;
  const found = sha256Of(file);
  if (found !== sha256) return `${path} is damaged (SHA-256 ${found}, not ${sha256})`;
  right.add(known);
  return undefined;
}

function sha256Of(file: number): string {
  const hash = createHash("sha256");
  const piece = new Uint8Array(1 << 20);
  for (let at = 0;;) {
    const got = readSync(file, piece, 0, piece.length, at);
    if (got === 0) return hash.digest("hex");
    hash.update(piece.subarray(0, got));
    at += got;
  }
}

/**
 * The SHA-256 of a file in hexadecimal, at once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fileSha256 } from "./verified.ts";
 * const path = Deno.makeTempFileSync();
 * assert.match(fileSha256(path), /^e3b0c44298fc1c14/);
 * Deno.removeSync(path);
 * ```
 */
export function fileSha256(path: string): string {
  return withFile(path, sha256Of);
}

/** What is wrong with the files of a folder by their content, each hashed once a process. */
export function wrongContents(folder: string, files: readonly FilePin[]): string[] {
  const sizes = wrongSizes(folder, files);
  if (sizes.length > 0) return sizes;
  return files.flatMap((pin) =>
    withFile(join(folder, pin.path), (file) => wrongContent(file, pin)) ?? []
  );
}

function withFile<T>(path: string, work: (file: number) => T): T {
  const file = openSync(path, "r");
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}

/** What the stamps of a folder's files are now. */
function stamps(folder: string, files: readonly FilePin[]): string {
  const all = files.map(({ path, sha256 }) => ({
    path,
    sha256,
    stamp: stampOf(statSync(join(folder, path))),
  }));
  return `${JSON.stringify({ verified: all }, null, 2)}\n`;
}

/**
 * Notes that the files of a folder were just verified. Where that cannot be written, or only a part
 * of it, they will be verified again.
 */
export function stamp(folder: string, files: readonly FilePin[]): void {
  try {
    writeFileSync(join(folder, STAMPS), stamps(folder, files));
  } catch {
    // A folder that can only be read.
  }
}

/** Whether the files of a folder are those that were verified, untouched since: by their stamps. */
export function isStamped(folder: string, files: readonly FilePin[]): boolean {
  try {
    return readFileSync(join(folder, STAMPS), "utf8") === stamps(folder, files);
  } catch {
    return false;
  }
}

/** Has the next set-up read and mend a folder of the cache, in which a run found a damaged file. */
export function forgetVerified(folder: string): void {
  removeIfPossible(join(folder, STAMPS));
  removeIfPossible(join(folder, MANIFEST));
}
