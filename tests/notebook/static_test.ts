import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { PNG } from "pngjs";
import { band, bars, drawPng, type Figure, figure, heatMap, line, panels } from "../../lib/mod.ts";
import { drawSvg } from "../../lib/notebook/static.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

const decoded = async (drawn: Figure, scale?: number) =>
  PNG.sync.read(Buffer.from(await drawPng(drawn, scale)));

/** Share of a picture's pixels that are not white, in a frame of columns and rows. */
function ink(png: PNG, from = [0, 0], to = [png.width, png.height]): number {
  let count = 0;
  for (let y = from[1]; y < to[1]; y++) {
    for (let x = from[0]; x < to[0]; x++) {
      const at = 4 * (y * png.width + x);
      if (Math.min(...png.data.subarray(at, at + 3)) < 250) count++;
    }
  }
  return count / ((to[0] - from[0]) * (to[1] - from[1]));
}

const x = Array.from({ length: 50 }, (_, i) => i + 1);
const falling = x.map((k) => 1 / k);

const FIGURES: Readonly<Record<string, Figure>> = {
  line: figure([line(x, falling, { name: "loss" })], { x: "t", y: "L", log: "xy" }),
  band: figure([band(x, x, x.map((k) => k - 3), x.map((k) => k + 3), { name: "mean" })]),
  bars: figure([bars(["descent", "Adam"], [3, 4], { low: [2, 3], high: [4, 6] })]),
  "heat map of numbers": figure([heatMap([[1, 2], [3, 4]], { label: "K" })]),
  "heat map as a picture": figure([heatMap(x.map((i) => [...x, ...x].map((j) => i * j)))]),
  panels: panels([{ marks: [line(x, x)] }, { marks: [heatMap([[1, 2], [3, 4]])] }, {
    marks: [bars(["a"], [1])],
  }]),
};

for (const [name, drawn] of Object.entries(FIGURES)) {
  test(`${name}: the picture has the figure's size, ink in the middle, a clean edge`, async () => {
    const png = await decoded(drawn);
    assert.deepEqual([png.width, png.height], [drawn.layout.width, drawn.layout.height]);
    assert.ok(png.width <= 860);
    const share = ink(png, [64, 30], [png.width - 30, png.height - 54]);
    assert.ok(share > 0.01 && share < 0.95, `${share}`);
    // Text that is cut off would reach the edge.
    const { width, height } = png;
    for (const [from, to] of [[[0, 0], [2, height]], [[width - 2, 0], [width, height]]]) {
      assert.equal(ink(png, from, to), 0, `ink at the columns from ${from[0]}`);
    }
    assert.equal(ink(png, [0, height - 2], [width, height]), 0, "ink at the lower edge");
  });
}

test("another scale gives more pixels of the same picture", async () => {
  const [one, two] = [await decoded(FIGURES.line), await decoded(FIGURES.line, 2)];
  assert.deepEqual([two.width, two.height], [2 * one.width, 2 * one.height]);
  assert.ok(Math.abs(ink(two) / ink(one) - 1) < 0.3);
});

test("a figure is not changed by being drawn, and is drawn the same again", async () => {
  const before = structuredClone(FIGURES.panels);
  const [first, second] = [await drawPng(FIGURES.panels), await drawPng(FIGURES.panels)];
  assert.deepEqual(FIGURES.panels, before);
  assert.deepEqual(first, second);
});

test("figures drawn at the same time do not disturb each other", async () => {
  const alone = await drawPng(FIGURES.line);
  const [together] = await Promise.all([drawPng(FIGURES.line), drawPng(FIGURES.bars)]);
  assert.deepEqual(together, alone);
});

Deno.test("what has no static form is refused by name", async () => {
  const surface: Figure = { data: [{ type: "surface", z: [[1]] }], layout: {} };
  await assert.rejects(
    () => drawSvg(surface),
    /a trace has the type surface, which has no static form/,
  );
});

test("a picture that would take gigabytes is refused before it is drawn, its bytes named", async () => {
  const { width, height } = FIGURES.line.layout as { readonly width: number; height: number };
  const bytes = 4e6 * width * height;
  await assert.rejects(
    () => drawPng(FIGURES.line, 1000),
    new RegExp(`^RangeError: scale is 1000; .* take ${bytes} bytes, and at most 268435456`),
  );
  for (const scale of [0, -1, NaN, Infinity]) {
    await assert.rejects(() => drawPng(FIGURES.line, scale), /^RangeError: scale is/);
  }
});
