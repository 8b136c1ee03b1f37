/**
 * Rows as a Markdown table.
 *
 * @module
 */
import { withMinusSigns } from "../number_text.ts";

/** A table's rows: the same names in each, in the order of the columns; a cell that lacks is "–". */
export type TableRows = readonly Readonly<Record<string, string | number>>[];

/**
 * Text that stays text in Markdown: no tag of HTML, no link, no picture. A viewer may run what it
 * trusts, and the text may come from a file or a parameter.
 */
export function inert(text: string): string {
  return text.replace(/<(?=[a-z/!?])/gi, "&lt;").replace(/\[(?=[^\]]*\]\s*[(\[])/g, "&#91;");
}

/** A cell of numbers alone, with their interval or error: its minus signs are no hyphens. */
const NUMBERS = /^-?\d[-\d.,e±%[\] ]*$/;

/** The rows as a Markdown table. */
export function tableText(rows: TableRows): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const text = (value: string | number | undefined) =>
    value === undefined
      ? "–"
      : typeof value === "number" && !Number.isInteger(value)
      ? withMinusSigns(String(Number(value.toPrecision(4))))
      : NUMBERS.test(String(value))
      ? withMinusSigns(inert(String(value)))
      : inert(String(value)).replaceAll("|", "\\|").replaceAll("\n", " ");
  const lineOf = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [
    lineOf(names.map(text)),
    lineOf(names.map(() => "---")),
    ...rows.map((row) => lineOf(names.map((name) => text(row[name])))),
  ].join("\n");
}
