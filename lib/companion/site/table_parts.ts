/**
 * A table of too many columns as several, one below the other, each with the columns that name the
 * rows.
 *
 * @module
 */
import { type Cells, cellText, columnWidths } from "./table_width.ts";

/** More columns than these to name a row leave too little room for the rest. */
const MOST_KEYS = 5;

/**
 * The columns of each part, none wider than `room` (in em): those that tell the rows apart, and a
 * run of the others, of about the same width in each. One part, if no few columns tell the rows apart.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { columnsOfParts } from "./table_parts.ts";
 * const cells = { head: ["k", "a", "b", "c", "d"], rows: [["1", "5", "5", "5", "5"], ["2", "5", "5", "5", "5"]] };
 * assert.deepEqual(columnsOfParts(cells, { room: 9, padding: 1 }), [[0, 1, 2], [0, 3, 4]]);
 * assert.deepEqual(columnsOfParts(cells, { room: 90, padding: 1 }), [[0, 1, 2, 3, 4]]);
 * ```
 */
export function columnsOfParts(
  cells: Cells,
  { room, padding }: { readonly room: number; readonly padding: number },
): number[][] {
  const widths = columnWidths(cells, { padding });
  const all = widths.map((_, column) => column);
  const total = (columns: readonly number[]) =>
    columns.reduce((sum, column) => sum + widths[column], 0);
  if (total(all) <= room) return [all];
  const keys = all.slice(0, keyCount(cells));
  const others = all.slice(keys.length);
  const left = room - total(keys);
  if (others.length === 0 || others.some((column) => widths[column] > left)) return [all];
  const count = runs(others, widths, left).length;
  let cap = left;
  while (runs(others, widths, cap - 0.5).length === count) cap -= 0.5;
  return runs(others, widths, cap).map((run) => [...keys, ...run]);
}

/** How many of the first columns differ together from row to row; of too many, all. */
function keyCount({ head, rows }: Cells): number {
  for (let count = 1; count <= MOST_KEYS; count++) {
    const names = new Set(rows.map((row) => row.slice(0, count).map(cellText).join("|")));
    if (names.size === rows.length) return count;
  }
  return head.length;
}

/** Runs of columns, each as long as it may be within `cap`; a wider column is a run by itself. */
function runs(columns: readonly number[], widths: readonly number[], cap: number): number[][] {
  const found: number[][] = [];
  let width = Infinity;
  for (const column of columns) {
    if (width + widths[column] > cap) {
      found.push([]);
      width = 0;
    }
    found.at(-1)!.push(column);
    width += widths[column];
  }
  return found;
}
