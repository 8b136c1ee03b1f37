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
  const { imports = {} } = JSON.parse(text("deno.json") ?? "{}") as {
    imports?: Record<string, string>;
  };
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
