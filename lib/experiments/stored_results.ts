/**
 * Results that the notebooks show without computing them: files under data/, each with the
 * configuration, the code and the command that made it.
 *
 * @module
 */
import { checkFunction, checkOptions, checkText, maybe } from "../numerics/checks.ts";
import { writeWhole } from "../resources/mod.ts";
import { codeFingerprint } from "./study/code/fingerprint.ts";
import type { Fields } from "./study/fields.ts";
import { type Lack, lacks } from "./study/finer.ts";
import { runGrounds } from "./study/run_grounds.ts";
import { dataFolder } from "./study/data_folder.ts";
import {
  type OnDamaged,
  readStoredFile,
  storedNames,
  storedPath,
  type StoredResult,
  storedText,
  tellLeftOut,
  unreadable,
} from "./study/stored_files.ts";
import { studies } from "./studies/mod.ts";
import type { AnyStudy } from "./study/study.ts";

/** A result that was read back. */
export interface NamedResult<T> extends StoredResult<T> {
  /** The file's name in its folder, without `.json`. */
  readonly name: string;
  /**
   * Whether the code has changed since: what this study reaches now is not what made it.
   * Most changes change no digit; running the command again tells.
   */
  readonly olderThanCode: boolean;
  /** Whether the file's checksum was right; files of an older form have none. */
  readonly checked: boolean;
}

/** The study whose results lie in a folder, if they are of one. */
const studyIn = (folder: string): AnyStudy | undefined =>
  Object.values(studies).find((study) => study.folder === folder);

/**
 * The fingerprint of the code that makes a result of a folder: that of the study's runs, and what
 * gathers, rounds and writes them; of tables of names, the entries that its configuration names.
 */
function codeOf(folder: string, written: unknown): string {
  const module = studyIn(folder)?.module;
  return codeFingerprint(module, { input: module && configurationOf(written) });
}

/** The fields of all studies: a name means the same in each. */
const allFields = (): Fields =>
  Object.assign({}, ...Object.values(studies).map(({ fields }) => fields));

/**
 * In what a configuration asks for less than the result stored under that name: a coarser tolerance,
 * a shorter horizon, fewer realizations, … Nothing, if it may take its place.
 *
 * @throws {Error} if the stored file is damaged
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lacksOfStored } from "./stored_results.ts";
 * const name = "speed_limit/myrtle_5_32_n500";
 * const [{ text }] = await lacksOfStored(name, { tolerance: 0.2 });
 * assert.equal(text, "tolerance is 0.2, and 0.01 is stored");
 * assert.deepEqual(await lacksOfStored(name, { tolerance: 0.001 }), []);
 * ```
 */
export async function lacksOfStored(
  name: string,
  configuration: unknown,
  options: { readonly data?: string } = {},
): Promise<Lack[]> {
  const { data = dataFolder } = checkOptions("options", options, { data: maybe(checkText) });
  const stored = await readStoredFile(name, data);
  return lacks(allFields(), configuration, configurationOf(stored?.result));
}

const configurationOf = (result: unknown): unknown =>
  (result as { readonly configuration?: unknown } | undefined)?.configuration;

/**
 * Writes data/⟨name⟩.json, whole or not at all. What is coarser, shorter or of fewer than what is
 * stored there does not take its place.
 *
 * @param name such as "speed_limit/myrtle_5_32_n500"
 * @returns the file
 * @throws {RangeError} if the name is not a folder and a name in it, or a finer result is stored
 * @throws {Error} if what is stored is damaged, or the file cannot be written
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { storedResults, storeResult } from "./stored_results.ts";
 * const folder = await Deno.makeTempDir();
 * const options = { command: "by hand", folder };
 * await storeResult("mine/first", { answer: 2 }, options);
 * const [{ result, olderThanCode, checked }] = await storedResults("mine", { data: folder });
 * assert.deepEqual(result, { answer: 2 });
 * assert(!olderThanCode && checked);
 * await assert.rejects(storeResult("../first", {}, options), /^RangeError: name is/);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function storeResult(
  name: string,
  result: unknown,
  options: { readonly command: string; readonly folder?: string },
): Promise<string> {
  const { command, folder = dataFolder } = checkOptions("options", options, {
    ...{ command: checkText, folder: maybe(checkText) },
  });
  const file = storedPath(name, folder);
  const less = await lacksOfStored(name, configurationOf(result), { data: folder });
  if (less.length > 0) {
    throw new RangeError(
      `${name} stays as it is: ${less.map(({ text }) => text).join("; ")}. ` +
        `Store it under another name, or delete ${file} first`,
    );
  }
  const [kind] = name.split("/");
  const study = studyIn(kind);
  const { data, backend } = runGrounds(study?.computation.data);
  const date = new Date().toISOString().slice(0, 10);
  const written = study?.write?.(result) ?? result;
  const stored: StoredResult<unknown> = {
    made: { command, code: codeOf(kind, written), date, data, backend },
    result: written,
  };
  await writeWhole(file, storedText(stored));
  return file;
}

/**
 * One stored result; `undefined` if there is none of that name.
 *
 * @param name such as "speed_limit/myrtle_5_32_n500"
 * @throws {RangeError} if the name is not a folder and a name in it
 * @throws {Error} if its file cannot be read or is damaged, with what to do
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import type { SpeedLimitStudy } from "./studies/speed_limit_result.ts";
 * import { storedResult } from "./stored_results.ts";
 * const one = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500");
 * assert.equal(one!.result.configuration.n, 500);
 * ```
 */
export async function storedResult<T>(
  name: string,
  options: { readonly data?: string } = {},
): Promise<NamedResult<T> | undefined> {
  const { data = dataFolder } = checkOptions("options", options, { data: maybe(checkText) });
  const file = await readStoredFile(name, data);
  const [folder] = name.split("/");
  if (!file) return undefined;
  let result: T;
  try {
    result = (studyIn(folder)?.read?.(file.result) ?? file.result) as T;
  } catch (error) {
    throw unreadable(storedPath(name, data), error);
  }
  return { ...file, result, olderThanCode: file.made.code !== codeOf(folder, file.result) };
}

/**
 * All results stored in data/⟨folder⟩, in the order of their names; none if it is not there. Files
 * of an older form are read as well. What is damaged is left out and told.
 *
 * @param options `onDamaged` is told of each file that is left out; the console is by default
 * @throws {RangeError} if the folder is none of data's own
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
  options: { readonly data?: string; readonly onDamaged?: OnDamaged } = {},
): Promise<NamedResult<T>[]> {
  checkText("folder", folder);
  const { data = dataFolder, onDamaged = tellLeftOut } = checkOptions("options", options, {
    ...{ data: maybe(checkText), onDamaged: maybe(checkFunction) },
  });
  const all = await Promise.all((await storedNames(folder, data)).map(async (name) => {
    try {
      return await storedResult<T>(`${folder}/${name}`, { data });
    } catch (error) {
      onDamaged(error as Error);
      return undefined;
    }
  }));
  return all.filter((one) => one !== undefined);
}
