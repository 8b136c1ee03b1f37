/**
 * The `companion` and `run` tasks, which run notebooks: how their options are meant.
 *
 * @module
 */
import { buildFolder, notebooksFolder } from "../../notebook/folders.ts";
import { listParameters } from "../notebooks/list_parameters.ts";
import { planRun } from "../notebooks/plan_run.ts";
import type { RunOptions } from "../notebooks/run_notebooks.ts";
import { UsageError } from "./options.ts";
import { outputFolder } from "./output_folder.ts";

/** The options of both tasks, as they are read. */
interface Given {
  readonly set?: readonly string[];
  readonly timeout?: number;
}

/** Runs notebooks, all if none is named; gives the exit status. */
export async function companionTask(
  { write, ...given }: Given & { readonly write?: boolean },
  only: readonly string[],
): Promise<number> {
  return await planned({ ...runOptions(given), only, write });
}

/** Runs the notebooks that are named into a folder of their own, or lists their parameters. */
export async function runTask(
  { list, output = `${buildFolder}/run`, ...given }: Given & {
    readonly list?: boolean;
    readonly output?: string;
  },
  only: readonly string[],
): Promise<number> {
  if (list) {
    console.log((await listParameters(only).catch(asUsage)).join("\n"));
    return 0;
  }
  if (only.length === 0) {
    throw new UsageError(
      "no notebook is named, as in deno task run 06 -p n=1000; deno task run --list lists them, " +
        "deno task companion runs them all",
    );
  }
  return await planned({ ...runOptions(given), only }, output);
}

async function planned(options: RunOptions, output?: string): Promise<number> {
  // What is wrong is said before a long set-up, not after.
  await planRun(notebooksFolder, options).catch(asUsage);
  const folder = output === undefined ? undefined : await outputFolder(output);
  const { setUp } = await import("./setup.ts");
  await setUp();
  const { runNotebooks } = await import("../notebooks/run_notebooks.ts");
  return await runNotebooks({ ...options, output: folder });
}

function asUsage(error: Error): never {
  throw new UsageError(error.message);
}

/**
 * The options of a run as they are typed: `-p name=value`, or `-p 06.name=value` for one notebook.
 * A value is read as JSON where it is JSON, else as a text; what it is meant as, the notebook tells.
 *
 * @throws {UsageError} if an assignment has no name or is there twice
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { runOptions } from "./run.ts";
 * const { parameters } = runOptions({ set: ["n=1000", "06.activation=relu"] });
 * assert.equal(parameters?.["*"].n, 1000);
 * assert.equal(parameters?.["06"].activation, "relu");
 * ```
 */
export function runOptions(
  { set = [], timeout }: Given,
): Pick<RunOptions, "parameters" | "timeout"> {
  const parameters: Record<string, Record<string, unknown>> = Object.create(null);
  for (const assignment of set) {
    const [, notebook = "*", name, value] = /^(?:([^.=]+)\.)?([^.=]+)=(.*)$/s.exec(assignment) ??
      [];
    if (name === undefined) {
      throw new UsageError(
        `-p ${JSON.stringify(assignment)}: it must read name=value or 06.name=value`,
      );
    }
    const values = parameters[notebook] ??= Object.create(null);
    if (name in values) throw new UsageError(`-p ${JSON.stringify(assignment)}: it is set twice`);
    values[name] = typed(value);
  }
  return { parameters: { ...parameters }, timeout };
}

function typed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
