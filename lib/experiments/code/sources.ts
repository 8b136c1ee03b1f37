/**
 * The project's sources as they were when this module was loaded: what runs now is that code, even
 * where its files are edited while a notebook's kernel lives on.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Texts of files, by their paths from the root. */
export interface Sources {
  /** The project's root, a URL with a slash at its end. */
  readonly root: string;
  /** The text of a file; `undefined` if there is none. */
  readonly text: (path: string) => string | undefined;
}

/** What `code` may reach; nothing in lib imports the tasks of companion. */
const SKIPPED = ["companion"];

/**
 * Reads all sources of a project: the TypeScript below lib, and what pins the packages.
 *
 * @param root the project's root; a file elsewhere is read when it is asked for
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readSources } from "./sources.ts";
 * const { text } = readSources(new URL("../../../", import.meta.url));
 * assert.match(text("lib/experiments/code/sources.ts")!, /export function readSources/);
 * assert.equal(text("lib/no_such_file.ts"), undefined);
 * ```
 */
export function readSources(root: URL): Sources {
  const folder = fileURLToPath(root);
  const read = new Map<string, string>();
  const walk = (below: string) => {
    for (const entry of readdirSync(`${folder}${below}`, { withFileTypes: true })) {
      const path = `${below}${entry.name}`;
      if (entry.isDirectory()) { if (!SKIPPED.includes(entry.name)) walk(`${path}/`); }
      else if (entry.name.endsWith(".ts")) read.set(path, readFileSync(`${folder}${path}`, "utf8"));
    }
  };
  walk("lib/");
  const text = (path: string): string | undefined => {
    if (!read.has(path)) {
      try {
        read.set(path, readFileSync(fileURLToPath(new URL(path, root)), "utf8"));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    }
    return read.get(path);
  };
  for (const pins of ["deno.json", "deno.lock"]) text(pins);
  return { root: root.href, text };
}

/** This project's sources. */
export const ownSources: Sources = readSources(new URL("../../../", import.meta.url));
