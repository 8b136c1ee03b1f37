/**
 * Snapshots of weights in NumPy's files, and the path through them.
 *
 * @module
 */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Control } from "../numerics/control.ts";
import { concatenated } from "../numerics/vectors.ts";
import { nameOf } from "./array_columns.ts";
import { kindOf } from "./file_kinds.ts";
import { type NpyArray, openNpy } from "./npy.ts";
import { openNpz } from "./npz.ts";
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
export async function snapshotsIn(path: string): Promise<Snapshots> {
  if ((await stat(path)).isDirectory()) return await snapshotsInFolder(path);
  if (kindOf(path) === "npy") return snapshotsOf(await openNpy(path), path);
  const names: string[] = [];
  await openNpz(path, (name) => (names.push(name), false));
  const name = names.find(isWeights) ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    throw new RangeError(
      `${path} has the arrays ${names.slice(0, 8).join(", ")}${names.length > 8 ? ", …" : ""}; ` +
        "snapshots are one array, weights [snapshots, parameters]",
    );
  }
  return snapshotsOf((await openNpz(path, (one) => one === name))[name], path);
}

async function snapshotsInFolder(path: string): Promise<Snapshots> {
  const all = await readdir(path);
  const names = all.filter((name) => name.endsWith(".npy"))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true })); // 2 before 10
  if (names.length === 0) {
    throw new RangeError(
      `${path} has no .npy files` +
        (all.length > 0 ? `; it has ${all.slice(0, 4).join(", ")}` : ""),
    );
  }
  async function* snapshots() {
    for (const name of names) {
      const array = await openNpy(join(path, name));
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
