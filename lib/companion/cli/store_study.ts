/**
 * A study run in the terminal and stored as far as it is after each run.
 *
 * @module
 */
import { join } from "node:path";
import {
  type AnyStudy,
  conduct,
  lacksOfStored,
  storedResult,
  storeResult,
} from "../../experiments/mod.ts";
import { dataFolder } from "../../experiments/study/data_folder.ts";
import { withProgress } from "../../notebook/mod.ts";
import { withProjectLock } from "../project_lock.ts";
import { commandOf, typedText } from "./study_flags.ts";

/**
 * Runs a study and stores what it gives, after each run; what is less than what is stored, in
 * realizations or accuracy, does not take its place, be it that another process stored it while this
 * one ran.
 *
 * @param typed the configuration, as `configurationTyped` reads it
 * @param options `data` and `cache`: other folders than the project's
 * @returns lines for the terminal
 * @throws {RangeError} naming a field whose value is out of range
 * @throws {Error} if what is stored under that name is damaged
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { studies } from "../../experiments/mod.ts";
 * import { storeStudy } from "./store_study.ts";
 * const data = await Deno.makeTempDir();
 * await storeStudy(studies.kernels, { n: 20 }, { data, cache: data });
 * const { made } = JSON.parse(
 *   await Deno.readTextFile(`${data}/kernels/fully_connected_infinite_n20_seed0.json`),
 * );
 * assert.equal(made.command, "deno task study kernels --n 20");
 * ```
 */
export async function storeStudy(
  study: AnyStudy,
  typed: Readonly<Record<string, unknown>>,
  { data = dataFolder, cache, once = false }: {
    readonly data?: string;
    readonly cache?: string;
    /** Stores the whole alone, where all runs are there: with thousands, their parts cost more. */
    readonly once?: boolean;
  } = {},
): Promise<string[]> {
  const configuration = await study.resolve(typed);
  const name = study.fileName(configuration);
  const place = `${study.folder}/${name}`;
  /** Why a result of this configuration is not to be stored now: what is there that it lacks. */
  const reasonToKeep = async (asked: unknown): Promise<string | undefined> => {
    const [less] = await lacksOfStored(place, asked, { data });
    if (less?.field !== "seeds") return less && `what is stored stays: ${less.text}`;
    const stored = await storedResult<{ configuration: { seeds: number[] } }>(place, { data });
    const kept = stored!.result.configuration.seeds;
    return `what is stored has seed ${less.missing!.join(", ")} too and stays; ` +
      `--seeds ${typedText(kept)} renews it`;
  };
  const refused = await reasonToKeep(configuration);
  if (refused) return [refused];
  const command = commandOf(study, typed);
  let kept: string | undefined;
  // Hours may lie between two runs: what is stored is read again, and nobody writes in between.
  const store = (result: { readonly configuration?: unknown }) =>
    withProjectLock(join(data, "cache", "store.lock"), async () => {
      kept = await reasonToKeep(result.configuration);
      if (!kept) await storeResult(place, result, { command, folder: data });
    });
  const result = await withProgress(
    `${study.name}: ${name}`,
    {},
    (control) => conduct(study, typed, { ...control, cache, ...(once ? {} : { onPart: store }) }),
  );
  if (once) await store(result);
  return [...study.tell?.(result) ?? [], kept ?? `stored as ${place}`];
}
