import assert from "node:assert/strict";
import {
  curvedValley,
  doubleWell,
  landscapeFigure,
  landscapeFlow,
  lengthsFigure,
  phaseDiagram,
  phaseGrid,
} from "../../lib/mod.ts";

Deno.test("a path begins on the picture where the flow begins, in cells", () => {
  const valley = curvedValley();
  const path = landscapeFlow(valley, { start: [-1.5, 2], horizon: 1 });
  const trace = landscapeFigure(valley, path, { reach: 2 }).data.at(-1)!;
  const [x, y] = [trace.x, trace.y] as number[][];
  assert.equal(x[0], (2 - 1.5) / 4 * 80 - 0.5);
  assert.equal(y[0], -0.5); // on the upper edge
  assert.throws(() => landscapeFigure(doubleWell(), path), /dimension is 1; it must be 2/);
});

Deno.test("the three lengths are drawn in their order", () => {
  const { data } = lengthsFigure(landscapeFlow(curvedValley(), { start: [-1.5, 2], horizon: 5 }));
  const last = data.slice(-3).map(({ y }) => (y as number[]).at(-1)!);
  assert(last[0] > last[1] && last[1] > last[2]);
});

Deno.test("the diagram has low α below, and its borders where they belong", () => {
  const { alphas, deltas } = phaseGrid(4);
  const { data } = phaseDiagram(alphas.map((alpha) => deltas.map(() => alpha)));
  const heat = data.find(({ type }) => type === "heatmap")!;
  assert.equal((heat.z as number[][])[0][0], alphas[3]); // row 0 is on top
  const border = data.find(({ name }) => name === "δ = 1 + α")!;
  const [x, y] = [border.x, border.y] as number[][];
  // (δ, α) = (1.5, 0.5) and (3.5, 2.5): from the lower edge to the upper right corner.
  assert.deepEqual(y, [3.5, -0.5]);
  assert(Math.abs(x[0] - (1.5 / 3.5 * 4 - 0.5)) < 1e-4 && Math.abs(x[1] - 3.5) < 1e-4);
  assert.throws(() => phaseDiagram([[1, 2]]), /a row has 2 numbers; there are 1 rows/);
});
