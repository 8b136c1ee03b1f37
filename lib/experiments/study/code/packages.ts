/**
 * Which npm packages a specifier means, to the bit: its own pin and those of all that it depends on.
 *
 * @module
 */
import type { Sources } from "./sources.ts";

interface Lock {
  readonly specifiers?: Readonly<Record<string, string>>;
  readonly npm?: Readonly<
    Record<string, { readonly integrity?: string; readonly dependencies?: readonly string[] }>
  >;
}

/**
 * The pins of the packages that some bare specifiers reach: lines of name, version and checksum, as
 * deno.lock has them, in order. What comes with the runtime (`node:`) has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { packagePins } from "./packages.ts";
 * import { ownSources } from "./sources.ts";
 * const [valibot] = packagePins(["valibot"], ownSources);
 * assert.match(valibot, /^valibot@\d.* sha512-/);
 * ```
 */
export function packagePins(specifiers: Iterable<string>, { text }: Sources): string[] {
  const imports = importsOf(text);
  const lock = JSON.parse(text("deno.lock") ?? "{}") as Lock;
  const pins = new Map<string, string>();
  const visit = (key: string) => {
    if (pins.has(key)) return;
    const { integrity = "", dependencies = [] } = lock.npm?.[key] ?? {};
    pins.set(key, `${key} ${integrity}`);
    dependencies.forEach((name) => visit(lockKey(name, lock)));
  };
  for (const specifier of specifiers) {
    if (specifier.startsWith("node:")) continue;
    const request = requested(specifier, imports);
    const version = lock.specifiers?.[request];
    visit(version ? `${nameOf(request)}@${version}` : request);
  }
  return [...pins.values()].sort();
}

/** What a specifier means: by deno.json, or in an npm package by its package.json. */
function importsOf(text: Sources["text"]): Readonly<Record<string, string>> {
  const deno = text("deno.json");
  if (deno !== undefined) return JSON.parse(deno).imports ?? {};
  const { dependencies, optionalDependencies } = JSON.parse(text("package.json") ?? "{}");
  return Object.fromEntries(
    Object.entries({ ...dependencies, ...optionalDependencies }).flatMap(([name, version]) => [
      [name, `npm:${name}@${version}`],
      [`${name}/`, `npm:/${name}@${version}/`],
    ]),
  );
}

/** `npm:name@version`, as the lock file's specifiers are written. */
function requested(specifier: string, imports: Readonly<Record<string, string>>): string {
  const prefix = Object.keys(imports)
    .filter((name) => name === specifier || name.endsWith("/") && specifier.startsWith(name))
    .sort((a, b) => b.length - a.length)[0];
  const target = prefix ? imports[prefix] : specifier;
  return target.replace(/^npm:\/?/, "npm:").replace(/^(npm:(?:@[^/]+\/)?[^/]+).*$/, "$1");
}

const nameOf = (request: string) => request.replace(/^npm:/, "").replace(/(?<=.)@.*$/, "");

/** The lock names a dependency with its version only where there are several. */
function lockKey(name: string, { npm = {} }: Lock): string {
  if (npm[name]) return name;
  return Object.keys(npm).find((key) => key.startsWith(`${name}@`) || key.startsWith(`${name}_`)) ??
    name;
}
