/**
 * A study: a configuration in, independent runs, a result out. Each run is kept by a key of its own,
 * so that a study that is stopped goes on, and one with more seeds computes these alone.
 *
 * @module
 */
import type { FlowCheckpoint } from "../../dynamics/mod.ts";
import {
  checkFunction,
  checkInstance,
  checkOptions,
  checkText,
  maybe,
} from "../../numerics/checks.ts";
import type { Control } from "../../numerics/control.ts";
import { checkConductible } from "../checks.ts";
import type { Fields } from "./fields.ts";
import { cachedRun, type Plain } from "./run_cache.ts";

/** What a run is handed: where it tells its progress, and keeps its state. */
export interface RunControl extends Control {
  readonly checkpoint: FlowCheckpoint;
}

/** What a run computes, of plain values alone: these, the code, the data and the backend are its key. */
export interface Computation<Input, Result> {
  /** The URL of the module that computes; what it reaches is the code of the run. */
  readonly module: string;
  /** A hash of the data that it reads, part of the key too; CIFAR-10's by default. */
  readonly data?: string;
  /**
   * Ends with the signal's reason when that is aborted. The result is kept by `structuredClone`:
   * plain values, maps and typed arrays.
   */
  readonly compute: (input: Input, control: RunControl) => Promise<Result>;
}

/** One run of a study. */
export interface StudyRun<Input> {
  readonly input: Input;
  /** What it is, for a progress bar: "seed 3". */
  readonly note: string;
  /** Its part of the progress, in any unit; 1 by default. */
  readonly share?: number;
}

/**
 * A study as the table of studies has it.
 *
 * @typeParam G the configuration as it is given
 * @typeParam C the configuration that runs rest on
 */
export interface Study<G extends object, C, Input, RunResult, Result> {
  /** As commands name it: "speed-limit". */
  readonly name: string;
  /** What it is, in a line. */
  readonly summary: string;
  /** Where its results are stored below data/. */
  readonly folder: string;
  /**
   * The URL of the study's own module, `import.meta.url`. It reaches the computation and what gathers
   * and writes: the code that a stored result is made by. Of a run's key only `computation` is a part.
   */
  readonly module: string;
  /** What the configuration consists of: help, flags and checks. */
  readonly fields: Fields;
  /** Checks a configuration by its fields (`checkedConfiguration`) and fills in what it leaves out. */
  readonly resolve: (given: G) => C | Promise<C>;
  readonly computation: Computation<Input, RunResult>;
  readonly runs: (configuration: C) => readonly StudyRun<Input>[];
  /** Makes the result of the first runs, of all or fewer. */
  readonly gather: (configuration: C, results: readonly RunResult[]) => Result;
  /** The name under which the result is stored, of parsed values: two results, two names. */
  readonly fileName: (configuration: C) => string;
  /** What a file keeps of a result, and the result of what a file keeps; as it is, by default. */
  readonly write?: (result: Result) => unknown;
  readonly read?: (stored: unknown) => Result;
  /** What a terminal tells of a result, as lines. */
  readonly tell?: (result: Result) => readonly string[];
}

/** Any study: what is between its own functions is its own business. */
// deno-lint-ignore no-explicit-any -- a table holds studies of all types
export type AnyStudy = Study<any, any, any, any, any>;

/** The configuration that a study is given. */
export type GivenOf<S extends AnyStudy> = Parameters<S["resolve"]>[0];

/** What a study gives. */
export type ResultOf<S extends AnyStudy> = ReturnType<S["gather"]>;

/** Progress and end of a study. */
export interface ConductOptions<Result> extends Control {
  /** Called with the result as far as it is, after every run. */
  readonly onPart?: (result: Result) => void | Promise<void>;
  /** Where runs and checkpoints are kept; data/cache if left out. */
  readonly cache?: string;
}

/**
 * Runs a study, or reads what of it was run before; goes on where a run was cut off.
 *
 * @throws {RangeError} if a value of the configuration is out of range
 * @throws {TypeError} if the configuration has a field that the study has not
 * @throws the signal's reason, when it is aborted; what was computed is kept
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { conduct } from "./study.ts";
 * import { kernels } from "../studies/kernels.ts";
 * const kernel = await conduct(
 *   kernels,
 *   { architecture: "fully-connected", width: "infinite", n: 20 },
 *   { cache: await Deno.makeTempDir() },
 * );
 * assert.equal(kernel.eigenvalues.length, 20);
 * ```
 */
export async function conduct<G extends object, C, Input extends object, RunResult, Result>(
  study: Study<G, C, Input, RunResult, Result>,
  given: G,
  options: ConductOptions<Result> = {},
): Promise<Result> {
  checkConductible("study", study);
  const { onProgress, onPart, signal, cache } = checkOptions("options", options, {
    ...{ onPart: maybe(checkFunction), cache: maybe(checkText) },
    ...{ onProgress: maybe(checkFunction), signal: maybe(checkInstance, AbortSignal) },
  });
  const configuration = await study.resolve(given);
  const runs = study.runs(configuration);
  const total = runs.reduce((sum, { share = 1 }) => sum + share, 0);
  const results: RunResult[] = [];
  let before = 0;
  for (const { input, note, share = 1 } of runs) {
    const tell: Control["onProgress"] = ({ done, total: of, note: at }) =>
      onProgress?.({ done: before + share * done / of, total, note: at ? `${note}: ${at}` : note });
    const compute = async (checkpoint: FlowCheckpoint) => ({
      result: await study.computation.compute(input, { checkpoint, signal, onProgress: tell }),
      whole: true,
    });
    const { module, data } = study.computation;
    results.push(await cachedRun(input as Plain, compute, { folder: cache, module, data }));
    signal?.throwIfAborted();
    before += share;
    await onProgress?.({ done: before, total, note: `${note} is there` });
    if (onPart) await onPart(study.gather(configuration, results));
  }
  return study.gather(configuration, results);
}
