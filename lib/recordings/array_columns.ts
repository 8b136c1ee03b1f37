/**
 * The columns of a recording from NumPy's arrays, row by row.
 *
 * @module
 */
import type { Control } from "../numerics/control.ts";
import type { NpyArray } from "./npy.ts";
import { keptRows, type NumericTable } from "./numeric_table.ts";
import { lastName } from "./opened_file.ts";
import {
  COLUMN_NAMES,
  entryCheck,
  type FoundColumns,
  type RecordedColumn,
  UNNAMED,
  WEIGHTS_OPTION,
} from "./recorded_path.ts";
import { columnsFor } from "./table_header.ts";

/** How much is kept, and who is told. */
export interface Reading extends Control {
  readonly most: number;
  /** Bytes of the file, by which progress is told. */
  readonly size: number;
  /** Told of the columns before the rows are read. */
  readonly checkColumns: (found: FoundColumns) => void;
}

/** Rows of an array between two reports of how far its reading is. */
const REPORTED = 2 ** 16;

/** The table of a .npy file: [entries, 2 to 4], or a structure with names. */
export async function columnsOfNpy(
  array: NpyArray,
  file: string,
  reading: Reading,
): Promise<NumericTable<RecordedColumn>> {
  const { fields, width, shape } = array;
  const named = fields.length > 0;
  if (named ? width !== fields.length : shape.length !== 2 || width < 2 || width > UNNAMED.length) {
    const columns = named
      ? "[entries] of a structured dtype"
      : `[entries, 2 to 4]: ${UNNAMED.join(", ")}, and no others without names`;
    const lying = shape.length === 2 && shape[0] >= 2 && shape[0] <= UNNAMED.length;
    throw new RangeError(
      `${file} has the shape (${shape.join(", ")}); columns are ${columns}` +
        (lying ? "; its rows may be the columns: save array.T" : "") +
        `; snapshots of weights go into ${WEIGHTS_OPTION}, beside a file of times and losses`,
    );
  }
  const names = named ? fields.map(nameOf) : UNNAMED.slice(0, width);
  const passedOver = fields.filter((_, i) => names[i] === undefined);
  const count = shape[0] ?? 1;
  return await tableOfRows(names, array.rows(), { ...reading, file, count, passedOver, named });
}

/** The table of vectors by name, as an .npz holds them; `names` are those of all its arrays. */
export async function columnsOfArrays(
  arrays: Readonly<Record<string, NpyArray>>,
  file: string,
  { names: all, ...reading }: Reading & { readonly names: readonly string[] },
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
    const read = columns.map(([, array]) => array.rows());
    for (let i = 0; i < count; i++) {
      yield await Promise.all(read.map(async (values) => (await values.next()).value[0]));
    }
  }
  const names = columns.map(([key]) => nameOf(key));
  const passedOver = all.filter((name) => !Object.hasOwn(arrays, name));
  return await tableOfRows(names, rows(), { ...reading, file, count, passedOver, named: true });
}

/** Every row is checked; at most `most` are kept. A column without a name is passed over. */
async function tableOfRows(
  names: readonly (RecordedColumn | undefined)[],
  rows: AsyncIterable<ArrayLike<number>>,
  { file, count, passedOver, named, most, size, checkColumns, onProgress, signal }:
    & Reading
    & Pick<NumericTable<RecordedColumn>, "passedOver" | "named">
    & { file: string; count: number },
): Promise<NumericTable<RecordedColumn>> {
  const source = lastName(file);
  const columns = names.flatMap((name, at) => name ? [{ name, at }] : []);
  const twice = columns.find(({ name, at }) => names.indexOf(name) < at);
  if (twice) throw new RangeError(`${source} has two columns for ${twice.name}; leave one of them`);
  checkColumns({ names: columns.map(({ name }) => name), passedOver });
  const kept = keptRows(columns.length, { most });
  const check = entryCheck(() => named);
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
    named,
    passedOver,
  };
}

/** The column that a name means, however it is written. */
export function nameOf(text: string): RecordedColumn | undefined {
  const names = Object.entries(COLUMN_NAMES) as [RecordedColumn, readonly string[]][];
  return names.find(([name, called]) => columnsFor([name, ...called], [text]).length > 0)?.[0];
}
