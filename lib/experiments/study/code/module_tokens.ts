/**
 * What of a module's text runs: its tokens without types, comments and layout, and what it imports.
 *
 * @module
 */
import jsTokens, { type Token } from "js-tokens";
import { createHash } from "node:crypto";
import module from "node:module";
import { type Edge, edgesOf } from "./module_edges.ts";
import { nameTableOf } from "./name_tables.ts";

/** A module as far as a key minds it. */
export interface ModuleTokens {
  /** SHA-256 of its tokens; a table's entries have their own. */
  readonly digest: string;
  readonly edges: readonly Edge[];
  /** What stands in quotes, and the code's own words: the names that it may look up. */
  readonly texts: readonly string[];
  /** The entries of a table of names, by their names. */
  readonly entries: ReadonlyMap<string, Omit<ModuleTokens, "entries" | "handsOn">>;
  /** Whether it does nothing but hand on what others export: a room's mod.ts. */
  readonly handsOn: boolean;
}

const IGNORED = new Set<Token["type"]>([
  "WhiteSpace",
  "LineTerminatorSequence",
  "SingleLineComment",
  "MultiLineComment",
]);

/**
 * The tokens and imports of a TypeScript module. Types are taken away by the compiler's own
 * stripper, so that what is left is JavaScript, which the tokenizer knows without doubt.
 *
 * @throws {Error} if it imports by a form that is not understood, as by a name that is computed
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { moduleTokens } from "./module_tokens.ts";
 * const tokens = moduleTokens('import { a as b } from "./a.ts";\nexport const c: number = b / 2; // half');
 * assert.deepEqual(tokens.edges, [{ specifier: "./a.ts", names: ["a"] }]);
 * const same = moduleTokens('import { a as b } from "./a.ts"; export const c = b / 2;');
 * assert.equal(tokens.digest, same.digest);
 * ```
 */
export function moduleTokens(text: string): ModuleTokens {
  const values: string[] = [];
  for (const { type, value } of jsTokens(javaScript(text))) {
    if (!IGNORED.has(type)) values.push(value);
  }
  const table = nameTableOf(withoutTrailingCommas(values));
  if (table) {
    const { own, edges } = table;
    const entries = table.entries.map((entry) =>
      [entry.name, {
        digest: digestOf([...entry.tokens, JSON.stringify(entry.edges)]),
        edges: entry.edges,
        texts: textsAmong(entry.tokens),
      }] as const
    );
    const digest = digestOf([own, JSON.stringify(edges)]);
    return { digest, edges, texts: [], entries: new Map(entries), handsOn: false };
  }
  const { edges, others } = edgesOf(values);
  return {
    digest: digestOf(values),
    edges,
    texts: textsAmong(values),
    entries: new Map(),
    handsOn: others === 0,
  };
}

const digestOf = (values: readonly string[]): string =>
  createHash("sha256").update(withoutTrailingCommas(values).join("\0")).digest("hex");

const textsAmong = (values: readonly string[]): string[] =>
  values.map((value) => /^(["'`]).*\1$/s.test(value) ? value.slice(1, -1) : value);

function javaScript(text: string): string {
  try {
    return module.stripTypeScriptTypes(text); // an older Node has none, and a package no types
  } catch {
    // Enums and parameter properties are code, not types alone: the text as it is has them, and more.
    return text;
  }
}

/** A formatter adds a comma where it breaks a list into lines; in `[,]` it is a place instead. */
function withoutTrailingCommas(values: readonly string[]): string[] {
  return values.filter((value, i) => {
    if (value !== ",") return true;
    const [before, after] = [values[i - 1], values[i + 1]];
    return !(after === ")" || after === "}" || after === "]" && before !== "," && before !== "[");
  });
}
