/**
 * The Deno kernel, registered in the project's Python environment and nowhere else.
 *
 * @module
 */
import { join } from "node:path";
import { writeWhole } from "../../resources/mod.ts";
import { pythonEnvironmentFolder } from "../folders.ts";

/** The name under which Jupyter knows the kernel. */
export const KERNEL_NAME = "deno";

/**
 * Registers this Deno as the kernel of an environment. Done at every start: the Deno that npx runs
 * lies in npm's cache, and its path changes with its version.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { registerKernel } from "./kernel.ts";
 * const folder = await Deno.makeTempDir();
 * const path = await registerKernel(folder);
 * assert(JSON.parse(await Deno.readTextFile(path)).argv[0] === Deno.execPath());
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function registerKernel(environment = pythonEnvironmentFolder): Promise<string> {
  const path = join(environment, "share/jupyter/kernels", KERNEL_NAME, "kernel.json");
  const kernel = {
    argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
  };
  const text = `${JSON.stringify(kernel, null, 2)}\n`;
  if (await Deno.readTextFile(path).catch(() => "") !== text) await writeWhole(path, text);
  return path;
}
