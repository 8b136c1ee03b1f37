/**
 * The JSON schema of sweep files, made of the table of studies: what an editor completes and marks
 * follows from the same fields as checks, flags and help. It is never stricter than these.
 *
 * `deno run -P lib/companion/sweep/schema.ts` writes it anew, beside this file.
 *
 * @module
 */
import type * as v from "valibot";
import { type AnyStudy, type Field, fieldsOf, studies } from "../../experiments/mod.ts";

/** A JSON schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

/** Where the schema is: beside this file. */
export const SCHEMA_FILE: string = new URL("sweep.schema.json", import.meta.url).href;

/** What a sweep may set of its jobs, whatever was estimated. */
export const RESOURCES: Readonly<Record<string, Schema>> = {
  threads: {
    description: "cores of each run; results are equal bit for bit at equal threads (2)",
    ...{ type: "integer", minimum: 1, maximum: 4096 },
  },
  memory: {
    description: "MiB of memory of each run; estimated, if left out",
    ...{ type: "integer", minimum: 100 },
  },
  minutes: {
    description: "time limit of a run's first attempt; estimated, if left out",
    ...{ type: "integer", minimum: 1 },
  },
};

const DRAFT = "http://json-schema.org/draft-07/schema#";

/**
 * The schema of sweep files.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sweepSchema } from "./schema.ts";
 * const { properties, required } = sweepSchema() as Record<string, Record<string, unknown>>;
 * assert.deepEqual(Object.keys(properties).includes("grid"), true);
 * assert.deepEqual(required, ["study"]);
 * ```
 */
export function sweepSchema(): Schema {
  return {
    $schema: DRAFT,
    title: "A sweep over configurations of a study",
    description:
      "deno task sweep FILE; made by lib/companion/sweep/schema.ts from the studies' fields",
    type: "object",
    properties: {
      $schema: { type: "string" },
      study: {
        description: Object.values(studies).map(({ name, summary }) => `${name}: ${summary}`)
          .join("\n"),
        enum: Object.keys(studies),
      },
      base: { description: "what all configurations share", type: "object" },
      grid: { description: "fields with lists of values: all combinations", type: "object" },
      list: { description: "configurations one by one, each with the grid's", type: "array" },
      resources: {
        description: "of each run",
        ...{ type: "object", properties: RESOURCES, additionalProperties: false },
      },
    },
    required: ["study"],
    anyOf: [{ required: ["base"] }, { required: ["grid"] }, { required: ["list"] }],
    additionalProperties: false,
    allOf: Object.values(studies).map(({ name, fields }) => ({
      if: { properties: { study: { const: name } }, required: ["study"] },
      then: { properties: partsOf(name, Object.keys(fields)) },
    })),
    definitions: Object.fromEntries(
      Object.values(studies).map((study) => [study.name, configurationSchema(study)]),
    ),
  };
}

/** A configuration of a study; what it must not leave out may come from base, grid or list. */
const configurationSchema = (study: AnyStudy): Schema => ({
  type: "object",
  properties: Object.fromEntries(
    fieldsOf(study.fields).map((field) =>
      [field.name, fieldSchema(field, study.fields[field.name])] as const
    ),
  ),
  additionalProperties: false,
});

/** What base, grid and list hold for a study. */
function partsOf(study: string, fields: readonly string[]): Schema {
  const own = `#/definitions/${study}`;
  const listed = fields.map((name) =>
    [name, { type: "array", minItems: 1, items: { $ref: `${own}/properties/${name}` } }] as const
  );
  return {
    base: { $ref: own },
    grid: {
      ...{ type: "object", minProperties: 1, additionalProperties: false },
      properties: Object.fromEntries(listed),
    },
    list: { type: "array", minItems: 1, items: { $ref: own } },
  };
}

/**
 * What a field may be: its bounds where it is a number, its names where it is one of some.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fieldsOf } from "../../experiments/mod.ts";
 * import { number } from "../../experiments/study/fields.ts";
 * import { fieldSchema } from "./schema.ts";
 * const horizon = number({ help: "the last time", unit: "τ", above: 0, most: 30 });
 * const [field] = fieldsOf({ horizon });
 * assert.deepEqual(fieldSchema(field, horizon), {
 *   description: "the last time: a finite number above 0, up to 30 [τ]",
 *   type: "number",
 *   exclusiveMinimum: 0,
 *   maximum: 30,
 * });
 * ```
 */
export function fieldSchema(field: Field, schema: v.GenericSchema): Schema {
  const { help, range, unit, byDefault } = field;
  const told = {
    description: `${help}: ${range}${unit ? ` [${unit}]` : ""}`,
    ...(byDefault === undefined ? {} : { default: byDefault }),
  };
  const names = namesOf(schema);
  if (names) return { ...told, enum: names };
  const number = numberOf(range);
  if (number) return { ...told, ...number };
  if (/or "infinite"$/.test(range)) {
    const most = Number(/up to (\d+)/.exec(range)?.[1]);
    return {
      ...told,
      anyOf: [{ type: "integer", minimum: 1, maximum: most }, { const: "infinite" }],
    };
  }
  // A number or a list of numbers: what of them is meant the study's own check tells.
  if (field.kind === "list") return { ...told, anyOf: [LIST, { type: "number" }] };
  return told;
}

const LIST = { type: "array", items: { type: "number" } };

/** The bounds that a field's range tells in words, as `integer` and `number` of fields.ts word it. */
function numberOf(range: string): Schema | undefined {
  const [, whole] = /^(an integer|a finite number)\b/.exec(range) ?? [];
  if (!whole) return undefined;
  const bound = (word: string) => {
    const [, value] = new RegExp(`\\b${word} (-?[\\d.e+-]+)`).exec(range) ?? [];
    return value === undefined ? undefined : Number(value);
  };
  const bounds = {
    minimum: bound("from"),
    exclusiveMinimum: bound("above"),
    maximum: bound("up to") ?? bound("to"),
    exclusiveMaximum: bound("below"),
  };
  return {
    type: whole === "an integer" ? "integer" : "number",
    ...Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined)),
  };
}

/** The names of a picklist, wherever in a schema it is. */
function namesOf(schema: unknown): readonly string[] | undefined {
  const { type, options, wrapped, pipe } = schema as {
    readonly type: string;
    readonly options?: readonly string[];
    readonly wrapped?: unknown;
    readonly pipe?: readonly { readonly type: string }[];
  };
  if (type === "optional") return namesOf(wrapped);
  if (type === "picklist") return options;
  return pipe && pipe[0] !== schema && pipe[0].type === "picklist" ? namesOf(pipe[0]) : undefined;
}

if (import.meta.main) {
  await Deno.writeTextFile(new URL(SCHEMA_FILE), `${JSON.stringify(sweepSchema(), null, 2)}\n`);
}
