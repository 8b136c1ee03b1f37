/**
 * Tables of names: what goes by a name, be it an architecture, a nonlinearity, a solver or an
 * optimizer. The key of a kept run holds, of such a table, only the entries that the run may look up
 * (`lib/experiments/study/code/name_tables.ts`), and a run is held to these.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** What runs now, and the names that it may look up; any where there is none. */
const admitted = new AsyncLocalStorage<{ readonly names: ReadonlySet<string>; ended: boolean }>();

/**
 * The entries, to be looked up by name: `table[name]`, `Object.keys(table)`.
 *
 * A module that makes one holds nothing else: imports by their own names,
 * `const entries = { name: entry, … }` and `export const table = nameTable(entries)`. What an entry's modules do when they are
 * loaded is no part of the keys of runs without it, so let them do nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nameTable } from "./name_table.ts";
 * const roots = nameTable({ square: Math.sqrt, cube: Math.cbrt });
 * assert.equal(roots.cube(27), 3);
 * assert.deepEqual(Object.keys(roots), ["square", "cube"]);
 * ```
 */
export function nameTable<const T extends Readonly<Record<string, unknown>>>(
  entries: T,
): Readonly<T> {
  const table = {};
  for (const [name, entry] of Object.entries(entries)) {
    const get = () => {
      checkAdmitted(name);
      return entry;
    };
    Object.defineProperty(table, name, { enumerable: true, get });
  }
  return Object.freeze(table) as Readonly<T>;
}

/**
 * Does some work that may look up these names and no others, in whatever table, until its promise is
 * settled; other work that goes on meanwhile is not held to them.
 *
 * @throws {Error} where the work looks up another name
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { admitting, nameTable } from "./name_table.ts";
 * const roots = nameTable({ square: Math.sqrt, cube: Math.cbrt });
 * const work = async () => [await roots.square(9), roots.cube(27)];
 * assert.deepEqual(await admitting(new Set(["square", "cube"]), work), [3, 3]);
 * await assert.rejects(admitting(new Set(["square"]), work), /looked up "cube"/);
 * ```
 */
export async function admitting<T>(
  names: ReadonlySet<string>,
  work: () => Promise<T>,
): Promise<T> {
  const scope = { names, ended: false };
  try {
    return await admitted.run(scope, work);
  } finally {
    // Deno's event loop goes on in a flow's context after its end (seen in 2.9).
    scope.ended = true;
  }
}

function checkAdmitted(name: string) {
  const scope = admitted.getStore();
  if (!scope || scope.ended || scope.names.has(name)) return;
  throw new Error(
    `the run looked up "${name}", which its key does not hold; its key holds the entries of ` +
      "tables that its input or its code names: name it in the input",
  );
}
