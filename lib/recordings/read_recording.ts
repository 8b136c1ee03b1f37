/**
 * Recordings in files: columns as CSV or NumPy arrays, snapshots of the weights as NumPy arrays.
 *
 * @module
 */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import process from "node:process";
import type { PathColumns } from "../bounds/inefficiency.ts";
import { pathEntryCheck } from "../bounds/recorded_columns.ts";
import { checkInteger, checkOptions, checkText, maybe } from "../numerics/checks.ts";
import { type Control, CONTROL_CHECKS } from "../numerics/control.ts";
import { concatenated } from "../numerics/vectors.ts";
import { columnsOfArrays, columnsOfNpy, nameOf, type Reading } from "./array_columns.ts";
import { type NumericTable, readNumericTable } from "./numeric_table.ts";
import { type NpyArray, openNpy } from "./npy.ts";
import { openNpz } from "./npz.ts";
import { COLUMN_NAMES, pathOfColumns, type RecordedColumn, UNNAMED } from "./recorded_path.ts";
import { snapshotRecorder, type SnapshotTrajectory } from "./snapshots.ts";

/** Options of {@link readRecording}; progress is told in bytes or snapshots. */
export interface ReadOptions extends Control {
  /** Snapshots of the weights: a .npy file [snapshots, …], or a folder of .npy files, one each. */
  readonly weights?: string;
  /** Entry to start at, from 0, as for a warm start; those before are passed over. */
  readonly from?: number;
  /** Entries kept at most; of more, every 2nd, 4th, … and the last. */
  readonly most?: number;
}

/** A recording that was read. */
export interface Recording {
  readonly path: PathColumns & Partial<Pick<SnapshotTrajectory, "halvedLength" | "rounding">>;
  /** Entries in the file. */
  readonly entries: number;
  /** 1 if all are in the path; n if every n-th and the last. */
  readonly every: number;
  /** Named columns that are not read. */
  readonly passedOver: readonly string[];
}

/**
 * Reads a trajectory that was recorded elsewhere.
 *
 * - CSV (TSV, …) or .npy with the columns time, loss, displacement (or displacementSquared) and
 *   pathLength, named in the first line or by a structured dtype; unnamed ones in this order;
 * - .npz with arrays of these names, or with `weights` [snapshots, …] beside time and loss;
 * - any of these with time and loss alone, and the weights' snapshots elsewhere (`weights`).
 *
 * Text and .npy are read in pieces: a file may have a thousand million rows; 100 000 are kept, spread
 * evenly.
 *
 * @throws {RangeError} naming file, row, column and value, if there is no such file, or the data will
 * not do: columns missing,
 * NaN, time that falls, a displacement longer than the path, snapshots of differing lengths or of
 * another number than times
 * @throws {TypeError} if a file is of another kind than its name says, or of a dtype that is no number
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readRecording } from "./read_recording.ts";
 * const file = await Deno.makeTempFile({ suffix: ".csv" });
 * await Deno.writeTextFile(file, "time,loss,displacement,pathLength\n0,2,0,0\n1,1,1,1\n");
 * const { path, entries } = await readRecording(file);
 * assert.equal(entries, 2);
 * assert.equal(path.loss[1], 1);
 * await Deno.remove(file);
 * ```
 */
export async function readRecording(
  file: string,
  options: ReadOptions = {},
): Promise<Recording> {
  checkText("file", file, "the name of a file");
  const { weights, from = 0, most = 100_000, onProgress, signal } = checkOptions(
    "options",
    options,
    {
      weights: maybe(checkText, "the name of a file or folder"),
      from: maybe(checkInteger, { least: 0 }),
      most: maybe(checkInteger, { least: 2 }),
      ...CONTROL_CHECKS,
    },
  );
  for (const path of [file, ...(weights ? [weights] : [])]) await isThere(path);
  const kind = kindOf(file);
  const isWeights = (name: string) => name === "weights" || name === "snapshots";
  const arrays = kind === "npz"
    ? await openNpz(file, (name) => isWeights(name) || nameOf(name) !== undefined)
    : {};
  const inside = arrays.weights ?? arrays.snapshots;
  const reading = { most: weights || inside ? 10 * most : most, onProgress, signal };
  const table = kind === "npz"
    ? await columnsOfArrays(arrays, file, reading)
    : kind === "npy"
    ? await columnsOfNpy(await openNpy(file), file, reading)
    : await columnsOfText(file, reading);
  if (!weights && !inside) {
    if (from > 0) {
      throw new RangeError(
        `from is ${from}, and ${file} has displacements from entry 0 alone; ` +
          "another start needs snapshots of the weights",
      );
    }
    const path = pathOfColumns(table.columns, file);
    return { path, entries: table.rows, every: table.every, passedOver: table.passedOver };
  }
  const source = weights ?? `weights of ${file}`;
  const { time, loss } = table.columns;
  if (!time || !loss) {
    throw new RangeError(
      `${file} has ${Object.keys(table.columns).join(", ")}; snapshots need time and loss beside`,
    );
  }
  const { snapshots, count } = weights ? await snapshotsOf(weights) : ofArray(inside);
  if (count !== table.rows) {
    throw new RangeError(
      `${source} has ${count} snapshots; ${file} has ${table.rows} times: one for each is needed`,
    );
  }
  if (table.every > 1) {
    throw new RangeError(`${file} has ${table.rows} rows, too many to go with snapshots`);
  }
  if (count - from < 2) {
    throw new RangeError(
      `${source} has ${count} snapshots, ${Math.max(0, count - from)} of them from entry ${from} ` +
        "on; a path needs two at least",
    );
  }
  const recorder = snapshotRecorder();
  let done = 0;
  for await (const snapshot of snapshots) {
    signal?.throwIfAborted();
    try {
      if (done >= from) recorder.add(snapshot, { time: time[done], loss: loss[done] });
    } catch (error) {
      throw error instanceof RangeError ? new RangeError(`${source}, ${error.message}`) : error;
    }
    done++;
    await onProgress?.({ done, total: count, note: "snapshots" });
  }
  return { path: recorder.trajectory(), entries: count, every: 1, passedOver: table.passedOver };
}

async function isThere(path: string): Promise<void> {
  try {
    await stat(path);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT") throw error;
    throw new RangeError(`there is no file ${path}; it was sought in ${process.cwd()}`);
  }
}

function kindOf(file: string): "text" | "npy" | "npz" {
  const ending = /\.(\w+)$/.exec(file)?.[1].toLowerCase();
  if (ending === "npy" || ending === "npz") return ending;
  if (ending && ["pt", "pth", "pkl", "pickle", "safetensors", "h5", "ckpt"].includes(ending)) {
    throw new TypeError(
      `${file} is a .${ending} file, which is not read here; save NumPy arrays: ` +
        "np.save(file, torch.nn.utils.parameters_to_vector(model.parameters()).detach().numpy())",
    );
  }
  return "text";
}

async function columnsOfText(
  file: string,
  { most, onProgress, signal }: Reading,
): Promise<NumericTable<RecordedColumn>> {
  const entry = await stat(file);
  if (entry.isDirectory()) throw new TypeError(`${file} is a folder; name the file in it`);
  const { size } = entry;
  if (size === 0) throw new RangeError(`${file} is empty`);
  const opened = await Deno.open(file);
  return await readNumericTable(opened.readable, {
    columns: COLUMN_NAMES,
    unnamed: UNNAMED,
    most,
    beyond: "thin",
    source: basename(file),
    check: pathEntryCheck(),
    onProgress: ({ bytes, rows }) =>
      onProgress?.({ done: bytes, total: size, note: `${rows} rows` }),
    signal,
  });
}

function ofArray(array: NpyArray) {
  return { snapshots: array.rows(), count: array.shape[0] ?? 1 };
}

async function snapshotsOf(path: string) {
  if (!(await stat(path)).isDirectory()) return ofArray(await openNpy(path));
  const names = (await readdir(path)).filter((name) => name.endsWith(".npy"))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true })); // 2 before 10
  if (names.length === 0) throw new RangeError(`${path} has no .npy files`);
  async function* all() {
    for (const name of names) {
      const array = await openNpy(join(path, name));
      yield concatenated(await Array.fromAsync(array.rows()));
    }
  }
  return { snapshots: all(), count: names.length };
}
