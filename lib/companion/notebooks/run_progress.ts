import { createHash } from "node:crypto";
import { progressBar } from "../../notebook/progress.ts";
import { writeWhole } from "../../resources/mod.ts";
import type { ExecutionEvent } from "./execute_notebook.ts";
import { codeCells, joined, type Notebook } from "../../notebook/notebook_file.ts";
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

/** What a cell's own bar says: how far, and when, by `performance.now()`, it will be through. */
interface CellProgress {
  readonly note: string;
  readonly end?: number;
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
  let told: CellProgress | undefined; // by the cell's own bar
  let failures = 0;
  const draw = () => {
    if (at < 0) return;
    // What is done is the time that it took; what is left is what it took when it was last run.
    const here = cell < 0 ? START_SECONDS : current.weights[cell] ?? 0;
    // A cell with other parameters takes another time: its own bar knows better.
    const end = told?.end ?? began + 1000 * here;
    const rest = Math.max(0, end - performance.now()) / 1000 +
      sum(current.weights.slice(cell + 1)) + sum(weights.slice(at + 1));
    const done = (performance.now() - start) / 1000;
    const note = [
      current.name + (planned.length > 1 ? ` (${at + 1} of ${planned.length})` : ""),
      `cell ${current.cells[Math.max(0, cell)]?.number ?? 0} of ${
        current.cells.at(-1)?.number ?? 0
      }${told ? `: ${told.note}` : ""}`,
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
        told = undefined;
        draw();
      } else if (event.event === "progress") {
        told = cellProgress(event.text);
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
