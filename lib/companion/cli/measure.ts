/**
 * The `measure` task: from a training run recorded elsewhere to its speed limit.
 *
 * @module
 */
import { basename, join } from "node:path";
import { drawPng, withProgress } from "../../notebook/mod.ts";
import { reportFigure } from "../../figures/mod.ts";
import {
  readRecording,
  type Recording,
  type SpeedLimitReport,
  speedLimitReport,
} from "../../recordings/mod.ts";
import { writeWhole } from "../../resources/mod.ts";
import { TaskFailure } from "./command.ts";
import { printable, UsageError } from "./options.ts";
import { outputFolder } from "./output_folder.ts";

/** What the task's options give. */
interface Given {
  readonly weights?: string;
  readonly from?: number;
  readonly output?: string;
}

/**
 * Runs the task; gives the exit status.
 *
 * @param files the words of the command line: one file
 * @throws {UsageError} if there is not one file
 * @throws {TaskFailure} if the recording will not do
 */
export async function measureTask(
  { weights, from = 0, output }: Given,
  files: readonly string[],
): Promise<number> {
  const [file, second] = files;
  if (files.length !== 1) {
    throw new UsageError(
      `there are ${files.length} files; give one, with time and loss` +
        (files.length === 2 && weights === undefined ? inOrder(file, second) : ""),
    );
  }
  if (file === "") throw new UsageError("the name of a file is empty");
  // What cannot be written is said before a long reading, not after.
  const folder = output === undefined ? undefined : await outputFolder(output);
  try {
    await measured({ file, weights, from, folder });
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError || isFileError(error)) {
      throw new TaskFailure((error as Error).message);
    }
    throw error;
  }
  return 0;
}

async function measured(
  { file, weights, from, folder }: Omit<Given, "output"> & {
    readonly file: string;
    readonly folder?: string;
  },
): Promise<void> {
  const recording = await withProgress(
    `Reading ${basename(file)}`,
    { unit: weights ? "snapshots" : "bytes" },
    (control) => readRecording(file, { weights, from, ...control }),
  );
  const report = speedLimitReport(recording.path);
  const { entries, every, passedOver } = recording;
  console.log(printable(reportText(report, { file, entries, every, passedOver })));
  if (folder === undefined) return;
  for (const path of await writeReport(report, folder, basename(file))) {
    console.log(printable(`wrote ${path}`));
  }
}

/** Two files as they may be meant, if one of them is a table. */
function inOrder(...files: [string, string]): string {
  const [tables, others] = [true, false].map((is) =>
    files.filter((file) => /\.(csv|tsv|txt|dat)$/i.test(file) === is)
  );
  return tables.length === 1
    ? `; weights go behind --weights: ${tables[0]} --weights ${others[0]}`
    : "";
}

const isFileError = (error: unknown) =>
  error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied ||
  typeof (error as { code?: unknown })?.code === "string";

/** The report in lines of text: what was read, a table along the path, what to heed. */
export function reportText(
  { columns, clock, notes }: SpeedLimitReport,
  { file, entries, every, passedOver }: Omit<Recording, "path"> & { readonly file: string },
): string {
  const last = columns.time.length - 1;
  const text = (value: number) => String(Number(value.toPrecision(4)));
  const header = ["T", "ΔL", "l_geo", "l_γ", "T_SL", "T/T_SL", "l_γ/l_geo", "speed spread"];
  const rows = rowsOf(last).map((i) =>
    [
      columns.time[i],
      columns.lossDrop[i],
      Math.sqrt(columns.displacementSquared[i]),
      columns.pathLength[i],
      columns.speedLimit[i],
      columns.inefficiency[i],
      columns.tortuosity[i],
      columns.speedSpread[i],
    ].map((value) => Number.isFinite(value) ? text(value) : whyNone(columns, i))
  );
  const widths = header.map((name, i) =>
    Math.max(name.length, ...rows.map((row) => row[i].length))
  );
  const lineOf = (cells: readonly string[]) =>
    cells.map((cell, i) => cell.padStart(widths[i])).join("  ");
  return [
    `${basename(file)}: ${entries} entries` + (every > 1 ? `, every ${every}th kept` : ""),
    "",
    lineOf(header),
    ...rows.map(lineOf),
    "",
    Number.isFinite(columns.inefficiency[last])
      ? `At the end T/T_SL = ${text(columns.inefficiency[last])} = speed spread ` +
        `${text(columns.speedSpread[last])} × (l_γ/l_geo)² ${text(columns.tortuosity[last] ** 2)}.`
      : `At the end T/T_SL has no value, because ${whyNone(columns, last)}.`,
    Number.isFinite(clock)
      ? `ΔL Δt/δs² = ${text(clock)} in the median (1 for gradient flow in its own time).`
      : "ΔL Δt/δs² has no value: from no entry to the next does the loss fall and the path grow.",
    ...(passedOver.length > 0 ? [`Not read: ${passedOver.join(", ")}.`] : []),
    ...notes.map((note) => `Note: ${note}`),
  ].join("\n");
}

/** Why an entry has no ratio. */
const whyNone = ({ lossDrop }: SpeedLimitReport["columns"], i: number) =>
  lossDrop[i] > 0 ? "l_geo = 0" : "ΔL ≤ 0";

/** About ten entries, spread over the logarithm of their number. */
function rowsOf(last: number): number[] {
  const shares = Array.from({ length: 10 }, (_, i) => Math.round(last ** ((i + 1) / 10)));
  return [...new Set([1, ...shares, last])].filter((i) => i <= last).sort((a, b) => a - b);
}

async function writeReport(
  report: SpeedLimitReport,
  folder: string,
  title: string,
): Promise<string[]> {
  const names = Object.keys(report.columns) as (keyof typeof report.columns)[];
  const rows = Array.from(
    report.columns.time,
    (_, i) => names.map((name) => report.columns[name][i]).join(","),
  );
  const contents = {
    "speed_limit.csv": [names.join(","), ...rows, ""].join("\n"),
    // A file's name is no markup.
    "speed_limit.png": await drawPng(
      reportFigure(report, { title: printable(title).replace(/[<>&]/g, "") }),
    ),
  };
  const paths: string[] = [];
  for (const [name, content] of Object.entries(contents)) {
    const path = join(folder, name);
    await writeWhole(path, content);
    paths.push(path);
  }
  return paths;
}
