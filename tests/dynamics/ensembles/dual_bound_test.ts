import assert from "node:assert/strict";
import { wasserstein2Squared } from "../../../lib/bounds/mod.ts";
import { checkGradient, dualBound, saturated, smallNetwork } from "../../../lib/dynamics/mod.ts";
import { randomStream } from "../../../lib/numerics/mod.ts";

const cloud = (seed: number, rows: number, cols: number) => ({
  ...{ rows, cols },
  data: randomStream(seed, "cloud").normal(rows * cols),
});

Deno.test("no potential's bound is above the best assignment's W2² of the same clouds", () => {
  const potential = saturated(
    smallNetwork({ widths: [1, 2, 1], inputs: [[1], [-2]], targets: [[1], [1]] }),
    3,
  );
  checkGradient(potential, [randomStream(1, "x").normal(4)]);
  for (let seed = 0; seed < 5; seed++) {
    const from = cloud(seed, 40, 4), noise = cloud(50 + seed, 40, 4);
    const to = { ...from, data: from.data.map((x, i) => 0.8 * x + 0.3 * noise.data[i]) };
    const { value } = dualBound({ from, to, potential }, { starts: 4 });
    assert(value <= wasserstein2Squared(from, to) + 1e-6);
  }
});

Deno.test("of the map that its potential makes it is the mean squared displacement", () => {
  const loss = smallNetwork({
    ...{ widths: [3, 4, 1], inputs: cloud(1, 5, 3), targets: cloud(2, 5, 1) },
    metric: Array.from(
      { length: 5 },
      (_, i) => Array.from({ length: 5 }, (_, j) => i === j ? 0.05 : 0),
    ),
  });
  const potential = saturated(loss, 20), d = potential.dimension;
  const from = cloud(3, 30, d), slope = new Float64Array(d);
  const to = { ...from, data: from.data.slice() };
  let moved = 0;
  for (let i = 0; i < 30; i++) {
    potential.gradient(from.data.subarray(i * d, (i + 1) * d), 0, slope);
    slope.forEach((g, j) => {
      to.data[i * d + j] += g;
      moved += g * g / 30;
    });
  }
  const { value, elsewhere, slope: left } = dualBound({ from, to, potential });
  assert(Math.abs(value / moved - 1) < 1e-6 && elsewhere === 0 && left < 1e-4);
});

Deno.test("wrong pairs are told", () => {
  const potential = saturated(smallNetwork({ widths: [1, 1], inputs: [[1]], targets: [[1]] }), 1);
  assert.throws(() => dualBound({ from: [[1]], to: [[1]], potential }), /two or more rows of 1/);
  assert.throws(() => saturated(potential, 0), /most is 0; it must be a positive number/);
});
