import { fileURLToPath } from "node:url";
import { kernelEnvironment, pythonOfProject } from "./execute_notebook.ts";

const SCRIPT = fileURLToPath(new URL("../python/papermill_deno.py", import.meta.url));

/**
 * Runs papermill with the translator for the Deno kernel; gives its exit status. Paths are seen from
 * where the task was called; the kernel runs in notebooks/.
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
      args: [SCRIPT, ...args],
      cwd: Deno.env.get("INIT_CWD") ?? Deno.cwd(),
      env: kernelEnvironment(runtime),
    }).spawn();
    return (await child.status).code;
  } finally {
    Deno.removeSignalListener("SIGINT", stay);
    await Deno.remove(runtime, { recursive: true }).catch(() => {});
  }
}
