/**
 * The fields of a study's configuration: what each may be, its default, its unit and what it is, in
 * one place. Checks, command lines and help texts follow from it.
 *
 * @module
 */
import * as v from "valibot";

/** What is told of a field. */
export interface FieldNotes {
  /** What it is, in a few words. */
  readonly help: string;
  readonly unit?: string;
  /** What it may be: "an integer from 1 to 8192". */
  readonly range: string;
  /** How a word on a command line is read. */
  readonly kind: "number" | "text" | "list";
  /** A value other than the default is told so in a file's name: `std1`; unnamed without one. */
  readonly tag?: string;
  /** Of two results the one with less or more of it is the better, which the other does not replace. */
  readonly better?: "less" | "more";
  /** On a command line it may stand alone, without its flag. */
  readonly alone?: boolean;
}

/** What a field is told at its making, besides its range. */
export type FieldOptions = Pick<FieldNotes, "help" | "unit" | "tag" | "better" | "alone">;

/** What is told of a field, as a schema keeps it. */
const notes = (range: string, kind: FieldNotes["kind"], options: FieldOptions): FieldNotes => ({
  range,
  kind,
  ...options,
});

/**
 * An integer between bounds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as v from "valibot";
 * import { integer } from "./fields.ts";
 * const n = integer({ help: "training images", most: 50000 });
 * assert.equal(v.parse(n, 500), 500);
 * assert.throws(() => v.parse(n, 0.5), /an integer from 1 to 50000/);
 * ```
 */
export function integer(
  { least = 1, most = Infinity, ...options }: FieldOptions & {
    readonly least?: number;
    readonly most?: number;
  },
): v.GenericSchema<number> {
  const range = `an integer from ${least} ${most < Infinity ? `to ${most}` : "up"}`;
  return v.pipe(
    v.number(range),
    v.integer(range),
    v.minValue(least, range),
    v.maxValue(Math.min(most, Number.MAX_SAFE_INTEGER), range),
    v.metadata({ ...notes(range, "number", options) }),
  );
}

/** A number between bounds; `above` and `below` themselves are not allowed. */
export function number(
  { least, above, most, below, ...options }: FieldOptions & {
    readonly least?: number;
    readonly above?: number;
    readonly most?: number;
    readonly below?: number;
  },
): v.GenericSchema<number> {
  const low = above !== undefined ? `above ${above}` : least !== undefined ? `from ${least}` : "";
  const high = below !== undefined ? `below ${below}` : most !== undefined ? `up to ${most}` : "";
  const range = `a finite number ${low}${low && high ? ", " : ""}${high}`.trim();
  return v.pipe(
    v.number(range),
    v.finite(range),
    v.check((value) => value >= (least ?? -Infinity) && value > (above ?? -Infinity), range),
    v.check((value) => value <= (most ?? Infinity) && value < (below ?? Infinity), range),
    v.metadata({ ...notes(range, "number", options) }),
  );
}

/** One of some names. */
export function oneOf<const T extends string>(
  names: readonly T[],
  options: FieldOptions,
): v.GenericSchema<T> {
  const quoted = names.map((name) => `"${name}"`);
  const range = quoted.length > 1
    ? `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`
    : quoted.join();
  return v.pipe(v.picklist(names, range), v.metadata({ ...notes(range, "text", options) }));
}

/** A positive integer, or "infinite". */
export function width(
  { most, ...options }: FieldOptions & { readonly most: number },
): v.GenericSchema<number | "infinite"> {
  const range = `a positive integer up to ${most}, or "infinite"`;
  const finite = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
  return v.pipe(
    v.union([finite, v.literal("infinite")], range),
    v.metadata({ ...notes(range, "number", options) }),
  );
}

/**
 * Seeds of realizations: a list, or how many, from 0 on.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as v from "valibot";
 * import { seeds } from "./fields.ts";
 * assert.deepEqual(v.parse(seeds({ help: "realizations" }), 3), [0, 1, 2]);
 * assert.deepEqual(v.parse(seeds({ help: "realizations" }), [4, 7]), [4, 7]);
 * ```
 */
export function seeds(
  options: FieldOptions,
): v.GenericSchema<number | readonly number[], readonly number[]> {
  return v.pipe(
    seedsOrCount(options),
    v.transform((given): readonly number[] =>
      typeof given === "number" ? Array.from({ length: given }, (_, seed) => seed) : given
    ),
  );
}

/** A list of seeds, or how many; of which seeds these are the first is the study's to say. */
export function seedsOrCount(
  options: FieldOptions,
): v.GenericSchema<number | readonly number[]> {
  const range =
    "a number of realizations, or a list of their seeds, each an integer from 0 and once";
  const isSeed = (seed: unknown) => Number.isSafeInteger(seed) && (seed as number) >= 0;
  const list = v.custom<readonly number[]>((given) =>
    Array.isArray(given) && given.length > 0 && given.every(isSeed) &&
    new Set(given).size === given.length
  );
  const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));
  return v.pipe(
    v.union([list, count], range),
    v.metadata({ ...notes(range, "list", options) }),
  );
}

/**
 * Times after 0, each later than the one before; a single one may stand for a list of one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as v from "valibot";
 * import { times } from "./fields.ts";
 * assert.deepEqual(v.parse(times({ help: "marks" }), 0.2), [0.2]);
 * assert.throws(() => v.parse(times({ help: "marks" }), [1, 0.5]), /growing/);
 * ```
 */
export function times(
  options: FieldOptions,
): v.GenericSchema<number | readonly number[], readonly number[]> {
  const range = "a time above 0, or a list of them, growing";
  return v.pipe(
    v.custom<number | readonly number[]>((given) => {
      const list: unknown[] = Array.isArray(given) ? given : [given];
      return list.length > 0 &&
        list.every((time, i) =>
          typeof time === "number" && Number.isFinite(time) &&
          time > (i === 0 ? 0 : list[i - 1] as number)
        );
    }, range),
    v.transform((given): readonly number[] => typeof given === "number" ? [given] : given),
    v.metadata({ ...notes(range, "list", options) }),
  );
}

/** A field that may be left out; with no default it then is not there. */
export const optional = v.optional;

/** Fields by name. */
export type Fields = Readonly<Record<string, v.GenericSchema>>;

/** The fields of a configuration as it is given (G), and as it is with its defaults (C). */
export type FieldsOf<G extends object, C extends object> = {
  readonly [K in keyof C]-?: v.GenericSchema<K extends keyof G ? G[K] : never, C[K]>;
};
