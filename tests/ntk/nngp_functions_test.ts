import assert from "node:assert/strict";
import { trainingSet } from "../../lib/datasets/mod.ts";
import { fullyConnected } from "../../lib/networks/mod.ts";
import { infiniteKernels, nngpFunctions } from "../../lib/ntk/mod.ts";
import { cholesky, type Matrix } from "../../lib/numerics/mod.ts";
import { KEPT_RUNS, needs } from "../permissions.ts";

const { test, made } = needs(...KEPT_RUNS);

const { images } = await made(() => trainingSet(12));
const { nngp } = await made(() =>
  infiniteKernels(fullyConnected({ widths: [3072, 9, 9, 10] }), images)
);

/** Row i of n × columns. */
const row = ({ cols, data }: Matrix, i: number) => data.subarray(i * cols, (i + 1) * cols);
const meanOf = (values: Iterable<number>, count: number) =>
  [...values].reduce((sum, value) => sum + value, 0) / count;

test("functions have the NNGP's covariance, and are normal", () => {
  const drawn = nngpFunctions(nngp, { outputs: 10, functions: 2000, seed: 5 });
  const count = drawn.cols;
  for (let i = 0; i < 12; i++) {
    for (let j = 0; j <= i; j++) {
      const [a, b] = [row(drawn, i), row(drawn, j)];
      const product = meanOf(a.map((f, at) => f * b[at]), count);
      const [kii, kjj, kij] = [[i, i], [j, j], [i, j]].map(([p, q]) => nngp.data[p * 12 + q]);
      // Of products of normal numbers: variance K_ii K_jj + K_ij².
      const error = Math.sqrt((kii * kjj + kij ** 2) / count);
      assert(Math.abs(product - kij) < 4.5 * error, `K_${i}${j}: ${product}, ${kij} ± ${error}`);
    }
  }
  // fᵀK⁻¹f is χ² of 12 degrees: mean 12, variance 24; by another factor than the one that drew.
  const factor = cholesky(nngp);
  const squares = Float64Array.from({ length: count }, (_, at) => {
    const z = new Float64Array(12);
    for (let i = 0; i < 12; i++) {
      let value = drawn.data[i * count + at];
      for (let j = 0; j < i; j++) value -= factor.data[i * 12 + j] * z[j];
      z[i] = value / factor.data[i * 12 + i];
    }
    return z.reduce((sum, value) => sum + value * value, 0);
  });
  const mean = meanOf(squares, count);
  const variance = meanOf(squares.map((square) => (square - mean) ** 2), count);
  assert(Math.abs(mean - 12) < 4 * Math.sqrt(24 / count), `${mean}`);
  assert(Math.abs(variance - 24) < 1.5, `${variance}`);
});

test("outputs are independent, and a seed draws the same functions again", () => {
  const drawn = nngpFunctions(nngp, { outputs: 2, functions: 8000, seed: 1 });
  const first = row(drawn, 0);
  const product = meanOf(
    Array.from({ length: 8000 }, (_, i) => first[2 * i] * first[2 * i + 1]),
    8000,
  );
  assert(Math.abs(product) < 4.5 * nngp.data[0] / Math.sqrt(8000));
  const one = nngpFunctions(nngp, { outputs: 10, seed: 3 });
  assert.deepEqual(one, nngpFunctions(nngp, { outputs: 10, seed: 3 }));
  assert.notDeepEqual(one.data, nngpFunctions(nngp, { outputs: 10, seed: 4 }).data);
});

test("wide networks' initial functions have the second moments that are drawn", async () => {
  const network = fullyConnected({ widths: [3072, 64, 64, 10] });
  let [square, count] = [0, 0];
  for (let seed = 0; seed < 30; seed++) {
    const { data } = await network.apply(network.init(seed), images);
    for (let output = 0; output < 10; output++, count++) square += data[output] ** 2;
  }
  // 300 outputs of 30 networks; the variance of f² is 2K² and more at finite width.
  assert(Math.abs(square / count / nngp.data[0] - 1) < 0.4, `${square / count}, ${nngp.data[0]}`);
});

test("what is no covariance is told", () => {
  assert.throws(
    () => nngpFunctions([[1, 2], [2, 1]], { outputs: 1 }),
    /^RangeError: nngp has the eigenvalue -1 beside the largest, 3; a covariance has none below 0/,
  );
  assert.throws(() => nngpFunctions([[1, 2], [0, 1]], { outputs: 1 }), /nngp .*symmetric/);
  assert.throws(() => nngpFunctions([[0]], { outputs: 1 }), /none below 0, and one above/);
  assert.throws(() => nngpFunctions([[1]], { outputs: 0 }), /outputs is 0/);
  assert.throws(() => nngpFunctions([[1]], { outputs: 1, functions: -1 }), /functions is -1/);
});
