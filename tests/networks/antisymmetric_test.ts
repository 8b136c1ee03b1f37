import assert from "node:assert/strict";
import {
  antisymmetric,
  fullyConnected,
  myrtle5,
  type Network,
  tangentKernel,
} from "../../lib/networks/mod.ts";
import { empiricalNtk, infiniteKernels } from "../../lib/ntk/mod.ts";
import { elementCount, randomStream, type Tensor } from "../../lib/numerics/mod.ts";
import { KEPT_RUNS, needs } from "../permissions.ts";

const { test } = needs(...KEPT_RUNS);

const random = (shape: readonly number[], seed: number): Tensor => ({
  shape,
  data: Float32Array.from(
    randomStream(seed, "tests/antisymmetric").normal(new Float64Array(elementCount(shape))),
  ),
});

const cases: { name: string; network: Network; images: Tensor }[] = [
  {
    name: "fully connected with biases",
    network: fullyConnected({ widths: [12, 9, 7, 3], biasStd: 0.3 }),
    images: random([4, 12], 1),
  },
  { name: "Myrtle-5", network: myrtle5({ channels: 3 }), images: random([3, 32, 32, 3], 2) },
];

const scaleOf = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function assertNear(a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number) {
  assert.equal(a.length, b.length);
  const scale = scaleOf(b);
  Array.from(a).forEach((value, i) => assert.ok(Math.abs(value - b[i]) <= tolerance * scale));
}

for (const { name, network, images } of cases) {
  const twin = antisymmetric(network);
  const n = images.shape[0];

  test(`f_0 is 0 exactly, and the kernel that of one network: ${name}`, async () => {
    const start = twin.init(5);
    assert.ok(scaleOf((await network.apply(network.init(5), images)).data) > 0.1);
    assert.ok((await twin.apply(start, images)).data.every((value) => value === 0));
    const own = await empiricalNtk(network, network.init(5), images, { outputs: "full" });
    const twins = await empiricalNtk(twin, start, images, { outputs: "full" });
    assertNear(twins.data, own.data, 2e-6);
  });

  test(`where the halves differ the kernel is the mean of both: ${name}`, async () => {
    const apart = [...network.init(0), ...network.init(1)];
    const [a, b] = [
      await empiricalNtk(network, network.init(0), images, { outputs: "full" }),
      await empiricalNtk(network, network.init(1), images, { outputs: "full" }),
    ];
    const mean = a.data.map((value, at) => (value + b.data[at]) / 2);
    const twins = await empiricalNtk(twin, apart, images, { outputs: "full" });
    assertNear(twins.data, mean, 2e-6);
    // The products of the flow, by vjp and jvp.
    const u = Float64Array.from(random([n, network.outputs], 3).data);
    const size = u.length;
    const expected = u.map((_, i) => u.reduce((sum, v, j) => sum + mean[i * size + j] * v, 0));
    const family = tangentKernel(twin, images);
    const kernel = await family.at(apart);
    assertNear(await kernel.times(u), expected, 1e-5);
    kernel.dispose();
    family.dispose();
  });

  test(`pullback gives the outputs and what vjp gives, and jvp is its adjoint: ${name}`, async () => {
    const apart = [...network.init(0), ...network.init(1)];
    const [fa, fb] = [
      await network.apply(network.init(0), images),
      await network.apply(network.init(1), images),
    ];
    const expected = fa.data.map((value, i) => (value - fb.data[i]) / Math.SQRT2);
    const { outputs, gradient } = await twin.pullback(apart, images, (values) => values);
    assertNear(outputs.data, expected, 1e-6);
    assertNear((await twin.apply(apart, images)).data, expected, 1e-6);
    const back = await twin.vjp(apart, images, { shape: fa.shape, data: outputs.data });
    assertNear(gradient, back.flatMap(({ data }) => Array.from(data)), 1e-5);
    const tangents = twin.shapes.map((shape, i) => random(shape, 10 + i));
    const forward = (await twin.jvp(apart, images, tangents)).data;
    const along = forward.reduce((sum, value, i) => sum + value * outputs.data[i], 0);
    const flat = tangents.flatMap(({ data }) => Array.from(data));
    const across = gradient.reduce((sum, value, i) => sum + value * flat[i], 0);
    assert.ok(Math.abs(along - across) < 1e-4 * Math.sqrt(gradient.reduce((s, g) => s + g * g, 0)));
  });
}

test("what does not fit an antisymmetric network is told", async () => {
  const [{ network, images }] = cases;
  const twin = antisymmetric(network);
  await assert.rejects(
    () => twin.apply(network.init(0), images),
    /^RangeError: parameters has 6 tensors; this network has 12$/,
  );
  await assert.rejects(() => infiniteKernels(twin, images), /NTK\s+that of one half/);
  assert.throws(() => antisymmetric({} as Network), /network.layers is undefined/);
});
