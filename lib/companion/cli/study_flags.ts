/**
 * A study's command line, made of its fields: the flags, their help, and how values are read.
 *
 * @module
 */
import { type AnyStudy, type Field, fieldsOf } from "../../experiments/mod.ts";
import { parse, UsageError } from "./run_options.ts";

/** A field's flag: `--weight-std` for weightStd. */
const flagOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * A configuration as it is typed.
 *
 * @throws {UsageError} naming a flag that there is none of, or a value too much
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { studies } from "../../experiments/mod.ts";
 * import { configurationTyped } from "./study_flags.ts";
 * const typed = (text: string) => configurationTyped(studies["speed-limit"], text.split(" "));
 * assert.deepEqual(typed("--width 16 --weight-std 1"), { width: 16, weightStd: 1 });
 * assert.deepEqual(typed("--seeds 0,2"), { seeds: [0, 2] });
 * assert.deepEqual(typed("--seeds 5,"), { seeds: [5] }); // a list of one, where 5 is how many
 * assert.throws(() => typed("--widht 16"), /there is no --widht \(did you mean --width\?\)/);
 * ```
 */
export function configurationTyped(study: AnyStudy, args: string[]): Record<string, unknown> {
  const fields = fieldsOf(study.fields);
  const flags = fields.map(({ name }) => flagOf(name));
  const options = Object.fromEntries(flags.map((flag) => [flag, { type: "string" } as const]));
  const { values, positionals } = parse(args, options, true);
  const typed: Record<string, unknown> = {};
  const alone = fields.find((field) => field.alone);
  for (const field of fields) {
    const text = values[flagOf(field.name)] ?? (field === alone ? positionals.shift() : undefined);
    if (text !== undefined) typed[field.name] = valueOf(field, String(text));
  }
  if (positionals.length > 0) {
    throw new UsageError(`"${positionals[0]}" stands alone; values need a flag, as in --n 500`);
  }
  return typed;
}

/** A word of the command line; one that is no number stays text, for the check to tell what it must be. */
function valueOf({ kind }: Field, text: string): unknown {
  const number = (word: string) =>
    word.trim() === "" || !Number.isFinite(Number(word)) ? word : Number(word);
  if (kind === "text") return text;
  return kind === "list" && text.includes(",")
    ? text.replace(/,$/, "").split(",").map(number)
    : number(text);
}

/**
 * A value as {@link configurationTyped} reads it: a list of one has a comma, by which it is no number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { typedText } from "./study_flags.ts";
 * assert.deepEqual([5, [5], [4, 7], "erf"].map(typedText), ["5", "5,", "4,7", "erf"]);
 * ```
 */
export const typedText = (value: unknown): string =>
  Array.isArray(value) && value.length === 1 ? `${value[0]},` : String(value);

/**
 * The flags that make a configuration again: what was typed, in the fields' order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { studies } from "../../experiments/mod.ts";
 * import { commandOf } from "./study_flags.ts";
 * const command = commandOf(studies.kernels, { n: 500, width: "infinite" });
 * assert.equal(command, "deno task study kernels --width infinite --n 500");
 * ```
 */
export function commandOf(study: AnyStudy, typed: Readonly<Record<string, unknown>>): string {
  const flags = fieldsOf(study.fields).filter(({ name }) => typed[name] !== undefined)
    .map(({ name, alone }) => `${alone ? "" : `--${flagOf(name)} `}${typedText(typed[name])}`);
  return ["deno task study", study.name, ...flags].join(" ");
}

/** What a study is and its flags, for a terminal. */
export function studyHelp(study: AnyStudy): string {
  const fields = fieldsOf(study.fields);
  const alone = fields.find((field) => field.alone);
  const left = fields.map(({ name, alone }) => alone ? name.toUpperCase() : `--${flagOf(name)}`);
  const column = Math.max(...left.map((text) => text.length)) + 2;
  const lines = fields.map(({ help, unit, range, byDefault, required }, i) => {
    const value = byDefault === undefined ? "" : `; by default ${shortly(byDefault)}`;
    const what = `${help}: ${range}${unit ? ` [${unit}]` : ""}`;
    return `  ${left[i].padEnd(column)}${what}${required ? "; needed" : value}`;
  });
  const usage = `deno task study ${study.name}${
    alone ? ` ${alone.name.toUpperCase()}` : ""
  } [options]`;
  return [`${usage}   into data/${study.folder}`, study.summary, "", ...lines].join("\n");
}

const shortly = (value: unknown) =>
  Array.isArray(value) ? `${value.length}` : typeof value === "string" ? value : String(value);
