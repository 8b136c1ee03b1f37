/**
 * The Deno kernel: registered in the project's Python environment and nowhere else, and run with that
 * alone.
 *
 * @module
 */
import { join } from "node:path";
import { PICTURES } from "../../notebook/kernel.ts";
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

/**
 * The variables of a kernel that runs without a viewer. Everything Jupyter reads or writes is the
 * project's: no kernel or setting of the user's own. Figures have pictures, for where nothing else can
 * be shown.
 *
 * @param runtime a folder for this run alone
 */
export function kernelEnvironment(runtime: string): Record<string, string> {
  return {
    JUPYTER_PATH: `${pythonEnvironmentFolder}/share/jupyter`,
    JUPYTER_PREFER_ENV_PATH: "1",
    JUPYTER_RUNTIME_DIR: runtime,
    JUPYTER_DATA_DIR: `${runtime}/data`,
    JUPYTER_CONFIG_DIR: `${runtime}/config`,
    PYTHONUTF8: "1",
    [PICTURES]: "1",
  };
}
