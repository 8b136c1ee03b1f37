/**
 * A task of the command line as a record, and its help.
 *
 * @module
 */
import { wrapped } from "../wrapped.ts";
import { type Options, parse, type ValuesOf } from "./options.ts";

/** A task under its name: `deno task NAME`. */
export interface Command {
  /** What it does, in a line; deno.json's description too. */
  readonly summary: string;
  /** The words that its usage has before the options: "[notebook …]"; none where it is left out. */
  readonly words?: string;
  readonly options: Options;
  /** What its own help tells below the options. */
  readonly notes?: string;
  /** Whether its arguments, `--help` too, go to another program. */
  readonly handsOn?: boolean;
  /** Its help, where that depends on more than this record. */
  readonly help?: (args: readonly string[]) => Promise<string>;
  /** Runs it with the arguments behind its name; gives the exit status. */
  readonly run: (args: readonly string[]) => Promise<number>;
}

/** A failure of which its message tells all: no trace, status 1. */
export class TaskFailure extends Error {
  override readonly name = "TaskFailure";
}

/** A task whose options this record knows: they are read and checked before it runs. */
export function command<O extends Options>(
  { options, run, ...told }: Omit<Command, "options" | "run"> & {
    readonly options: O;
    readonly run: (values: ValuesOf<O>, words: string[]) => Promise<number>;
  },
): Command {
  return {
    ...told,
    options,
    run(args) {
      const { values, words } = parse(args, options, told.words !== undefined);
      return run(values, words);
    },
  };
}

/** Columns of a terminal that the help fills. */
const WIDTH = 100;

/**
 * Options with what is told of each, a line or more for each.
 *
 * @param names what stands for each in the place of its name, dashed
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { optionLines } from "./command.ts";
 * import { number, toggle } from "./options.ts";
 * const port = number({ help: "the port", least: 0, most: 65535, otherwise: "by default 8765" });
 * assert.deepEqual(optionLines({ serve: toggle("serve it"), port }), [
 *   "  --serve        serve it",
 *   "  --port number  the port: a number from 0 to 65535; by default 8765",
 * ]);
 * ```
 */
export function optionLines(
  options: Options,
  { names = {}, indent = 2 }: {
    readonly names?: Readonly<Record<string, string>>;
    readonly indent?: number;
  } = {},
): string[] {
  const left = Object.entries(options).map(([name, { short, value }]) =>
    names[name] ?? `${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`
  );
  const column = indent + Math.max(0, ...left.map((text) => text.length)) + 2;
  return Object.values(options).flatMap(({ help, range, otherwise }, i) => {
    const what = `${help}${range ? `: ${range}` : ""}${otherwise ? `; ${otherwise}` : ""}`;
    const [first, ...rest] = wrapped(what, WIDTH - column);
    const named = `${" ".repeat(indent)}${left[i]}`;
    return [named.padEnd(column) + first, ...rest.map((line) => " ".repeat(column) + line)];
  });
}

/** How a task is called. */
function usage(name: string, { words, options }: Command): string {
  const some = Object.keys(options).length > 0 ? ["[options]"] : [];
  return ["deno task", name, ...(words ? [words] : []), ...some].join(" ");
}

/** A task's own help. */
export async function helpOf(
  name: string,
  command: Command,
  args: readonly string[] = [],
): Promise<string> {
  if (command.help) return await command.help(args);
  return [
    usage(name, command),
    command.summary,
    ...(Object.keys(command.options).length > 0 ? ["", ...optionLines(command.options)] : []),
    ...(command.notes ? ["", command.notes] : []),
  ].join("\n");
}

/** All tasks with their options. */
export function helpOfAll(commands: Readonly<Record<string, Command>>): string {
  return Object.entries(commands).flatMap(([name, command]) => [
    usage(name, command),
    ...wrapped(command.summary, WIDTH - 4).map((line) => `    ${line}`),
    ...optionLines(command.options, { indent: 6 }),
  ]).join("\n");
}
