/**
 * A hash of the code that a module reaches: what runs when it runs, and nothing else.
 *
 * @module
 */
import { createHash } from "node:crypto";
import {
  checkFunction,
  checkOptions,
  checkRecord,
  checkText,
  maybe,
} from "../../../numerics/checks.ts";
import type { Edge } from "./module_edges.ts";
import { type ModuleTokens, moduleTokens } from "./module_tokens.ts";
import { packagePins } from "./packages.ts";
import { codeEnding, ownSources, type Sources } from "./sources.ts";

/** Of a run whose code is asked for. */
export interface CodeOptions {
  /** Its input, plain values: of tables of names, the entries count that it names. All, if left out. */
  readonly input?: unknown;
  readonly sources?: Sources;
}

/** What a module reaches. */
export interface Reached {
  /** Digests of the modules' tokens, by path from the root. */
  readonly modules: ReadonlyMap<string, string>;
  /** What rooms' mod.ts hand on, as far as it is used: `path name`, from where it comes. */
  readonly handedOn: readonly string[];
  /** Entries of tables of names: `path name`, and a digest. */
  readonly entries: readonly string[];
  /** The names of these entries. */
  readonly names: ReadonlySet<string>;
  /** Packages by the names they are imported by. */
  readonly packages: ReadonlySet<string>;
}

/**
 * What a module reaches by its imports, workers' files (`new URL("./x.ts", import.meta.url)`) too.
 * Of a module that only hands on what others export, a room's mod.ts, the names are followed that
 * are asked for. Of a table of names (`nameTable`: architectures, activations, solvers, optimizers)
 * those entries are followed whose name the run's input holds as a text, or the code that is reached
 * as a text or word: a default, or what the code chooses by itself. A name that is put together is
 * not seen: `admitting` holds a run to the names that are.
 *
 * @param path the module's, from the root
 * @param options `input` is the run's; without it all entries are followed
 * @throws {Error} if it imports a file that is not there, or by a form that is not understood
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { reachedFrom } from "./fingerprint.ts";
 * const { modules, packages } = reachedFrom("lib/experiments/study/code/fingerprint.ts");
 * assert(modules.size >= 8);
 * assert(packages.has("js-tokens"));
 * const { names } = reachedFrom("lib/networks/architectures.ts", { input: { of: "myrtle-5" } });
 * assert(names.has("myrtle-5") && !names.has("myrtle-7"));
 * ```
 */
export function reachedFrom(
  path: string,
  { input, sources = ownSources }: CodeOptions = {},
): Reached {
  const modules = new Map<string, string>();
  const handedOn = new Set<string>();
  const packages = new Set<string>();
  const tables = new Map<string, ModuleTokens["entries"]>();
  const entries = new Set<string>();
  const names = new Set<string>();
  const texts = new Set(textsOf(input));

  const follow = (from: string, specifier: string, asked: readonly string[]) => {
    if (!/^\.{0,2}\/|^file:/.test(specifier)) packages.add(specifier);
    else visit(pathOf(new URL(specifier, new URL(from, sources.root)), sources.root), asked, from);
  };
  const take = (at: string, part: Pick<ModuleTokens, "edges" | "texts">) => {
    for (const text of part.texts) texts.add(text);
    for (const edge of part.edges) follow(at, edge.specifier, edge.names);
  };
  const visit = (at: string, asked: readonly string[], from?: string) => {
    const module = tokensAt(at, sources, from);
    if (module.handsOn) {
      for (const [edge, name, line] of handed(at, module, asked)) {
        if (handedOn.has(line)) continue;
        handedOn.add(line);
        follow(at, edge.specifier, name);
      }
      return;
    }
    if (modules.has(at)) return;
    modules.set(at, module.digest);
    if (module.entries.size > 0) tables.set(at, module.entries);
    take(at, module);
  };
  visit(path, ["*"]);
  // An entry's code may name others.
  for (let before = -1; before < entries.size;) {
    before = entries.size;
    for (const [at, table] of [...tables]) {
      for (const [name, entry] of table) {
        const line = `${at} ${name} ${entry.digest}`;
        if (entries.has(line) || input !== undefined && !texts.has(name)) continue;
        entries.add(line);
        names.add(name);
        take(at, entry);
      }
    }
  }
  return { modules, handedOn: [...handedOn].sort(), entries: [...entries].sort(), names, packages };
}

/** Of a module that only hands on: the edges, what is asked of each, and how a key tells it. */
function* handed(
  at: string,
  { edges }: ModuleTokens,
  names: readonly string[],
): Generator<readonly [Edge, readonly string[], string]> {
  for (const edge of edges) {
    for (const [i, name] of (edge.exportedAs ?? []).entries()) {
      const own = edge.names[i];
      const asked = names.includes("*") || name === "*" ? names : names.filter((n) => n === name);
      if (asked.length === 0) continue;
      const line = `${at} ${name} ${own} ${edge.specifier} ${name === "*" ? asked : ""}`;
      yield [edge, name === "*" ? asked : [own], line];
    }
  }
}

/** All texts of a plain value, names of its fields included. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).filter(([, entry]) => entry !== undefined)
    .flatMap(([name, entry]) => [name, ...textsOf(entry)]);
}

/** Tokens by path; modules are common to several runs' code. */
const tokens = new WeakMap<Sources, Map<string, ModuleTokens>>();

function tokensAt(path: string, sources: Sources, from?: string): ModuleTokens {
  const known = tokens.get(sources) ?? new Map<string, ModuleTokens>();
  tokens.set(sources, known);
  const before = known.get(path);
  if (before) return before;
  const source = sources.text(path);
  if (source === undefined) throw new Error(`${path} is not there; ${from} imports it`);
  const found = understood(path, source);
  known.set(path, found);
  return found;
}

function understood(path: string, source: string): ModuleTokens {
  try {
    return moduleTokens(source);
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
  }
}

/** A file's path from the root; one elsewhere keeps its URL. */
function pathOf(url: URL, root: string): string {
  return url.href.startsWith(root) ? decodeURI(url.href.slice(root.length)) : url.href;
}

const checkSources = (name: string, sources: Sources) =>
  checkRecord(name, sources, { root: checkText, text: checkFunction });

/** The code of a run. */
export interface RunCode {
  /** A hash of it. */
  readonly fingerprint: string;
  /** The entries of tables of names that it holds; any name may be looked up if there are none. */
  readonly names?: ReadonlySet<string>;
}

const found = new WeakMap<Sources, Map<string, RunCode>>();
// Not by `import.meta`, which would say that this module runs that one.
const everything = new URL(`lib/experiments/mod${codeEnding}`, ownSources.root).href;

/**
 * A hash of the code that a module reaches, without types, comments and layout, and of the pins of
 * the packages among it. Computed once a process, from the sources as they were when this was loaded.
 *
 * @param module its URL, `import.meta.url`; all that experiments reach by default
 * @throws {Error} if it imports a file that is not there, or by a form that is not understood
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { codeFingerprint } from "./fingerprint.ts";
 * assert.match(codeFingerprint(import.meta.resolve("./packages.ts")), /^[0-9a-f]{16}$/);
 * ```
 */
export function codeFingerprint(module: string = everything, options: CodeOptions = {}): string {
  checkText("module", module, "the URL of a module");
  checkOptions("options", options, { input: () => {}, sources: maybe(checkSources) });
  return runCode(module, options).fingerprint;
}

/**
 * The code of a run, as {@link codeFingerprint} has it, and the names that it may look up.
 *
 * @throws {Error} as {@link codeFingerprint}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { runCode } from "./fingerprint.ts";
 * const module = import.meta.resolve("../../../networks/architectures.ts");
 * const { names } = runCode(module, { input: ["fully-connected"] });
 * assert.deepEqual([...names!], ["fully-connected", "relu"]);
 * ```
 */
export function runCode(
  module: string = everything,
  { input, sources = ownSources }: CodeOptions = {},
): RunCode {
  const own = found.get(sources) ?? new Map<string, RunCode>();
  found.set(sources, own);
  const asked = [module, ...input === undefined ? [] : [" of ", ...textsOf(input).sort()]];
  const before = own.get(asked.join("\0"));
  if (before) return before;
  const path = pathOf(new URL(module), sources.root);
  const { modules, handedOn, entries, names, packages } = reachedFrom(path, { input, sources });
  const hash = createHash("sha256");
  for (const [path, digest] of [...modules].sort(([a], [b]) => a < b ? -1 : 1)) {
    hash.update(`${path} ${digest}\n`);
  }
  const lines = [...handedOn, ...entries, ...packagePins(packages, sources)];
  for (const line of lines) hash.update(`${line}\n`);
  const fingerprint = hash.digest("hex").slice(0, 16);
  const code = input === undefined ? { fingerprint } : { fingerprint, names };
  own.set(asked.join("\0"), code);
  return code;
}
