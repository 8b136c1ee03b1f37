/**
 * Files under data/: results that the notebooks show without computing them, each with the code and
 * the command that made it, as they were written.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where they lie. */
export const dataFolder: string = fileURLToPath(new URL("../../data", import.meta.url));

/** A result and where it comes from. */
export interface StoredResult<T> {
  readonly made: {
    /** The command that makes it again, from the project's root. */
    readonly command: string;
    /** `codeFingerprint` of the study's module, whose code made it. */
    readonly code: string;
    /** Day, in UTC. */
    readonly date: string;
  };
  readonly result: T;
}

/**
 * All results stored in data/⟨folder⟩, in the order of their names; none if it is not there.
 *
 * @throws {Error} naming a file that cannot be read, with what to do
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readStored } from "./stored_files.ts";
 * assert.equal((await readStored("kernels"))[0].name, "fully_connected_256_n5000_seed0");
 * ```
 */
export async function readStored(
  folder: string,
  data: string = dataFolder,
): Promise<(StoredResult<unknown> & { readonly name: string })[]> {
  const path = join(data, folder);
  if (!existsSync(path)) return [];
  const names = (await readdir(path)).filter((name) => name.endsWith(".json")).sort();
  return await Promise.all(names.map(async (name) => {
    const file = join(path, name);
    try {
      return { ...JSON.parse(await readFile(file, "utf8")), name: name.replace(/\.json$/, "") };
    } catch (error) {
      throw new Error(
        `${file} cannot be read: ${(error as Error).message}; restore it with git, ` +
          "or delete it and run the command of its notebook",
        { cause: error },
      );
    }
  }));
}
