/**
 * The columns of a recording from NumPy's arrays, row by row.
 *
 * @module
 */
import { pathEntryCheck } from "../bounds/recorded_columns.ts";
import type { Control } from "../numerics/control.ts";
import type { NpyArray } from "./npy.ts";
import { keptRows, type NumericTable } from "./numeric_table.ts";
import { COLUMN_NAMES, type RecordedColumn, UNNAMED } from "./recorded_path.ts";

/** How much is kept, and who is told. */
export interface Reading extends Control {
  readonly most: number;
  /** Bytes of the file, by which progress is told. */
  readonly size: number;
}

/** Rows of an array between two reports of how far its reading is. */
const REPORTED = 2 ** 16;

/** The table of a .npy file: [entries, 2 to 4], or a structure with names. */
export async function columnsOfNpy(
  array: NpyArray,
  file: string,
  reading: Reading,
): Promise<NumericTable<RecordedColumn>> {
  const named = array.fields.length > 0;
  if (named ? array.width !== array.fields.length : array.shape.length !== 2 || array.width < 2) {
    throw new RangeError(
      `${file} has the shape (${array.shape.join(", ")}); a trajectory is ` +
        (named ? "[entries] of a structured dtype" : `[entries, 2 to 4]: ${UNNAMED.join(", ")}`) +
        "; for snapshots of weights use --weights, with times and losses here",
    );
  }
  if (!named && array.width > UNNAMED.length) {
    throw new RangeError(
      `${file} has ${array.width} columns; without names they are ${UNNAMED.join(", ")} and no ` +
        "others: give them names (a structured dtype, or an .npz), or leave them out",
    );
  }
  const names = named ? array.fields.map(nameOf) : UNNAMED.slice(0, array.width);
  const passedOver = array.fields.filter((_, i) => names[i] === undefined);
  const count = array.shape[0] ?? 1;
  return await tableOfRows(names, array.rows(), { ...reading, file, count, passedOver });
}

/** The table of vectors by name, as an .npz holds them. */
export async function columnsOfArrays(
  arrays: Readonly<Record<string, NpyArray>>,
  file: string,
  reading: Reading,
): Promise<NumericTable<RecordedColumn>> {
  const columns = Object.entries(arrays).filter(([key]) => nameOf(key));
  const [[first, { shape: [count = 1] }] = ["", { shape: [0] }]] = columns;
  for (const [key, { width, shape }] of columns) {
    if (width !== 1) {
      throw new RangeError(
        `${key} of ${file} has the shape (${shape.join(", ")}); it must be a vector`,
      );
    }
    if ((shape[0] ?? 1) !== count) {
      throw new RangeError(
        `${key} of ${lastName(file)} has ${shape[0] ?? 1} values; ${first} has ${count}`,
      );
    }
  }
  async function* rows() {
    const all = columns.map(([, array]) => array.rows());
    for (let i = 0; i < count; i++) {
      yield await Promise.all(all.map(async (values) => (await values.next()).value[0]));
    }
  }
  const names = columns.map(([key]) => nameOf(key));
  return await tableOfRows(names, rows(), { ...reading, file, count, passedOver: [] });
}

/** Every row is checked; at most `most` are kept. A column without a name is passed over. */
async function tableOfRows(
  names: readonly (RecordedColumn | undefined)[],
  rows: AsyncIterable<ArrayLike<number>>,
  { file, count, passedOver, most, size, onProgress, signal }:
    & Reading
    & Pick<NumericTable<RecordedColumn>, "passedOver">
    & { file: string; count: number },
): Promise<NumericTable<RecordedColumn>> {
  const source = lastName(file);
  const columns = names.flatMap((name, at) => name ? [{ name, at }] : []);
  if (columns.length === 0) {
    throw new RangeError(`${source} has none of the columns ${UNNAMED.join(", ")}`);
  }
  const twice = columns.find(({ name, at }) => names.indexOf(name) < at);
  if (twice) throw new RangeError(`${source} has two columns for ${twice.name}; leave one of them`);
  const kept = keptRows(columns.length, { most });
  const check = pathEntryCheck();
  let done = 0;
  for await (const values of rows) {
    const place = () => `entry ${done} of ${source}`;
    const row: Partial<Record<RecordedColumn, number>> = {};
    for (const { name, at } of columns) {
      row[name] = values[at];
    }
    check(row, place);
    kept.add(columns.map(({ at }) => values[at]));
    if (++done % REPORTED === 0) {
      signal?.throwIfAborted();
      await onProgress?.({
        done: Math.round(size * done / count),
        total: size,
        note: `${done} rows`,
      });
    }
  }
  const read = kept.columns();
  return {
    columns: Object.fromEntries(columns.map(({ name }, i) => [name, read[i]])),
    rows: done,
    every: kept.every(),
    named: true,
    passedOver,
  };
}

/** The last part of a path, of whichever system. */
export const lastName = (path: string): string => /[^/\\]*$/.exec(path)![0] || path;

/** The column that a name means, however it is written. */
export function nameOf(text: string): RecordedColumn | undefined {
  const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}²]/gu, "");
  const names = Object.entries(COLUMN_NAMES) as [RecordedColumn, readonly string[]][];
  return names.find(([name, called]) => [name, ...called].map(bare).includes(bare(text)))?.[0];
}
