/**
 * Rows under data/benchmarks, one file each, with what made them and a checksum.
 *
 * @module
 */
import { codeFingerprint } from "../../experiments/study/code/fingerprint.ts";
import { DamagedFileError } from "../../experiments/study/damaged_file.ts";
import { dataFolder } from "../../experiments/study/data_folder.ts";
import {
  readStoredFile,
  storedNames,
  storedPath,
  storedText,
} from "../../experiments/study/stored_files.ts";
import { writeWhole } from "../../resources/mod.ts";
import { type Length, sizeText } from "./row.ts";
import type { RowResult } from "./run_row.ts";

const FOLDER = "benchmarks";

const ROOT = new URL("../../../", import.meta.url);

/** A row as it is stored. */
export interface StoredRow {
  readonly result: RowResult;
  readonly command: string;
  readonly date: string;
}

/** A file under data/benchmarks that is none of a row. */
export interface DamagedRow {
  /** The file's name without `.json`. */
  readonly name: string;
  readonly why: string;
}

/** What was found there. */
export interface StoredRows {
  /** In no order. */
  readonly rows: readonly StoredRow[];
  readonly damaged: readonly DamagedRow[];
}

/**
 * Why a row may not take the place of what is stored; `undefined` if it may. A run counts as at least
 * as long if it has all sizes with at least as many rounds; one on a quiet machine takes the place of
 * any other, and no other takes its own.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { reasonToKeep } from "./stored_row.ts";
 * const row = (quiet: boolean, ...rounds: number[]) => ({
 *   quiet,
 *   cases: rounds.map((count, n) => ({ size: { n }, rounds: count })),
 * });
 * assert.equal(reasonToKeep(row(true, 7, 7), row(true, 7)), undefined);
 * assert.match(reasonToKeep(row(true, 3), row(true, 7))!, /has 7 rounds at n = 0, this one 3/);
 * assert.match(reasonToKeep(row(true, 7), row(true, 7, 7))!, /has n = 1 too/);
 * assert.equal(reasonToKeep(row(true, 3), row(false, 7, 7)), undefined);
 * assert.match(reasonToKeep(row(false, 9), row(true, 7))!, /a quiet machine/);
 * ```
 */
export function reasonToKeep(made: Compared, stored: Compared): string | undefined {
  if (stored.quiet !== made.quiet) {
    return stored.quiet ? "what is stored is of a quiet machine" : undefined;
  }
  for (const { size, rounds } of stored.cases) {
    const same = made.cases.find((one) => sizeText(one.size) === sizeText(size));
    const text = sizeText(size) || "its one size";
    if (!same) return `what is stored has ${text} too`;
    if (same.rounds < rounds) {
      return `what is stored has ${rounds} rounds at ${text}, this one ${same.rounds}`;
    }
  }
}

type Compared = Pick<RowResult, "quiet"> & {
  readonly cases: readonly Pick<RowResult["cases"][number], "size" | "rounds">[];
};

/**
 * Stores a row, unless a longer one is there; it takes the place of a file that is damaged.
 *
 * @returns why it was not stored, if it was not
 * @throws {Error} if the file cannot be written
 */
export async function storeRow(
  result: RowResult,
  { command, module, data = dataFolder }: {
    readonly command: string;
    /** The module of the library that it rests on. */
    readonly module: string;
    readonly data?: string;
  },
): Promise<string | undefined> {
  const stored = await storedRow(result.name, data);
  const reason = stored && "result" in stored ? reasonToKeep(result, stored.result) : undefined;
  if (reason) return reason;
  const made = {
    ...{ command, code: codeFingerprint(new URL(module, ROOT).href) },
    date: new Date().toISOString().slice(0, 10),
  };
  await Deno.mkdir(`${data}/${FOLDER}`, { recursive: true });
  await writeWhole(storedPath(`${FOLDER}/${result.name}`, data), storedText({ made, result }));
}

/** All stored rows, and the files that are damaged: one of them hides no other row. */
export async function storedRows(data: string = dataFolder): Promise<StoredRows> {
  const names = await storedNames(FOLDER, data);
  const all = await Promise.all(names.map((name) => storedRow(name, data)));
  return {
    rows: all.filter((one) => one && "result" in one) as StoredRow[],
    damaged: all.filter((one) => one && "why" in one) as DamagedRow[],
  };
}

/** A row, or why its file is none. */
async function storedRow(
  name: string,
  data: string,
): Promise<StoredRow | DamagedRow | undefined> {
  try {
    const file = await readStoredFile(`${FOLDER}/${name}`, data);
    if (!file) return undefined;
    if (!file.checked) return { name, why: "it has no checksum" };
    const { result, made } = file;
    return { result: result as RowResult, command: made.command, date: made.date };
  } catch (error) {
    if (!(error instanceof DamagedFileError || error instanceof RangeError)) throw error;
    return { name, why: ((error.cause ?? error) as Error).message };
  }
}

/**
 * What to do about damaged files, a line each.
 *
 * @param names those of all rows
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { damageLines } from "./stored_row.ts";
 * const damaged = ["eigh", "x"].map((name) => ({ name, why: "its checksum does not match" }));
 * assert.deepEqual(damageLines(damaged, ["eigh"]), [
 *   "data/benchmarks/eigh.json is damaged, its checksum does not match: restore it with git, or " +
 *   "measure it again, npx -y deno task bench eigh",
 *   "data/benchmarks/x.json is damaged, its checksum does not match: restore it with git, or " +
 *   "delete it; there is no such row",
 * ]);
 * ```
 */
export function damageLines(damaged: readonly DamagedRow[], names: readonly string[]): string[] {
  return damaged.map(({ name, why }) =>
    `data/${FOLDER}/${name}.json is damaged, ${why}: restore it with git, or ` +
    (names.includes(name)
      ? `measure it again, npx -y deno task bench ${name}`
      : "delete it; there is no such row")
  );
}

/** The command of a run, as it is typed. */
export function commandOf(name: string, { quick, rounds }: Length): string {
  const flags = [...(quick ? ["--quick"] : []), ...(rounds ? [`--rounds ${rounds}`] : [])];
  return ["deno task bench", name, ...flags].join(" ");
}
