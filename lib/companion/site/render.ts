/**
 * Runs jupyter-book on the site's sources.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { pythonOfProject } from "../python/python_environment.ts";
import { runTool } from "../../resources/run_tool.ts";

/** The pages as jupyter-book made them, and what it found amiss. */
export interface Rendered {
  readonly folder: string;
  readonly warnings: readonly string[];
}

/**
 * Renders the sources below a work folder, only those that changed since the last time.
 *
 * @param onPage told the share of the work that is done, from 0 to 1
 * @throws {Error} with jupyter-book's message, if it stops.
 */
export async function render(
  sources: string,
  work: string,
  onPage?: (share: number) => void,
): Promise<Rendered> {
  const jupyterBook = join(dirname(await pythonOfProject()), "jupyter-book");
  const { success, said } = await runTool(
    [jupyterBook],
    ["build", sources, "--path-output", work],
    {
      env: { PYTHONUTF8: "1", PYTHONUNBUFFERED: "1", JUPYTER_PREFER_ENV_PATH: "1" },
      onLine: (line) => {
        const share = shareDone(line);
        if (share !== undefined) onPage?.(share);
      },
    },
  );
  const text = stripVTControlCharacters(said);
  if (!success) throw new Error(`jupyter-book stopped:\n${text.trim().slice(-3000)}`);
  return {
    folder: `${work}/_build/html`,
    warnings: text.split("\n").filter((line) => /\b(WARNING|ERROR):/.test(line)),
  };
}

/** Of the time that reading and writing take together, reading's share. */
const READING = 0.6;

/**
 * The share of the work that is done, as a line of jupyter-book tells it: all is read, then all is
 * written.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { shareDone } from "./render.ts";
 * const lines = ["reading sources... [100%] a", "writing output... [ 50%] a", "copying"];
 * assert.deepEqual(lines.map(shareDone), [0.6, 0.8, undefined]);
 * ```
 */
export function shareDone(line: string): number | undefined {
  const [, step, percent] =
    /^(reading|writing) \w+\.\.\. *\[ *(\d+)%\]/.exec(stripVTControlCharacters(line)) ?? [];
  if (!step) return undefined;
  const share = Number(percent) / 100;
  return step === "reading" ? READING * share : READING + (1 - READING) * share;
}
