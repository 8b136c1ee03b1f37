import assert from "node:assert/strict";
import {
  eighSync,
  multiply,
  randomStream,
  spectralDensity,
  sum,
  type SymmetricProduct,
} from "../../lib/numerics/mod.ts";
import { withSpectrum } from "./matrices.ts";

const n = 200;
const a = withSpectrum(
  randomStream(1, "tests/spectral density"),
  Array.from({ length: n }, (_, k) => 2 * (k + 1) ** -0.8 - 0.1),
);
const known = eighSync(a, { vectors: false }).values;
const apply: SymmetricProduct = (v) => multiply(a, { rows: n, cols: 1, data: v }).data;
const meanOf = (f: (x: number) => number) => sum(known.map(f)) / n;
const functions: [string, (x: number) => number][] = [
  ["the eigenvalue", (x) => x],
  ["its square", (x) => x * x],
  ["exp(−5 λ)", (x) => Math.exp(-5 * x)],
  ["cos(3 λ)", (x) => Math.cos(3 * x)],
];

Deno.test("means over the spectrum lie within their standard errors of eigh's", async () => {
  // 40 probes each, and 20 seeds: |z| is of order 1 for each, and its mean square is.
  const seeds = 20;
  const squares = functions.map(() => 0);
  for (let seed = 0; seed < seeds; seed++) {
    const { mean } = await spectralDensity(apply, n, { probes: 40, steps: 15, seed });
    functions.forEach(([name, f], i) => {
      const { value, standardError } = mean(f);
      const z = (value - meanOf(f)) / standardError;
      assert(standardError > 0 && Math.abs(z) < 4.5, `${name}, seed ${seed}: z = ${z}`);
      squares[i] += z * z / seeds;
    });
  }
  squares.forEach((square, i) =>
    assert(square > 0.4 && square < 2, `${functions[i][0]}: mean z² = ${square}`)
  );
});

Deno.test("weights are of a probability; at full length each probe is exact for its vector", async () => {
  const { nodes, weights, mean } = await spectralDensity(apply, n, { probes: 3, steps: n });
  assert(Math.abs(sum(weights) - 1) < 1e-13);
  assert(weights.every((weight) => weight >= 0));
  assert.deepEqual(nodes, nodes.slice().sort());
  const values = weights.map((weight, i) => weight * nodes[i]);
  assert(Math.abs(sum(values) - mean((x) => x).value) < 1e-13);
  nodes.forEach((node) => assert(known.some((value) => Math.abs(value - node) < 1e-10)));
  assert(Math.abs(mean(() => 1).value - 1) < 1e-13);
  assert(mean(() => 1).standardError < 1e-13);
});

Deno.test("a few distinct eigenvalues are found exactly, diagonals too", async () => {
  const steps: SymmetricProduct = (v) => v.map((x, i) => x * (i % 4)); // signs have equal squares
  const { nodes, weights, mean } = await spectralDensity(steps, 400, { probes: 2, steps: 20 });
  for (let value = 0; value < 4; value++) {
    const near = weights.filter((_, i) => Math.abs(nodes[i] - value) < 1e-12);
    assert(Math.abs(sum(near) - 0.25) < 1e-12);
  }
  assert(Math.abs(mean((x) => x ** 3).value - 9) < 1e-11);
});

Deno.test("progress is told, the work can be ended, and bad options are refused", async () => {
  const told: number[] = [];
  const stop = new AbortController();
  const ended = spectralDensity(apply, n, {
    probes: 5,
    steps: 4,
    signal: stop.signal,
    onProgress({ done, total }) {
      assert.equal(total, 5);
      told.push(done);
      if (done === 3) stop.abort(new Error("enough"));
    },
  });
  await assert.rejects(ended, /enough/);
  assert.deepEqual(told, [1, 2, 3]);
  await assert.rejects(spectralDensity(apply, n, { probes: 1 }), /probes is 1; .* from 2/);
  await assert.rejects(spectralDensity(apply, n, { steps: 201 }), /steps is 201; .* to 200/);
});
