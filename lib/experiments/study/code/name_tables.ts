/**
 * Tables of names, as a key sees them: what of the module belongs to which entry.
 *
 * @module
 */
import { type Edge, edgesOf } from "./module_edges.ts";

/** An entry of a table. */
export interface TableEntry {
  /** By which it is looked up. */
  readonly name: string;
  /** Its tokens, after the name. */
  readonly tokens: readonly string[];
  /** The imports that it takes part of. */
  readonly edges: readonly Edge[];
}

/** A module that makes a table of names. */
export interface NameTable {
  readonly entries: readonly TableEntry[];
  /** The imports that no entry takes part of; `nameTable` is among them. */
  readonly edges: readonly Edge[];
  /** The table's own name. */
  readonly own: string;
}

/**
 * The table of names that a module's tokens make; `undefined` if they import no `nameTable`.
 *
 * The form is that which `nameTable` tells: imports of single things by their own names, then
 * `const entries = { name: entry, … }`, `export const own = nameTable(entries)`, and nothing else. So each import's name stands in
 * the entries that take it, and an entry can be left out with what is imported for it alone.
 *
 * @param values the tokens of a module's JavaScript, without comments, layout and trailing commas
 * @throws {Error} quoting what of a table's module is of another form
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nameTableOf } from "./name_tables.ts";
 * const text = 'import { nameTable } from "./name_table.ts" ; import { a , b } from "./ab.ts" ; ' +
 *   "const entries = { a , second : { make : b } } ; export const letters = nameTable ( entries ) ;";
 * const { entries: [, second], edges } = nameTableOf(text.split(" "))!;
 * assert.equal(second.name, "second");
 * assert.deepEqual(second.edges, [{ specifier: "./ab.ts", names: ["b"] }]);
 * assert.deepEqual(edges.map(({ specifier }) => specifier), ["./name_table.ts"]);
 * ```
 */
export function nameTableOf(values: readonly string[]): NameTable | undefined {
  if (!makesTable(values)) return undefined;
  let at = 0;
  const taken: (allowed: RegExp) => string = (allowed) => {
    const value = values[at] ?? "";
    if (!allowed.test(value)) notTable(values, at);
    at++;
    return value;
  };
  const all = (texts: string) => texts.split(" ").forEach((text) => taken(exactly(text)));

  const imports: Edge[] = [];
  while (values[at] === "import") {
    all("import {");
    const names: string[] = [];
    while (values[at] !== "}") {
      names.push(taken(IDENTIFIER));
      if (values[at] !== "}") all(",");
    }
    all("} from");
    imports.push({ specifier: textOf(taken(TEXT)), names });
    skipSemicolons();
  }
  all("const entries = {");
  const entries: TableEntry[] = [];
  while (values[at] !== "}") {
    const key = taken(NAME);
    const tokens: string[] = [];
    if (values[at] === ":") {
      at++;
      for (let depth = 0; at < values.length; at++) {
        if (depth === 0 && /^[,}]$/.test(values[at])) break;
        depth += /^[([{]$/.test(values[at]) ? 1 : /^[)\]}]$/.test(values[at]) ? -1 : 0;
        // Written so, a name would not be known for an import's.
        if (values[at].includes("\\u")) notTable(values, at);
        tokens.push(values[at]);
      }
      if (tokens.length === 0) notTable(values, at);
    } else tokens.push(key);
    const edges = [...takenOf(imports, tokens), ...edgesOf(tokens).edges];
    entries.push({ name: textOf(key), tokens, edges });
    if (values[at] !== "}") all(",");
  }
  all("}");
  skipSemicolons();
  all("export const");
  const own = taken(IDENTIFIER);
  all("= nameTable ( entries )");
  skipSemicolons();
  if (at < values.length) notTable(values, at);
  return { entries, edges: leftOf(imports, entries), own };

  function skipSemicolons() {
    while (values[at] === ";") at++;
  }
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
/** A text without an escape, of which what stands between the quotes is the whole. */
const TEXT = /^(["'])[^\\]*\1$/;
const NAME = new RegExp(`${IDENTIFIER.source}|${TEXT.source}`, "u");

const textOf = (token: string) => TEXT.test(token) ? token.slice(1, -1) : token;

const exactly = (text: string) => new RegExp(`^${text.replace(/[()[\]{}=]/g, "\\$&")}$`);

/** Whether there is a `nameTable` that is not made here: to rename it, or hand it on, is no form. */
const makesTable = (values: readonly string[]) =>
  values.some((value, i) => value === "nameTable" && values[i - 1] !== "function");

/** Of some imports, what stands among an entry's tokens. */
const takenOf = (imports: readonly Edge[], tokens: readonly string[]): Edge[] =>
  imports
    .map(({ specifier, names }) => ({ specifier, names: names.filter((n) => tokens.includes(n)) }))
    .filter(({ names }) => names.length > 0);

/** What no entry takes; an import of nothing, or of types alone, loads its module all the same. */
function leftOf(imports: readonly Edge[], entries: readonly TableEntry[]): Edge[] {
  const used = new Set(entries.flatMap(({ tokens }) => tokens));
  return imports
    .map(({ specifier, names }) => ({
      edge: { specifier, names: names.filter((name) => !used.has(name)) },
      empty: names.length === 0,
    }))
    .filter(({ edge, empty }) => empty || edge.names.length > 0)
    .map(({ edge }) => edge);
}

function notTable(values: readonly string[], at: number): never {
  throw new Error(
    `${
      values.slice(Math.max(0, at - 4), at + 8).join(" ")
    } is not understood: a module that calls ` +
      "nameTable holds imports of single things by their own names and " +
      "`const entries = { name: entry, … }; export const table = nameTable(entries);`, nothing else",
  );
}
