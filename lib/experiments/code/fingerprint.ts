/**
 * A hash of the code that a module reaches: what runs when it runs, and nothing else.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { checkFunction, checkRecord, checkText } from "../../numerics/checks.ts";
import { type ModuleTokens, moduleTokens } from "./module_tokens.ts";
import { packagePins } from "./packages.ts";
import { ownSources, type Sources } from "./sources.ts";

/** What a module reaches. */
export interface Reached {
  /** Digests of the modules' tokens, by path from the root. */
  readonly modules: ReadonlyMap<string, string>;
  /** What rooms' mod.ts hand on, as far as it is used: `path name`, from where it comes. */
  readonly handedOn: readonly string[];
  /** Packages by the names they are imported by. */
  readonly packages: ReadonlySet<string>;
}

/**
 * What a module reaches by its imports, workers' files (`new URL("./x.ts", import.meta.url)`) too.
 * Of a module that only hands on what others export, a room's mod.ts, the names are followed that
 * are asked for. A table of names (solvers, activations, architectures) is code like any other: it
 * reaches all its entries, so a new line there, or an edit of an entry that a run does not name,
 * moves the keys of all runs that look a name up in it.
 *
 * @param path the module's, from the root
 * @throws {Error} if it imports a file that is not there, or by a form that is not understood
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { reachedFrom } from "./fingerprint.ts";
 * const { modules, packages } = reachedFrom("lib/experiments/code/fingerprint.ts");
 * assert.equal(modules.size, 8);
 * assert(packages.has("js-tokens"));
 * ```
 */
export function reachedFrom(path: string, sources: Sources = ownSources): Reached {
  const modules = new Map<string, string>();
  const handedOn = new Set<string>();
  const packages = new Set<string>();

  const follow = (from: string, specifier: string, names: readonly string[]) => {
    if (!/^\.{0,2}\/|^file:/.test(specifier)) packages.add(specifier);
    else visit(pathOf(new URL(specifier, new URL(from, sources.root)), sources.root), names, from);
  };
  const visit = (at: string, names: readonly string[], from?: string) => {
    const module = tokensAt(at, sources, from);
    if (module.handsOn) {
      for (const { specifier, names: own, exportedAs = [] } of module.edges) {
        for (const [i, name] of exportedAs.entries()) {
          const asked = names.includes("*") || name === "*"
            ? names
            : names.filter((n) => n === name);
          const line = `${at} ${name} ${own[i]} ${specifier} ${name === "*" ? asked : ""}`;
          if (asked.length === 0 || handedOn.has(line)) continue;
          handedOn.add(line);
          follow(at, specifier, name === "*" ? asked : [own[i]]);
        }
      }
      return;
    }
    if (modules.has(at)) return;
    modules.set(at, module.digest);
    for (const edge of module.edges) follow(at, edge.specifier, edge.names);
  };
  visit(path, ["*"]);
  return { modules, handedOn: [...handedOn].sort(), packages };
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

const fingerprints = new WeakMap<Sources, Map<string, string>>();
// Not by `import.meta`, which would say that this module runs that one.
const everything = new URL("lib/experiments/mod.ts", ownSources.root).href;

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
export function codeFingerprint(
  module: string = everything,
  sources: Sources = ownSources,
): string {
  checkText("module", module, "the URL of a module");
  checkRecord("sources", sources, { root: checkText, text: checkFunction });
  const own = fingerprints.get(sources) ?? new Map<string, string>();
  fingerprints.set(sources, own);
  const before = own.get(module);
  if (before) return before;
  const { modules, handedOn, packages } = reachedFrom(
    pathOf(new URL(module), sources.root),
    sources,
  );
  const hash = createHash("sha256");
  for (const [path, digest] of [...modules].sort(([a], [b]) => a < b ? -1 : 1)) {
    hash.update(`${path} ${digest}\n`);
  }
  for (const line of [...handedOn, ...packagePins(packages, sources)]) hash.update(`${line}\n`);
  const fingerprint = hash.digest("hex").slice(0, 16);
  own.set(module, fingerprint);
  return fingerprint;
}
