/**
 * What of a module's text runs: its tokens without types, comments and layout, and what it imports.
 *
 * @module
 */
import jsTokens, { type Token } from "js-tokens";
import { createHash } from "node:crypto";
import { stripTypeScriptTypes } from "node:module";
import { type Edge, edgesOf } from "./module_edges.ts";

/** A module as far as a key minds it. */
export interface ModuleTokens {
  /** SHA-256 of its tokens. */
  readonly digest: string;
  readonly edges: readonly Edge[];
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
  const { edges, others } = edgesOf(values);
  return {
    digest: createHash("sha256").update(withoutTrailingCommas(values).join("\0")).digest("hex"),
    edges,
    handsOn: others === 0,
  };
}

function javaScript(text: string): string {
  try {
    return stripTypeScriptTypes(text);
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
