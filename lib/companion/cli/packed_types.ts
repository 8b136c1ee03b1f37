/**
 * Types of the package's tables of names, which `deno pack` writes without looking into what they
 * hold: entries that are called as what they hold are missing, so that only some names are one.
 *
 * @module
 */

/** A module's table as JavaScript: `const name = { … }`, without braces in it. */
const TABLE = /\bconst (\w+) = \{([^{}]*)\};/g;

/** One of its entries: `key: value` or `value`, each a name. */
const ENTRY = /^(?:("[\w-]+"|\w+): )?(\w+)$/;

/**
 * A module's declarations, where the tables of which every entry is a name have all entries, each
 * with its type.
 *
 * @param declarations of the module, as `deno pack` wrote them
 * @param code of the module, in JavaScript
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withTables } from "./packed_types.ts";
 * const declarations = "declare const all: {\n  readonly b: any;\n};\ndeclare const n: {\n  readonly c: any;\n};";
 * const code = 'const all = {\n  a,\n  b: d,\n  "e-f": undefined\n};\nconst n = { c: Math.PI };';
 * assert.equal(
 *   withTables(declarations, code),
 *   "declare const all: {\n  readonly a: typeof a;\n  readonly b: typeof d;\n" +
 *     '  readonly "e-f": undefined;\n};\ndeclare const n: {\n  readonly c: any;\n};',
 * );
 * ```
 */
export function withTables(declarations: string, code: string): string {
  let typed = declarations;
  for (const [, table, text] of code.matchAll(TABLE)) {
    const entries = text.split(",").map((entry) => ENTRY.exec(entry.trim()));
    if (entries.some((entry) => entry === null)) continue;
    const lines = entries.map((entry) => {
      const [, key, value] = entry!;
      return `  readonly ${key ?? value}: ${value === "undefined" ? value : `typeof ${value}`};\n`;
    });
    typed = typed.replace(
      new RegExp(`(\\bdeclare const ${table}: \\{)\\n[^{}]*(\\};)`),
      (_, start: string, end: string) => `${start}\n${lines.join("")}${end}`,
    );
  }
  return typed;
}
