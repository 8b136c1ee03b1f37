/**
 * The `measure` task: from a training run recorded elsewhere to its speed limit.
 *
 * @module
 */
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { drawPng, withProgress } from "../figures/mod.ts";
import { reportFigure } from "../figures/mod.ts";
import {
  readRecording,
  type Recording,
  type SpeedLimitReport,
  speedLimitReport,
} from "../recordings/mod.ts";
import { writeWhole } from "../resources/mod.ts";
import { outputFolder, printable, UsageError } from "./run_options.ts";

const HELP = `Measures the speed limit of a training run that was recorded elsewhere.

  deno task measure FILE [--weights WEIGHTS] [--from ENTRY] [--output FOLDER]

FILE      CSV, TSV, .npy or .npz with a row for each entry: time, loss, displacement (or
          displacementSquared) and pathLength; names in the first line or in the dtype, otherwise
          in this order. The first entry is the start, before the first step.
            time          learning rate × steps, of plain gradient descent
            loss          the loss whose gradient is followed, on all training data
            displacement  ‖θ_t − θ_0‖
            pathLength    Σ ‖θ_{i+1} − θ_i‖ so far
          An .npz may hold the array weights [snapshots, parameters] beside time and loss.
WEIGHTS   snapshots of all weights, one for each row of FILE, which needs only time and loss then:
          a .npy file [snapshots, parameters], or a folder of .npy files in the order of their numbers

  --from ENTRY      counts from this entry (0, 1, …), as for a warm start; with snapshots only
  --output FOLDER   writes speed_limit.csv, with all columns, and speed_limit.png

From PyTorch:   np.savez("run.npz", time=times, loss=losses, weights=snapshots), where a snapshot is
                torch.nn.utils.parameters_to_vector(model.parameters()).detach().numpy().copy()
`;

/** Runs the task; the status is 2 for wrong use, 1 for a recording that will not do. */
export async function measure(args: readonly string[]): Promise<number> {
  const parsed = parse(args);
  if ("message" in parsed) {
    console.error(`${printable(parsed.message)}\n(deno task measure --help tells what there is)`);
    return 2;
  }
  if (parsed.help) {
    console.log(HELP);
    return 0;
  }
  const { file, weights, from, output } = parsed;
  const unit = weights ? "snapshots" : "bytes";
  try {
    // What cannot be written is said before a long reading, not after.
    const folder = output === undefined ? undefined : await outputFolder(output);
    const recording = await withProgress(
      `Reading ${basename(file)}`,
      { unit },
      (control) => readRecording(file, { weights, from, ...control }),
    );
    const report = speedLimitReport(recording.path);
    const { entries, every, passedOver } = recording;
    console.log(printable(reportText(report, { file, entries, every, passedOver })));
    if (folder !== undefined) {
      for (const path of await writeReport(report, folder, basename(file))) {
        console.log(printable(`wrote ${path}`));
      }
    }
    return 0;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError || isFileError(error)) {
      console.error(printable((error as Error).message));
      return 1;
    }
    if (error instanceof UsageError) {
      console.error(printable(error.message));
      return 2;
    }
    throw error;
  }
}

interface Parsed {
  readonly help?: boolean;
  readonly file: string;
  readonly weights?: string;
  readonly from: number;
  readonly output?: string;
}

function parse(args: readonly string[]): Parsed | Error {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        weights: { type: "string" },
        from: { type: "string", default: "0" },
        output: { type: "string" },
      },
    });
    const { help, weights, output } = values;
    if (help) return { help, file: "", from: 0 };
    if (positionals.length !== 1) {
      return new Error(`there are ${positionals.length} files; give one, with time and loss`);
    }
    if (positionals[0] === "" || weights === "") return new Error("the name of a file is empty");
    if (!/^\d+$/.test(values.from)) {
      return new Error(`--from ${values.from}: it must be the number of an entry, from 0`);
    }
    return { file: positionals[0], weights, from: Number(values.from), output };
  } catch (error) {
    return error as Error;
  }
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
  const text = (value: number) =>
    Number.isFinite(value) ? String(Number(value.toPrecision(4))) : "–";
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
    ].map(text)
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
    `At the end T/T_SL = ${text(columns.inefficiency[last])} = speed spread ` +
    `${text(columns.speedSpread[last])} × (l_γ/l_geo)² ${text(columns.tortuosity[last] ** 2)}.`,
    `ΔL Δt/δs² = ${text(clock)} in the median (1 for gradient flow in its own time).`,
    ...(passedOver.length > 0 ? [`Not read: ${passedOver.join(", ")}.`] : []),
    ...notes.map((note) => `Note: ${note}`),
  ].join("\n");
}

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
