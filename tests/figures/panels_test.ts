import assert from "node:assert/strict";
import { type Figure, heatMap, line, panels } from "../../lib/mod.ts";
import { drawnTexts } from "./drawn.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

interface Domain {
  readonly domain: readonly [number, number];
}
const domains = ({ layout }: Figure, letter: "x" | "y", count: number) =>
  Array.from(
    { length: count },
    (_, i) => (layout[`${letter}axis${i === 0 ? "" : i + 1}`] as Domain).domain,
  );

const curves = (i: number) => ({
  marks: [
    line([1, 1e3], [i + 1, 2], { name: "seed 0" }),
    line([1, 1e3], [2, 3], { name: "seed 1" }),
  ],
  x: "time τ",
  y: "T/T_{SL}",
  log: "x" as const,
});

Deno.test("panels lie in reading order, apart, within the plot, and lettered", () => {
  for (const count of [1, 2, 3, 4, 5, 6, 7]) {
    const drawn = panels(Array.from({ length: count }, (_, i) => curves(i)));
    const [x, y] = [domains(drawn, "x", count), domains(drawn, "y", count)];
    for (let i = 0; i < count; i++) {
      for (const [low, high] of [x[i], y[i]]) {
        assert.ok(low >= 0 && high <= 1 + 1e-9 && high - low > 0.1, `${count}: ${[low, high]}`);
      }
      for (let j = 0; j < i; j++) {
        const [sameRow, sameColumn] = [y[i][0] === y[j][0], x[i][0] === x[j][0]];
        assert.ok(
          sameRow ? x[j][1] < x[i][0] : y[j][0] > y[i][1] || sameColumn,
          `${j} before ${i}`,
        );
      }
    }
    const letters = (drawn.layout.annotations as { text: string }[]).map(({ text }) => text);
    assert.deepEqual(letters, [..."abcdefg"].slice(0, count).map((letter) => `<b>${letter}</b>`));
  }
});

test("a name has one colour and one legend entry in all panels, above them and in the picture", async () => {
  const drawn = panels([curves(0), curves(1), curves(2)], { title: "Both seeds" });
  const shown = drawn.data.filter((trace) => trace.showlegend);
  assert.deepEqual(shown.map(({ name }) => name), ["seed 0", "seed 1"]);
  const colors = drawn.data.map((trace) => (trace.line as { color: string }).color);
  assert.deepEqual(new Set(colors).size, 2);
  const entries = await drawnTexts(drawn, ".legendtext");
  const [title] = await drawnTexts(drawn, ".gtitle");
  const letters = await drawnTexts(drawn, ".annotation-text");
  assert.equal(entries.length, 2);
  for (const { right, baseline } of entries) {
    assert.ok(right < 700);
    assert.ok(baseline > title.baseline + 8, "below the title");
    assert.ok(
      baseline < Math.min(...letters.map((letter) => letter.baseline)) - 8,
      "above the letters",
    );
  }
});

test("ticks of neighbouring panels stay in their panels' share of the picture", async () => {
  for (const columns of [2, 3, 4]) {
    const drawn = panels(Array.from({ length: columns }, (_, i) => curves(i)), { columns });
    const width = drawn.layout.width as number;
    const ticks = await drawnTexts(drawn, ".xtick text");
    const rows = ticks.every(({ baseline }) => Math.abs(baseline - ticks[0].baseline) < 2);
    assert.ok(rows && ticks.at(-1)!.right < width);
    ticks.slice(1).forEach(({ left, text }, i) => {
      assert.ok(left > ticks[i].right + 2, `${columns}: ${ticks[i].text} ${text}`);
    });
  }
});

Deno.test("a matrix among panels keeps its colour bar at its own panel", () => {
  const drawn = panels([
    { marks: [heatMap([[1, 2], [3, 4]], { label: "K" })], title: "kernel" },
    curves(0),
  ]);
  const [left, right] = domains(drawn, "x", 2);
  const bar = drawn.data[0].colorbar as { x: number };
  assert.ok(bar.x >= left[1] - 1e-4 && bar.x < right[0]);
  assert.match((drawn.layout.annotations as { text: string }[])[0].text, /^<b>a<\/b>.kernel$/);
});

test("an inset lies above what its panel shows, and nothing runs through it", async () => {
  const inset = { marks: line([1, 1e3], [1e-3, 1]), x: "k", y: "λ_{k}", log: "xy" as const };
  const curve = line([1, 1e3], [0.4, 1], { name: "share" });
  for (const y of [{ range: [0, 1] as const }, {}]) {
    const drawn = panels([{ marks: curve, y, log: "x", inset }, curves(0)]);
    const axes = drawn.layout as Record<string, Record<string, unknown>>;
    const [low, high] = axes.yaxis.range as number[];
    const [bottom, top] = axes.yaxis.domain as number[];
    const at = (value: number) => bottom + (top - bottom) * (value - low) / (high - low);
    const ticks = await drawnTexts(drawn, ".x3tick text");
    assert.ok(ticks.length > 1);
    assert.ok(at(1) < (axes.yaxis3.domain as number[])[0], "its axes are above the curve");
    const margin = drawn.layout.margin as { t: number; b: number };
    const plot = Number(drawn.layout.height) - margin.t - margin.b;
    const curveTop = margin.t + plot * (1 - at(1));
    for (const { baseline } of ticks) assert.ok(baseline < curveTop, "so are its ticks");
    assert.deepEqual([axes.xaxis, axes.yaxis].map(({ showgrid }) => showgrid), [false, false]);
  }
});

Deno.test("no panels, too many, and columns that are none are refused", () => {
  assert.throws(() => panels([]), /list has 0 panels; there may be 1 to 26/);
  assert.throws(() => panels(Array(27).fill(curves(0))), RangeError);
  assert.throws(() => panels([curves(0)], { columns: 1.5 }), /columns is 1.5/);
});
