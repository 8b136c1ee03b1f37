/**
 * What a module's tokens import, in whatever form. A form that is not understood is an error: code
 * that a key does not see would be a wrong result that is read for a right one.
 *
 * @module
 */

/** An import, or a re-export. */
export interface Edge {
  readonly specifier: string;
  /** The names that are taken from there; "*" for all of them. */
  readonly names: readonly string[];
  /** Of a re-export: the same names as this module's users know them; "*" for `export *`. */
  readonly exportedAs?: readonly string[];
}

/** An edge, and the last of its tokens; what is no edge is left to be code. */
interface Found {
  readonly edge: Edge;
  readonly last: number;
}

/**
 * The imports among some tokens of JavaScript, and how many other tokens or imports there are.
 *
 * @throws {Error} quoting an import, a worker or a `createRequire` whose file is not told by a literal
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { edgesOf } from "./module_edges.ts";
 * const { edges, others } = edgesOf(["export", "{", "a", "as", "b", "}", "from", '"./a.ts"', ";"]);
 * assert.deepEqual(edges, [{ specifier: "./a.ts", names: ["a"], exportedAs: ["b"] }]);
 * assert.equal(others, 0);
 * assert.throws(() => edgesOf(["import", "(", "name", ")"]), /import \( name \) is not understood/);
 * ```
 */
export function edgesOf(values: readonly string[]): { edges: Edge[]; others: number } {
  const edges: Edge[] = [];
  let others = 0;
  for (let i = 0; i < values.length; i++) {
    const found = isProperty(values, i) ? undefined : FORMS.get(values[i])?.(values, i);
    if (found) {
      edges.push(found.edge);
      // What stands in the midst of other code is part of it.
      if (!found.edge.exportedAs) others++;
      i = found.last;
    } else if (values[i] !== ";") others++;
  }
  return { edges, others };
}

/** `own.import(…)`, `{ import: 1 }`: a keyword that is a name. */
const isProperty = (values: readonly string[], at: number) =>
  values[at] !== "createRequire" &&
  (values[at - 1] === "." || values[at - 1] === "?." || values[at + 1] === ":");

/** What may begin an import, by its first token. */
const FORMS: ReadonlyMap<string, (values: readonly string[], at: number) => Found | undefined> =
  new Map([
    ["import", imported],
    ["export", exported],
    ["new", made],
    ["createRequire", required],
  ]);

function exported(values: readonly string[], at: number): Found | undefined {
  return /^[{*]$/.test(values[at + 1]) ? clause(values, at, true) : undefined;
}

function imported(values: readonly string[], at: number): Found | undefined {
  const next = values[at + 1];
  if (next === "(") {
    const [name] = argumentsAt(values, at + 1).list;
    return whole(literal(name) ?? notUnderstood(values, at), at + 2);
  }
  if (next === ".") {
    if (values.slice(at, at + 6).join("") !== "import.meta.resolve(") return undefined;
    const [name] = argumentsAt(values, at + 5).list;
    const specifier = literal(name) ?? notUnderstood(values, at);
    return isCode(specifier) ? whole(specifier, at + 6) : undefined;
  }
  const specifier = literal([next]);
  if (specifier !== undefined) return whole(specifier, at + 1);
  return clause(values, at, false) ?? notUnderstood(values, at);
}

/** `new URL("./x.ts", import.meta.url)`, and that a worker's file is named so. */
function made(values: readonly string[], at: number): Found | undefined {
  const [, what, open] = values.slice(at, at + 3);
  if (open !== "(") return undefined;
  const { list: [name = [], base = []] } = argumentsAt(values, at + 2);
  if (what === "Worker") {
    const told = name.join("").replace(/,\)$/, ")");
    // Found as an edge of its own when its tokens come.
    if (told.startsWith("newURL(") && told.endsWith(",import.meta.url)")) return undefined;
    return told.startsWith("import.meta.resolve(") ? undefined : notUnderstood(values, at);
  }
  if (what !== "URL" || base.join("") !== "import.meta.url") return undefined;
  const path = literal(name) ?? notUnderstood(values, at);
  // To a URL, "x.ts" is a file beside this one; to an import, a package.
  const specifier = /^(\.{0,2}\/|[a-z]+:)/.test(path) ? path : `./${path}`;
  return isCode(specifier) ? whole(specifier, at + 3) : undefined;
}

/** `createRequire(import.meta.url)("x")`; a `require` that is kept could be called with anything. */
function required(values: readonly string[], at: number): Found | undefined {
  if (values[at + 1] !== "(") notUnderstood(values, at);
  const { list: [base = []], close } = argumentsAt(values, at + 1);
  if (base.join("") !== "import.meta.url" || values[close + 1] !== "(") notUnderstood(values, at);
  const [name] = argumentsAt(values, close + 1).list;
  return whole(literal(name) ?? notUnderstood(values, at), close + 2);
}

/** A specifier of which everything is taken. */
const whole = (specifier: string, last: number): Found => ({
  edge: { specifier, names: ["*"] },
  last,
});

/** Whether it names code: a package, or a file with an ending of code; what else there is, is data. */
const isCode = (specifier: string) =>
  !/^(\.{0,2}\/|file:)/.test(specifier) || /\.[cm]?[jt]sx?$/.test(specifier);

/** The text of an expression that is one literal; a template counts if nothing is put into it. */
function literal(expression: readonly string[] | undefined): string | undefined {
  if (expression?.length !== 1 || !/^(["']).*\1$|^`[^]*`$/.test(expression[0])) return undefined;
  const text = expression[0].slice(1, -1);
  return text.includes("\\") ? undefined : text;
}

/** The arguments between the parenthesis at `open` and the one that closes it. */
function argumentsAt(values: readonly string[], open: number) {
  const list: string[][] = [[]];
  let depth = 0;
  let at = open;
  for (; at < values.length; at++) {
    const value = values[at];
    if (/^[)\]}]$/.test(value) && --depth === 0) break;
    if (value === "," && depth === 1) list.push([]);
    else if (depth > 0) list.at(-1)!.push(value);
    if (/^[(\[{]$/.test(value)) depth++;
  }
  return { list, close: at };
}

/** `import a, { b as c } from "x"`, `export { b as c } from "x"`, `export * from "x"`. */
function clause(values: readonly string[], at: number, exports: boolean): Found | undefined {
  // `from` may be a name too: within the braces, or before a `from`.
  let from = at + 1;
  for (let depth = 0; from < values.length; from++) {
    if (values[from] === "{") depth++;
    else if (values[from] === "}") depth--;
    else if (depth === 0 && !/^([\p{ID_Continue}$*]+|,|["'].*["'])$/u.test(values[from])) {
      return undefined;
    }
    if (depth > 0 || values[from] !== "from") {
      // `export { a, b }` takes nothing from elsewhere.
      if (exports && values[from] === "}" && values[from + 1] !== "from") return undefined;
    } else if (literal([values[from + 1]]) !== undefined) break;
  }
  const specifier = literal([values[from + 1] ?? ""]);
  if (specifier === undefined) return undefined;
  const words = values.slice(at + 1, from);
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
  // By another name it would not be known where it is called.
  if (names.some((name, i) => name === "createRequire" && exportedAs[i] !== name)) {
    notUnderstood(values, at);
  }
  return {
    edge: exports ? { specifier, names, exportedAs } : { specifier, names },
    last: from + 1,
  };
}

function notUnderstood(values: readonly string[], at: number): never {
  throw new Error(
    `${values.slice(at, at + 12).join(" ")} is not understood: a key must know the code that it ` +
      "reaches; name the file or the package by a literal, in place",
  );
}
