/**
 * Where results lie: under data/ of the clone, or, where the library was installed or is read over
 * HTTP, in the user's cache folder.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../resources/mod.ts";
import { whereAllowed } from "./where_allowed.ts";

/**
 * The folder of results of the library whose root this is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { dataFolderOf } from "./data_folder.ts";
 * const clone = new URL("../../../", import.meta.url);
 * assert.match(dataFolderOf(clone), /data$/);
 * assert.match(dataFolderOf(new URL("https://example.org/lib/")), /speed-limits.data$/);
 * ```
 */
export function dataFolderOf(root: URL): string {
  if (root.protocol === "file:") {
    const own = fileURLToPath(new URL("data", root));
    // Each update of a package would take what lies in it along.
    const installed = root.pathname.includes("/node_modules/");
    if (!installed && whereAllowed(() => existsSync(own), () => true)) return own;
  }
  return join(cacheFolder(), "data");
}

/** This library's. */
export const dataFolder: string = dataFolderOf(new URL("../../../", import.meta.url));
