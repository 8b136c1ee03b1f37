import assert from "node:assert/strict";
import { type Figure, figure, heatMap, line, panels } from "../../lib/mod.ts";
import { altText } from "../../lib/figures/alt_text.ts";
import { reflow } from "../../lib/figures/reflow.ts";
import { drawnTexts } from "./drawn.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test, long } = needs(...PROGRAMS);

const x = [1e-4, 1e-2, 1, 100];
const named = (count: number) =>
  Array.from({ length: count }, (_, i) => line(x, x.map((v) => v + i), { name: `width ${i}` }));
const axes = { x: "time τ", y: "T/T_{SL}", log: "xy" } as const;
const height = ({ layout }: Figure) => Number(layout.height);

Deno.test("a figure that has room is as it is", () => {
  const drawn = figure(named(2), axes);
  assert.equal(reflow(drawn, 700), drawn);
  assert.throws(() => reflow(drawn, 100), /width is 100; it must be 200 pixels or more/);
});

test("on a telephone nothing is cut, and neither legend entries nor ticks touch", () =>
  nothingTouches([360]));

long("20 s: six figures")(
  "nothing is cut and nothing touches at other widths",
  () => nothingTouches([300, 560]),
);

async function nothingTouches(widths: readonly number[]) {
  const title = "A long title of a figure, whose words need several lines on a telephone";
  const wide = figure(named(5), { ...axes, title });
  const several = panels([
    { ...axes, marks: named(3) },
    { ...axes, marks: named(3), title: "b" },
    { ...axes, marks: named(2) },
  ], { title });
  for (const original of [wide, several]) {
    for (const width of widths) {
      const drawn = reflow(original, width);
      const texts = await drawnTexts(drawn, ".legendtext, .xtick text");
      assert.ok(texts.length > 0);
      for (const text of texts) {
        const where = `${width}: ${JSON.stringify(text)}`;
        assert.ok(text.left >= 0 && text.right <= width + 1, where);
        assert.ok(text.baseline > 0 && text.baseline < height(drawn), where);
        for (const other of texts) {
          const apart = other === text || Math.abs(other.baseline - text.baseline) > 8 ||
            other.left > text.right || other.right < text.left;
          assert.ok(apart, `${where} touches ${other.text}`);
        }
      }
      const top = (drawn.layout.margin as { t: number }).t;
      const lines = (drawn.layout.title as { text: string }).text.split("<br>");
      assert.ok(top > 14 + 18 * lines.length, `${width}: the title is on what follows`);
      for (const words of lines) {
        const [alone] = await drawnTexts(figure(named(1), { title: words, width }), ".gtitle");
        assert.ok(alone.right <= width, `${width}: "${words}" is cut`);
      }
      const entries = await drawnTexts(drawn, ".legendtext");
      assert.ok(entries.length > 0);
      for (const { baseline } of entries) {
        assert.ok(baseline < top, `${width}: the legend is on the axes`);
      }
    }
  }
}

Deno.test("panels come below each other, in their order, each with its letter and colour bar", () => {
  const drawn = reflow(
    panels([{ marks: [heatMap([[1, 2], [3, 4]])] }, { marks: named(1) }, { marks: named(1) }]),
    320,
  );
  const domains = ["", "2", "3"].map((n) =>
    (drawn.layout[`yaxis${n}`] as { domain: number[] }).domain
  );
  assert.ok(domains[0][0] > domains[1][1] && domains[1][0] > domains[2][1]);
  assert.deepEqual(
    (drawn.layout.annotations as { y: number }[]).map(({ y }) => y),
    domains.map(([, top]) => top),
  );
  const { colorbar } = drawn.data[0] as unknown as { colorbar: { x: number; y: number } };
  assert.ok(colorbar.x < 1 && colorbar.y > domains[1][1]);
});

Deno.test("six panels stay three by two where there is room, an inset within its own", () => {
  const inset = { marks: line([1, 2], [3, 4]) };
  const one = { marks: named(1), x: "t" };
  const whole = panels([one, one, one, one, one, { ...one, inset }]);
  const columnsAt = (width: number) => {
    const { layout } = reflow(whole, width);
    const of = (number: number) => {
      const [x, y] = ["x", "y"].map((letter) =>
        (layout[`${letter}axis${number === 1 ? "" : number}`] as { domain: number[] }).domain
      );
      return { x, y };
    };
    const [panel, small] = [of(6), of(7)];
    for (const letter of ["x", "y"] as const) {
      assert.ok(small[letter][0] > panel[letter][0] && small[letter][1] < panel[letter][1]);
      const share = (small[letter][1] - small[letter][0]) / (panel[letter][1] - panel[letter][0]);
      assert.ok(share > 0.25, `${width}: ${letter} of the inset is ${share} of the panel's`);
    }
    assert.equal((layout.annotations as unknown[]).length, 6, "no letter of its own");
    return new Set([1, 2, 3, 4, 5, 6].map((number) => of(number).x[0])).size;
  };
  assert.deepEqual([860, 700, 690, 689, 460, 459].map(columnsAt), [3, 3, 3, 2, 2, 1]);
});

Deno.test("a matrix keeps its square cells without a gap below", () => {
  const drawn = reflow(figure([heatMap(Array.from({ length: 9 }, () => [1, 2, 3]))]), 200);
  const { margin } = drawn.layout as { margin: { l: number; r: number; t: number; b: number } };
  const inner = height(drawn) - margin.t - margin.b;
  assert.ok(inner <= 3 * (200 - margin.l - margin.r - 70) + 1);
});

Deno.test("a figure in words says how its lines run, and is short where there are many", () => {
  assert.equal(
    altText(figure(named(1), axes)),
    "T/T_SL against time τ; width 0. width 0: from 0.0001 at 0.0001 to 100 at 100.",
  );
  const valley = figure([line([0, 1, 2], [3, -1, 4])]);
  assert.equal(altText(valley), "A figure. from 3 at 0 to 4 at 2, least -1.");
  assert.doesNotMatch(altText(figure(named(7), axes)), /from/);
});
