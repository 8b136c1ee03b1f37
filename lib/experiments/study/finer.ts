/**
 * Which of two results of one name is to be kept: what is coarser, shorter or of fewer does not take
 * the place of what is stored.
 *
 * @module
 */
import { fieldsOf } from "./configuration.ts";
import type { Fields } from "./fields.ts";

/** Some field's value, in which a result is less than another. */
export interface Lack {
  readonly field: string;
  /** "tolerance is 0.2, and 0.01 is stored". */
  readonly text: string;
  /** Of a list: what it has not. */
  readonly missing?: readonly unknown[];
}

/**
 * In what a configuration asks for less than one that is stored, by the fields that say whether more
 * or less of them is `better`. What either leaves open is not compared.
 *
 * @param kept that of the stored result; anything, as a file has it
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { number, optional, seeds } from "./fields.ts";
 * import { lacks } from "./finer.ts";
 * const fields = {
 *   tolerance: number({ help: "relative accuracy", better: "less" }),
 *   seeds: optional(seeds({ help: "realizations", better: "more" })),
 * };
 * const kept = { tolerance: 0.01, seeds: [0, 1] };
 * assert.deepEqual(lacks(fields, { tolerance: 0.001, seeds: [0, 1, 2] }, kept), []);
 * const [coarser, fewer] = lacks(fields, { tolerance: 0.2, seeds: [0] }, kept);
 * assert.equal(coarser.text, "tolerance is 0.2, and 0.01 is stored");
 * assert.equal(fewer.text, "seeds lacks 1, which is stored");
 * ```
 */
export function lacks(fields: Fields, asked: unknown, kept: unknown): Lack[] {
  return fieldsOf(fields).flatMap(({ name, better }) => {
    const [now, before] = [valueOf(asked, name), valueOf(kept, name)];
    if (better === undefined || now === undefined || before === undefined) return [];
    if (Array.isArray(before)) {
      const missing = before.filter((one) => !(Array.isArray(now) && now.includes(one)));
      return missing.length === 0
        ? []
        : [{ field: name, text: `${name} lacks ${missing.join(", ")}, which is stored`, missing }];
    }
    const holds = better === "more" ? Number(now) >= Number(before) : Number(now) <= Number(before);
    return holds ? [] : [{ field: name, text: `${name} is ${now}, and ${before} is stored` }];
  });
}

const valueOf = (configuration: unknown, name: string): unknown =>
  configuration !== null && typeof configuration === "object"
    ? (configuration as Record<string, unknown>)[name]
    : undefined;
