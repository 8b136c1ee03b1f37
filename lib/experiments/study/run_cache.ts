/**
 * Runs that are computed once: kept by a key of their whole configuration, of the code that matters,
 * of the data and of the backend of the linear algebra, gone on with after a kill, read when asked for again.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { FlowCheckpoint, FlowState } from "../../dynamics/mod.ts";
import { admitting } from "../../numerics/name_table.ts";
import {
  checkFunction,
  checkNumber,
  checkOptions,
  checkRecord,
  checkText,
  maybe,
} from "../../numerics/checks.ts";
import { runCode } from "./code/fingerprint.ts";
import { dataFolder } from "./data_folder.ts";
import { readRecord, writeRecord } from "./record_file.ts";
import { type RunGrounds, runGrounds } from "./run_grounds.ts";

/** Plain values: what a configuration consists of. */
export type Plain =
  | string
  | number
  | boolean
  | null
  | readonly Plain[]
  | { readonly [name: string]: Plain | undefined };

/** Where results and checkpoints lie; not tracked, and safe to delete. */
const cacheFolder = join(dataFolder, "cache");

/**
 * The key of a run: the same configuration gives the same key, whatever the order of its values; any
 * other value, other code, other data or another backend gives another. Comments and layout are no
 * code. No data are read for it: they are checked against their hash when they are.
 *
 * @param module the URL of the module that computes, whose code counts with all that it reaches, of
 * tables of names the entries that may be looked up; all that experiments reach by default
 * @param grounds data and backend; those of this process by default
 * @throws {TypeError} if the configuration holds what JSON does not keep: a number that is not
 * finite, a typed array, a date, …
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { runKey } from "./run_cache.ts";
 * assert.equal(runKey({ n: 500, seed: 0 }), runKey({ seed: 0, n: 500 }));
 * assert.notEqual(runKey({ n: 500, seed: 0 }), runKey({ n: 500, seed: 1 }));
 * const other = { data: "cifar-10 0", backend: "ml-matrix@6.15.1" };
 * assert.notEqual(runKey({ n: 500 }), runKey({ n: 500 }, undefined, other));
 * ```
 */
export function runKey(
  configuration: Plain,
  module?: string,
  grounds: RunGrounds = runGrounds(),
): string {
  if (module !== undefined) checkText("module", module);
  const { data, backend } = checkRecord("grounds", grounds, {
    data: checkText,
    backend: checkText,
  });
  const text = canonical(configuration);
  const parts = [codeOf(configuration, module).fingerprint, data, backend, text];
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 24);
}

/** Without a module, nothing is known of what computes: all entries of tables count. */
const codeOf = (input: Plain, module?: string) => module ? runCode(module, { input }) : runCode();

/**
 * The result of a run, read if the same was run before, else computed and kept.
 *
 * Two processes that compute the same at once do no harm: each writes a whole file.
 *
 * @param compute makes the result; it is handed the run's checkpoint, which is deleted when the
 * result is kept
 * @throws {Error} if a file is damaged or cannot be written, saying what to do; or if the run looks up
 * a name in a table (`nameTable`) that neither its configuration nor its code holds
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cachedRun } from "./run_cache.ts";
 * const folder = await Deno.makeTempDir();
 * let computed = 0;
 * const run = () =>
 *   cachedRun({ n: 1 }, () => Promise.resolve({ result: ++computed, whole: true }), { folder });
 * assert.deepEqual([await run(), await run()], [1, 1]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function cachedRun<T>(
  configuration: Plain,
  compute: (checkpoint: FlowCheckpoint) => Promise<{ readonly result: T; readonly whole: boolean }>,
  options: {
    readonly folder?: string;
    /** As {@link runKey} takes it. */
    readonly module?: string;
    /** A hash of other data than CIFAR-10. */
    readonly data?: string;
  } = {},
): Promise<T> {
  checkFunction("compute", compute);
  const { folder = cacheFolder, module, data } = checkOptions("options", options, {
    ...{ folder: maybe(checkText), module: maybe(checkText), data: maybe(checkText) },
  });
  const grounds = runGrounds(data);
  const key = runKey(configuration, module, grounds);
  const file = join(folder, `${key}.result`);
  const found = await readRecord(file) as { configuration: Plain; result: T } | undefined;
  if (found) return checkedOwn(found, configuration, file).result;
  const unfinished = join(folder, `${key}.checkpoint`);
  const checkpoint = flowCheckpoint(unfinished, configuration);
  const { names } = codeOf(configuration, module);
  const { result, whole } =
    await (names ? admitting(names, () => compute(checkpoint)) : compute(checkpoint));
  // What was stopped early is no result; its checkpoint stays.
  if (whole) {
    await writeRecord(file, { configuration, ...grounds, result });
    await rm(unfinished, { force: true });
  }
  return result;
}

/**
 * A checkpoint in a file.
 *
 * @throws {Error} on loading, if the file is damaged or belongs to another configuration
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { flowCheckpoint } from "./run_cache.ts";
 * const folder = await Deno.makeTempDir();
 * const checkpoint = flowCheckpoint(`${folder}/run.checkpoint`, { n: 1 });
 * assert.equal(await checkpoint.load(), undefined); // nothing to go on from yet
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export function flowCheckpoint(
  file: string,
  configuration: Plain,
  options: { readonly every?: number } = {},
): FlowCheckpoint {
  checkText("file", file);
  const { every = 60 } = checkOptions("options", options, {
    every: maybe(checkNumber, { least: 0 }),
  });
  return {
    every,
    async load() {
      const kept = await readRecord(file) as
        | { configuration: Plain; state: FlowState }
        | undefined;
      return kept && checkedOwn(kept, configuration, file).state;
    },
    save: (state) => writeRecord(file, { configuration, state }),
  };
}

function checkedOwn<R extends { configuration: Plain }>(
  record: R,
  configuration: Plain,
  file: string,
): R {
  if (canonical(record.configuration) !== canonical(configuration)) {
    throw new Error(
      `${file} belongs to another configuration, ${canonical(record.configuration)}; ` +
        "delete or move it to start this one",
    );
  }
  return record;
}

/**
 * JSON with the names of every object in order.
 *
 * @throws {TypeError} naming what is no plain value, and where it is: JSON would make `{}` of a date or
 * a map, `null` of NaN, and the same key of an array and a typed array
 */
function canonical(value: unknown, place = ""): string {
  const refuse = (what: string, why: string) =>
    new TypeError(`a configuration holds ${what}${place && ` at ${place}`}; ${why}`);
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw refuse(String(value), "its numbers must be finite");
  }
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) {
    return JSON.stringify(value);
  }
  const within = (name: string | number) => `${place}${place && "."}${name}`;
  if (Array.isArray(value)) {
    return `[${Array.from(value, (entry, i) => canonical(entry, within(i))).join(",")}]`;
  }
  if (!isPlainRecord(value)) {
    const what = typeof value === "object" ? `a ${value.constructor?.name}` : typeof value;
    throw refuse(
      what,
      "it may hold texts, numbers, true, false, null, arrays and objects of these",
    );
  }
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => a < b ? -1 : 1);
  return `{${
    entries.map(([name, entry]) => `${JSON.stringify(name)}:${canonical(entry, within(name))}`)
  }}`;
}

/** Of whichever realm: an object whose prototype is none, or has none itself. */
function isPlainRecord(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
