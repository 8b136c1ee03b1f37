/**
 * Recordings in files: columns as CSV or NumPy arrays, snapshots of the weights as NumPy arrays.
 *
 * @module
 */
import type { PathColumns } from "../bounds/inefficiency.ts";
import { checkInteger, checkOptions, maybe } from "../numerics/checks.ts";
import { type Control, CONTROL_CHECKS } from "../numerics/control.ts";
import { columnsOfArrays, columnsOfNpy, nameOf, type Reading } from "./array_columns.ts";
import { checkSnapshotFile, kindOf, tableFile } from "./file_kinds.ts";
import { type NumericTable, readNumericTable } from "./numeric_table.ts";
import { type NpyArray, npyArray } from "./npy.ts";
import {
  checkFile,
  handedOver,
  lastName,
  type OpenedFile,
  type OpenedFolder,
  type RecordedFile,
} from "./opened_file.ts";
import {
  checkFound,
  COLUMN_NAMES,
  entryCheck,
  pathOfColumns,
  type RecordedColumn,
  UNNAMED,
} from "./recorded_path.ts";
import { isWeights, pathOfSnapshots, snapshotsIn, snapshotsOf } from "./snapshot_files.ts";
import type { SnapshotTrajectory } from "./snapshots.ts";

/** Options of {@link readRecording}; progress is told in bytes or snapshots. */
export interface ReadOptions extends Control {
  /**
   * Snapshots of the weights: a .npy file [snapshots, …], an .npz that holds such an array, or a folder
   * of .npy files, one each.
   */
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
  const [there, given] = [await opened(file), weights ? await opened(weights) : undefined];
  const table = tableFile(there, given !== undefined);
  if (given) checkSnapshotFile(given, table);
  const { name } = table;
  const { columns, rows, every, passedOver, inside } = await tableIn(table, {
    ...{ most, weights: given !== undefined, onProgress, signal },
  });
  if (!given && !inside) {
    if (from > 0) {
      throw new RangeError(
        `from is ${from}, and ${name} has displacements from entry 0 alone; ` +
          "another start needs snapshots of the weights",
      );
    }
    return { path: pathOfColumns(columns, name), entries: rows, every, passedOver };
  }
  const source = given ? given.name : `weights of ${name}`;
  const { snapshots, count } = given ? await snapshotsIn(given) : snapshotsOf(inside!, source);
  if (count !== rows) {
    throw new RangeError(
      `${source} has ${count} snapshots; ${name} has ${rows} times: one for each is needed`,
    );
  }
  if (every > 1) {
    throw new RangeError(`${name} has ${rows} rows, too many to go with snapshots`);
  }
  if (count - from < 2) {
    throw new RangeError(
      `${source} has ${count} snapshots, ${Math.max(0, count - from)} of them from entry ${from} ` +
        "on; a path needs two at least",
    );
  }
  const path = await pathOfSnapshots(snapshots, {
    ...{ time: columns.time!, loss: columns.loss! },
    ...{ source, count, from, onProgress, signal },
  });
  return { path, entries: count, every: 1, passedOver };
}

/** What is named, or handed over. */
async function opened(file: string | RecordedFile): Promise<OpenedFile | OpenedFolder> {
  return typeof file === "string"
    ? await (await import("./files.ts")).named(file)
    : handedOver(file);
}

/** The columns of a file; with them the weights `inside`, if it is an .npz that holds some. */
async function tableIn(
  file: OpenedFile,
  { most, weights, onProgress, signal }: Control & {
    readonly most: number;
    /** Whether snapshots are given beside the file. */
    readonly weights: boolean;
  },
): Promise<NumericTable<RecordedColumn> & { readonly inside?: NpyArray }> {
  const { name, size } = file;
  const kind = kindOf(name);
  const all: string[] = [];
  const wanted = (name: string) => isWeights(name) || nameOf(name) !== undefined;
  const arrays = kind === "npz" ? await file.arrays((name) => (all.push(name), wanted(name))) : {};
  const inside = arrays.weights ?? arrays.snapshots;
  const snapshots = weights || inside !== undefined;
  const reading: Reading = {
    most: snapshots ? 10 * most : most,
    size,
    checkColumns: ({ names, passedOver }) =>
      checkFound(
        { names: inside ? [...names, "weights"] : names, passedOver },
        { source: lastName(name), snapshots, archive: kind === "npz" },
      ),
    onProgress,
    signal,
  };
  const table = kind === "npz"
    ? await columnsOfArrays(arrays, name, { ...reading, names: all })
    : kind === "npy"
    ? await columnsOfNpy(await npyArray(file, name), name, reading)
    : await columnsOfText(file, reading);
  return { ...table, inside };
}

async function columnsOfText(
  file: OpenedFile,
  { most, size, checkColumns, onProgress, signal }: Reading,
): Promise<NumericTable<RecordedColumn>> {
  if (size === 0) throw new RangeError(`${file.name} is empty`);
  let named = true;
  return await readNumericTable(file.text(), {
    columns: COLUMN_NAMES,
    unnamed: UNNAMED,
    most,
    beyond: "thin",
    source: lastName(file.name),
    checkColumns(found) {
      named = found.named;
      checkColumns(found);
    },
    check: entryCheck(() => named),
    onProgress: ({ bytes, rows }) =>
      onProgress?.({ done: bytes, total: size, note: `${rows} rows` }),
    signal,
  });
}
