/**
 * What the tasks that compute for long and store under data/ have in common: their command line, and
 * how they refuse one.
 *
 * @module
 */
import { parseArgs, type ParseArgsConfig } from "node:util";

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

/**
 * Runs a task with its parsed command line. `--help` and what cannot be parsed print the usage; a
 * value out of range ends with its message and status 1.
 *
 * @param usage what the task does and its options, for a terminal
 */
export async function storingTask<const T extends ParseArgsConfig>(
  usage: string,
  config: T,
  run: (parsed: ReturnType<typeof parseArgs<T>>) => Promise<void>,
): Promise<void> {
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) {
    console.log(usage);
    return;
  }
  let parsed: ReturnType<typeof parseArgs<T>>;
  try {
    parsed = parseArgs(config);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    Deno.exit(2);
  }
  try {
    await run(parsed);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    console.error(`${error.message}\n(--help tells the options)`);
    Deno.exit(1);
  }
}
