/**
 * Options of a command line as records: what each is told of in the help, what its value may be, and
 * how it is read.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { didYouMean } from "../../numerics/checks.ts";

/** Wrong use of the command line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** One option, under its name without dashes. */
export interface Option<T = unknown> {
  /** What it is, in a few words. */
  readonly help: string;
  /** What the help calls its value: "seconds"; a switch has none. */
  readonly value?: string;
  /** What its value may be, in words: "a whole number from 0 to 65535". */
  readonly range?: string;
  /** What it is when it is left out, or "needed". */
  readonly otherwise?: string;
  /** One letter that stands for it. */
  readonly short?: string;
  /** Whether it may be there several times. */
  readonly many?: boolean;
  /** The value of a text as it is typed; undefined if it is out of range. */
  readonly read: (text: string) => T | undefined;
}

/** What the makers of options are told, besides what is theirs. */
type Told = Pick<Option, "help" | "value" | "range" | "otherwise" | "short">;

/** Options by their names. */
export type Options = Readonly<Record<string, Option>>;

/** Their values: what was not typed is left out. */
export type ValuesOf<O extends Options> = {
  readonly [K in keyof O]?: O[K] extends { readonly many: true }
    ? readonly NonNullable<ReturnType<O[K]["read"]>>[]
    : NonNullable<ReturnType<O[K]["read"]>>;
};

/** An option that is there or not. */
export const toggle = (help: string): Option<true> => ({ help, read: () => true });

/** The name of a file or folder, of which its `value` tells. */
export const path = (told: Told): Option<string> => ({
  ...told,
  read: (typed) => typed === "" ? undefined : typed,
});

/** A text that may be there several times, each read later. */
export const texts = (told: Told): Option<string> & { readonly many: true } => ({
  ...told,
  many: true,
  read: (typed) => typed,
});

/**
 * A number between bounds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { number } from "./options.ts";
 * const port = number({ help: "of the server", least: 0, most: 65535, whole: true });
 * assert.equal(port.range, "a whole number from 0 to 65535");
 * assert.deepEqual(["80", "-1", "1.5", "", "x"].map(port.read), [80, ...Array(4).fill(undefined)]);
 * ```
 */
export function number(
  { least, most = Infinity, whole = false, ...told }: Told & {
    readonly least: number;
    readonly most?: number;
    readonly whole?: boolean;
  },
): Option<number> {
  const kind = whole ? "a whole number" : "a number";
  return {
    value: "number",
    range: `${kind} from ${least} ${most < Infinity ? `to ${most}` : "up"}`,
    ...told,
    read(typed) {
      const value = typed.trim() === "" ? NaN : Number(typed);
      const fits = value >= least && value <= most && value < Infinity &&
        (!whole || Number.isSafeInteger(value));
      return fits ? value : undefined;
    },
  };
}

/**
 * Reads a command line.
 *
 * @param words whether words may stand alone, without an option
 * @returns the options' values, and the words that stand alone
 * @throws {UsageError} naming an option that there is none of, with the one that may have been meant;
 * or one whose value is missing, too much or out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { number, parse, path, toggle } from "./options.ts";
 * const options = {
 *   weights: path({ help: "a file", value: "file" }),
 *   from: number({ help: "the first entry", least: 0, whole: true }),
 *   verify: toggle("check again"),
 * };
 * const { values, words } = parse(["a.csv", "--from", "3"], options, true);
 * assert.deepEqual([{ ...values }, words], [{ from: 3 }, ["a.csv"]]);
 * const refused = (args: string[], message: RegExp) =>
 *   assert.throws(() => parse(args, options), { name: "UsageError", message });
 * refused(["--wieghts", "w"], /^there is no --wieghts \(did you mean --weights\?\); there are --weights, /);
 * refused(["--from", "x"], /^--from x: it must be a whole number from 0 up$/);
 * refused(["--weights"], /^--weights needs a value$/);
 * refused(["a.csv"], /^"a.csv" stands alone; values need an option$/);
 * ```
 */
export function parse<O extends Options>(
  args: readonly string[],
  options: O,
  words = false,
): { readonly values: ValuesOf<O>; readonly words: string[] } {
  const flags = Object.fromEntries(
    Object.entries(options).map(([name, { value, short, many }]) => [
      name,
      {
        type: value === undefined ? "boolean" : "string",
        ...(short === undefined ? {} : { short }),
        ...(many ? { multiple: true } : {}),
      } as const,
    ]),
  );
  let typed;
  try {
    typed = parseArgs({ args: [...args], options: flags, allowPositionals: words });
  } catch (error) {
    throw new UsageError(unknownOption(args, flags) ?? plainly((error as Error).message));
  }
  const values = Object.entries(typed.values).map(([name, given]) => {
    const read = (one: unknown) => valueOf(`--${name}`, options[name], String(one));
    return [name, Array.isArray(given) ? given.map(read) : read(given)];
  });
  return { values: Object.fromEntries(values), words: typed.positionals };
}

/**
 * The value of a text as it is typed.
 *
 * @param name how the message calls it
 * @throws {UsageError} if it is out of the option's range
 */
export function valueOf<T>(name: string, option: Option<T>, typed: string): T {
  const value = option.read(typed);
  if (value !== undefined) return value;
  const { range = `the name of a ${option.value}` } = option;
  const plain = /^[\p{L}\p{N}.,+/_-]+$/u.test(typed);
  throw new UsageError(`${name} ${plain ? typed : JSON.stringify(typed)}: it must be ${range}`);
}

type Flags = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>;

function unknownOption(args: readonly string[], flags: Flags): string | undefined {
  const { tokens } = parseArgs({ args: [...args], options: flags, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== "option" || Object.hasOwn(flags, token.name)) continue;
    const names = Object.keys(flags).map((name) => `--${name}`);
    const there = names.length === 0 ? "no options here" : names.join(", ");
    return `there is no ${token.rawName}${didYouMean(token.rawName, names)}; there are ${there}`;
  }
}

/** What Node says of a value that is missing, too much, or may be an option, in one line. */
function plainly(message: string): string {
  const [, missing] = /^Option '(?:-\w, )?(--[^' ]+) <value>' argument missing/.exec(message) ?? [];
  if (missing) return `${missing} needs a value`;
  const [, dashed] = /^Option '(?:-\w, )?(--[^' ]+)' argument is ambiguous/.exec(message) ?? [];
  if (dashed) {
    return `${dashed} needs a value; one that begins with a dash is written ${dashed}=-1`;
  }
  const [, none] = /^Option '(?:-\w, )?(--[^' ]+)' does not take an argument/.exec(message) ?? [];
  if (none) return `${none} takes no value`;
  const [, much] = /^Unexpected argument '([^']*)'/.exec(message) ?? [];
  return much === undefined ? message : `"${much}" stands alone; values need an option`;
}

/** A message on a terminal: no name in it, of a file or a parameter, must steer that. */
export function printable(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, "\ufffd");
}
