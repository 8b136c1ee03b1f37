import assert from "node:assert/strict";
import { figure, line, orderedColors } from "../../lib/mod.ts";
import {
  axisLayout,
  colorAt,
  COLORS,
  DARK,
  EITHER,
  INK,
  LOOK,
  mathLabel,
  recolored,
  SCALES,
} from "../../lib/figures/look.ts";

/** Luminance of `#rrggbb` and contrast of two, as WCAG 2 defines them. */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

Deno.test("every line colour keeps a contrast of 3 on white and on a dark page", () => {
  for (const color of [...COLORS, ...orderedColors(7)]) {
    assert.ok(contrast(color, "#ffffff") >= 3, `${color} on white`);
    assert.ok(contrast(color, "#121212") >= 3, `${color} on dark`);
  }
});

Deno.test("the ink for either theme is read on white and on JupyterLab's dark", () => {
  for (const page of ["#ffffff", "#111111"]) assert.ok(contrast(EITHER[INK], page) >= 4.3, page);
  const { paper_bgcolor, plot_bgcolor, font, width } = recolored(LOOK, EITHER);
  assert.deepEqual([paper_bgcolor, plot_bgcolor], ["rgba(0,0,0,0)", "rgba(0,0,0,0)"]);
  assert.equal((font as { color: string }).color, EITHER[INK]);
  assert.equal(width, LOOK.width);
});

Deno.test("every colour that a theme names is in a figure, so none stays behind", () => {
  const drawn = figure([line([1, 2, 900], [1, 2, 4])], { log: "x" });
  const held = (colors: Readonly<Record<string, string>>, text: string) =>
    Object.keys(colors).filter((color) => text.includes(`"${color}"`));
  for (const colors of [DARK, EITHER]) {
    assert.deepEqual(held(colors, JSON.stringify(drawn)), Object.keys(colors));
    assert.deepEqual(held(colors, JSON.stringify(recolored(drawn, colors))), []);
  }
});

Deno.test("ordered colours go from the scale's start to its end, one is the start", () => {
  assert.equal(new Set(orderedColors(9)).size, 9);
  assert.deepEqual(orderedColors(1), orderedColors(5).slice(0, 1));
  assert.deepEqual(orderedColors(5).at(-1), orderedColors(2)[1]);
  assert.throws(() => orderedColors(0), /count is 0; it must be an integer from 1/);
});

Deno.test("a colour scale passes through its stops and is held at its ends", () => {
  assert.deepEqual(colorAt(SCALES.diverging, 0.5), [0xf7, 0xf7, 0xf7]);
  assert.deepEqual(colorAt(SCALES.sequential, -1), [0x44, 0x01, 0x54]);
  assert.deepEqual(colorAt(SCALES.sequential, 2), [0xfd, 0xe7, 0x25]);
  assert.deepEqual(colorAt([[0, "#000000"], [1, "#646464"]], 0.25), [25, 25, 25]);
});

Deno.test("a label lowers and raises", () => {
  assert.equal(mathLabel("k^{−α} of W_{std}"), "k<sup>−α</sup> of W<sub>std</sub>");
});

Deno.test("a log axis takes its range in the data's units, and refuses what has no logarithm", () => {
  assert.deepEqual(axisLayout("x", { log: true, range: [0.1, 100] }).range, [-1, 2]);
  assert.throws(() => axisLayout("x", { log: true, range: [0, 1] }), /range of x is \[0,1\]/);
  assert.throws(() => axisLayout("y", { log: true }), /y has no positive value/);
});

Deno.test("ticks of a log axis are round, apart, and as many as have room", () => {
  const ticks = (low: number, high: number, labels: number) =>
    axisLayout("x", { log: true }, [low, high], labels).tickvals;
  assert.deepEqual(ticks(500, 5000, 4), [500, 1000, 2000, 5000]);
  assert.deepEqual(ticks(100, 5000, 3), [100, 300, 1000, 3000]);
  assert.deepEqual(ticks(500, 1000, 3), [500, 600, 800, 1000]);
  for (const [low, high] of [[1, 1.3], [0.02, 0.7], [3, 150], [1.01, 1.97]]) {
    for (const labels of [2, 4, 8]) {
      const all = ticks(low, high, labels) as number[];
      assert.ok(all.length >= 2 && all.length <= 1.6 * labels, `${low} to ${high}: ${all}`);
      assert.ok(all.every((tick) => tick >= low && tick <= high));
    }
  }
  assert.equal(ticks(1, 1.001, 5), undefined); // plotly's own
});
