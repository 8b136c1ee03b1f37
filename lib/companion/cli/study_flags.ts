/**
 * A study's command line, made of its fields: the flags, their help, and how values are read.
 *
 * @module
 */
import * as v from "valibot";
import { type AnyStudy, type Field, fieldsOf } from "../../experiments/mod.ts";
import { optionLines } from "./command.ts";
import { type Option, type Options, parse, UsageError, valueOf } from "./options.ts";

/** A field's flag: `--weight-std` for weightStd. */
const flagOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A field as an option; its value is as it is typed, not yet parsed by the field. */
function optionOf(study: AnyStudy, field: Field): Option {
  const { name, help, unit, range, kind, byDefault, required } = field;
  const schema = study.fields[name];
  return {
    help,
    value: kind,
    range: `${range}${unit ? ` [${unit}]` : ""}`,
    otherwise: required
      ? "needed"
      : byDefault === undefined
      ? undefined
      : `by default ${shortly(byDefault)}`,
    read(text) {
      const value = asTyped(field, text);
      return v.is(schema, value) ? value : undefined;
    },
  };
}

/** A study's fields and options, by the field's name or flag. */
const optionsOf = (study: AnyStudy) =>
  fieldsOf(study.fields).map((field) => ({
    ...{ field, flag: flagOf(field.name) },
    option: optionOf(study, field),
  }));

const flagged = (all: ReturnType<typeof optionsOf>): Options =>
  Object.fromEntries(all.map(({ flag, option }) => [flag, option]));

/**
 * A configuration as it is typed.
 *
 * @throws {UsageError} naming a flag that there is none of, one whose value is out of range, or a value
 * too much
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
 * assert.throws(() => typed("--n 0"), /^UsageError: --n 0: it must be an integer from 1/);
 * ```
 */
export function configurationTyped(
  study: AnyStudy,
  args: readonly string[],
): Record<string, unknown> {
  const all = optionsOf(study);
  const { values, words } = parse(args, flagged(all), true);
  const alone = all.find(({ field }) => field.alone);
  const typed: Record<string, unknown> = {};
  for (const { field, flag } of all) {
    if (values[flag] !== undefined) typed[field.name] = values[flag];
  }
  if (alone && words.length > 0 && typed[alone.field.name] === undefined) {
    typed[alone.field.name] = valueOf(alone.field.name, alone.option, words.shift()!);
  }
  if (words.length > 0) {
    throw new UsageError(`"${words[0]}" stands alone; values need a flag, as in --n 500`);
  }
  return typed;
}

/** A word of the command line; one that is no number stays text, for the check to tell what it must be. */
function asTyped({ kind }: Field, text: string): unknown {
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
  const all = optionsOf(study);
  const alone = all.filter(({ field }) => field.alone)
    .map(({ flag, field }) => [flag, field.name.toUpperCase()]);
  const usage = ["deno task study", study.name, ...alone.map(([, word]) => word), "[options]"];
  return [
    `${usage.join(" ")}   into data/${study.folder}`,
    study.summary,
    "",
    ...optionLines(flagged(all), { names: Object.fromEntries(alone) }),
  ].join("\n");
}

/** A default as it may be typed: seeds from 0 on are told by their number. */
const shortly = (value: unknown): string =>
  Array.isArray(value) && value.length > 1 && value.every((one, i) => one === i)
    ? `${value.length}`
    : typedText(value);
