/**
 * Recordings in files: columns as CSV or NumPy arrays, snapshots of the weights as NumPy arrays.
 *
 * @module
 */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { PathColumns } from "../bounds/inefficiency.ts";
import { checkInteger, checkOptions, checkText, maybe } from "../numerics/checks.ts";
import { type Control, CONTROL_CHECKS } from "../numerics/control.ts";
import { columnsOfArrays, columnsOfNpy, nameOf, type Reading } from "./array_columns.ts";
import { checkSnapshotFile, checkTableFile, checkThere, kindOf } from "./file_kinds.ts";
import { type NumericTable, readNumericTable } from "./numeric_table.ts";
import { openNpy } from "./npy.ts";
import { openNpz } from "./npz.ts";
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
  for (const path of [file, ...(weights ? [weights] : [])]) await checkThere(path);
  await checkTableFile(file, weights);
  if (weights) await checkSnapshotFile(weights, file);
  const kind = kindOf(file);
  const names: string[] = [];
  const wanted = (name: string) => isWeights(name) || nameOf(name) !== undefined;
  const arrays = kind === "npz"
    ? await openNpz(file, (name) => (names.push(name), wanted(name)))
    : {};
  const inside = arrays.weights ?? arrays.snapshots;
  const snapshotsGiven = Boolean(weights || inside);
  const reading: Reading = {
    most: snapshotsGiven ? 10 * most : most,
    checkColumns: ({ names, passedOver }) =>
      checkFound(
        { names: inside ? [...names, "weights"] : names, passedOver },
        { source: basename(file), snapshots: snapshotsGiven, archive: kind === "npz" },
      ),
    onProgress,
    signal,
  };
  const table = kind === "npz"
    ? await columnsOfArrays(arrays, file, { ...reading, names })
    : kind === "npy"
    ? await columnsOfNpy(await openNpy(file), file, reading)
    : await columnsOfText(file, reading);
  if (!snapshotsGiven) {
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
  const { snapshots, count } = weights ? await snapshotsIn(weights) : snapshotsOf(inside, source);
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
  const path = await pathOfSnapshots(snapshots, {
    ...{ time: table.columns.time!, loss: table.columns.loss! },
    ...{ source, count, from, onProgress, signal },
  });
  return { path, entries: count, every: 1, passedOver: table.passedOver };
}

async function columnsOfText(
  file: string,
  { most, checkColumns, onProgress, signal }: Reading,
): Promise<NumericTable<RecordedColumn>> {
  const { size } = await stat(file);
  if (size === 0) throw new RangeError(`${file} is empty`);
  let named = true;
  const opened = await Deno.open(file);
  return await readNumericTable(opened.readable, {
    columns: COLUMN_NAMES,
    unnamed: UNNAMED,
    most,
    beyond: "thin",
    source: basename(file),
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
