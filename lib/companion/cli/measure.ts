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
import { outputFolder, parse, printable, UsageError } from "./run_options.ts";

const HELP = `Measures the speed limit of a training run that was recorded elsewhere.

  deno task measure FILE [--weights WEIGHTS] [--from ENTRY] [--output FOLDER]

FILE      CSV, TSV, .npy or .npz with a row for each entry: time, loss, displacement (or
          displacementSquared) and pathLength; names in the first line or in the dtype, otherwise
          in this order; columns by other names are passed over. The first entry is the start, before the first step.
            time          learning rate × steps, of plain gradient descent
            loss          the loss whose gradient is followed, on all training data
            displacement  ‖θ_t − θ_0‖
            pathLength    Σ ‖θ_{i+1} − θ_i‖ so far
          An .npz may hold the array weights [snapshots, parameters] beside time and loss.
WEIGHTS   snapshots of all weights, one for each row of FILE, which needs only time and loss then:
          a .npy file [snapshots, parameters], an .npz that holds such an array, or a folder of .npy
          files in the order of their numbers

  --from ENTRY      counts from this entry (0, 1, …), as for a warm start; with snapshots only
  --output FOLDER   writes speed_limit.csv, with all columns, and speed_limit.png

From PyTorch:   np.savez("run.npz", time=times, loss=losses, weights=snapshots), where a snapshot is
                torch.nn.utils.parameters_to_vector(model.parameters()).detach().numpy().copy()
`;

/** Runs the task; the status is 2 for wrong use, 1 for a recording that will not do. */
export async function measure(args: readonly string[]): Promise<number> {
  try {
    const { help, ...what } = parsed(args);
    if (help) console.log(HELP);
    else await measured(what);
    return 0;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError || isFileError(error)) {
      console.error(printable((error as Error).message));
      return 1;
    }
    if (error instanceof UsageError) {
      console.error(`${printable(error.message)}\n(deno task measure --help tells what there is)`);
      return 2;
    }
    throw error;
  }
}

async function measured({ file, weights, from, output }: Parsed): Promise<void> {
  // What cannot be written is said before a long reading, not after.
  const folder = output === undefined ? undefined : await outputFolder(output);
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

interface Parsed {
  readonly help?: boolean;
  readonly file: string;
  readonly weights?: string;
  readonly from: number;
  readonly output?: string;
}

const FLAGS = {
  help: { type: "boolean", short: "h" },
  weights: { type: "string" },
  from: { type: "string", default: "0" },
  output: { type: "string" },
} as const;

function parsed(args: readonly string[]): Parsed {
  const { values, positionals } = parse([...args], FLAGS, true);
  const { help, weights, output, from } = values;
  if (help) return { help, file: "", from: 0 };
  const [file, second] = positionals;
  if (positionals.length !== 1) {
    throw new UsageError(
      `there are ${positionals.length} files; give one, with time and loss` +
        (positionals.length === 2 && weights === undefined ? inOrder(file, second) : ""),
    );
  }
  if (file === "" || weights === "") throw new UsageError("the name of a file is empty");
  if (!/^\d+$/.test(from)) {
    throw new UsageError(`--from ${from}: it must be the number of an entry, from 0`);
  }
  return { file, weights, from: Number(from), output };
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

if (import.meta.main) {
  Deno.chdir(Deno.env.get("INIT_CWD") ?? "."); // where the task was called
  Deno.exit(await measure(Deno.args));
}
