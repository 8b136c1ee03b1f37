/**
 * The project's sources as they were when this module was loaded: what runs now is that code, even
 * where its files are edited while a notebook's kernel lives on.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { whereAllowed } from "../where_allowed.ts";

/** Texts of files, by their paths from the root. */
export interface Sources {
  /** The project's root, a URL with a slash at its end. */
  readonly root: string;
  /** The text of a file; `undefined` if there is none. */
  readonly text: (path: string) => string | undefined;
}

/** What `code` may reach; nothing in lib imports the tasks of companion. */
const SKIPPED = ["companion"];

/** TypeScript in a clone, JavaScript in an npm package that is made of it. */
export const codeEnding: ".ts" | ".js" = import.meta.url.endsWith(".js") ? ".js" : ".ts";

/** What pins the packages: in a clone deno.json and its lock, in an npm package its package.json. */
const PINS = ["deno.json", "deno.lock", "package.json"];

/**
 * Reads all sources of a project: the code below lib, and what pins the packages.
 *
 * @param root the project's root; a file elsewhere is read when it is asked for
 * @throws {Error} not here but when a text is asked for, if the sources are no files, as over HTTP
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readSources } from "./sources.ts";
 * const { text } = readSources(new URL("../../../../", import.meta.url));
 * assert.match(text("lib/experiments/study/code/sources.ts")!, /export function readSources/);
 * assert.equal(text("lib/no_such_file.ts"), undefined);
 * ```
 */
export function readSources(root: URL): Sources {
  if (root.protocol !== "file:") return unread(root);
  const folder = fileURLToPath(root);
  const read = new Map<string, string>();
  const walk = (below: string) => {
    for (const entry of readdirSync(`${folder}${below}`, { withFileTypes: true })) {
      const path = `${below}${entry.name}`;
      if (entry.isDirectory()) { if (!SKIPPED.includes(entry.name)) walk(`${path}/`); }
      else if (entry.name.endsWith(codeEnding)) {
        read.set(path, readFileSync(`${folder}${path}`, "utf8"));
      }
    }
  };
  // One file that a bundler made has no sources beside it.
  if (!existsSync(`${folder}lib/experiments/mod${codeEnding}`)) return unread(root);
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
  for (const pins of PINS) text(pins);
  return { root: root.href, text };
}

/** Sources that cannot be read: whoever keeps no runs never asks. */
const unread = (root: URL): Sources => ({
  root: root.href,
  text: () => {
    throw new Error(
      `a kept run is found by the library's sources, and ${root.href} has none that can be read: ` +
        "import the library from a clone or from its npm package to keep runs",
    );
  },
});

/** This project's sources; where Deno may not read them now, they are read when one is asked for. */
export const ownSources: Sources = ((root: URL) =>
  whereAllowed(
    () => readSources(root),
    () => ({ root: root.href, text: (path: string) => readSources(root).text(path) }),
  ))(new URL("../../../../", import.meta.url));
