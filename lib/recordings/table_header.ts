/**
 * The first line of a table: its delimiter, the names of its columns, where they stand.
 *
 * @module
 */

/** How columns are called. */
export interface ColumnNames<Name extends string> {
  /** The columns that are read, each with the names it may have in the text. */
  readonly columns: Readonly<Record<Name, readonly string[]>>;
  /** The columns of a text without names, from the left; it may have no others. */
  readonly unnamed: readonly Name[];
  /** What the text is called in messages. */
  readonly source?: string;
}

/** What the first line of a table says. */
export interface Header<Name extends string> {
  readonly names: readonly Name[];
  /** Where in a line each column stands. */
  readonly at: readonly number[];
  readonly delimiter: string;
  readonly named: boolean;
  /** Cells of its line. */
  readonly width: number;
  readonly passedOver: readonly string[];
}

const DELIMITERS = [",", "\t", ";", "|", " "];

/**
 * The columns that a text's first line tells, or "comment".
 *
 * @throws {RangeError} if it names none of those wanted, one twice, or has more numbers than a line
 * without names may
 */
export function headerOf<Name extends string>(
  fields: readonly string[],
  delimiter: string,
  { columns, unnamed, source = "the text" }: ColumnNames<Name>,
): Header<Name> | "comment" {
  const comment = fields[0].startsWith("#");
  const words = comment ? [fields[0].slice(1), ...fields.slice(1)] : fields;
  const texts = delimiter === " " ? words.filter((word) => word !== "") : words;
  if (texts.every((text) => text.trim() !== "" && !Number.isNaN(Number(text)))) {
    if (comment) return "comment";
    if (texts.length > unnamed.length) {
      throw new RangeError(
        `${source} has ${texts.length} numbers in its first row and no names above; such a row is ` +
          `${unnamed.join(", ")} and no more: put each row in a line of its own and leave the ` +
          "others out, or name the columns in a first line",
      );
    }
    const names = unnamed.slice(0, texts.length);
    const at = names.map((_, i) => i);
    return { names, at, delimiter, named: false, width: texts.length, passedOver: [] };
  }
  const names: Name[] = [], at: number[] = [];
  for (const [name, called] of Object.entries(columns) as [Name, readonly string[]][]) {
    const found = columnsFor([name, ...called], texts);
    if (found.length > 1) {
      throw new RangeError(`${source} has ${found.length} columns for ${name}; leave one of them`);
    }
    if (found.length === 1) {
      names.push(name);
      at.push(found[0]);
    }
  }
  if (names.length > 0) {
    const passedOver = texts.filter((text, i) => !at.includes(i) && text.trim() !== "");
    return { names, at, delimiter, named: true, width: texts.length, passedOver };
  }
  if (comment) return "comment";
  const wanted = Object.values<readonly string[]>(columns).map(([first]) => first).join(", ");
  throw new RangeError(
    `${source} has none of the columns ${wanted}; its first line is ${
      texts.slice(0, 8).map(quoted).join(", ")
    }${texts.length > 8 ? ", …" : ""}: name the columns there`,
  );
}

/**
 * Where the columns of some names stand among texts: by the whole text, else by what stands before a
 * unit, as in "Time (s)", "loss [nats]" or "path length / a.u.".
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { columnsFor } from "./table_header.ts";
 * assert.deepEqual(columnsFor(["pathLength"], ["Time (s)", "path_length [a.u.]"]), [1]);
 * assert.deepEqual(columnsFor(["loss"], ["loss (test)", "Loss"]), [1]);
 * ```
 */
export function columnsFor(names: readonly string[], texts: readonly string[]): number[] {
  const wanted = new Set(names.map(bare));
  const standing = (form: (text: string) => string) =>
    texts.flatMap((text, i) => wanted.has(bare(form(text))) ? [i] : []);
  const whole = standing((text) => text);
  return whole.length > 0 ? whole : standing(withoutUnit);
}

/** What stands between the fields of some lines. */
export function delimiterOf(text: string): string {
  const lines = text.split("\n", 20).filter((line) => line.trim() !== "");
  const inAll = DELIMITERS.find((delimiter) =>
    lines.every((line) => line.trim().replace(/^#\s*/, "").includes(delimiter))
  );
  return inAll ?? DELIMITERS.find((delimiter) => lines.some((l) => l.includes(delimiter))) ?? ",";
}

/** A column's name without case, blanks and signs. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}²]/gu, "");
}

function withoutUnit(text: string): string {
  return text.trim().replace(/\s*\([^()]*\)$|\s*\[[^[\]]*\]$|\s+\/\s.*$/, "");
}

/** A text from outside, short and without control characters. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
