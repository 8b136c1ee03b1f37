/**
 * What of a module's text runs: its tokens without types, comments and layout, and what it imports.
 *
 * @module
 */
import jsTokens, { type Token } from "js-tokens";
import { createHash } from "node:crypto";
import { stripTypeScriptTypes } from "node:module";

/** An import, or a re-export. */
export interface Edge {
  readonly specifier: string;
  /** The names that are taken from there; "*" for all of them. */
  readonly names: readonly string[];
  /** Of a re-export: the same names as this module's users know them; "*" for `export *`. */
  readonly exportedAs?: readonly string[];
}

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

/** What an import or the name of a worker's file starts with. */
const STARTS = new Set(["import", "export", "new"]);

function edgesOf(values: readonly string[]): { edges: Edge[]; others: number } {
  const edges: Edge[] = [];
  let others = 0;
  for (let i = 0; i < values.length; i++) {
    const found = STARTS.has(values[i]) && values[i - 1] !== "." ? edgeAt(values, i) : undefined;
    if (found) {
      edges.push(found.edge);
      // What stands in the midst of other code is part of it.
      if (!found.edge.exportedAs) others++;
      i = found.last;
    } else if (values[i] !== ";") others++;
  }
  return { edges, others };
}

const isText = (value: string | undefined): value is string => /^["']/.test(value ?? "");
const inside = (literal: string) => literal.slice(1, -1);

function edgeAt(
  values: readonly string[],
  at: number,
): { readonly edge: Edge; readonly last: number } | undefined {
  const [word, next, third] = values.slice(at, at + 3);
  if (word === "import") {
    if (isText(next)) return { edge: { specifier: inside(next), names: ["*"] }, last: at + 1 };
    if (next === "(") {
      return isText(third)
        ? { edge: { specifier: inside(third), names: ["*"] }, last: at + 2 }
        : undefined;
    }
    return next === "." ? undefined : clause(values, at, false);
  }
  if (word === "export") return next === "{" || next === "*" ? clause(values, at, true) : undefined;
  // A worker's file.
  const url = values.slice(at, at + 10).join(" ");
  const worker = /^new URL \( (["'])(\.\S+\.ts)\1 , import \. meta \. url$/.exec(url);
  return worker ? { edge: { specifier: worker[2], names: ["*"] }, last: at + 3 } : undefined;
}

/** `import a, { b as c } from "x"`, `export { b as c } from "x"`, `export * from "x"`. */
function clause(values: readonly string[], at: number, exports: boolean) {
  const from = values.indexOf("from", at + 1);
  const specifier = values[from + 1];
  const words = values.slice(at + 1, from);
  // `export { a, b };` takes nothing from elsewhere.
  if (from < 0 || !isText(specifier) || exports && words.includes(";")) return undefined;
  const names: string[] = [];
  const exportedAs: string[] = [];
  for (let i = 0; i < words.length; i++) {
    if (words[i] === "{" || words[i] === "}" || words[i] === ",") continue;
    const braced = words.lastIndexOf("{", i) >= 0;
    names.push(words[i] === "*" || braced ? words[i] : "default");
    const renamed = words[i + 1] === "as";
    exportedAs.push(renamed ? words[i + 2] : words[i]);
    if (renamed) i += 2;
  }
  const edge: Edge = exports
    ? { specifier: inside(specifier), names, exportedAs }
    : { specifier: inside(specifier), names };
  return { edge, last: from + 1 };
}
