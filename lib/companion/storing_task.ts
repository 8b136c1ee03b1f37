/**
 * What the tasks that compute for long and store under data/ have in common: their command line, and
 * how they refuse one.
 *
 * @module
 */
import { storedResults } from "../experiments/mod.ts";
import { type Flags, parse, printable, UsageError } from "./run_options.ts";

/**
 * A number of the command line.
 *
 * @throws {RangeError} naming the option, its value and what it may be, unless it is in range
 */
export function numberOf(
  option: string,
  text: string,
  { least = -Infinity, most = Infinity, whole = true }: {
    readonly least?: number;
    readonly most?: number;
    readonly whole?: boolean;
  } = {},
): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new RangeError(
    `--${option} is ${text}; it must be a ${whole ? "whole " : ""}number from ${least} ` +
      (most < Infinity ? `to ${most}` : "up"),
  );
}

/** How many realizations are stored under a name; fewer do not take the place of more. */
export async function realizationsStored(kind: string, name: string): Promise<number> {
  const stored = await storedResults<{ readonly realizations: readonly unknown[] }>(kind);
  return stored.find((one) => one.name === name)?.result.realizations.length ?? 0;
}

/** What is told where fewer realizations are asked for than are stored. */
export const whatStays = (before: number): string =>
  `what is stored has ${before} realizations and stays; --seeds ${before} renews it`;

/**
 * Runs a task with its parsed command line. `--help` and what cannot be parsed print the usage; a
 * value out of range ends with its message and status 1.
 *
 * @param usage what the task does and its options, for a terminal
 */
export async function storingTask<const T extends Flags>(
  usage: string,
  options: T,
  run: (parsed: ReturnType<typeof parse<T>>) => Promise<void>,
  { positionals = false }: { readonly positionals?: boolean } = {},
): Promise<void> {
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) {
    console.log(usage);
    return;
  }
  try {
    await run(parse(Deno.args, options, positionals));
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(printable(`${error.message}\n${usage}`));
      Deno.exit(2);
    }
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    console.error(printable(`${error.message}\n(--help tells the options)`));
    Deno.exit(1);
  }
}
