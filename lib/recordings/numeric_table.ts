/**
 * Columns of numbers from text of any length: CSV, TSV, or numbers between blanks, with or without
 * names above. It needs neither files nor Deno, so that a page can use it as well.
 *
 * @module
 */
// @ts-types="@types/papaparse"
import Papa from "papaparse";
import { type ColumnNames, delimiterOf, type Header, headerOf, quoted } from "./table_header.ts";

/** What is read, and how much of it. */
export interface TableOptions<Name extends string> extends ColumnNames<Name> {
  /** Rows that are kept at most. */
  readonly most: number;
  /** Beyond `most`: stop with an error, or keep every 2nd, 4th, 8th, … row, and the last. */
  readonly beyond: "refuse" | "thin";
  /** Told which columns there are, named or not, and what others, before the rows are read. */
  readonly checkColumns?: (found: {
    readonly names: readonly Name[];
    readonly named: boolean;
    readonly passedOver: readonly string[];
  }) => void;
  /** Checks every row, kept or not; `place` tells where it stands ("row 3 (line 5)"). */
  readonly check?: (row: Readonly<Partial<Record<Name, number>>>, place: () => string) => void;
  /** Told after each piece of the text; a stream does not know its total, as `Control` has it. */
  readonly onProgress?: (progress: { bytes: number; rows: number }) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/** Columns of one length. */
export interface NumericTable<Name extends string> {
  readonly columns: Readonly<Partial<Record<Name, Float64Array<ArrayBuffer>>>>;
  /** Rows that the text has. */
  readonly rows: number;
  /** 1: all rows were kept; n: every n-th and the last. */
  readonly every: number;
  /** Whether the text names its columns. */
  readonly named: boolean;
  /** Names of columns that are none of those asked for. */
  readonly passedOver: readonly string[];
}

/** A line longer than this is not one of numbers. */
const LONGEST_LINE = 2 ** 20;

/**
 * Reads columns of numbers from UTF-8 text, piece by piece: memory holds one piece and the rows kept.
 *
 * The first line may name the columns, in any order and case (`pathLength`, `path_length` and
 * `"Path length"` are one), behind a `#` too, with a unit after it (`Time (s)`, `loss [nats]`). Lines that begin with `#` and empty ones are skipped.
 * The delimiter is found by itself.
 *
 * @param text as bytes, such as `file.stream()` or `(await Deno.open(path)).readable` give it
 * @throws {RangeError} naming row, column and value, if a field is missing, empty, no number, NaN or
 * infinite; if a column is missing or there twice; if there are no rows, or too many
 * @throws {TypeError} if the bytes are no UTF-8 text in lines
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readNumericTable } from "./numeric_table.ts";
 *
 * const text = new Blob(["step;Loss\n0;2.5\n1;1.25\n"]).stream();
 * const { columns } = await readNumericTable(text, {
 *   columns: { loss: ["loss"] },
 *   unnamed: ["loss"],
 *   most: 1000,
 *   beyond: "refuse",
 * });
 * assert.deepEqual(columns.loss, Float64Array.of(2.5, 1.25));
 * ```
 */
export async function readNumericTable<Name extends string>(
  text: ReadableStream<Uint8Array<ArrayBuffer>>,
  options: TableOptions<Name>,
): Promise<NumericTable<Name>> {
  const { source = "the text", onProgress, signal } = options;
  const rows = rowReader(options);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (bytes?: Uint8Array<ArrayBuffer>) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new TypeError(`${source} is not UTF-8 text; save it as CSV in UTF-8`);
    }
  };
  let rest = "", bytes = 0;
  for await (const piece of text) {
    signal?.throwIfAborted();
    bytes += piece.length;
    rest += decode(piece);
    const end = Math.max(rest.lastIndexOf("\n"), rest.lastIndexOf("\r", rest.length - 2));
    if (end >= 0) {
      rows.add(rest.slice(0, end));
      rest = rest.slice(end + 1);
    }
    if (rest.length > LONGEST_LINE) {
      throw new TypeError(
        `line ${rows.lines() + 1} of ${source} is longer than ${LONGEST_LINE} characters; ` +
          "this is no table of numbers, one row a line",
      );
    }
    await onProgress?.({ bytes, rows: rows.count() });
  }
  rest += decode();
  if (rest !== "") rows.add(rest);
  return rows.table();
}

function rowReader<Name extends string>(options: TableOptions<Name>) {
  const { source = "the text", check, most } = options;
  let lines = 0, count = 0;
  let header: Header<Name> | undefined;
  let kept: ReturnType<typeof keptRows> | undefined;

  const add = (piece: string) => {
    const all = piece.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
    if (!header) {
      const first = all.split("\n").find((line) => line.trim() !== "");
      if (first === undefined) {
        lines += all.split("\n").length;
        return;
      }
    }
    const delimiter = header?.delimiter ?? delimiterOf(all);
    // Without quotes a line is its fields: three times as fast.
    const parsed = all.includes('"')
      ? Papa.parse<string[]>(all, { delimiter, newline: "\n" }).data
      : all.split("\n");
    for (const line of parsed) {
      const raw = typeof line === "string" ? line.split(delimiter) : line;
      lines++;
      const fields = delimiter === " " ? raw.filter((field) => field !== "") : raw;
      if (fields.length === 0 || (fields.length === 1 && fields[0].trim() === "")) continue;
      if (!header) {
        const found = headerOf(fields, delimiter, options);
        if (found === "comment") continue;
        header = found;
        options.checkColumns?.(found);
        kept = keptRows(header.names.length, options);
        if (header.named) continue;
      } else if (fields[0].startsWith("#")) continue;
      const place = () => `row ${count} (line ${lines}) of ${source}`;
      count++;
      const last = fields.findLastIndex((field) => field.trim() !== "");
      if (last >= header.width) throw new RangeError(`${place()} ${tooMany(fields, last, header)}`);
      const row = {} as Record<Name, number>;
      const { names, at } = header;
      for (let i = 0; i < names.length; i++) {
        row[names[i]] = numberOf(fields[at[i]], names[i], place);
      }
      check?.(row, place);
      if (count > most && options.beyond === "refuse") {
        throw new RangeError(
          `${source} has more than ${most} rows; at most ${most} are read: give fewer`,
        );
      }
      kept!.add(names.map((name) => row[name]));
    }
  };
  const table = (): NumericTable<Name> => {
    if (!header || !kept || count === 0) {
      throw new RangeError(`${source} has no rows of numbers`);
    }
    const columns = kept.columns();
    return {
      columns: Object.fromEntries(header.names.map((name, i) => [name, columns[i]])) as Partial<
        Record<Name, Float64Array<ArrayBuffer>>
      >,
      rows: count,
      every: kept.every(),
      named: header.named,
      passedOver: header.passedOver,
    };
  };
  return { add, table, lines: () => lines, count: () => count };
}

/** Rows in arrays that grow to `most`, then keep every second of theirs and of what comes. */
export function keptRows(width: number, { most }: { readonly most: number }) {
  let capacity = Math.min(most, 1024), filled = 0, every = 1, seen = 0;
  let columns = Array.from({ length: width }, () => new Float64Array(capacity));
  let last: readonly number[] = [];
  const add = (row: readonly number[]) => {
    last = row;
    if (seen++ % every !== 0) return;
    if (filled === capacity && capacity < most) {
      capacity = Math.min(most, 2 * capacity);
      columns = columns.map((column) => {
        const longer = new Float64Array(capacity);
        longer.set(column);
        return longer;
      });
    } else if (filled === capacity) {
      every *= 2;
      filled = Math.ceil(filled / 2);
      for (const column of columns) for (let i = 0; i < filled; i++) column[i] = column[2 * i];
      if ((seen - 1) % every !== 0) return;
    }
    columns.forEach((column, i) => column[filled] = row[i]);
    filled++;
  };
  return {
    add,
    every: () => every,
    columns: () =>
      columns.map((column, i) => {
        const whole = column.slice(0, filled);
        return (seen - 1) % every === 0 ? whole : appended(whole, last[i]);
      }),
  };
}

function appended(values: Float64Array<ArrayBuffer>, last: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(values.length + 1);
  longer.set(values);
  longer[values.length] = last;
  return longer;
}

function tooMany(
  fields: readonly string[],
  last: number,
  { width, delimiter }: Pick<Header<string>, "width" | "delimiter">,
): string {
  const why = delimiter === "," && last + 1 === 2 * width
    ? "; twice as many, as if its numbers had decimal commas: write them with a decimal point"
    : "";
  return `has ${last + 1} cells, the first row ${width}: ${
    quoted(fields[last])
  } is of no column${why}`;
}

function numberOf(field: string | undefined, name: string, place: () => string): number {
  if (field === undefined || field.trim() === "") {
    throw new RangeError(`${place()} has no ${name}`);
  }
  const value = Number(field);
  if (Number.isFinite(value)) return value;
  throw new RangeError(`${place()}: ${name} is ${quoted(field)}; ${whatItMustBe(field.trim())}`);
}

/** What a field that is no number must be, by what its writer may have meant. */
function whatItMustBe(field: string): string {
  if (/^[-+]?\d{1,3}(,\d{3})+\.\d+$/.test(field)) {
    return "it must be a number without commas between thousands";
  }
  if (/^[-+]?\d+,\d+/.test(field)) {
    return 'it must be a number with a decimal point (pandas: to_csv(file, decimal="."))';
  }
  if (/^tensor\(/.test(field)) return "it must be the number alone: write tensor.item()";
  return "it must be a finite number; end the table before it, or leave the row out";
}
