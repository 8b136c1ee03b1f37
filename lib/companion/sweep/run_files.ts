/**
 * What of a sweep's runs is on the shared folder: results by their keys, whole or damaged, and
 * checkpoints.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { readRecord } from "../../experiments/study/record_file.ts";

/** A run's state, as its files tell it. */
export type RunState = "done" | "checkpoint" | "damaged" | "none";

/** The file of a run's result. */
export const resultFile = (folder: string, key: string): string => join(folder, `${key}.result`);

/** The file of its checkpoint. */
export const checkpointFile = (folder: string, key: string): string =>
  join(folder, `${key}.checkpoint`);

/**
 * The state of a run, its result's checksum included.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { runState, resultFile } from "./run_files.ts";
 * import { writeRecord } from "../../experiments/study/record_file.ts";
 * const folder = await Deno.makeTempDir();
 * assert.equal(await runState(folder, "0a"), "none");
 * await writeRecord(resultFile(folder, "0a"), { result: 1 });
 * assert.equal(await runState(folder, "0a"), "done");
 * await Deno.truncate(resultFile(folder, "0a"), 60);
 * assert.equal(await runState(folder, "0a"), "damaged");
 * ```
 */
export async function runState(folder: string, key: string): Promise<RunState> {
  const whole = await isWhole(resultFile(folder, key));
  if (whole !== undefined) return whole ? "done" : "damaged";
  return existsSync(checkpointFile(folder, key)) ? "checkpoint" : "none";
}

/** The states of many runs; some files are read at once. */
export async function runStates(
  folder: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, RunState>> {
  const states = new Map<string, RunState>();
  for (let from = 0; from < keys.length; from += 64) {
    await Promise.all(
      keys.slice(from, from + 64).map(async (key) => states.set(key, await runState(folder, key))),
    );
  }
  return states;
}

/** A damaged file gets another name, out of the way and there to be looked at; gives the name. */
export async function setAside(file: string): Promise<string> {
  const aside = `${file}.damaged`;
  await rename(file, aside);
  return aside;
}

/**
 * Whether a record's file is whole; undefined if there is none.
 *
 * @throws {Error} if it cannot be read for another reason than its content
 */
export async function isWhole(file: string): Promise<boolean | undefined> {
  try {
    return await readRecord(file) === undefined ? undefined : true;
  } catch (error) {
    if (/ is damaged: /.test((error as Error).message)) return false;
    throw error;
  }
}

/**
 * What killed processes left of files that they were writing, removed; nobody may be at these runs.
 *
 * @returns their names
 */
export async function removeHalfWritten(
  folder: string,
  keys: ReadonlySet<string>,
): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const half = (await readdir(folder)).filter((name) =>
    name.endsWith(".partial") && keys.has(name.split(".")[0])
  );
  for (const name of half) await rm(join(folder, name), { force: true });
  return half;
}
