/**
 * A study run in the terminal and stored as far as it is after each run.
 *
 * @module
 */
import {
  type AnyStudy,
  conduct,
  lacksOfStored,
  storedResult,
  storeResult,
} from "../experiments/mod.ts";
import { withProgress } from "../figures/mod.ts";
import { commandOf } from "./study_flags.ts";

/**
 * Runs a study and stores what it gives, after each run; what is less than what
 * is stored, in realizations or otherwise, does not take its place.
 *
 * @param typed the configuration, as `configurationTyped` reads it
 * @param options `data` and `cache`: other folders than the project's
 * @returns lines for the terminal
 * @throws {RangeError} naming a field whose value is out of range
 * @throws {Error} if a stored result of that name is damaged
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { studies } from "../experiments/mod.ts";
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
  { data, cache }: { readonly data?: string; readonly cache?: string } = {},
): Promise<string[]> {
  const configuration = await study.resolve(typed);
  const name = study.fileName(configuration);
  const place = `${study.folder}/${name}`;
  const less = await lacksOfStored(place, configuration, { data });
  if (less.length > 0) {
    const stored = await storedResult<{ configuration: { seeds?: number[] } }>(place, { data });
    const { seeds } = stored!.result.configuration;
    return less.map(({ field, text }) =>
      field === "seeds"
        ? `what is stored has ${text.replace(/^seeds lacks (.*), which.*$/, "seed $1")} too and ` +
          `stays; --seeds ${seeds} renews it`
        : `what is stored stays: ${text}`
    );
  }
  const command = commandOf(study, typed);
  const store = async (result: { readonly configuration?: unknown }) => {
    // Not yet, if realizations are to come that are stored.
    if ((await lacksOfStored(place, result.configuration, { data })).length > 0) return;
    await storeResult(place, result, { command, folder: data });
  };
  const result = await withProgress(
    `${study.name}: ${name}`,
    {},
    (control) => conduct(study, typed, { ...control, cache, onPart: store }),
  );
  return [...study.tell?.(result) ?? [], `stored as ${place}`];
}
