import assert from "node:assert/strict";
import { band, bars, type Figure, figure, line, panels, points } from "../../lib/mod.ts";
import { clipped } from "./clipped.ts";

const range = ({ layout }: Figure, axis: string) => (layout[axis] as { range: number[] }).range;

Deno.test("a range that was asked for widens to hold points, bars and intervals, and no more", () => {
  const marks = points([1, 2], [3, 4], { low: [2, 3], high: [4, 9] });
  const asked = { x: { range: [0, 3] }, y: { range: [2.5, 5] } } as const;
  const drawn = figure([marks], asked);
  assert.deepEqual(range(drawn, "xaxis"), [0, 3]);
  const [low, high] = range(drawn, "yaxis");
  assert(low < 2 && low > 1.5 && high > 9 && high < 9.5, `${[low, high]}`);
  assert.deepEqual(range(figure([marks], { y: { range: [1, 10] } }), "yaxis"), [1, 10]);
  const log = figure([marks], { y: { range: [2.5, 5] }, log: "y" });
  assert(range(log, "yaxis")[0] < Math.log10(2) && range(log, "yaxis")[1] > Math.log10(9));
  const falling = figure([marks], { y: { range: [5, 2.5] } });
  assert(range(falling, "yaxis")[0] > 9 && range(falling, "yaxis")[1] < 2);
  // Bars stand on 0.
  assert(range(figure([bars(["a", "b"], [5, 9])], { y: { range: [4, 6] } }), "yaxis")[0] <= 0);
  for (const one of [drawn, log, falling]) assert.deepEqual(clipped(one), []);
});

Deno.test("a line ends where it leaves the frame, and comes back where it enters", () => {
  const [trace] = figure([line([0, 1, 2, 3], [0, 4, 0, 1])], { y: { range: [0, 2] } }).data;
  assert.deepEqual(trace.x, [0, 0.5, null, 1.5, 2, 3]);
  assert.deepEqual(trace.y, [0, 2, null, 2, 0, 1]);
  // On log axes along the straight line that is drawn: from (1, 1) to (100, 10⁴) it is at 10 at 10^½.
  const [log] = figure([line([1, 100], [1, 1e4])], { y: { range: [1, 10] }, log: "xy" }).data;
  assert.deepEqual(log.y, [1, 10]);
  assert(Math.abs((log.x as number[])[1] - Math.sqrt(10)) < 1e-4);
  const [gap] = figure([line([0, 1, 2], [1, NaN, 9])], { y: { range: [0, 2] } }).data;
  assert.deepEqual(gap.x, []); // a point between gaps has no line
  const [away] = figure([line([0, 1], [5, 6])], { y: { range: [0, 2] } }).data;
  assert.deepEqual(away.y, []);
});

Deno.test("a band's edge runs along the frame", () => {
  const marks = band([0, 1, 2], [1, 1, 1], [0.5, 0.5, 0.5], [1.5, 3.5, 1.5]);
  const drawn = figure([marks], { x: { range: [0.5, 3] }, y: { range: [0, 2.5] } });
  const { x, y } = drawn.data[0] as unknown as { x: number[]; y: number[] };
  const corners = x.map((at, i) => `${at}, ${y[i]}`);
  // The triangle of the upper edge loses its tip at 2.5, and what is left of 0.5 falls away.
  assert.deepEqual(
    new Set(corners),
    new Set(["0.5, 2.5", "1.5, 2.5", "2, 1.5", "2, 0.5", "1, 0.5", "0.5, 0.5"]),
  );
  assert.deepEqual(clipped(drawn), []);
});

Deno.test("on a log axis intervals that reach 0 end at the least number there is", () => {
  const marks = points([1, 2], [3, 4], { low: [-1, 2], high: [5, 6] });
  const { data } = figure([marks], { log: "y" });
  assert.deepEqual((data[0].error_y as { arrayminus: number[] }).arrayminus, [1, 2]);
});

Deno.test("the ticks are those of what is drawn, intervals among it", () => {
  const marks = points([500, 1000], [1, 2], { low: [0.01, 0.02], high: [90, 100] });
  const { layout } = panels([{ marks, log: "xy" }]);
  assert.equal((layout.yaxis as { dtick?: number }).dtick, 1); // four decades, not a third of one
});
