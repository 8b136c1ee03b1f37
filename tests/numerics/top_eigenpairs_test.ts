import assert from "node:assert/strict";
import {
  eighSync,
  type Matrix,
  multiply,
  randomStream,
  type SymmetricProduct,
  topEigenpairs,
} from "../../lib/numerics/mod.ts";
import { defect, distance, norm, withSpectrum } from "./matrices.ts";

const productOf = (a: Matrix): SymmetricProduct => (v) =>
  multiply(a, { rows: v.length, cols: 1, data: v }).data;

const spectra: [string, number, (k: number) => number][] = [
  ["a power law", 400, (k) => (k + 1) ** -1.5],
  ["a flat one", 300, (k) => 1 - k / 1000],
  ["tenfold values", 200, (k) => 0.5 ** Math.floor(k / 10)],
  ["the unit matrix", 120, () => 1],
  ["nothing", 30, () => 0],
  ["rank 3", 150, (k) => k < 3 ? 3 - k : 0],
  ["both signs", 250, (k) => Math.cos(k)],
  ["negative values", 150, (k) => -1 - k],
  ["one alone", 1, () => -2],
  ["a pair at the edge of what is asked", 100, (k) => k === 3 || k === 4 ? 5 : 10 - 2 * k],
];

for (const [name, n, value] of spectra) {
  Deno.test(`the top eigenpairs of ${name} are eigh's`, async () => {
    const stream = randomStream(n, "tests/top eigenpairs");
    const a = withSpectrum(stream, Array.from({ length: n }, (_, k) => value(k)));
    const known = eighSync(a).values.toReversed();
    const scale = Math.max(Math.abs(known[0]), Math.abs(known[n - 1])) || 1;
    for (const count of [1, 4, 12]) {
      if (count > n) continue;
      const { values, vectors, residuals } = await topEigenpairs(productOf(a), n, { count });
      assert.equal(values.length, count);
      values.forEach((x, k) => assert(Math.abs(x - known[k]) < 1e-10 * scale, `${count}: ${k}`));
      assert.deepEqual([vectors.rows, vectors.cols], [n, count]);
      assert(defect(vectors) < 1e-10);
      const stretched = { ...vectors, data: vectors.data.map((x, at) => x * values[at % count]) };
      assert(distance(multiply(a, vectors), stretched) < 3e-10 * scale * Math.sqrt(count));
      residuals.forEach((x) => assert(x <= 1e-10 * scale));
    }
  });
}

Deno.test("the pairs of a large operator come in few products, the same for a seed", async () => {
  const n = 20_000;
  const stretch: SymmetricProduct = (v) => v.map((x, i) => x * (i + 1) ** -1.2);
  const first = await topEigenpairs(stretch, n, { count: 5, seed: 3 });
  first.values.forEach((x, k) => assert(Math.abs(x - (k + 1) ** -1.2) < 1e-11));
  assert(first.products < 250, `${first.products} products`);
  const again = await topEigenpairs(stretch, n, { count: 5, seed: 3 });
  assert.deepEqual(again, first);
  const other = await topEigenpairs(stretch, n, { count: 5, seed: 4 });
  assert.notDeepEqual(other.vectors.data, first.vectors.data);
});

Deno.test("products in float32 do, with a tolerance to suit them", async () => {
  const n = 300;
  const a = withSpectrum(
    randomStream(1, "tests/top eigenpairs/float32"),
    Array.from({ length: n }, (_, k) => (k + 1) ** -1),
  );
  const rounded: SymmetricProduct = async (v) =>
    Float64Array.from(
      Float32Array.from(await productOf(a)(Float64Array.from(Float32Array.from(v)))),
    );
  const { values } = await topEigenpairs(rounded, n, { count: 6, tolerance: 1e-5 });
  values.forEach((x, k) => assert(Math.abs(x - 1 / (k + 1)) < 1e-6));
});

Deno.test("progress is told, and the search can be ended", async () => {
  const n = 500;
  const slow: SymmetricProduct = (v) => v.map((x, i) => x * (1 - (i / n) ** 2));
  const told: number[] = [];
  await topEigenpairs(slow, n, {
    count: 8,
    onProgress({ done, total, note }) {
      assert.equal(total, 8);
      assert.match(note ?? "", /^\d+ products$/);
      told.push(done);
    },
  });
  assert.equal(told.at(-1), 8);
  const stop = new AbortController();
  const ended = topEigenpairs(slow, n, {
    count: 8,
    signal: stop.signal,
    onProgress: () => stop.abort(new Error("enough")),
  });
  await assert.rejects(ended, /enough/);
});

Deno.test("too few products, bad sizes and counts are told", async () => {
  const slow: SymmetricProduct = (v) => v.map((x, i) => x * (1 - (i / 2000) ** 2));
  await assert.rejects(
    topEigenpairs(slow, 2000, { count: 3, maxProducts: 60 }),
    /of 3 eigenpairs found after \d+ products; .* maxProducts is 60/,
  );
  const unit: SymmetricProduct = (v) => v.slice();
  await assert.rejects(topEigenpairs(unit, 2, { count: 3 }), /count is 3; .* from 1 to 2/);
  await assert.rejects(topEigenpairs(unit, 0, { count: 1 }), /size is 0/);
  await assert.rejects(topEigenpairs(unit, 2, { count: 1, tolerance: 0 }), /tolerance is 0/);
  await assert.rejects(
    topEigenpairs((v) => Float64Array.of(v[1], 0), 2, { count: 1 }),
    /not that of a symmetric operator/,
  );
});

Deno.test("the residual told is the true one", async () => {
  const n = 200;
  const stretch: SymmetricProduct = (v) => v.map((x, i) => x * Math.exp(-i / 40));
  const { values, vectors, residuals } = await topEigenpairs(stretch, n, {
    count: 5,
    tolerance: 1e-4,
  });
  for (let k = 0; k < 5; k++) {
    const x = Float64Array.from({ length: n }, (_, i) => vectors.data[i * 5 + k]);
    const image = await stretch(x);
    const off = norm(image.map((y, i) => y - values[k] * x[i]));
    assert(Math.abs(off - residuals[k]) < 1e-12 + 1e-3 * residuals[k], `${off} ${residuals[k]}`);
  }
});
