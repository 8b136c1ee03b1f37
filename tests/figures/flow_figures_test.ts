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

Deno.test("a path begins where the flow begins, and the picture lies beneath it", () => {
  const valley = curvedValley();
  const path = landscapeFlow(valley, { start: [-1.5, 2], horizon: 1 });
  const { data, layout } = landscapeFigure(valley, path, { reach: 2 });
  const [x, y] = [data.at(-1)!.x, data.at(-1)!.y] as number[][];
  assert.deepEqual([x[0], y[0]], [-1.5, 2]);
  const [{ x: left, y: top, sizex, sizey }] = layout.images as Record<string, number>[];
  assert.deepEqual([left, top, sizex, sizey], [-2, 2, 4, 4]);
  assert.deepEqual((layout.yaxis as { range: number[] }).range, [-2, 2]);
  // A path that leaves the picture ends at its edge.
  const far = landscapeFlow(valley, { start: [-1.5, 3], horizon: 1 });
  const seen = landscapeFigure(valley, far, { reach: 2 }).data.at(-1)!.y as number[];
  assert(Math.max(...seen) === 2 && Math.max(...far.positions.map(([, y]) => y)) === 3);
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
  assert.deepEqual([heat.x, heat.y], [deltas, alphas.toReversed()]);
  const border = data.find(({ name }) => name === "δ = 1 + α")!;
  const [x, y] = [border.x, border.y] as number[][];
  // (δ, α) = (1.5, 0.5) and (3.5, 2.5): from the lower edge to the upper right corner.
  assert.deepEqual([x, y], [[1.5, 3.5], [0.5, 2.5]]);
  assert.throws(() => phaseDiagram([[1, 2]]), /a row has 2 numbers; there are 1 rows/);
});
