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
