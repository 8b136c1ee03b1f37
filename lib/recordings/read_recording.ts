/**
 * Recordings in files: columns as CSV or NumPy arrays, snapshots of the weights as NumPy arrays.
 *
 * @module
 */
import type { PathColumns } from "../bounds/inefficiency.ts";
import { pathEntryCheck } from "../bounds/recorded_columns.ts";
import { checkInteger, checkOptions, checkText, checkThat, maybe } from "../numerics/checks.ts";
import { type Control, CONTROL_CHECKS } from "../numerics/control.ts";
import { columnsOfArrays, columnsOfNpy, lastName, nameOf, type Reading } from "./array_columns.ts";
import { type NumericTable, readNumericTable } from "./numeric_table.ts";
import { type Bytes, type NpyArray, npyArray } from "./npy.ts";
import { COLUMN_NAMES, pathOfColumns, type RecordedColumn, UNNAMED } from "./recorded_path.ts";
import { snapshotRecorder, type SnapshotTrajectory } from "./snapshots.ts";

/** A file that is handed over, as a `File` of a page, or any `Blob` with a name. */
export interface RecordedFile {
  readonly name: string;
  readonly size: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** A file that is read from, wherever it lies. */
export interface OpenedFile extends Bytes {
  readonly name: string;
  text(): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** The wanted arrays of an .npz. */
  arrays(wanted: (name: string) => boolean): Promise<Readonly<Record<string, NpyArray>>>;
}

/** Vectors of weights, one after the other. */
export interface Snapshots {
  readonly snapshots: AsyncIterable<Float64Array>;
  readonly count: number;
}

/** Options of {@link readRecording}; progress is told in bytes or snapshots. */
export interface ReadOptions extends Control {
  /** Snapshots of the weights: a .npy file [snapshots, …], or a folder of .npy files, one each. */
  readonly weights?: string | RecordedFile;
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
 * A file is named by its path, or handed over as a `File` or a `Blob` with a name, such as a page gets
 * from its reader; an .npz and a folder must be named.
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
  file: string | RecordedFile,
  options: ReadOptions = {},
): Promise<Recording> {
  checkFile("file", file, "the name of a file");
  const { weights, from = 0, most = 100_000, onProgress, signal } = checkOptions(
    "options",
    options,
    {
      weights: maybe(checkFile, "the name of a file or folder"),
      from: maybe(checkInteger, { least: 0 }),
      most: maybe(checkInteger, { least: 2 }),
      ...CONTROL_CHECKS,
    },
  );
  if (typeof weights === "string") await (await import("./files.ts")).isThere(weights);
  const opened = await openedFile(file);
  const name = opened.name;
  const isWeights = (name: string) => name === "weights" || name === "snapshots";
  const kind = kindOf(name);
  const arrays = kind === "npz"
    ? await opened.arrays((name) => isWeights(name) || nameOf(name) !== undefined)
    : {};
  const inside = arrays.weights ?? arrays.snapshots;
  const reading = {
    ...{ most: weights || inside ? 10 * most : most, size: opened.size, onProgress, signal },
  };
  const table = kind === "npz"
    ? await columnsOfArrays(arrays, name, reading)
    : kind === "npy"
    ? await columnsOfNpy(await npyArray(opened, name), name, reading)
    : await columnsOfText(opened, reading);
  if (!weights && !inside) {
    if (from > 0) {
      throw new RangeError(
        `from is ${from}, and ${name} has displacements from entry 0 alone; ` +
          "another start needs snapshots of the weights",
      );
    }
    const path = pathOfColumns(table.columns, name);
    return { path, entries: table.rows, every: table.every, passedOver: table.passedOver };
  }
  const source = weights ? nameOfFile(weights) : `weights of ${name}`;
  const { time, loss } = table.columns;
  if (!time || !loss) {
    throw new RangeError(
      `${name} has ${Object.keys(table.columns).join(", ")}; snapshots need time and loss beside`,
    );
  }
  const { snapshots, count } = weights ? await snapshotsOf(weights) : ofArray(inside);
  if (count !== table.rows) {
    throw new RangeError(
      `${source} has ${count} snapshots; ${name} has ${table.rows} times: one for each is needed`,
    );
  }
  if (table.every > 1) {
    throw new RangeError(`${name} has ${table.rows} rows, too many to go with snapshots`);
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

/** @throws {TypeError} if it is neither the name of a file nor one that is handed over */
function checkFile<T extends string | RecordedFile>(name: string, value: T, what?: string): T {
  if (typeof value !== "object" || value === null) checkText(name, value as string, what);
  else checkThat(name, value, isFile(value), "a file, or its name");
  return value;
}

const isFile = ({ name, size, slice, stream }: Partial<RecordedFile>): boolean =>
  typeof name === "string" && typeof size === "number" && typeof slice === "function" &&
  typeof stream === "function";

const nameOfFile = (file: string | RecordedFile) => typeof file === "string" ? file : file.name;

async function openedFile(file: string | RecordedFile): Promise<OpenedFile> {
  if (typeof file === "string") return await (await import("./files.ts")).namedFile(file);
  return {
    ...{ name: file.name, size: file.size, text: () => file.stream() },
    read: async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer()),
    arrays: () =>
      Promise.reject(
        new TypeError(`${file.name} is an .npz, which is read by its name alone; give .npy or CSV`),
      ),
  };
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
  file: OpenedFile,
  { most, size, onProgress, signal }: Reading,
): Promise<NumericTable<RecordedColumn>> {
  if (size === 0) throw new RangeError(`${file.name} is empty`);
  return await readNumericTable(file.text(), {
    columns: COLUMN_NAMES,
    unnamed: UNNAMED,
    most,
    beyond: "thin",
    source: lastName(file.name),
    check: pathEntryCheck(),
    onProgress: ({ bytes, rows }) =>
      onProgress?.({ done: bytes, total: size, note: `${rows} rows` }),
    signal,
  });
}

const ofArray = (array: NpyArray): Snapshots => ({
  snapshots: array.rows(),
  count: array.shape[0] ?? 1,
});

async function snapshotsOf(weights: string | RecordedFile): Promise<Snapshots> {
  if (typeof weights === "string") {
    return await (await import("./files.ts")).namedSnapshots(weights);
  }
  return ofArray(await npyArray(await openedFile(weights), weights.name));
}
