import assert from "node:assert/strict";
import Papa from "papaparse";
import { figure, line, points } from "../../../lib/mod.ts";
import "../../../lib/companion/site/assets/figure_csv.js";

interface Drawn {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout?: Readonly<Record<string, unknown>>;
}

const { figureCsv } = globalThis as unknown as { figureCsv: (drawn: Drawn) => string };

/** As any reader of CSV has it. */
function read(drawn: Drawn): Record<string, string>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(figureCsv(drawn), {
    ...{ header: true, skipEmptyLines: true },
  });
  assert.deepEqual(errors, []);
  return data;
}

Deno.test("a figure's CSV has a row a point, with the axes' titles and whole numbers of digits", () => {
  const { data, layout } = figure([line([1, 2], [1, 2], { name: "T/T_{SL}" })], {
    ...{ x: "τ", y: "L" },
  });
  assert.equal(
    figureCsv({ data: [{ ...data[0], y: [1 / 3, -2e-300] }], layout }),
    "x axis,y axis,series,kind,x,y\r\n" +
      "τ,L,T/T_SL,line,1,0.3333333333333333\r\nτ,L,T/T_SL,line,2,-2e-300\r\n",
  );
});

Deno.test("error bars are ends, gaps are empty, a heat map has its third column", () => {
  const bars = points([1, 2], [5, NaN], { name: "a", low: [4, NaN], high: [7, NaN] });
  const rows = read(figure([bars]));
  assert.deepEqual(
    rows.map(({ x, y, low, high }) => [x, y, low, high]),
    [["1", "5", "4", "7"], ["2", "", "", ""]],
  );
  const cells = { x: [10, 20], y: [1, 2], z: [[0.1, 0.2], [0.3, 0.4]] };
  const map = read({ data: [{ type: "heatmap", ...cells }] });
  assert.deepEqual(map.map(({ x, y, z }) => [x, y, z].map(Number)), [
    ...[[10, 1, 0.1], [20, 1, 0.2], [10, 2, 0.3], [20, 2, 0.4]],
  ]);
});

Deno.test("what is not drawn is not there, and a slider says where it stands", () => {
  const steps = [{ label: "1" }, { label: "2" }];
  const sliders = [{ active: 1, currentvalue: { prefix: "δ = " }, steps }];
  const trace = { type: "scatter", x: [1], y: [2] };
  const rows = read({
    data: [{ ...trace, name: "gone", visible: false }, {
      ...trace,
      name: "hidden",
      visible: "legendonly",
    }, {
      ...trace,
      name: "seen",
    }],
    layout: { sliders },
  });
  assert.deepEqual(rows.map(({ series, slider }) => [series, slider]), [["seen", "δ = 2"]]);
});

Deno.test("hostile names are text: quoted for a reader, no formula for a spreadsheet", () => {
  const hostile = [
    '=HYPERLINK("http://example.com","a")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1;2)",
    "\t=1",
    "＝1",
    'a "quoted", thing\r\nof two lines',
  ];
  const traces = hostile.map((name) => ({ type: "bar", x: [name], y: [-1], name }));
  const rows = read({ data: traces, layout: { xaxis: { title: { text: "=1+1" } } } });
  assert.equal(rows.length, hostile.length);
  rows.forEach((row, i) => {
    for (const [column, value] of Object.entries(row)) {
      if (column !== "y") assert.doesNotMatch(value, /^\s*[=+\-@＝＋－＠]/, `${column}: ${value}`);
    }
    assert.equal(row.y, "-1", "a number stays one");
    const text = row.series.replace(/^'/, "").trim();
    assert.equal(text, hostile[i].trim());
  });
  // Numbers as text, as the labels of bars may be, stay as they are.
  const [labelled] = read({ data: [{ type: "bar", x: ["-1.5e-3"], y: [1] }] });
  assert.equal(labelled.x, "-1.5e-3");
});
