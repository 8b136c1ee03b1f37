import assert from "node:assert/strict";
import fc from "fast-check";
import { band, bars, type Figure, figure, heatMap, line, QUANTITIES } from "../../lib/mod.ts";
import { describe } from "../../lib/figures/figure.ts";
import { drawnTexts } from "./drawn.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

interface Trace {
  readonly x: number[];
  readonly y: (number | null)[];
  readonly line: { readonly color: string };
  readonly showlegend: boolean;
  readonly fillcolor?: string;
}
const traces = ({ data }: Figure) => data as unknown as Trace[];

Deno.test("data carry five digits; what is not finite is a gap; nothing is left undefined", () => {
  const number = fc.oneof(
    fc.double({ min: -1e300, max: 1e300 }),
    fc.double({ min: -10, max: 10 }),
    fc.constantFrom(NaN, Infinity, -Infinity),
  );
  fc.assert(fc.property(fc.array(number, { minLength: 1 }), (y) => {
    const drawn = figure([line(y.map((_, i) => i), Float64Array.from(y), { name: "a" })]);
    traces(drawn)[0].y.forEach((value, i) => {
      if (!Number.isFinite(y[i])) assert.equal(value, null);
      else assert.ok(Math.abs(value! - y[i]) <= 5.001e-5 * Math.abs(y[i]));
    });
    assert.deepEqual(JSON.parse(JSON.stringify(drawn)), drawn);
  }));
  assert.deepEqual(traces(figure([line([1], [123456.789])]))[0].y, [123460]);
});

Deno.test("a name has one colour and one entry; the next name has the next colour; a given one stays", () => {
  const drawn = traces(figure([
    line([1], [1], { name: "a" }),
    band([1], [2], [1], [3], { name: "b" }),
    line([1], [3], { name: "a", dash: "dash" }),
    line([1], [4], { name: "c", color: "#123456" }),
  ]));
  const [a, area, b, again, c] = drawn;
  assert.equal(a.line.color, again.line.color);
  assert.notEqual(a.line.color, b.line.color);
  assert.equal(area.line.color, b.line.color);
  assert.match(area.fillcolor!, /^rgba\(\d+,\d+,\d+,0.2\)$/);
  assert.equal(c.line.color, "#123456");
  assert.deepEqual(drawn.map((trace) => trace.showlegend), [true, false, true, false, true]);
});

Deno.test("the same quantity has the same colour in every figure, and no other takes it", () => {
  const { inefficiency, tortuosity } = QUANTITIES;
  const colors = (...names: string[]) =>
    traces(figure(names.map((name) => line([1], [1], { name })))).map((trace) => trace.line.color);
  const alone = colors(tortuosity.symbol);
  assert.deepEqual(alone, [tortuosity.color]);
  const [first, second, third, fourth] = colors(
    ...["another", tortuosity.symbol, "a third", inefficiency.symbol],
  );
  assert.deepEqual([second, fourth], [tortuosity.color, inefficiency.color]);
  assert.equal(new Set([first, second, third, fourth]).size, 4);
  const drawn = Object.values(QUANTITIES).filter((one) => "color" in one);
  const all = drawn.map(({ color }) => color);
  assert.equal(new Set(all).size, all.length, "told apart");
  // However many names there are, each has a colour.
  const many = colors(...drawn.map(({ symbol }) => symbol), "one", "more");
  assert.ok(many.every((color) => /^#[0-9a-f]{6}$/.test(color)));
});

test("log axes write few, rising ticks that do not touch, whatever the range", async () => {
  const value = (text: string) => {
    const plain = text.replaceAll("−", "-");
    // 10², drawn as "10" with a raised "2".
    return /^10-?\d/.test(plain) && plain !== "100" ? 10 ** Number(plain.slice(2)) : Number(plain);
  };
  const decades = [8, 30, 900, 2e6, 1e14, 1e40].map((high) => [0.9, high]);
  for (const x of [[1.1, 1.3], [1.1, 1.9], [1.1, 3], [2.1, 9.9], ...decades]) {
    const ticks = await drawnTexts(figure([line(x, x)], { log: "x" }), ".xtick text");
    const said = ticks.map(({ text }) => text).join(" ");
    assert.ok(ticks.length >= 3 && ticks.length <= 14, `from ${x}: ${said}`);
    ticks.slice(1).forEach(({ left, text }, i) => {
      assert.ok(left > ticks[i].right + 3, `from ${x} ticks touch: ${said}`);
      assert.ok(value(text) > value(ticks[i].text), `from ${x} ticks do not rise: ${said}`);
    });
    assert.ok(ticks.at(-1)!.right <= 700, `from ${x} the last tick is cut: ${said}`);
  }
});

Deno.test("a log axis shows the positive part alone, and refuses when there is none", () => {
  const spec = figure([band([1, 2], [1, 2], [-1, 0.5], [3, 4], { name: "mean" })], { log: "y" });
  const area = traces(spec)[0];
  assert.ok(area.y.every((value) => value! > 0), "the band's edge is lifted");
  assert.throws(() => figure([line([1], [-1])], { log: "y" }), /y has no positive value/);
});

test("legends lie within the picture and their entries apart, above or at the right", async () => {
  const wide = "a learning rate of 10^{−3} and W_{std} = 1.41";
  for (const legend of ["above", "right"] as const) {
    for (const count of [1, 2, 5]) {
      const marks = Array.from(
        { length: count },
        (_, i) => line([1, 2], [i, i], { name: `${wide}, ${i}` }),
      );
      const drawn = figure(marks, { legend, title: "A title", x: "t" });
      const entries = await drawnTexts(drawn, ".legendtext");
      assert.equal(entries.length, count);
      const { height, margin } = drawn.layout as { height: number; margin: { t: number } };
      const [title] = await drawnTexts(drawn, ".gtitle");
      for (const entry of entries) {
        const where = `${legend}, ${count}: ${JSON.stringify(entry)}`;
        assert.ok(entry.left >= 0 && entry.right <= 700, where);
        assert.ok(entry.baseline > title.baseline + 10 && entry.baseline < height, where);
        if (legend === "above") assert.ok(entry.baseline < margin.t, where);
        for (const other of entries) {
          if (other === entry || Math.abs(other.baseline - entry.baseline) > 8) continue;
          assert.ok(other.left > entry.right || other.right < entry.left, where);
        }
      }
    }
  }
});

Deno.test("a legend of more than two rows goes to the right, and none is drawn when none is wanted", () => {
  const marks = Array.from({ length: 12 }, (_, i) => line([1], [i], { name: `a long name, ${i}` }));
  assert.equal((figure(marks).layout.legend as { x: number }).x, 1.02);
  assert.equal(figure(marks, { legend: "none" }).layout.showlegend, false);
  assert.equal(figure([line([1], [2])]).layout.showlegend, false);
});

test("axis labels stand in the picture, with lowered text", async () => {
  const drawn = figure([line([1, 2], [1e5, 3e5])], { x: "time τ", y: "L_{test}" });
  const [x] = await drawnTexts(drawn, ".xtitle");
  assert.equal(x.text, "time τ");
  assert.ok(x.baseline < 420 && x.left > 0);
});

Deno.test("a figure says in words what it shows", () => {
  const drawn = figure(
    [line([1], [1], { name: "cold" }), line([1], [1], { name: "W_{std} = 2" })],
    {
      title: "Fig. 1",
      x: "t",
      y: "T/T_{SL}",
    },
  );
  assert.equal(describe(drawn), "[figure] Fig. 1; T/T_SL against t; cold, W_std = 2");
  assert.equal(describe(figure([bars(["a"], [1])])), "[figure]");
});

Deno.test("plotly's own entries lie over the look, records within records too", () => {
  const { layout } = figure([line([1], [1])], {
    x: "t",
    layout: { xaxis: { nticks: 3 }, height: 99 },
  });
  const axis = layout.xaxis as { nticks: number; title: { text: string } };
  assert.deepEqual([axis.nticks, axis.title.text, layout.height], [3, "t", 99]);
});

Deno.test("a matrix has square cells, row 0 on top", () => {
  for (const n of [4, 60]) { // as numbers, and as a picture
    const matrix = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => i - j));
    const { layout } = figure([heatMap(matrix)]);
    const [x, y] = [layout.xaxis, layout.yaxis] as { range: number[]; scaleanchor?: string }[];
    assert.deepEqual([x.range, y.range], [[-0.5, n - 0.5], [n - 0.5, -0.5]]);
    assert.equal(y.scaleanchor, "x");
    assert.equal((layout.images as unknown[]).length, n === 60 ? 1 : 0);
  }
});

Deno.test("what is no mark is refused", () => {
  assert.throws(() => figure(7 as never), /marks is 7; it must be an array/);
  assert.throws(() => figure([{}]), /marks\[0\].type is undefined; .* must be a plotly trace/);
});
