/**
 * Snapshots of weights in NumPy's files, and the path through them.
 *
 * @module
 */
import type { Control } from "../numerics/control.ts";
import { concatenated } from "../numerics/vectors.ts";
import { nameOf } from "./array_columns.ts";
import { kindOf } from "./file_kinds.ts";
import { type NpyArray, npyArray } from "./npy.ts";
import { isFolder, type OpenedFile, type OpenedFolder } from "./opened_file.ts";
import { snapshotRecorder, type SnapshotTrajectory } from "./snapshots.ts";

/** Snapshots one after the other, and how many they are. */
export interface Snapshots {
  readonly snapshots: AsyncIterable<Float64Array>;
  readonly count: number;
}

/** Whether an array of this name holds snapshots. */
export const isWeights = (name: string): boolean => name === "weights" || name === "snapshots";

/** Off by less than this share two numbers are one, printed and read again. */
const PRINTED = 1e-4;

/**
 * The snapshots of an array, a row each.
 *
 * @throws {TypeError} if its rows have names: those are columns
 */
export function snapshotsOf(array: NpyArray, source: string): Snapshots {
  if (array.fields.some(nameOf)) {
    throw new TypeError(
      `${source} has columns (${
        array.fields.join(", ")
      }), and weights are [snapshots, parameters]: ` +
        "give it as the file of columns",
    );
  }
  return { snapshots: array.rows(), count: array.shape[0] ?? 1 };
}

/**
 * The snapshots in a .npy file, an .npz or a folder of .npy files.
 *
 * @throws {RangeError} if there are none
 */
export async function snapshotsIn(opened: OpenedFile | OpenedFolder): Promise<Snapshots> {
  if (isFolder(opened)) return snapshotsInFolder(opened);
  if (kindOf(opened.name) === "npy") {
    return snapshotsOf(await npyArray(opened, opened.name), opened.name);
  }
  const names: string[] = [];
  await opened.arrays((name) => (names.push(name), false));
  const name = names.find(isWeights) ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    throw new RangeError(
      `${opened.name} has the arrays ${names.slice(0, 8).join(", ")}${
        names.length > 8 ? ", …" : ""
      }; snapshots are one array, weights [snapshots, parameters]`,
    );
  }
  return snapshotsOf((await opened.arrays((one) => one === name))[name], opened.name);
}

function snapshotsInFolder(folder: OpenedFolder): Snapshots {
  const names = folder.members.filter((name) => name.endsWith(".npy"))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true })); // 2 before 10
  if (names.length === 0) {
    const others = folder.members.slice(0, 4).join(", ");
    throw new RangeError(`${folder.name} has no .npy files${others && `; it has ${others}`}`);
  }
  async function* snapshots() {
    for (const name of names) {
      const file = await folder.file(name);
      const array = await npyArray(file, file.name);
      yield concatenated(await Array.fromAsync(array.rows()));
    }
  }
  return { snapshots: snapshots(), count: names.length };
}

/**
 * The path through snapshots, from an entry on.
 *
 * @throws {RangeError} naming source and snapshot, as the recorder does; if the snapshots are times and
 * losses
 */
export async function pathOfSnapshots(
  snapshots: AsyncIterable<Float64Array>,
  { time, loss, source, count, from, onProgress, signal }: Control & {
    readonly time: Float64Array;
    readonly loss: Float64Array;
    readonly source: string;
    readonly count: number;
    readonly from: number;
  },
): Promise<SnapshotTrajectory> {
  const recorder = snapshotRecorder();
  let done = 0, columns = true;
  for await (const snapshot of snapshots) {
    signal?.throwIfAborted();
    columns &&= isRow(snapshot, time[done], loss[done]);
    try {
      if (done >= from) recorder.add(snapshot, { time: time[done], loss: loss[done] });
    } catch (error) {
      throw error instanceof RangeError ? new RangeError(`${source}, ${error.message}`) : error;
    }
    done++;
    await onProgress?.({ done, total: count, note: "snapshots" });
  }
  if (columns) {
    throw new RangeError(
      `the first two numbers of each snapshot of ${source} are time and loss: it holds columns, ` +
        "no weights; give it as the file of columns, without weights",
    );
  }
  return recorder.trajectory();
}

/** Whether a snapshot is a row of columns: time, loss, and two more at most. */
function isRow(snapshot: Float64Array, time: number, loss: number): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) <= PRINTED * Math.abs(b);
  return snapshot.length >= 2 && snapshot.length <= 4 && near(snapshot[0], time) &&
    near(snapshot[1], loss);
}
