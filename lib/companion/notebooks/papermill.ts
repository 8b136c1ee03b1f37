import { fileURLToPath } from "node:url";
import { notebooksFolder } from "../../notebook/folders.ts";
import { kernelEnvironment } from "../python/kernel.ts";
import { pythonOfProject } from "../python/python_environment.ts";

const SCRIPT = fileURLToPath(new URL("../python/papermill_deno.py", import.meta.url));

/**
 * What papermill is handed: as it is typed, but that the kernel runs in notebooks/ where nothing else
 * is said.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { papermillArguments } from "./papermill.ts";
 * assert.deepEqual(papermillArguments(["in.ipynb", "--cwd=here"]), ["in.ipynb", "--cwd=here"]);
 * assert.match(papermillArguments(["in.ipynb"]).at(-1)!, /notebooks$/);
 * ```
 */
export function papermillArguments(args: readonly string[]): string[] {
  const own = args.length === 0 || args.some((arg) => /^--cwd(=|$)/.test(arg));
  return own ? [...args] : [...args, "--cwd", notebooksFolder];
}

/**
 * Runs papermill with the translator for the Deno kernel; gives its exit status.
 *
 * @throws {Error} if the Python environment is not set up.
 */
export async function runPapermill(args: readonly string[]): Promise<number> {
  const runtime = await Deno.makeTempDir({ prefix: "speed-limits-kernel-" });
  // A terminal's Ctrl-C reaches papermill by itself: it ends its kernel, and then this ends.
  const stay = () => {};
  Deno.addSignalListener("SIGINT", stay);
  try {
    const child = new Deno.Command(await pythonOfProject(), {
      args: [SCRIPT, ...papermillArguments(args)],
      env: kernelEnvironment(runtime),
    }).spawn();
    return (await child.status).code;
  } finally {
    Deno.removeSignalListener("SIGINT", stay);
    await Deno.remove(runtime, { recursive: true }).catch(() => {});
  }
}
