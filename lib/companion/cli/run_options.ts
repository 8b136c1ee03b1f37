/**
 * The command line of the tasks: how it is read, and what is said of wrong use. With the options of
 * `companion` and `run`, which run notebooks.
 *
 * @module
 */
import { realpathSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { didYouMean } from "../../numerics/checks.ts";
import { notebooksFolder } from "../../notebook/folders.ts";
import type { RunOptions } from "../notebooks/run_notebooks.ts";

/** Wrong use of the command line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What the options of both tasks may be, for `parseArgs`. */
export const RUN_FLAGS = {
  set: { type: "string", short: "p", multiple: true },
  timeout: { type: "string" },
} as const;

/** What options a task has, for `parseArgs`. */
export type Flags = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>;

/**
 * `parseArgs` of node:util, with errors of this project.
 *
 * @throws {UsageError} if there is an option that is not known, with the one that may have been meant,
 * or a value is missing or too much.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parse } from "./run_options.ts";
 * const flags = { weights: { type: "string" }, verify: { type: "boolean" } } as const;
 * assert.equal(parse(["--weights", "w.npy"], flags).values.weights, "w.npy");
 * assert.throws(
 *   () => parse(["--wieghts", "w.npy"], flags),
 *   /^UsageError: there is no --wieghts \(did you mean --weights\?\); there are --weights, --verify$/,
 * );
 * assert.throws(() => parse(["--weights"], flags), /--weights needs a value$/);
 * ```
 */
export function parse<T extends Flags>(args: string[], options: T, allowPositionals = false) {
  try {
    return parseArgs({ args, options, allowPositionals });
  } catch (error) {
    throw new UsageError(unknownFlag(args, options) ?? plainly((error as Error).message));
  }
}

function unknownFlag(args: string[], options: Flags): string | undefined {
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== "option" || Object.hasOwn(options, token.name)) continue;
    const flags = Object.keys(options).map((name) => `--${name}`);
    const there = flags.length === 0 ? "no options here" : flags.join(", ");
    return `there is no ${token.rawName}${didYouMean(token.rawName, flags)}; there are ${there}`;
  }
}

/** What Node says of a value that is missing, or may be an option, in one line. */
function plainly(message: string): string {
  const [, missing] = /^Option '(?:-\w, )?(--[^' ]+) <value>' argument missing/.exec(message) ?? [];
  if (missing) return `${missing} needs a value`;
  const [, dashed] = /^Option '(?:-\w, )?(--[^' ]+)' argument is ambiguous/.exec(message) ?? [];
  if (dashed) {
    return `${dashed} needs a value; one that begins with a dash is written ${dashed}=-1`;
  }
  const [, much] = /^Unexpected argument '([^']*)'/.exec(message) ?? [];
  return much === undefined ? message : `"${much}" stands alone; values need an option`;
}

/**
 * The options of a run as they are typed: `-p name=value`, or `-p 06.name=value` for one notebook.
 * A value is read as JSON where it is JSON, else as a text; what it is meant as, the notebook tells.
 *
 * @throws {UsageError} if an assignment has no name or is there twice, or the timeout is no number of seconds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { runOptions } from "./run_options.ts";
 * const { parameters } = runOptions({ set: ["n=1000", "06.activation=relu"] });
 * assert.equal(parameters?.["*"].n, 1000);
 * assert.equal(parameters?.["06"].activation, "relu");
 * ```
 */
export function runOptions(
  { set = [], timeout }: { readonly set?: readonly string[]; readonly timeout?: string },
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
  const seconds = timeout === undefined ? undefined : Number(timeout);
  if (seconds !== undefined && !(timeout!.trim() !== "" && seconds >= 0 && seconds < Infinity)) {
    throw new UsageError(`--timeout ${timeout}: it must be a number of seconds, 0 for none`);
  }
  return { parameters: { ...parameters }, timeout: seconds };
}

/**
 * Makes the folder that `--output` names, seen from where the task was called.
 *
 * @throws {UsageError} if it has no name, cannot be made or written to, or holds the companion's own notebooks.
 */
export async function outputFolder(given: string): Promise<string> {
  if (given === "") throw new UsageError("--output is empty; it must name a folder");
  const folder = resolve(Deno.env.get("INIT_CWD") ?? Deno.cwd(), given);
  try {
    await mkdir(folder, { recursive: true });
    const probe = `${folder}/.${Deno.pid}.partial`;
    await Deno.writeTextFile(probe, "");
    await Deno.remove(probe);
  } catch (error) {
    throw new UsageError(
      `--output ${given}: nothing can be written there: ${(error as Error).message}`,
    );
  }
  if (realpathSync(folder) === realpathSync(notebooksFolder)) {
    throw new UsageError(
      `--output ${given}: the notebooks themselves are there and would be written over; ` +
        "take another folder (companion --write puts executed notebooks back)",
    );
  }
  return folder;
}

/** A message on a terminal: no name in it, of a file or a parameter, must steer that. */
export function printable(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, "\ufffd");
}

function typed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
