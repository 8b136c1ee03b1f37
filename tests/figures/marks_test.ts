import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { PNG } from "pngjs";
import { band, bars, heatMap, line } from "../../lib/mod.ts";

Deno.test("a line takes typed arrays and refuses columns of different lengths", () => {
  const [trace] = line(new Float32Array([1, 2]), Float64Array.from([3, 4]));
  assert.deepEqual([trace.x, trace.y, trace.showlegend], [[1, 2], [3, 4], false]);
  assert.throws(() => line([1, 2], [3]), /y has 1 values; x has 2/);
  assert.throws(() => line([], []), /x is empty/);
});

Deno.test("a band goes out along its upper edge and back along the lower, without what is not finite", () => {
  const [area, middle] = band([1, 2, 3], [5, NaN, 7], [4, NaN, 6], [8, NaN, 9], { name: "mean" });
  assert.deepEqual([area.x, area.y], [[1, 3, 3, 1], [8, 9, 6, 4]]);
  assert.deepEqual([area.fill, area.showlegend], ["toself", false]);
  assert.deepEqual([middle.y, middle.name, middle.showlegend], [[5, NaN, 7], "mean", true]);
  assert.throws(() => band([1], [1], [1, 2], [1]), /low has 2 values; x has 1/);
});

Deno.test("bars carry error bars from low to high, and only if these are given", () => {
  const [trace] = bars(["a", "b_{0}"], [2, 5], { low: [1, 5], high: [4, 6] });
  const error = trace.error_y as { array: number[]; arrayminus: number[] };
  assert.deepEqual([error.array, error.arrayminus], [[2, 1], [1, 0]]);
  assert.deepEqual(trace.x, ["a", "b<sub>0</sub>"]);
  assert.equal(bars(["a"], [1])[0].error_y, undefined);
});

Deno.test("a heat map spans its values, or is symmetric about 0 when it diverges", () => {
  const [plain] = heatMap([[-1, 2], [3, NaN]]);
  assert.deepEqual([plain.zmin, plain.zmax], [-1, 3]);
  const [both] = heatMap({ rows: 1, cols: 2, data: Float64Array.from([-1, 3]) }, {
    diverging: true,
  });
  assert.deepEqual([both.zmin, both.zmax, both.z], [-3, 3, [[-1, 3]]]);
  const [flat] = heatMap([[4, 4]]);
  assert.deepEqual([flat.zmin, flat.zmax], [3.5, 4.5]);
});

Deno.test("a large heat map is a picture, one colour a cell, blank where a value is not finite", () => {
  const n = 100;
  const matrix = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => i + j));
  matrix[0][1] = NaN;
  const [trace] = heatMap(matrix, { range: [0, 198] });
  const { picture, width, height } = trace.meta as Record<string, never>;
  const png = PNG.sync.read(Buffer.from(String(picture).split(",")[1], "base64"));
  const cell = png.width / n;
  assert.deepEqual([png.width, png.height, width, height], [500, 500, n, n]);
  const at = (i: number, j: number) => {
    const from = 4 * ((i + 0.5) * cell * png.width + (j + 0.5) * cell - 0.5 * (png.width + 1));
    return [...png.data.subarray(from, from + 4)];
  };
  assert.deepEqual(at(0, 0), [0x44, 0x01, 0x54, 255]);
  assert.deepEqual(at(n - 1, n - 1), [0xfd, 0xe7, 0x25, 255]);
  assert.deepEqual(at(n - 1, 0), at(0, n - 1));
  assert.equal(at(0, 1)[3], 0);
  assert.ok(JSON.stringify(trace).length < 60_000, "small");
});

Deno.test("a matrix that is none, and a range that is none, are refused", () => {
  assert.throws(() => heatMap([]), /matrix is empty/);
  assert.throws(() => heatMap([[1, 2], [3]]), /row 1 of matrix has 1 values; row 0 has 2/);
  assert.throws(() => heatMap([[1, 2]], { range: [2, 1] }), /range is \[2, 1\]/);
  assert.throws(() => heatMap([[NaN]]), RangeError);
});
