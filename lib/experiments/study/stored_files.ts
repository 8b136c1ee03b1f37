/**
 * Files under data/: results that the notebooks show without computing them, each with the code and
 * the command that made it, as they were written, and a checksum.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { shown } from "../../numerics/checks.ts";
import { DamagedFileError } from "./damaged_file.ts";
import { dataFolder } from "./data_folder.ts";

/** A result and where it comes from. */
export interface StoredResult<T> {
  readonly made: {
    /** The command that makes it again, from the project's root. */
    readonly command: string;
    /** `codeFingerprint` of the study's module, whose code made it. */
    readonly code: string;
    /** Day, in UTC. */
    readonly date: string;
    /** What it rests on besides, as `runGrounds` tells; files of an older form do not say. */
    readonly data?: string;
    readonly backend?: string;
  };
  readonly result: T;
}

/** A stored result as its file has it. */
export interface StoredFile extends StoredResult<unknown> {
  /** The file's name in its folder, without `.json`. */
  readonly name: string;
  /** Whether its checksum was right; files of an older form have none. */
  readonly checked: boolean;
}

/**
 * The text of a file: JSON with a checksum of what it says, whatever its layout.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseStored, storedText } from "./stored_files.ts";
 * const made = { command: "by hand", code: "", date: "2026-01-01" };
 * const text = storedText({ made, result: { answer: 2 } });
 * assert.deepEqual(parseStored(text), { made, result: { answer: 2 }, checked: true });
 * assert.throws(() => parseStored(text.replace("2}", "3}")), /its checksum does not match/);
 * ```
 */
export function storedText({ made, result }: StoredResult<unknown>): string {
  const body = JSON.parse(JSON.stringify({ made, result }));
  return `${JSON.stringify({ made: body.made, sha256: checksum(body), result: body.result })}\n`;
}

/**
 * What {@link storedText} wrote; a file of an older form, without a checksum, is read as it is.
 *
 * @throws {Error} if it is neither
 */
export function parseStored(text: string): Omit<StoredFile, "name"> {
  const { made, result, sha256, ...others } = JSON.parse(text);
  const isOne = typeof made?.command === "string" && typeof made.code === "string" &&
    result !== undefined && Object.keys(others).length === 0;
  if (!isOne) throw new Error("it is no stored result");
  if (sha256 !== undefined && sha256 !== checksum({ made, result })) {
    throw new Error("its checksum does not match");
  }
  return { made, result, checked: sha256 !== undefined };
}

const checksum = ({ made, result }: StoredResult<unknown>): string =>
  createHash("sha256").update(JSON.stringify({ made, result })).digest("hex");

/**
 * The file of a stored result.
 *
 * @param name such as "speed_limit/myrtle_5_32_n500": a folder and a name in it
 * @throws {RangeError} if it is anything else, as what leads to another place
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { storedPath } from "./stored_files.ts";
 * assert.match(storedPath("kernels/mine"), /data.kernels.mine\.json$/);
 * assert.throws(() => storedPath("../../x"), /^RangeError: name is "\.\.\/\.\.\/x"; it must be/);
 * ```
 */
export function storedPath(name: string, data: string = dataFolder): string {
  const parts = typeof name === "string" ? name.split("/") : [];
  if (parts.length !== 2 || !parts.every(isName)) {
    throw new RangeError(
      `name is ${typeof name === "string" ? JSON.stringify(name) : shown(name)}; it must be a ` +
        'folder and a name, as in "speed_limit/myrtle_5_32_n500": letters, digits, "_", "-" and "."',
    );
  }
  return join(data, `${name}.json`);
}

/** No separator, no leading dot, no end of the text in between. */
const isName = (part: string) => /^\w[\w.-]{0,199}$/.test(part);

/**
 * One stored result; `undefined` if there is none of that name.
 *
 * @param name such as "speed_limit/myrtle_5_32_n500"
 * @throws {Error} naming the file, if it cannot be read or is damaged, with what to do
 * @throws {RangeError} if the name leads to another place
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readStoredFile } from "./stored_files.ts";
 * const one = await readStoredFile("kernels/myrtle_5_infinite_n64_seed0");
 * assert.match(one!.made.command, /--n 64/);
 * assert.equal(await readStoredFile("kernels/no_such"), undefined);
 * ```
 */
export async function readStoredFile(
  name: string,
  data: string = dataFolder,
): Promise<StoredFile | undefined> {
  const file = storedPath(name, data);
  try {
    return { ...parseStored(await readFile(file, "utf8")), name: name.split("/")[1] };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unreadable(file, error);
  }
}

/** The error for a stored file that is damaged, or of which nothing can be made. */
export function unreadable(file: string, cause: unknown): DamagedFileError {
  return new DamagedFileError(
    `${file} cannot be read: ${(cause as Error).message}; restore it with git, ` +
      "or delete it and run the command of its notebook",
    { cause },
  );
}

/** Takes the errors of files that are left out. */
export type OnDamaged = (error: Error) => void;

/** Says on the console what was left out. */
export const tellLeftOut: OnDamaged = ({ message }) => console.warn(`left out: ${message}`);

/** The names of the results in data/⟨folder⟩, in order; none if it is not there. */
export async function storedNames(folder: string, data: string = dataFolder): Promise<string[]> {
  storedPath(`${folder}/any`, data); // leads nowhere else
  const path = join(data, folder);
  if (!existsSync(path)) return [];
  return (await readdir(path)).filter((name) => name.endsWith(".json"))
    .map((name) => name.replace(/\.json$/, "")).sort();
}
