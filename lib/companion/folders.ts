import { fileURLToPath } from "node:url";

/** The project's root folder, without a slash at the end. */
export const projectFolder: string = fileURLToPath(new URL("../../", import.meta.url))
  .replace(/[\\/]+$/, "");

/** Where the companion's notebooks live. */
export const notebooksFolder = `${projectFolder}/notebooks`;

/** Where the tasks write; not tracked. */
export const buildFolder = `${projectFolder}/build`;

/** The project's own Python environment. */
export const pythonEnvironmentFolder = `${projectFolder}/.venv`;

/**
 * Writes a text file so that a reader sees the old one or the new one, never half of it; makes
 * the folders above it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { writeWhole } from "./folders.ts";
 * const folder = await Deno.makeTempDir();
 * await writeWhole(`${folder}/a/b.txt`, "whole");
 * assert(await Deno.readTextFile(`${folder}/a/b.txt`) === "whole");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  const aside = `${path}.${Deno.pid}.partial`;
  try {
    await Deno.writeTextFile(aside, text);
    await Deno.rename(aside, path);
  } catch (error) {
    await Deno.remove(aside).catch(() => {});
    throw error;
  }
}
