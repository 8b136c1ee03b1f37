import assert from "node:assert/strict";
import { boxedTables } from "../../../lib/companion/site/tables.ts";
import { columnsOfParts } from "../../../lib/companion/site/table_parts.ts";
import { type Cells, columnWidths } from "../../../lib/companion/site/table_width.ts";
import { needs } from "../../permissions.ts";

const { test } = needs();

const PADDING = 0.4;

function tableOf({ head, rows }: Cells): string {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
  return `<table class="table"><thead>${line(head, "th")}</thead><tbody>${
    rows.map((row) => line(row, "td")).join("")
  }</tbody></table>`;
}

/** Rows that two columns tell apart, and `count` others of words of `signs` letters. */
function cellsOf(count: number, signs: number): Cells {
  const others = Array.from({ length: count }, (_, i) => `${i}`.padEnd(signs, "w"));
  return {
    head: ["network", "time", ...others],
    rows: [["a", "1", ...others], ["a", "2", ...others], ["b", "1", ...others]],
  };
}

test("parts hold each column once, the rows' names in each, and none is wider than the room", () => {
  for (const count of [1, 4, 9, 15]) {
    for (const signs of [2, 8, 16]) {
      const cells = cellsOf(count, signs);
      const widths = columnWidths(cells, { padding: PADDING });
      const parts = columnsOfParts(cells, { room: 40, padding: PADDING });
      const others = parts.flatMap((part) => part.slice(2));
      assert.deepEqual(others, cells.head.map((_, i) => i).slice(2), `${count} × ${signs}`);
      for (const part of parts) {
        assert.deepEqual(part.slice(0, 2), [0, 1]);
        assert.ok(part.reduce((sum, column) => sum + widths[column], 0) <= 40);
      }
      const total = widths.reduce((sum, one) => sum + one, 0);
      assert.equal(parts.length === 1, total <= 40);
    }
  }
});

test("a table whose rows nothing tells apart, and one with a column over the room, stay whole", () => {
  const same = { head: cellsOf(9, 16).head, rows: Array(3).fill(Array(11).fill("w".repeat(16))) };
  assert.equal(columnsOfParts(same, { room: 40, padding: PADDING }).length, 1);
  assert.equal(columnsOfParts(cellsOf(3, 90), { room: 40, padding: PADDING }).length, 1);
});

test("parts are tables by themselves: every row's cells, sideways on a telephone", () => {
  const html = boxedTables(tableOf(cellsOf(9, 16)));
  const parts = html.match(/<table\b[\s\S]*?<\/table>/g)!;
  assert.ok(parts.length > 1);
  assert.equal(html.match(/aria-label="Table, part \d of \d"/g)!.length, parts.length);
  assert.equal(html.match(/The same rows, further columns/g)!.length, parts.length - 1);
  for (const part of parts) {
    assert.equal(part.match(/<tr/g)!.length, 4);
    assert.match(part, /^<table class="sideways dense table">/);
    assert.equal(part.match(/<td>a</g)!.length, 2);
    const heads = part.match(/<th>/g)!.length;
    assert.equal(part.match(/<td>/g)!.length, 3 * heads, "as many cells as heads");
  }
});

test("a part with sentences in it is of cards on a telephone, each cell with its column's name", () => {
  const { head, rows } = cellsOf(9, 16);
  const told = rows.map((row) => [...row, "so it is ".repeat(9)]);
  const html = boxedTables(tableOf({ head: [...head, "why"], rows: told }));
  const parts = html.match(/<table\b[\s\S]*?<\/table>/g)!;
  const [last, ...others] = parts.toReversed();
  assert.equal(last.match(/data-label="network">a</g)!.length, 2);
  assert.equal(last.match(/data-label="why">so it is /g)!.length, 3);
  assert.ok(others.length > 0 && others.every((part) => part.includes('class="sideways')));
});

test("many runs and their commands are folded", () => {
  const runs = (count: number) =>
    boxedTables(tableOf({
      head: ["n", "command"],
      rows: Array.from({ length: count }, (_, n) => [`${n}`, `<code>deno task study ${n}</code>`]),
    }));
  assert.match(runs(13), /^<details class="long-table"><summary>Show the table: 13 runs/);
  assert.doesNotMatch(runs(12), /<details/);
});

test("what is no plain table keeps its cells", () => {
  const spanned = `<table><thead><tr><th colspan="2">a</th></tr></thead></table>`;
  for (const table of [spanned, "<table><tr><td>1</td></tr></table>", "<table></table>"]) {
    assert.ok(boxedTables(table).includes(table), table);
  }
  const bars = boxedTables(tableOf({ head: ['"<i>q</i>"', "$&"], rows: [["$1", "w".repeat(90)]] }));
  assert.match(bars, /data-label="&quot;q&quot;">\$1<\/td><td role="cell" data-label="\$&">w/);
});
