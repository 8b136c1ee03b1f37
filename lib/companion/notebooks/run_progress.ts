import { createHash } from "node:crypto";
import { progressBar } from "../../notebook/progress.ts";
import { writeWhole } from "../../resources/mod.ts";
import type { ExecutionEvent } from "./execute_notebook.ts";
import { codeCells, joined, type Notebook } from "../../notebook/notebook_file.ts";
import type { PlannedNotebook } from "./plan_run.ts";

/** The bar of a run over notebooks and cells, told what happens. */
export interface RunProgress {
  /** A notebook begins; what it gives is told of that one. */
  notebook(name: string, notebook: Notebook): NotebookProgress;
  finish(stopped: boolean): Promise<void>;
}

/** What is told of one notebook. */
export interface NotebookProgress {
  event(event: ExecutionEvent): void;
  /** The notebook has ended. */
  done(failed: boolean): void;
}

/** What a cell's own bar says: how far, and when, by `performance.now()`, it will be through. */
interface CellProgress {
  readonly note: string;
  readonly end?: number;
}

type CellTimes = Record<string, Record<string, number>>;

const UNKNOWN_SECONDS = 2; // of a cell that was never run here
const START_SECONDS = 1.5; // of Python and the kernel
const TICK_MS = 500;

/** A notebook that runs: at which of its code cells, since when. */
interface Running {
  readonly name: string;
  readonly cells: ReturnType<typeof codeCells>;
  readonly weights: readonly number[];
  cell: number;
  began: number;
  told?: CellProgress; // by the cell's own bar
}

/**
 * A progress bar over notebooks and cells in seconds: a cell's share is the time it took when it was
 * last run on this machine, kept in `<folder>/cell_times.json`.
 *
 * @param planned in the order in which they begin
 * @param atOnce how many of them run side by side
 */
export async function runProgress(
  planned: readonly PlannedNotebook[],
  folder: string,
  { shown, atOnce }: { readonly shown: boolean; readonly atOnce: number },
): Promise<RunProgress> {
  const path = `${folder}/cell_times.json`;
  const times: CellTimes = await Deno.readTextFile(path).then(JSON.parse).catch(() => ({}));
  const weigh = (name: string, notebook: Notebook) =>
    codeCells(notebook).map(({ source }) => times[name]?.[key(source)] ?? UNKNOWN_SECONDS);
  const weights = planned.map(({ name, notebook }) => START_SECONDS + sum(weigh(name, notebook)));

  const bar = shown ? progressBar("Notebooks", { unit: "s" }) : undefined;
  const running = new Set<Running>();
  const start = performance.now();
  let [begun, failures] = [0, 0];
  const draw = () => {
    if (running.size === 0) return;
    // What is done is the time that it took; what is left is what it took when it was last run.
    const rests = [...running].map(secondsLeft);
    const rest = Math.max(...rests, (sum(rests) + sum(weights.slice(begun))) / atOnce);
    const done = (performance.now() - start) / 1000;
    const here = [...running].map((one) => whereIn(one));
    const note = [
      here.join("; ") + (planned.length > 1 ? ` (${begun} of ${planned.length})` : ""),
      ...(failures > 0 ? [`${failures} failed`] : []),
    ].join(", ");
    void bar?.update(Math.floor(done), Math.ceil(done + rest), note);
  };
  // A long cell tells nothing while it runs; the clock does.
  const tick = bar && setInterval(draw, TICK_MS);

  return {
    notebook(name, notebook) {
      begun++;
      const cells = codeCells(notebook);
      const began = performance.now();
      const one: Running = { name, cells, weights: weigh(name, notebook), cell: -1, began };
      running.add(one);
      draw();
      return {
        event(event) {
          if (event.event === "started") {
            one.cell = cells.findIndex(({ index }) => index === event.cell);
            one.began = performance.now();
            one.told = undefined;
            draw();
          } else if (event.event === "progress") {
            one.told = cellProgress(event.text);
          } else if (event.event === "finished") {
            const { cell: { source } } = cells.find(({ index }) => index === event.cell)!;
            (times[name] ??= {})[key(joined(source))] = Math.round(event.seconds * 1e3) / 1e3;
          }
        },
        done(failed) {
          running.delete(one);
          if (failed) failures++;
          const known = new Set(cells.map(({ source }) => key(source)));
          const kept = Object.entries(times[name] ?? {}).filter(([name]) => known.has(name));
          times[name] = Object.fromEntries(kept);
        },
      };
    },
    async finish(stopped) {
      clearInterval(tick);
      const counts = [`${begun} of ${planned.length}`];
      if (failures > 0) counts.push(`${failures} failed`);
      if (stopped) counts.push("stopped");
      await bar?.finish(counts.join(", "));
      await writeWhole(path, JSON.stringify(times, null, 1));
    },
  };
}

/** Of a cell with other parameters, which takes another time, its own bar knows better. */
function secondsLeft({ cell, weights, began, told }: Running): number {
  const here = cell < 0 ? START_SECONDS : weights[cell] ?? 0;
  const end = told?.end ?? began + 1000 * here;
  return Math.max(0, end - performance.now()) / 1000 + sum(weights.slice(cell + 1));
}

function whereIn({ name, cells, cell, told }: Running): string {
  const [at, last] = [cells[Math.max(0, cell)]?.number ?? 0, cells.at(-1)?.number ?? 0];
  return `${name}, cell ${at} of ${last}${told ? `: ${told.note}` : ""}`;
}

/**
 * What a progress bar's line says.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cellProgress } from "./run_progress.ts";
 * const line = "gradient flow  ██████████░░░░░░░░░░   50 %  1/2 studies  1:02, 1:00 left";
 * assert.equal(cellProgress(line)?.note, "gradient flow 50 %");
 * assert.equal(cellProgress("✓ gradient flow  2 studies  2:01"), undefined);
 * ```
 */
export function cellProgress(line: string): CellProgress | undefined {
  const [, title, percent] = /^([^✓■].*?) {2}[█░]+ +(\d+) %/.exec(line) ?? [];
  if (title === undefined) return undefined;
  const left = /, (\d+(?::\d\d)+) left/.exec(line)?.[1].split(":")
    .reduce((total, part) => 60 * total + Number(part), 0);
  return {
    note: `${title} ${percent} %`,
    ...(left === undefined ? {} : { end: performance.now() + 1000 * left }),
  };
}

function key(source: string): string {
  return createHash("sha256").update(source).digest("hex").slice(0, 16);
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
