/**
 * Files that are there whole or not at all.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a file aside, then renames it, so that neither a kill nor a second process leaves half a
 * file; makes the folders above it.
 *
 * @throws {Error} if it cannot be written, naming file and reason; what was there before stays
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { writeWhole } from "./whole_file.ts";
 * const folder = await Deno.makeTempDir();
 * await writeWhole(`${folder}/a/b.txt`, "whole");
 * assert.equal(await Deno.readTextFile(`${folder}/a/b.txt`), "whole");
 * await assert.rejects(writeWhole(`${folder}/a/b.txt/c`, ""), /b\.txt\/c cannot be written/);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeWhole<T extends string | Uint8Array>(
  file: string,
  content: T,
  { write = writeFile }: {
    readonly write?: (file: string, content: T) => Promise<void>;
  } = {},
): Promise<void> {
  const aside = `${file}.${randomUUID()}.partial`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await write(aside, content);
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      code === "ENOSPC"
        ? `there is no space left on the disk for ${file}; free some and run again: ` +
          "it goes on from what was kept before"
        : `${file} cannot be written: ${message}`,
      { cause: error },
    );
  }
}
