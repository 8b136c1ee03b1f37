/**
 * Files that are written whole or not at all.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { checkContent, checkOptions, checkWords } from "./arguments.ts";

/**
 * Writes a file aside, has the disk take it, and puts it in place at once: a reader sees the old one
 * or the new one, and neither a kill, a full disk nor a second writer leaves half of it. Makes the
 * folders above it.
 *
 * Ours, not npm write-file-atomic: that one calls fs.write once and renames what a nearly full disk
 * took of it, and hooks the process's signals, which are the kernel's here.
 *
 * @param write puts the bytes into the file aside; a test may let it fail
 * @throws {Error} naming file and reason, with the system's `code`; what was there before stays
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { writeWhole } from "./write_whole.ts";
 * const folder = await Deno.makeTempDir();
 * await writeWhole(`${folder}/a/b.txt`, "whole");
 * assert.equal(await Deno.readTextFile(`${folder}/a/b.txt`), "whole");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeWhole(
  file: string,
  content: string | Uint8Array,
  options: { readonly write?: typeof writeThrough } = {},
): Promise<void> {
  checkWords("file", file);
  checkContent("content", content);
  const { write = writeThrough } = checkOptions(options, ["write"]);
  const aside = `${file}.${randomUUID()}.partial`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await write(aside, content);
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    const { code, message } = error as NodeJS.ErrnoException;
    const full = code === "ENOSPC" || code === "EDQUOT";
    throw Object.assign(
      new Error(
        full
          ? `there is no space left on the disk for ${file}; free some and run again`
          : `${file} cannot be written: ${message}`,
        { cause: error },
      ),
      { code },
    );
  }
}

async function writeThrough(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, "wx");
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
