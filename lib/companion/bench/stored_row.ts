/**
 * Rows under data/benchmarks, one file each, with what made them and a checksum.
 *
 * @module
 */
import { codeFingerprint } from "../../experiments/study/code/fingerprint.ts";
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
 * Stores a row, unless a longer one is there.
 *
 * @returns why it was not stored, if it was not
 * @throws {Error} if what is stored is damaged, or the file cannot be written
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
  const name = `${FOLDER}/${result.name}`;
  const stored = await readStoredFile(name, data);
  const reason = stored && reasonToKeep(result, stored.result as RowResult);
  if (reason) return reason;
  const made = {
    ...{ command, code: codeFingerprint(new URL(module, ROOT).href) },
    date: new Date().toISOString().slice(0, 10),
  };
  await Deno.mkdir(`${data}/${FOLDER}`, { recursive: true });
  await writeWhole(storedPath(name, data), storedText({ made, result }));
}

/** All stored rows, in no order. */
export async function storedRows(data: string = dataFolder): Promise<StoredRow[]> {
  const names = await storedNames(FOLDER, data);
  return await Promise.all(names.map(async (name) => {
    const { result, made } = (await readStoredFile(`${FOLDER}/${name}`, data))!;
    return { result: result as RowResult, command: made.command, date: made.date };
  }));
}

/** The command of a run, as it is typed. */
export function commandOf(name: string, { quick, rounds }: Length): string {
  const flags = [...(quick ? ["--quick"] : []), ...(rounds ? [`--rounds ${rounds}`] : [])];
  return ["deno task bench", name, ...flags].join(" ");
}
