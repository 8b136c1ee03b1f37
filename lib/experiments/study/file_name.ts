/**
 * The names of stored results: of a configuration as a study's `resolve` makes it, where what is left
 * out and its default written out are the same. Two such that differ in a value that the name tells
 * have two names; seeds are not told, since a file's realizations grow in number.
 *
 * @module
 */
import { fieldsOf } from "./configuration.ts";
import type { Fields } from "./fields.ts";

/**
 * A name's parts from the fields that have a tag, where they differ from the default: `std1`. A tag
 * that is empty stands for the value alone: `standard`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tagged } from "./file_name.ts";
 * import { number, optional } from "./fields.ts";
 * const fields = { horizon: optional(number({ help: "last time", tag: "tau" }), 0.2) };
 * assert.deepEqual(tagged(fields, { horizon: 5 }), ["tau5"]);
 * assert.deepEqual(tagged(fields, { horizon: 0.2 }), []);
 * ```
 */
export function tagged(fields: Fields, configuration: object): string[] {
  return fieldsOf(fields).flatMap(({ name, tag, byDefault }) => {
    const value = (configuration as Record<string, unknown>)[name];
    return tag === undefined || value === undefined || value === byDefault
      ? []
      : [`${tag}${value}`];
  });
}

/** A name that any file system takes: letters, digits, `_`, `.`, none of them leading out of a folder. */
export function nameFrom(parts: readonly (string | number)[]): string {
  // 1e21 without its sign: with it, it would be taken for 1e-21.
  const texts = parts.map((part) => String(part).replace(/e\+(?=\d)/, "e"));
  return texts.join("_").replaceAll("-", "_").replace(/[^\w.]/g, "_").replace(/^\.+/, "");
}
