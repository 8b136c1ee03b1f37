import assert from "node:assert/strict";
import { fullyConnected, myrtle5, type Network } from "../../lib/networks/mod.ts";
import { empiricalNtk } from "../../lib/ntk/mod.ts";
import { elementCount, type Matrix, randomStream, type Tensor } from "../../lib/numerics/mod.ts";
import golden from "../golden/empirical_ntk.json" with { type: "json" };
import { needs, TENSORFLOW } from "../permissions.ts";

const { test } = needs(...TENSORFLOW);

const formula = (shape: readonly number[], frequency: number, phase: number): Tensor => ({
  shape,
  data: Float32Array.from(
    { length: elementCount(shape) },
    (_, j) => Math.sin(frequency * j + phase),
  ),
});

const cases: { name: keyof typeof golden; network: Network; images: Tensor }[] = [
  {
    name: "fully connected",
    network: fullyConnected({ widths: [12, 7, 5, 10] }),
    images: formula([3, 12], 0.3, 0),
  },
  {
    name: "fully connected with biases",
    network: fullyConnected({ widths: [12, 7, 5, 10], biasStd: 0.3 }),
    images: formula([3, 12], 0.3, 0),
  },
  {
    name: "myrtle-5",
    network: myrtle5({ channels: 3 }),
    images: formula([2, 32, 32, 3], 0.3, 0),
  },
];

for (const { name, network, images } of cases) {
  test(`the kernel agrees with float64 autograd to 1e-5: ${name}`, async () => {
    const parameters = network.shapes.map((shape, i) => formula(shape, 0.7, i));
    const expected = golden[name];
    const n = images.shape[0];
    const full = await empiricalNtk(network, parameters, images, { outputs: "full" });
    assertClose(full, expected.flat(), 1e-5);

    const trace = await empiricalNtk(network, parameters, images);
    const traced = Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      let total = 0;
      for (let o = 0; o < 10; o++) total += expected[10 * i + o][10 * j + o];
      return total;
    });
    assertClose(trace, traced, 1e-5);
  });
}

test("little memory gives the same kernel, in channels at a time and in batches", async () => {
  const network = myrtle5({ channels: 64 });
  const images = randomImages(3, 1);
  const parameters = network.init(0);
  const whole = await empiricalNtk(network, parameters, images);
  let groups = 0;
  const parts = await empiricalNtk(network, parameters, images, {
    memory: 2 ** 20,
    onProgress: ({ total }) => {
      groups = total;
    },
  });
  assert(groups > 1);
  assertClose(parts, whole.data, 1e-5);
});

test("a train–test block is that block of the joint kernel", async () => {
  const [train, test] = [randomImages(3, 1), randomImages(2, 2)];
  const joint: Tensor = {
    shape: [5, 32, 32, 3],
    data: Float32Array.from([...train.data, ...test.data]),
  };
  const pixels = myrtle5({ channels: 4 });
  const vectors = fullyConnected({ widths: [3072, 16, 10], activation: "gelu", biasStd: 0.2 });
  const cases = [pixels, vectors].flatMap((network) =>
    (["trace", "full"] as const).map((outputs) => ({ network, outputs }))
  );
  for (const { network, outputs } of cases) {
    const parameters = network.init(0);
    const per = outputs === "full" ? 10 : 1;
    const whole = await empiricalNtk(network, parameters, joint, { outputs });
    const block = await empiricalNtk(network, parameters, train, { outputs, others: test });
    assert.deepEqual([block.rows, block.cols], [3 * per, 2 * per]);
    const expected = Array.from({ length: block.data.length }, (_, at) => {
      const [i, j] = [Math.floor(at / block.cols), at % block.cols];
      return whole.data[i * whole.cols + 3 * per + j];
    });
    assertClose(block, expected, 1e-6);
  }
});

test("of many images half of the kernel is made, and is that of images with others", async () => {
  const network = fullyConnected({ widths: [3072, 8, 10] });
  const [images, parameters] = [randomImages(420, 1), network.init(0)];
  const half = await empiricalNtk(network, parameters, images);
  const whole = await empiricalNtk(network, parameters, images, { others: images });
  assertClose(half, whole.data, 1e-6);
  for (const [i, j] of [[0, 419], [52, 53], [200, 11]]) {
    assert.equal(half.data[i * 420 + j], half.data[j * 420 + i]);
  }
});

test("⟨u, K u⟩ is ‖Jᵀu‖², and the kernel is symmetric to the last digit", async () => {
  const network = fullyConnected({ widths: [3072, 32, 10], activation: "erf" });
  const images = randomImages(6, 3);
  const parameters = network.init(1);
  const { rows, data } = await empiricalNtk(network, parameters, images, { outputs: "full" });
  const u = randomStream(4, "u").normal(new Float32Array(rows));
  let product = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      product += u[i] * u[j] * data[i * rows + j];
      assert.equal(data[i * rows + j], data[j * rows + i]);
    }
  }
  const gradient = await network.vjp(parameters, images, { shape: [6, 10], data: u });
  const squared = gradient.reduce((sum, { data }) => data.reduce((s, g) => s + g * g, sum), 0);
  assert(Math.abs(product / squared - 1) < 1e-5);
});

test("bad options and shapes are named; a signal ends the work", async () => {
  const network = fullyConnected({ widths: [12, 3, 2] });
  const images = formula([3, 12], 0.3, 0);
  const parameters = network.init(0);
  await assert.rejects(
    empiricalNtk(network, parameters, formula([3, 11], 1, 0)),
    /images have shape \[3,11\]; this network takes \[n, 12\]/,
  );
  await assert.rejects(empiricalNtk(network, parameters.slice(1), images), /has 1 tensors/);
  await assert.rejects(
    empiricalNtk(network, parameters, images, { outputs: "some" as "full" }),
    /outputs is "some"/,
  );
  await assert.rejects(empiricalNtk(network, parameters, images, { memory: 5 }), /memory is 5/);
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(empiricalNtk(network, parameters, images, { signal }), /enough/);
});

function randomImages(count: number, seed: number): Tensor {
  const data = randomStream(seed, "images").normal(new Float32Array(count * 3072));
  return { shape: [count, 32, 32, 3], data };
}

function assertClose({ data }: Matrix, expected: ArrayLike<number>, tolerance: number) {
  let largest = 0, off = 0;
  data.forEach((value, i) => {
    largest = Math.max(largest, Math.abs(expected[i]));
    off = Math.max(off, Math.abs(value - expected[i]));
  });
  assert.equal(data.length, expected.length);
  assert(off <= tolerance * largest, `off by ${off / largest}`);
}
