/**
 * The columns of a trajectory that was recorded elsewhere: their names in a file, what must hold
 * between them, and the path that `inefficiency` takes.
 *
 * @module
 */
import type { PathColumns } from "../bounds/inefficiency.ts";

/** A column that a recording may have. */
export type RecordedColumn =
  | "time"
  | "loss"
  | "displacement"
  | "displacementSquared"
  | "pathLength";

/** Names that a column may have in a file, beside its own; case, blanks and signs do not matter. */
export const COLUMN_NAMES: Readonly<Record<RecordedColumn, readonly string[]>> = {
  time: ["time", "t"],
  loss: ["loss", "L", "train loss", "training loss"],
  displacement: ["displacement", "distance", "l_geo", "lgeo"],
  displacementSquared: [
    "displacementSquared",
    "displacement2",
    "displacement²",
    "squared distance",
  ],
  pathLength: ["pathLength", "path", "l_gamma", "lγ", "arc length"],
};

/** What the columns of a file without names are, from the left. */
export const UNNAMED: readonly RecordedColumn[] = ["time", "loss", "displacement", "pathLength"];

/** One entry of a recording. */
export type RecordedRow = Readonly<Partial<Record<RecordedColumn, number>>>;

/** A straight line may seem longer than the path by the rounding of float32 sums. */
const ROUNDING = 1e-2;

/**
 * A check for the entries of a recording, to be called with one after the other.
 *
 * Time must rise, the path must not shrink, the first entry must be the start (displacement 0), and no
 * displacement may exceed the path.
 *
 * @returns a function that throws a RangeError naming entry, column and value
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { recordedRowCheck } from "./recorded_path.ts";
 *
 * const check = recordedRowCheck();
 * check({ time: 0.2, loss: 1 }, () => "row 1");
 * assert.throws(() => check({ time: 0.1, loss: 1 }, () => "row 2"), /row 2: time is 0.1, .* 0.2/);
 * ```
 */
export function recordedRowCheck(): (row: RecordedRow, place: () => string) => void {
  let before: { readonly time: number; readonly path: number } | undefined;
  let start = 0;
  return (row, place) => {
    const { time = 0, pathLength: path = 0 } = row;
    const displacement = row.displacement ??
      (row.displacementSquared === undefined ? undefined : Math.sqrt(row.displacementSquared));
    const square = row.displacement ?? row.displacementSquared;
    const name = row.displacement === undefined ? "displacementSquared" : "displacement";
    if (before && !(time > before.time)) {
      throw new RangeError(
        `${place()}: time is ${time}, not above ${before.time} of the entry before; it must rise`,
      );
    }
    if (path < (before?.path ?? 0)) {
      throw new RangeError(
        `${place()}: pathLength is ${path}, below ${
          before?.path ?? 0
        }; a path's length never falls`,
      );
    }
    if (square !== undefined && displacement !== undefined) {
      if (square < 0) {
        throw new RangeError(`${place()}: ${name} is ${square}; it must be 0 or more`);
      }
      if (displacement ** 2 === Infinity) {
        throw new RangeError(`${place()}: ${name} is ${square}; its square exceeds all numbers`);
      }
      if (!before && square !== 0) {
        throw new RangeError(
          `${place()}: ${name} is ${square} in the first entry, which must be the start itself, ` +
            "where it is 0: record an entry before the first step",
        );
      }
      start = before ? start : path;
      if (row.pathLength !== undefined && displacement > (path - start) * (1 + ROUNDING)) {
        throw new RangeError(
          `${place()}: the displacement is ${displacement}, more than the path from the start, ` +
            `${path - start}; no straight line is longer than a path`,
        );
      }
    }
    before = { time, path };
  };
}

/**
 * The path of recorded columns.
 *
 * @param source what the recording is called in messages
 * @throws {RangeError} if time, loss, path length, or both forms of the displacement are missing, or
 * there are fewer than two entries
 */
export function pathOfColumns(
  columns: Readonly<Partial<Record<RecordedColumn, Float64Array>>>,
  source: string,
): PathColumns {
  const { time, loss, displacement, displacementSquared, pathLength } = columns;
  const missing = [
    ...(time ? [] : ["time"]),
    ...(loss ? [] : ["loss"]),
    ...(displacement || displacementSquared ? [] : ["displacement (or displacementSquared)"]),
    ...(pathLength ? [] : ["pathLength"]),
  ];
  if (!time || !loss || !pathLength || missing.length > 0) {
    throw new RangeError(
      `${source} lacks ${missing.join(", ")}; it has ${Object.keys(columns).join(", ")}` +
        (time && loss ? ": name a column so, or give snapshots of the weights (--weights)" : ""),
    );
  }
  if (time.length < 2) {
    throw new RangeError(`${source} has ${time.length} entry; a path needs a start and an end`);
  }
  const squares = displacementSquared ?? displacement!.map((distance) => distance ** 2);
  return { time, loss, displacementSquared: squares, pathLength };
}
