/**
 * How wide a table is at least, told from its signs before any browser has set it.
 *
 * @module
 */

/** A table's cells as HTML, without the tags that make them cells: its head, and each row below. */
export interface Cells {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Widths of a sign in em, as Chromium sets DejaVu Sans, a wide one: bold in heads, and below. Summed
 * over a table, they came to 0.95 of what it took, 0.7 to 1.1, on the site's 110 of November 2026.
 */
const HEAD_SIGN = 0.62;
const SIGN = 0.57;

/** Of code no more signs count: its lines may break anywhere. */
const CODE = 8;

/** Text of a cell: without tags, entities and TeX's own signs count as one. */
export function cellText(html: string): string {
  return html.replace(/<[^>]*>/g, "").replace(/&#?\w+;/g, "x").replace(/\\[()]/g, "")
    .replace(/\\(?:mathrm|mathbb|frac|text|tfrac|mathsf|lVert|rVert|big|Big)\b/g, "")
    .replace(/\\[a-zA-Z]+/g, "x").replace(/[{}$^]/g, "").trim();
}

/**
 * The least width of each column in em: that of its longest word, and `padding` on both sides. Lines
 * break at spaces and after hyphens before a letter.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { columnWidths } from "./table_width.ts";
 * const cells = { head: ["a", "twelve signs"], rows: [["1234567890", "<b>1</b>"]] };
 * const [first, second] = columnWidths(cells, { padding: 0.5 });
 * assert.ok(Math.abs(first - (10 * 0.57 + 1)) < 1e-12);
 * assert.ok(Math.abs(second - (6 * 0.62 + 1)) < 1e-12); // of "twelve"
 * ```
 */
export function columnWidths(
  { head, rows }: Cells,
  { padding }: { readonly padding: number },
): number[] {
  return head.map((name, column) => {
    const below = Math.max(0, ...rows.map((row) => longestWord(row[column] ?? "")));
    return Math.max(longestWord(name) * HEAD_SIGN, below * SIGN) + 2 * padding;
  });
}

function longestWord(html: string): number {
  const words = cellText(html).split(/[ \n\t]|(?<=-)(?=\p{L})/u);
  const longest = Math.max(0, ...words.map((word) => [...word].length));
  return /<code/.test(html) ? Math.min(longest, CODE) : longest;
}
