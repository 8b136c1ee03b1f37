/**
 * Tables for the column they stand in: one of too many columns becomes several, and each is as tight
 * as it must be. On a telephone those that are wider move sideways in a box by themselves, beside
 * their first column, but for those with sentences in them, which become a card a row.
 *
 * @module
 */
import { columnsOfParts } from "./table_parts.ts";
import { type Cells, columnWidths } from "./table_width.ts";

/** The column beside both sidebars, at 1200 px, in em of a table's usual and of its small letters. */
const ROOM = { usual: 41, small: 48.5 };

/** Beside a cell's text, on one side, in em: as `site.css` has it. */
const PADDING = { usual: 0.7, small: 0.4 };

/** A telephone's column, in em of the small letters. */
const TELEPHONE = 23.5;

/**
 * A page whose tables are in boxes: `dense` are those with many columns, in parts where they must
 * be, `sideways` those too wide for a telephone, and `cards` such ones with sentences in their cells,
 * with the column's name at each.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { boxedTables } from "./tables.ts";
 * const head = "<thead><tr><th>a</th><th>b</th></tr></thead>";
 * const row = (cell: string) => `<tr><td>1</td><td>${cell}</td></tr>`;
 * const few = boxedTables(`<table class="t">${head}${row("2")}</table>`);
 * assert.match(few, /^<div class="table-box"[^>]*><table class="t"><thead>/);
 * const numbers = boxedTables(`<table class="t">${head}${row("w".repeat(48))}</table>`);
 * assert.match(numbers, /<table class="sideways t"><thead>/);
 * const wide = boxedTables(`<table class="t">${head}${row("w".repeat(75))}</table>`);
 * assert.match(wide, /<table role="table" class="cards dense t">/);
 * assert.match(wide, /<tr role="row"><td role="cell" data-label="a">1<\/td><td role="cell" data-label="b">/);
 * const interval = boxedTables(`<table class="t">${head}${row("5 [4, 6]")}</table>`);
 * assert.match(interval, /<td>5 \[4,&nbsp;6\]<\/td>/);
 * ```
 */
export function boxedTables(html: string): string {
  return html.replace(/<table\b[^>]*>[\s\S]*?<\/table>/g, (table) => boxed(withIntervals(table)));
}

/** An interval stays on one line, and a percentage. */
function withIntervals(table: string): string {
  return table.replace(/\[([−\d.e-]+), ([−\d.e-]+)\]/g, "[$1,&nbsp;$2]")
    .replace(/(<td[^>]*>[−\d.]+) %(?=<)/g, "$1&nbsp;%");
}

/** Runs and the commands that made them, more than these, are folded: they are looked up, not read. */
const MOST_COMMANDS = 12;

function boxed(table: string): string {
  const cells = cellsOf(table);
  if (!cells) return box(table, "Table");
  const { head, rows } = cells;
  if (!head.includes("command") || rows.length <= MOST_COMMANDS) return inParts(table, cells);
  const words = `Show the table: ${rows.length} runs and their commands`;
  return `<details class="long-table"><summary>${words}</summary>\n${
    inParts(table, cells)
  }</details>`;
}

function inParts(table: string, cells: Cells): string {
  const parts = columnsOfParts(cells, { room: ROOM.small, padding: PADDING.small });
  if (parts.length === 1) return box(styled(table, cells), "Table");
  const dense = withClass(table, "dense");
  return parts.map((columns, i) => {
    const pick = (row: readonly string[]) => columns.map((at) => row[at] ?? "");
    const part = { head: pick(cells.head), rows: cells.rows.map(pick) };
    const table = forTelephone(withColumns(dense, columns), part);
    return box(table, `Table, part ${i + 1} of ${parts.length}`);
  }).join(`\n<p class="table-more">The same rows, further columns:</p>\n`);
}

/** `start.js` lets the keyboard reach the box where the table is wider than it. */
const box = (table: string, name: string) =>
  `<div class="table-box" role="group" aria-label="${name}">${table}</div>`;

const CELL = /<(t[hd])\b[^>]*>([\s\S]*?)<\/\1>/g;
const ROW = /(<tr\b[^>]*>)([\s\S]*?)(<\/tr>)/g;

/** A plain table's cells; undefined of one without a head, or with cells over several columns. */
function cellsOf(table: string): Cells | undefined {
  if (!/<thead/.test(table) || /(col|row)span=/.test(table)) return undefined;
  const [head, ...rows] = [...table.matchAll(ROW)]
    .map(([, , row]) => [...row.matchAll(CELL)].map(([, , cell]) => cell));
  return head && { head, rows };
}

/** The table of some of its columns. */
function withColumns(table: string, columns: readonly number[]): string {
  return table.replace(ROW, (_, start: string, row: string, end: string) => {
    const cells = [...row.matchAll(CELL)].map(([cell]) => cell);
    return start + columns.map((column) => cells[column] ?? "").join("") + end;
  });
}

function styled(table: string, cells: Cells): string {
  const width = (padding: number) =>
    columnWidths(cells, { padding }).reduce((sum, one) => sum + one, 0);
  const dense = width(PADDING.usual) > ROOM.usual ? withClass(table, "dense") : table;
  return width(PADDING.small) > TELEPHONE || isWordy(cells) ? forTelephone(dense, cells) : dense;
}

/** A table that is wider than a telephone. */
const forTelephone = (table: string, cells: Cells): string =>
  isWordy(cells) ? withLabels(table, cells.head) : withClass(table, "sideways");

/**
 * A table with a cell of more signs reads better as cards, where there is no room for its columns.
 * The first column, which names the rows, has room for more.
 */
const WORDY = { name: 80, other: 64 };

const plain = (html: string) => html.replace(/<[^>]*>/g, "").replace(/\\[()]/g, "").trim();

const isWordy = ({ rows }: Cells) =>
  rows.some((row) =>
    row.some((cell, column) => plain(cell).length > (column === 0 ? WORDY.name : WORDY.other))
  );

/** A table with one more class, before its others. */
const withClass = (table: string, name: string) =>
  table.replace(/^<table\b([^>]*)/, (_, given: string) => {
    const classed = given.replace('class="', `class="${name} `);
    return classed === given ? `<table class="${name}"${given}` : `<table${classed}`;
  });

function withLabels(table: string, head: readonly string[]): string {
  const labels = head.map((name) => plain(name).replaceAll('"', "&quot;"));
  return withClass(table, "cards")
    .replace(/^<table\b/, '<table role="table"')
    .replace(/<tr\b([^>]*)>([\s\S]*?)<\/tr>/g, (_, given: string, cells: string) => {
      let column = 0;
      const labelled = cells.replace(
        /<td\b/g,
        () => `<td role="cell" data-label="${labels[column++] ?? ""}"`,
      );
      return `<tr role="row"${given}>${labelled}</tr>`;
    });
}
