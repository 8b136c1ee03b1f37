/**
 * A configuration checked against its fields, and what can be told of them.
 *
 * @module
 */
import * as v from "valibot";
import { checkRecord, checkText, didYouMean, shown } from "../../numerics/checks.ts";
import type { FieldNotes, Fields, FieldsOf } from "./fields.ts";

/** A field by its name, with all that is told of it. */
export interface Field extends FieldNotes {
  readonly name: string;
  /** The value it has when it is left out; not there if it has none. */
  readonly byDefault?: unknown;
  /** Whether it has to be given. */
  readonly required: boolean;
}

/**
 * What is told of some fields, in their order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fieldsOf } from "./configuration.ts";
 * import { integer, optional } from "./fields.ts";
 * const [n] = fieldsOf({ n: optional(integer({ help: "training images" }), 500) });
 * assert.deepEqual([n.name, n.byDefault, n.range], ["n", 500, "an integer from 1 up"]);
 * ```
 */
export function fieldsOf(fields: Fields): Field[] {
  checkRecord("fields", fields, {}, "fields by their names");
  return Object.entries(fields).map(([name, schema]) => {
    checkRecord(name, schema, { type: checkText }, "a field");
    const mayMiss = schema.type === "optional";
    const { wrapped = schema, default: byDefault } = schema as typeof schema & {
      readonly wrapped?: v.GenericSchema;
      readonly default?: unknown;
    };
    const notes = v.getMetadata(wrapped as v.GenericSchema) as unknown as FieldNotes;
    return { name, ...notes, byDefault, required: !mayMiss };
  });
}

/**
 * A configuration with its defaults.
 *
 * @param study named where a field is none of its
 * @throws {RangeError} naming the field, its value and what it may be
 * @throws {TypeError} naming a field that there is none of, with what may have been meant
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkedConfiguration } from "./configuration.ts";
 * import { type FieldsOf, integer, optional } from "./fields.ts";
 * type Given = { n: number; width?: number };
 * const fields: FieldsOf<Given, Required<Given>> = {
 *   n: integer({ help: "images" }),
 *   width: optional(integer({ help: "units" }), 16),
 * };
 * const checked = (given: Given) => checkedConfiguration("mine", fields, given);
 * assert.deepEqual(checked({ n: 5 }), { n: 5, width: 16 });
 * assert.throws(
 *   () => checked({ n: 0 }),
 *   /^RangeError: n is 0; it must be an integer from 1 up$/,
 * );
 * assert.throws(
 *   () => checked({ n: 5, wdth: 16 } as Given),
 *   /^TypeError: mine has no field wdth \(did you mean width\?\); it has n, width$/,
 * );
 * ```
 */
export function checkedConfiguration<G extends object, C extends object>(
  study: string,
  fields: FieldsOf<G, C>,
  given: G,
): C {
  checkRecord(`the configuration of ${study}`, given, {});
  const names = Object.keys(fields);
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) {
    throw new TypeError(
      `${study} has no field ${unknown}${didYouMean(unknown, names)}; it has ${names.join(", ")}`,
    );
  }
  const missing = fieldsOf(fields).find(({ name, required }) =>
    required && (given as Record<string, unknown>)[name] === undefined
  );
  if (missing) throw new RangeError(`${missing.name} is missing; it must be ${missing.range}`);
  const parsed = v.safeParse(v.object({ ...fields }), given, { abortEarly: true });
  if (parsed.success) return withoutUndefined(parsed.output) as C;
  const [issue] = parsed.issues;
  const name = String(issue.path?.[0].key);
  const value = (given as Record<string, unknown>)[name];
  const { range } = fieldsOf(fields).find((field) => field.name === name)!;
  throw new RangeError(`${name} is ${inFull(value)}; it must be ${range}`);
}

/** A field that is undefined is as one left out, in keys and in files. */
const withoutUndefined = (record: object) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** A value as an error shows it, lists in full: which of the seeds is amiss is seen there. */
const inFull = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map((one) => inFull(one))}]` : shown(value);
