/**
 * Results that the notebooks show without computing them: files under data/, each with the
 * configuration, the code and the command that made it.
 *
 * @module
 */
import { join } from "node:path";
import { writeWhole } from "../resources/mod.ts";
import { codeFingerprint } from "./code/fingerprint.ts";
import { dataFolder, readStored, type StoredResult } from "./stored_files.ts";
import { studies } from "./studies/mod.ts";
import type { AnyStudy } from "./study.ts";

/** A result that was read back. */
export interface NamedResult<T> extends StoredResult<T> {
  /** The file's name in its folder, without `.json`. */
  readonly name: string;
  /**
   * Whether the code has changed since: what this study reaches now is not what made it.
   * Most changes change no digit; running the command again tells.
   */
  readonly olderThanCode: boolean;
}

/** The study whose results lie in a folder, if they are of one. */
const studyIn = (folder: string): AnyStudy | undefined =>
  Object.values(studies).find((study) => study.folder === folder);

/**
 * The fingerprint of the code that makes the results of a folder: that of the study's runs, and what
 * gathers, rounds and writes them.
 */
const codeOf = (folder: string): string => codeFingerprint(studyIn(folder)?.module);

/**
 * Writes data/⟨name⟩.json, whole or not at all.
 *
 * @param name such as "speed_limit/myrtle_5_32_n500"
 * @returns the file
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { storedResults, storeResult } from "./stored_results.ts";
 * const folder = await Deno.makeTempDir();
 * await storeResult("mine/first", { answer: 2 }, { command: "by hand", folder });
 * const [{ result, olderThanCode }] = await storedResults("mine", { data: folder });
 * assert.deepEqual(result, { answer: 2 });
 * assert.equal(olderThanCode, false);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function storeResult(
  name: string,
  result: unknown,
  { command, folder = dataFolder }: { readonly command: string; readonly folder?: string },
): Promise<string> {
  const file = join(folder, `${name}.json`);
  const kind = name.split("/")[0];
  const stored: StoredResult<unknown> = {
    made: { command, code: codeOf(kind), date: new Date().toISOString().slice(0, 10) },
    result: studyIn(kind)?.write?.(result) ?? result,
  };
  await writeWhole(file, JSON.stringify(stored) + "\n");
  return file;
}

/**
 * All results stored in data/⟨folder⟩, in the order of their names; none if it is not there. Files
 * of an older form are read as well.
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
  const study = studyIn(folder);
  return (await readStored(folder, data)).map(({ made, result, name }) => ({
    made,
    result: (study?.read?.(result) ?? result) as T,
    name,
    olderThanCode: made.code !== codeOf(folder),
  }));
}
