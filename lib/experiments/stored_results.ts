/**
 * Results that the notebooks show without computing them: files under data/, each with the
 * configuration, the code and the command that made it.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { codeFingerprint } from "./run_cache.ts";

const dataFolder = fileURLToPath(new URL("../../data", import.meta.url));

/** A result and where it comes from. */
export interface StoredResult<T> {
  readonly made: {
    /** The command that makes it again, from the project's root. */
    readonly command: string;
    /** {@link codeFingerprint} of the code that made it. */
    readonly code: string;
    /** Day, in UTC. */
    readonly date: string;
  };
  readonly result: T;
}

/** A result that was read back. */
export interface NamedResult<T> extends StoredResult<T> {
  /** The file's name in its folder, without `.json`. */
  readonly name: string;
}

/**
 * Writes data/⟨name⟩.json, whole or not at all.
 *
 * @param name such as "speed_limit/myrtle_32_n500"
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { storedResults, storeResult } from "./stored_results.ts";
 * const folder = await Deno.makeTempDir();
 * await storeResult("mine/first", { answer: 2 }, { command: "by hand", folder });
 * const [{ result }] = await storedResults("mine", { data: folder });
 * assert.deepEqual(result, { answer: 2 });
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function storeResult(
  name: string,
  result: unknown,
  { command, folder = dataFolder }: { readonly command: string; readonly folder?: string },
): Promise<string> {
  const file = join(folder, `${name}.json`);
  const stored: StoredResult<unknown> = {
    made: { command, code: codeFingerprint(), date: new Date().toISOString().slice(0, 10) },
    result,
  };
  await mkdir(dirname(file), { recursive: true });
  const aside = `${file}.${randomUUID()}.partial`;
  await writeFile(aside, JSON.stringify(stored) + "\n");
  await rename(aside, file);
  return file;
}

/**
 * All results stored in data/⟨folder⟩, in the order of their names; none if it is not there.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { storedResults } from "./stored_results.ts";
 * const all = await storedResults("speed_limit");
 * assert.match(all[0].made.command, /^deno task study/);
 * ```
 */
export async function storedResults<T>(
  folder: string,
  { data = dataFolder }: { readonly data?: string } = {},
): Promise<NamedResult<T>[]> {
  const path = join(data, folder);
  if (!existsSync(path)) return [];
  const names = (await readdir(path)).filter((name) => name.endsWith(".json")).sort();
  return await Promise.all(
    names.map(async (name) => {
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
    }),
  );
}
