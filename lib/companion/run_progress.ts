import { createHash } from "node:crypto";
import { progressBar } from "../figures/progress.ts";
import type { ExecutionEvent } from "./execute_notebook.ts";
import { writeWhole } from "./folders.ts";
import { codeCells, joined, type Notebook } from "./notebook.ts";
import type { PlannedNotebook } from "./plan_run.ts";

/** The bar of a run over notebooks and cells, told what happens. */
export interface RunProgress {
  /** A notebook begins. */
  notebook(name: string, notebook: Notebook): void;
  event(event: ExecutionEvent): void;
  /** The notebook has ended. */
  done(failed: boolean): void;
  finish(stopped: boolean): Promise<void>;
}

type CellTimes = Record<string, Record<string, number>>;

const UNKNOWN_SECONDS = 2; // of a cell that was never run here
const START_SECONDS = 1.5; // of Python and the kernel
const TICK_MS = 500;

/**
 * A progress bar over notebooks and cells in seconds: a cell's share is the time it took when it was
 * last run on this machine, kept in `<folder>/cell_times.json`.
 */
export async function runProgress(
  planned: readonly PlannedNotebook[],
  folder: string,
  shown: boolean,
): Promise<RunProgress> {
  const path = `${folder}/cell_times.json`;
  const times: CellTimes = await Deno.readTextFile(path).then(JSON.parse).catch(() => ({}));
  const weigh = (name: string, notebook: Notebook) =>
    codeCells(notebook).map(({ source }) => times[name]?.[key(source)] ?? UNKNOWN_SECONDS);
  const weights = planned.map(({ name, notebook }) => START_SECONDS + sum(weigh(name, notebook)));

  const bar = shown ? progressBar("Notebooks", { unit: "s" }) : undefined;
  let at = -1; // which notebook
  let current: { name: string; cells: ReturnType<typeof codeCells>; weights: number[] };
  let cell = -1; // which of its code cells
  let began = performance.now();
  const start = began;
  let failures = 0;
  const draw = () => {
    if (at < 0) return;
    // What is done is the time that it took; what is left is what it took when it was last run.
    const here = cell < 0 ? START_SECONDS : current.weights[cell] ?? 0;
    const rest = Math.max(0, here - (performance.now() - began) / 1000) +
      sum(current.weights.slice(cell + 1)) + sum(weights.slice(at + 1));
    const done = (performance.now() - start) / 1000;
    const note = [
      `${current.name} (${at + 1} of ${planned.length})`,
      `cell ${current.cells[Math.max(0, cell)]?.number ?? 0} of ${
        current.cells.at(-1)?.number ?? 0
      }`,
      ...(failures > 0 ? [`${failures} failed`] : []),
    ].join(", ");
    void bar?.update(Math.floor(done), Math.ceil(done + rest), note);
  };
  // A long cell tells nothing while it runs; the clock does.
  const tick = bar && setInterval(draw, TICK_MS);

  return {
    notebook(name, notebook) {
      at++;
      cell = -1;
      began = performance.now();
      current = { name, cells: codeCells(notebook), weights: weigh(name, notebook) };
      draw();
    },
    event(event) {
      if (event.event === "started") {
        cell = current.cells.findIndex(({ index }) => index === event.cell);
        began = performance.now();
        draw();
      } else if (event.event === "finished") {
        const { cell: { source } } = current.cells.find(({ index }) => index === event.cell)!;
        (times[current.name] ??= {})[key(joined(source))] = Math.round(event.seconds * 1e3) / 1e3;
      }
    },
    done(failed) {
      if (failed) failures++;
      const known = new Set(current.cells.map(({ source }) => key(source)));
      const kept = Object.entries(times[current.name] ?? {}).filter(([name]) => known.has(name));
      times[current.name] = Object.fromEntries(kept);
    },
    async finish(stopped) {
      clearInterval(tick);
      const counts = [`${at + 1} of ${planned.length}`];
      if (failures > 0) counts.push(`${failures} failed`);
      if (stopped) counts.push("stopped");
      await bar?.finish(counts.join(", "));
      await writeWhole(path, JSON.stringify(times, null, 1));
    },
  };
}

function key(source: string): string {
  return createHash("sha256").update(source).digest("hex").slice(0, 16);
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
