/** The kernel of all outputs: its spectrum, what its mean misses, and laziness. */
import assert from "node:assert/strict";
import { trainingSet } from "../../lib/datasets/mod.ts";
import { descend, gradientFlow, linearizedFlow } from "../../lib/dynamics/mod.ts";
import {
  flatten,
  fullyConnected,
  myrtle5,
  type Network,
  type TensorLike,
} from "../../lib/networks/mod.ts";
import {
  averagedKernel,
  cumulativeOverlap,
  empiricalNtk,
  fullNtkSpectrum,
  kernelLaziness,
  kernelSpectrum,
  laziness,
  missedByAverage,
  networkLaziness,
  residueComponents,
} from "../../lib/ntk/mod.ts";
import { multiply, randomStream } from "../../lib/numerics/mod.ts";
import { squaredDistance } from "../../lib/numerics/vectors.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test } = needs(...TENSORFLOW);

const near = (value: number, expected: number, tolerance: number, what = "") =>
  assert(Math.abs(value / expected - 1) <= tolerance, `${what} ${value}, ${expected}`);

const networks = [
  { name: "fully connected", network: fullyConnected({ widths: [3072, 24, 10] }) },
  { name: "Myrtle-5", network: myrtle5({ channels: 4 }) },
];

for (const { name, network } of networks) {
  test(`${name}: the top of the full spectrum is that of the whole`, async () => {
    const { images, targets } = await trainingSet(12);
    const parameters = network.init(1);
    const whole = await fullNtkSpectrum(network, parameters, images);
    assert.equal(whole.eigenvalues.length, 120);
    const top = await fullNtkSpectrum(network, parameters, images, { count: 9 });
    assert.deepEqual([top.eigenvectors.rows, top.eigenvectors.cols], [120, 9]);
    const few = await fullNtkSpectrum(network, parameters, images, { count: 70 });
    const residue = Float64Array.from(targets.data);
    const [all, first, most] = [whole, top, few].map((one) => residueComponents(one, residue));
    for (let k = 0; k < 9; k++) {
      near(top.eigenvalues[k], whole.eigenvalues[k], 1e-9, `λ_${k + 1}`);
      near(Math.abs(first[k]), Math.abs(all[k]), 1e-5, `Δ_${k + 1}`);
    }
    assert.deepEqual(few.eigenvalues, whole.eigenvalues.slice(0, 70));
    assert.deepEqual(most.map(Math.abs), all.slice(0, 70).map(Math.abs));
    // Trace and Σ Δ² are basis-free.
    const square = residue.reduce((sum, x) => sum + x * x, 0);
    near(all.reduce((sum, x) => sum + x * x, 0), square, 1e-10);
    const overlap = cumulativeOverlap(first, { whole: square });
    near(overlap[8], cumulativeOverlap(all)[8], 1e-6);
    const trace = await empiricalNtk(network, parameters, images);
    let sum = 0;
    for (let i = 0; i < 12; i++) sum += trace.data[13 * i];
    near(whole.eigenvalues.reduce((a, b) => a + b), sum, 1e-5, "trace");
    assert.throws(() => cumulativeOverlap([3, 4], { whole: 24 }), /whole is 24/);
  });
}

test("beyond a matrix that fits, the top is found by products with the network", async () => {
  const network = fullyConnected({ widths: [6, 4, 10] }), n = 1001;
  const images = { shape: [n, 6], data: randomStream(1, "many").normal(new Float32Array(6 * n)) };
  const parameters = network.init(0);
  const { eigenvalues, eigenvectors } = await fullNtkSpectrum(network, parameters, images, {
    count: 5,
  });
  assert.deepEqual([eigenvectors.rows, eigenvectors.cols], [10 * n, 5]);
  // J Jᵀ and Jᵀ J share their eigenvalues; J's columns are derivatives along single weights.
  const count = network.parameterCount;
  const columns = new Float64Array(count * 10 * n);
  for (let weight = 0, layer = 0; layer < 2; layer++) {
    for (let i = 0; i < parameters[layer].data.length; i++, weight++) {
      const tangents = parameters.map(({ shape, data }) => ({ shape, data: data.map(() => 0) }));
      tangents[layer].data[i] = 1;
      columns.set((await network.jvp(parameters, images, tangents)).data, weight * 10 * n);
    }
  }
  const transposed = { rows: count, cols: 10 * n, data: columns };
  const { eigenvalues: expected } = await kernelSpectrum(
    multiply(transposed, transposed, { transposeB: true }),
  );
  eigenvalues.forEach((value, k) => near(value, expected[k], 1e-5, `λ_${k + 1}`));
});

test("the averaged kernel is the trace's, and what it misses is what is left", async () => {
  const [, { network }] = networks;
  const { images } = await trainingSet(8);
  const parameters = network.init(0);
  const full = await empiricalNtk(network, parameters, images, { outputs: "full" });
  const trace = await empiricalNtk(network, parameters, images);
  const averaged = averagedKernel(full, { outputs: 10 });
  trace.data.forEach((value, i) => assert(Math.abs(averaged.data[i] - value / 10) < 1e-5 * value));
  // By plain loops over K and K̄ ⊗ I.
  let [whole, cross, missed] = [0, 0, 0];
  full.data.forEach((value, at) => {
    const [i, j] = [Math.floor(at / 80), at % 80];
    const same = i % 10 === j % 10;
    const mean = same ? averaged.data[Math.floor(i / 10) * 8 + Math.floor(j / 10)] : 0;
    whole += value ** 2;
    if (!same) cross += value ** 2;
    missed += (value - mean) ** 2;
  });
  const shares = missedByAverage(full, { outputs: 10 });
  near(shares.crossOutputs, cross / whole, 1e-9);
  near(shares.whole, missed / whole, 1e-9);
  assert(shares.whole > shares.crossOutputs && shares.whole < 1);
  assert.throws(() => averagedKernel(full, { outputs: 3 }), /outputs is 3; it must divide .* 80/);
  assert.throws(() => missedByAverage([[0]], { outputs: 1 }), /kernel is 0/);
});

/** Δf, ‖Δθ‖² and the full spectrum at the start. */
async function moved(
  network: Network,
  images: TensorLike,
  [start, end]: readonly (readonly TensorLike[])[],
) {
  const [from, to] = [await network.apply(start, images), await network.apply(end, images)];
  return {
    spectrum: await fullNtkSpectrum(network, start, images),
    outputChange: Float64Array.from(to.data, (value, i) => value - from.data[i]),
    displacementSquared: squaredDistance(
      ...[start, end].map((list) => flatten(list, network.shapes)) as [Float64Array, Float64Array],
    ),
  };
}

test("of a fixed J, laziness is at most 1, and 1 for the linear flow", async () => {
  const n = 6, p = 15;
  const normal = (seed: number, count: number) => randomStream(seed, "laziness").normal(count);
  for (let seed = 0; seed < 20; seed++) {
    const jacobian = { rows: n, cols: p, data: normal(seed, n * p) };
    const spectrum = await kernelSpectrum(multiply(jacobian, jacobian, { transposeB: true }));
    const of = (step: Float64Array) =>
      laziness(spectrum, {
        outputChange: multiply(jacobian, { rows: p, cols: 1, data: step }).data,
        displacementSquared: step.reduce((sum, x) => sum + x * x, 0),
      });
    const any = of(normal(seed + 100, p));
    assert(any > 0 && any < 1);
    // The part of a step along the rows of J: ‖Pd‖²/‖d‖², by a step that is all along them.
    const along = multiply(jacobian, { rows: n, cols: 1, data: normal(seed + 200, n) }, {
      transposeA: true,
    });
    near(of(along.data), 1, 1e-9);
  }
});

// Linear in its weights: one dense layer, more weights than numbers to fit.
const linear = fullyConnected({ widths: [12, 2], activation: "linear" });
const images = { shape: [5, 12], data: randomStream(4, "lazy").normal(new Float32Array(60)) };
const targets = { shape: [5, 2], data: randomStream(5, "lazy").normal(new Float32Array(10)) };

test("a linear network is lazy by flow, and less so by Adam", async () => {
  const start = linear.init(0);
  const { parameters: flowed } = await gradientFlow(linear, { images, targets }, { horizon: 3 });
  const { parameters: descended } = await descend(linear, { images, targets }, {
    ...{ optimizer: "adam", learningRate: 0.01, steps: 100 },
  });
  for (const [end, least, most] of [[flowed, 0.9999, 1.0001], [descended, 0.05, 0.95]] as const) {
    const { spectrum, ...rest } = await moved(linear, images, [start, end]);
    const found = laziness(spectrum, rest);
    assert(found > least && found < most, String(found));
    near(await networkLaziness(linear, images, { start, end }), found, 1e-3);
  }
});

test("a network's own flow differs from 1, by both ways alike; its linearization does not", async () => {
  for (const { network } of networks) {
    const data = await trainingSet(10);
    const start = network.init(2);
    const { parameters: end } = await gradientFlow(network, data, { horizon: 0.5, seed: 2 });
    const { spectrum, ...rest } = await moved(network, data.images, [start, end]);
    const found = laziness(spectrum, rest);
    assert(found > 0 && Math.abs(found - 1) > 0.02, String(found));
    const control = { start, end, tolerance: 1e-5 };
    near(await networkLaziness(network, data.images, control), found, 1e-3);
    const kernel = await empiricalNtk(network, start, data.images, { outputs: "full" });
    near(await kernelLaziness(kernel, { ...rest, tolerance: 1e-6 }), found, 1e-4);
    // Δf of the linearized network: J Δθ.
    const { parameters, trajectory } = await linearizedFlow(network, data, {
      ...{ horizon: 0.5, seed: 2 },
    });
    const tangents = parameters.map(({ shape, data }, i) => ({
      shape,
      data: data.map((value, j) => value - start[i].data[j]),
    }));
    const change = (await network.jvp(start, data.images, tangents)).data;
    const lazy = laziness(spectrum, {
      outputChange: Array.from(change),
      displacementSquared: trajectory.displacementSquared.at(-1)!,
    });
    near(lazy, 1, 2e-3);
  }
});

test("what laziness cannot be told of is named", async () => {
  const spectrum = await kernelSpectrum([[2, 1], [1, 2]]);
  const of = (options: object) =>
    laziness(spectrum, { outputChange: [1, 2], displacementSquared: 1, ...options });
  assert.throws(() => of({ outputChange: [1] }), /outputChange has 1 number; it must have 2/);
  assert.throws(() => of({ displacementSquared: 0 }), /displacementSquared is 0/);
  assert.throws(() => of({ cutoff: 2 }), /cutoff is 2/);
  const big = { rows: 8, cols: 8, data: new Float64Array(64) };
  for (let i = 0; i < 8; i++) big.data[9 * i] = i + 1;
  const partial = await kernelSpectrum(big, { count: 1 });
  assert.throws(
    () => laziness(partial, { outputChange: new Array(8).fill(1), displacementSquared: 1 }),
    /1 eigenpairs of 8; a pseudo-inverse needs all/,
  );
  const start = linear.init(0);
  await assert.rejects(
    networkLaziness(linear, images, { start, end: start }),
    /displacementSquared is 0/,
  );
  await assert.rejects(
    networkLaziness(linear, images, { start, end: linear.init(1), products: 2 }),
    /2 products with the kernel do not suffice/,
  );
  await assert.rejects(
    kernelLaziness([[1, 2]], { outputChange: [1], displacementSquared: 1 }),
    /kernel is 1 × 2; it must be square/,
  );
  await assert.rejects(kernelSpectrum([[1]], { count: 2 }), /count is 2; .* from 1 to 1/);
});
