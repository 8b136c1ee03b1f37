/**
 * Runs the companion's notebooks headless in the real Deno kernel.
 *
 * @module
 */
import { conclusionOf, isContents } from "../../notebook/conclusions.ts";
import { inTurn } from "../in_turn.ts";
import { pythonOfProject } from "../python/python_environment.ts";
import { executeNotebook, type Failure } from "./execute_notebook.ts";
import { describeFailure, explained, withError } from "./failures.ts";
import { buildFolder, notebooksFolder } from "../../notebook/folders.ts";
import { stamped } from "./freshness.ts";
import {
  normalize,
  type Notebook,
  readNotebook,
  serialize,
  titleOf,
  writeNotebook,
} from "../../notebook/notebook_file.ts";
import type { Values } from "../../notebook/parameters.ts";
import { type PlannedNotebook, planRun } from "./plan_run.ts";
import { type NotebookResult, resultsTable } from "./results_table.ts";
import { type RunProgress, runProgress } from "./run_progress.ts";
import { buildSite, type SiteOptions } from "../site/build_site.ts";
import { buildShown } from "../site/site_task.ts";

/** What is run, and how. */
export interface RunOptions {
  /** Only these notebooks, by number ("06") or name ("06_fully_connected"). */
  readonly only?: readonly string[];
  /** Longest time for one cell, in seconds; 0: no limit. */
  readonly timeout?: number;
  /** Other values of parameters, by notebook (number or name); "*" is whichever has them. */
  readonly parameters?: Readonly<Record<string, Values>>;
  /** Puts each executed notebook back in its folder, if all of its cells passed. */
  readonly write?: boolean;
  /** Where the notebooks are. */
  readonly notebooks?: string;
  /** Where the executed notebooks and the site go, each in a folder of its own. */
  readonly build?: string;
  /** Another place, for this run alone: its notebooks there, and a site of them in `site`. */
  readonly output?: string;
  /** Whether the site is built in the end. */
  readonly site?: boolean;
  /** How many run side by side; three by default, fewer where cores or memory are few. */
  readonly atOnce?: number;
  /** Whether a progress bar is drawn. */
  readonly progress?: boolean;
  /** Takes the report, line by line. */
  readonly print?: (line: string) => void;
  /** Stops the run, as Ctrl-C does. */
  readonly signal?: AbortSignal;
}

/** The exit status of a run that was stopped. */
export const STOPPED = 130;

// A clone carries every version of a committed notebook, and GitHub shows no very large one.
const LARGEST_WRITTEN = 2e6;

/** A notebook's plots, kernel and closed forms use one core, its networks all: three leave none idle. */
const AT_ONCE = 3;
const BYTES_OF_ONE = 3e9; // of memory that is free

/**
 * Runs the notebooks by number, three at once where the machine allows, the contents last, each in a
 * kernel of its own; writes
 * `<build>/notebooks/*.ipynb` and the site of all, `<build>/site`; or, given `output`, the notebooks
 * there and a site of them alone, `<output>/site`; prints a table of times, headlines and
 * claims, and each failure with its cell. A failing cell stops its notebook only.
 *
 * Gives the exit status: 0 if every notebook ran to its end, 1 if not, 130 if stopped.
 *
 * @throws {RangeError} if a notebook or a parameter named in the options is not there.
 * @throws {TypeError} if a parameter's value is of another kind than the declared one.
 * @throws {Error} if the Python environment is not set up, or a notebook cannot be read.
 */
export async function runNotebooks(options: RunOptions = {}): Promise<number> {
  const { only, timeout = 3600, parameters, write = false, site = true, output } = options;
  const { notebooks = notebooksFolder, build = buildFolder, print = console.log } = options;
  if (!(timeout >= 0 && timeout < Infinity)) {
    throw new RangeError(`timeout is ${timeout}; it must be a number of seconds, 0 for no limit`);
  }
  const { atOnce = usualAtOnce() } = options;
  const planned = await planRun(notebooks, { only, parameters, write });
  await pythonOfProject(); // without it nothing runs: said once, not for each notebook

  const executed = output ?? `${build}/notebooks`;
  const pages = `${output ?? build}/site`;
  const { signal, release } = stoppable(options.signal);
  const results = new Map<string, NotebookResult>();
  let unpublished: string | undefined;
  try {
    const shown = options.progress ?? true;
    const progress = await runProgress(planned, build, { shown, atOnce });
    const run = async (plan: PlannedNotebook) => {
      const result = await runOne(plan, { notebooks, executed, timeout, signal, progress });
      const unwritten = write && !result.failure && await putBack(plan.name, executed, notebooks);
      results.set(plan.name, unwritten ? { ...result, failure: unwritten } : result);
    };
    try {
      // The contents collect what the others conclude.
      const isLast = ({ name }: PlannedNotebook) => isContents(name);
      await inTurn(planned.filter((plan) => !isLast(plan)), run, { atOnce, signal });
      await inTurn(planned.filter(isLast), run, { atOnce, signal });
    } finally {
      await progress.finish(signal.aborted);
    }
    if (site && !signal.aborted) {
      unpublished = await publish(
        options.progress ?? true,
        output
          ? {
            ...{ notebooks: output, output: pages, pages: [], reference: false },
            work: `${build}/site-work-of-runs`,
          }
          : { notebooks, executed, output: pages },
      );
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    release();
  }

  const inOrder = planned.flatMap(({ name }) => results.get(name) ?? []);
  const report = [
    "",
    ...(inOrder.length > 0 ? resultsTable(inOrder) : []),
    ...inOrder.flatMap(({ failure }) => failure ? ["", failure] : []),
    ...(unpublished ? ["", unpublished] : []),
    "",
    ...(signal.aborted ? [`Stopped after ${inOrder.length} of ${planned.length} notebooks.`] : [
      `Executed notebooks: ${executed}`,
      ...(unpublished || !site ? [] : [`Site: ${pages}/index.html`]),
      ...(write ? [`Written back: ${notebooks}`] : []),
    ]),
  ];
  report.forEach((line) => print(line));
  if (signal.aborted) return STOPPED;
  return unpublished || inOrder.some(({ failure }) => failure) ? 1 : 0;
}

function usualAtOnce(): number {
  const { available } = Deno.systemMemoryInfo();
  if (navigator.hardwareConcurrency < 2) return 1;
  return Math.max(1, Math.min(AT_ONCE, Math.floor(available / BYTES_OF_ONE)));
}

interface Run {
  readonly notebooks: string;
  readonly executed: string;
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly progress: RunProgress;
}

async function runOne({ name, notebook }: PlannedNotebook, run: Run): Promise<NotebookResult> {
  const { notebooks, executed, timeout, signal, progress } = run;
  const output = `${executed}/${name}.ipynb`;
  // Two runs may go on in one folder: what is not whole yet is elsewhere.
  const own = await Deno.makeTempDir({ prefix: "speed-limits-notebook-" });
  const [source, made] = [`${own}/source`, `${own}/made`];
  const began = performance.now();
  await writeNotebook(source, notebook);
  await Deno.remove(output).catch(() => {}); // a result of an earlier run is not this one's
  const told = progress.notebook(name, notebook);
  let failure: Failure | undefined;
  let done: Notebook;
  try {
    try {
      const onEvent = told.event;
      failure = await executeNotebook({
        source,
        output: made,
        folder: notebooks,
        timeout,
        onEvent,
        signal,
      });
      failure &&= await explained(failure, notebook);
    } catch (error) {
      if (signal.aborted) throw error;
      const { name, message } = error as Error;
      failure = { kind: "start", name, message, traceback: [], log: [] };
      await writeNotebook(made, notebook);
    }
    done = normalize(withError(await readNotebook(made), failure));
  } finally {
    await Deno.remove(own, { recursive: true }).catch(() => {});
  }
  await writeNotebook(output, done);
  const seconds = (performance.now() - began) / 1000;
  told.done(failure !== undefined);
  const result = { name, title: titleOf(notebook, name), seconds };
  if (failure) return { ...result, failure: describeFailure(name, notebook, failure) };
  try {
    return { ...result, conclusion: conclusionOf(done) };
  } catch (error) {
    return { ...result, failure: `${name}: ${(error as Error).message}` };
  }
}

async function putBack(name: string, executed: string, folder: string): Promise<string | false> {
  const notebook = await readNotebook(`${executed}/${name}.ipynb`);
  const size = new TextEncoder().encode(serialize(notebook)).length;
  if (size > LARGEST_WRITTEN) {
    return `${name} was not written back: it would have ${(size / 1e6).toFixed(1)} MB, more than ${
      LARGEST_WRITTEN / 1e6
    } MB; round or thin out what its figures show`;
  }
  await writeNotebook(`${folder}/${name}.ipynb`, await stamped(notebook));
  return false;
}

// The site of all notebooks, those that were ever run here as they were run. What keeps it from being
// built is given back: the results of the run must not be lost for it.
async function publish(shown: boolean, options: SiteOptions): Promise<string | undefined> {
  try {
    await (shown ? buildShown : buildSite)(options);
  } catch (error) {
    return (error as Error).message;
  }
}

// Ctrl-C, a closed terminal or a `kill` stops the run in order: kernels first.
function stoppable(outer?: AbortSignal): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = () => controller.abort(new Error("stopped"));
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT", "SIGBREAK"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const name of signals) Deno.addSignalListener(name, stop);
  outer?.addEventListener("abort", stop);
  if (outer?.aborted) stop();
  return {
    signal: controller.signal,
    release() {
      for (const name of signals) Deno.removeSignalListener(name, stop);
      outer?.removeEventListener("abort", stop);
    },
  };
}
