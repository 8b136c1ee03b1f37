/**
 * Tables for narrow screens: in boxes that move sideways by themselves, and those of many words as a
 * card a row.
 *
 * @module
 */

/** A table with a cell of more signs reads better as cards, where there is no room for its columns. */
const WORDY = 32;

/** `start.js` lets the keyboard reach the box where the table is wider than it. */
const BOX = '<div class="table-box" role="group" aria-label="Table">';

/**
 * A page whose tables are in boxes; those with words have at each cell the column's name, for cards.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { boxedTables } from "./tables.ts";
 * const head = "<thead><tr><th>a</th><th>b</th></tr></thead>";
 * const row = (cell: string) => `<tr><td>1</td><td>${cell}</td></tr>`;
 * const few = boxedTables(`<table class="t">${head}${row("2")}</table>`);
 * assert.match(few, /^<div class="table-box"[^>]*><table class="t"><thead>/);
 * const many = boxedTables(`<table class="t">${head}${row("word ".repeat(9))}</table>`);
 * assert.match(many, /<table role="table" class="cards t">/);
 * assert.match(many, /<tr role="row"><td role="cell" data-label="a">1<\/td><td role="cell" data-label="b">/);
 * ```
 */
export function boxedTables(html: string): string {
  return html.replace(
    /<table\b[^>]*>[\s\S]*?<\/table>/g,
    (table) => `${BOX}${isWordy(table) ? withLabels(table) : table}</div>`,
  );
}

const plain = (html: string) => html.replace(/<[^>]*>/g, "").replace(/\\[()]/g, "").trim();

function isWordy(table: string): boolean {
  return /<thead/.test(table) &&
    [...table.matchAll(/<td\b[^>]*>([\s\S]*?)<\/td>/g)].some(([, cell]) =>
      plain(cell).length > WORDY
    );
}

function withLabels(table: string): string {
  const [, head = ""] = /<thead\b[^>]*>([\s\S]*?)<\/thead>/.exec(table) ?? [];
  const labels = [...head.matchAll(/<th\b[^>]*>([\s\S]*?)<\/th>/g)].map(([, cell]) =>
    plain(cell).replaceAll('"', "&quot;")
  );
  return table
    .replace(
      /^<table\b([^>]*)/,
      (_, given: string) =>
        /class="/.test(given)
          ? `<table role="table"${given.replace('class="', 'class="cards ')}`
          : `<table role="table" class="cards"${given}`,
    )
    .replace(/<tr\b([^>]*)>([\s\S]*?)<\/tr>/g, (_, given: string, cells: string) => {
      let column = 0;
      const labelled = cells.replace(
        /<td\b/g,
        () => `<td role="cell" data-label="${labels[column++] ?? ""}"`,
      );
      return `<tr role="row"${given}>${labelled}</tr>`;
    });
}
