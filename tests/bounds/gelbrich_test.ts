import assert from "node:assert/strict";
import { ensembleBounds, gaussian, wasserstein2Squared } from "../../lib/bounds/mod.ts";
import { type Matrix, multiply, randomStream } from "../../lib/numerics/mod.ts";

const cloud = (seed: number, rows: number, cols: number): Matrix => ({
  ...{ rows, cols },
  data: randomStream(seed, "cloud").normal(rows * cols),
});
const axes = (from: number, to: number, d: number): Matrix => ({
  ...{ rows: to - from, cols: d },
  data: Float64Array.from(
    { length: (to - from) * d },
    (_, at) => Math.floor(at / d) + from === at % d ? 1 : 0,
  ),
});

Deno.test("on the whole space, moved by a symmetric map, both bounds are W2² of the Gaussian laws", () => {
  const p = cloud(1, 4000, 3);
  const map = [[0.5, 0.1, 0], [0.1, 1.5, 0.2], [0, 0.2, 1]];
  const q = { ...p, data: multiply(p, map).data.map((x, at) => x + at % 3) };
  const { above, below, share } = ensembleBounds(p, q, [axes(0, 3, 3)]);
  assert(Math.abs(above.value - below.value) < 1e-10 * above.value);
  assert(Math.abs(share.corrected - 1) < 1e-10);
  const unit = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
  const exact = wasserstein2Squared(
    gaussian([0, 0, 0], unit),
    gaussian([0, 1, 2], multiply(map, map)),
  );
  assert(above.interval[0] - 0.05 < exact && exact < above.interval[1] + 0.05);
});

Deno.test("a turn moves all members and no law: below is 0 where above is not", () => {
  const p = cloud(2, 2000, 2);
  const q = { ...p, data: multiply(p, [[0, 1], [-1, 0]]).data };
  const { above, below } = ensembleBounds(p, q, [axes(0, 2, 2)]);
  assert(above.value > 3.8 && below.value < 0.02);
  assert(below.corrected < below.value && below.interval[1] < 0.02);
});

Deno.test("bounds are in order for any pairs and subspaces; fewer directions see less", () => {
  for (let seed = 0; seed < 40; seed++) {
    const d = 2 + seed % 5, p = cloud(seed, 64, d), noise = cloud(100 + seed, 64, d);
    const q = {
      ...p,
      data: p.data.map((x, at) => x * (1 + seed / 40) + 0.3 * noise.data[at] + Math.sin(x)),
    };
    const some = ensembleBounds(p, q, [axes(0, 1, d)]);
    const more = ensembleBounds(p, q, [axes(0, 1, d), axes(1, d, d)]);
    assert(some.below.value <= more.below.value + 1e-12);
    assert(more.below.value <= more.above.value);
    // The best assignment lies between.
    const w2 = wasserstein2Squared(p, q);
    assert(more.below.value <= w2 + 1e-9 && w2 <= more.above.value + 1e-9);
  }
});

Deno.test("the jackknife takes the bias of few members off, and its interval covers", () => {
  // No law moves: two independent clouds as pairs, on 4 directions.
  let covered = 0;
  for (let seed = 0; seed < 60; seed++) {
    const p = cloud(seed, 128, 4);
    const q = { ...p, data: p.data.map((x) => 0.5 * x + 1) };
    const { above } = ensembleBounds(p, q, [axes(0, 4, 4)]);
    const exact = 4 * (0.25 + 1); // E (−x/2 + 1)², four times
    if (above.interval[0] < exact && exact < above.interval[1]) covered++;
  }
  assert(covered >= 50, `${covered} of 60`);
});

Deno.test("wrong ensembles and subspaces are told", () => {
  const p = cloud(1, 40, 12);
  assert.throws(() => ensembleBounds([[1]], [[1]], [[[1]]]), /p is an ensemble of 1 member;/);
  assert.throws(() => ensembleBounds(p, cloud(1, 41, 12), [axes(0, 2, 12)]), /both must agree/);
  assert.throws(() => ensembleBounds(p, p, [axes(0, 10, 12)]), /10 dimensions and there are 40/);
  assert.throws(
    () => ensembleBounds(p, p, [axes(0, 2, 12), axes(1, 3, 12)]),
    /must be orthonormal within and across/,
  );
  assert.throws(() => ensembleBounds(p, p, []), /subspaces/);
});
