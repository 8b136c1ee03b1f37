import assert from "node:assert/strict";
import { gradientFlow, linearizedFlow } from "../../lib/dynamics/mod.ts";
import {
  centred,
  fullyConnected,
  myrtle5,
  type Network,
  scaled,
  tangentKernel,
} from "../../lib/networks/mod.ts";
import {
  averagePool,
  convolution,
  dense,
  erf,
  flatten,
  nonlinearity,
  relu,
} from "../../lib/networks/layers/mod.ts";
import { networkOf } from "../../lib/networks/network.ts";
import { weightSpecification } from "../../lib/networks/parametrization.ts";
import { empiricalNtk, infiniteKernels } from "../../lib/ntk/mod.ts";
import { elementCount, randomStream, type Tensor } from "../../lib/numerics/mod.ts";
import { KEPT_RUNS, needs } from "../permissions.ts";

const { test } = needs(...KEPT_RUNS);

const random = (shape: readonly number[], purpose: string): Tensor => ({
  shape,
  data: randomStream(8, `wrappers ${purpose}`).normal(new Float32Array(elementCount(shape))),
});

/** The largest difference of two lists over the largest entry of the second. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assert.equal(a.length, b.length);
  const largest = Array.from(b).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Array.from(a).reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0) / largest;
}

const times = (factor: number, { data }: { readonly data: ArrayLike<number> }) =>
  Array.from(data, (value) => factor * value);

const cases: readonly [string, Network, number][] = [
  ["fully connected", fullyConnected({ widths: [12, 9, 7, 3], biasStd: 0.3 }), 5],
  ["Myrtle-5", myrtle5({ channels: 3 }), 2],
];

for (const [name, network, n] of cases) {
  const images = random([n, ...network.inputShape], "images");
  const parameters = network.init(1);
  const others = network.init(2);
  const u = random([n, network.outputs], "u");
  const tangents = network.shapes.map((shape, i) => random(shape, `tangent ${i}`));

  test(`${name}, scaled: values, derivatives and kernels are a and a² times as large`, async () => {
    const a = 30, network30 = scaled(network, a);
    assert.deepEqual(network30.init(1), parameters);
    const outputs = await network.apply(parameters, images);
    const derivative = await network.jvp(parameters, images, tangents);
    const gradient = await network.vjp(parameters, images, u);
    const same = (found: { readonly data: ArrayLike<number> }, plain: typeof found, factor = a) =>
      assert(difference(found.data, times(factor, plain)) < 2e-6);
    same(await network30.apply(parameters, images), outputs);
    same(await network30.jvp(parameters, images, tangents), derivative);
    (await network30.vjp(parameters, images, u)).forEach((part, i) => same(part, gradient[i]));
    const seen: number[] = [];
    await network30.pullback(parameters, images, (values) => {
      seen.push(...values);
      return values;
    });
    same({ data: seen }, outputs);
    for (const rows of ["trace", "full"] as const) {
      same(
        await empiricalNtk(network30, parameters, images, { outputs: rows }),
        await empiricalNtk(network, parameters, images, { outputs: rows }),
        a ** 2,
      );
    }
  });

  test(`${name}, scaled and centred: products with the kernel are J Jᵀ, its outputs f's`, async () => {
    const wrapped = scaled(centred(network, { parameters: others, kept: 0.25 }), 3);
    const family = tangentKernel(wrapped, images);
    const kernel = await family.at(parameters);
    const product = await kernel.times(Float64Array.from(u.data));
    const there = await wrapped.vjp(parameters, images, u);
    assert(difference(product, (await wrapped.jvp(parameters, images, there)).data) < 1e-5);
    assert(difference(kernel.outputs, (await wrapped.apply(parameters, images)).data) < 1e-6);
    kernel.dispose();
    family.dispose();
  });

  test(`${name}, centred: 0 to the last digit at θ_0, on any images, with f's kernel`, async () => {
    const zero = centred(network, { parameters });
    const elsewhere = random([n, ...network.inputShape], "other images");
    for (const some of [images, elsewhere, images]) {
      assert((await zero.apply(parameters, some)).data.every((value) => value === 0));
    }
    assert.deepEqual(
      await empiricalNtk(zero, others, images, { outputs: "full" }),
      await empiricalNtk(network, others, images, { outputs: "full" }),
    );
    assert.deepEqual(
      await zero.jvp(others, images, tangents),
      await network.jvp(others, images, tangents),
    );
    assert.deepEqual(await zero.vjp(others, images, u), await network.vjp(others, images, u));
  });

  test(`${name}, centred: f − (1 − c) f_0, whichever wrapper is outside`, async () => {
    const [f, f0] = [
      await network.apply(others, images),
      await network.apply(parameters, images),
    ];
    for (const kept of [0, 0.25, 1, 2]) {
      const expected = f.data.map((value, i) => 3 * (value - (1 - kept) * f0.data[i]));
      for (
        const wrapped of [
          scaled(centred(network, { parameters, kept }), 3),
          centred(scaled(network, 3), { parameters, kept }),
        ]
      ) {
        const { data } = await wrapped.apply(others, images);
        assert(difference(data, expected) < 2e-6);
        const { outputs } = await wrapped.pullback(others, images, (values) => values);
        assert.deepEqual(outputs.data, data);
      }
    }
  });
}

test("scaled: infinite kernels are a² times as large, by vectors and both ways over pixels", async () => {
  const scales = { weightStd: 1.3, biasStd: 0, parametrization: "ntk" } as const;
  const pixels = (activation: typeof relu) =>
    networkOf(
      [
        convolution(weightSpecification([3, 3, 3, 4], scales), [8, 8, 3]),
        nonlinearity(activation, [8, 8, 4]),
        averagePool(8, [8, 8, 4]),
        flatten([1, 1, 4]),
        dense(weightSpecification([4, 3], scales)),
      ],
      [8, 8, 3],
      {},
    );
  for (const network of [cases[0][1], pixels(relu), pixels(erf)]) {
    const images = random([2, ...network.inputShape], "images");
    const [wide, wide30] = [
      await infiniteKernels(network, images),
      await infiniteKernels(scaled(network, 30), images),
    ];
    for (const kernel of ["nngp", "ntk"] as const) {
      assert(difference(wide30[kernel].data, times(900, wide[kernel])) < 1e-12);
    }
  }
});

test("centred: f_0 stays when weights or images are written over", async () => {
  const network = fullyConnected({ widths: [2, 8, 1] });
  const parameters = network.init(0);
  const zero = centred(network, { parameters });
  const images = { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
  await zero.apply(parameters, images);
  images.data.set([4, 3, 2, 1]);
  assert.deepEqual([...(await zero.apply(parameters, images)).data], [0, 0]);
  parameters[0].data.fill(0);
  const { data } = await zero.apply(network.init(0), images);
  assert.deepEqual([...data], [0, 0]);
});

const data = {
  images: random([6, 12], "training images"),
  targets: random([6, 3], "targets"),
};

test("linearized, a·f trains at the loss over a² as f does, with 1/a the displacement", async () => {
  const network = fullyConnected({ widths: [12, 16, 3] });
  const a = 20;
  const zero = centred(network);
  const options = { horizon: 2, record: [0.1, 0.5] };
  const [one, lazy] = [
    (await linearizedFlow(zero, data, options)).trajectory,
    (await linearizedFlow(scaled(zero, a), data, { ...options, scale: 1 / a ** 2 })).trajectory,
  ];
  // c = 1/a² stands before the loss too.
  assert(difference(lazy.lossDrop, times(1 / a ** 2, { data: one.lossDrop })) < 1e-5);
  assert(
    difference(lazy.displacementSquared, times(1 / a ** 2, { data: one.displacementSquared })) <
      1e-5,
  );
});

test("centred, linearized: the flow of f towards y + f_0", async () => {
  const network = fullyConnected({ widths: [12, 16, 3] });
  const f0 = await network.apply(network.init(0), data.images);
  const targets = {
    shape: [6, 3],
    data: data.targets.data.map((value, i) => value + f0.data[i]),
  };
  const [zero, moved] = [
    (await linearizedFlow(centred(network), data, { horizon: 2 })).trajectory,
    (await linearizedFlow(network, { ...data, targets }, { horizon: 2 })).trajectory,
  ];
  for (const column of ["lossDrop", "displacementSquared", "pathLength"] as const) {
    assert(difference(zero[column], moved[column]) < 1e-5);
  }
});

test("gradient flow, centred, is that of f towards y + f_0, by either solver", async () => {
  const network = fullyConnected({ widths: [12, 16, 3] });
  const f0 = await network.apply(network.init(0), data.images);
  const targets = {
    shape: [6, 3],
    data: data.targets.data.map((value, i) => value + f0.data[i]),
  };
  for (const solver of ["exponential-midpoint", "deflated-chebyshev"] as const) {
    const options = { horizon: 1, solver };
    const [zero, moved] = [
      (await gradientFlow(centred(network), data, options)).trajectory,
      (await gradientFlow(network, { ...data, targets }, options)).trajectory,
    ];
    assert(Math.abs(zero.lossDrop.at(-1)! / moved.lossDrop.at(-1)! - 1) < 1e-4);
  }
});

test("what is no scale, no share or no network is named; so are kernels that there are not", async () => {
  const network = fullyConnected({ widths: [12, 4, 3] });
  for (const scale of [0, -1, NaN, Infinity]) {
    assert.throws(() => scaled(network, scale), /^RangeError: scale is .*; it must be a positive/);
  }
  assert.throws(() => centred(network, { kept: NaN }), /^RangeError: options.kept|kept is NaN/);
  assert.throws(() => centred(network, { parameters: [] }), /parameters has 0 tensors|0 tensors/);
  assert.throws(() => centred({} as Network), /^TypeError: network.layers is undefined/);
  await assert.rejects(infiniteKernels(centred(network), data.images), /network is centred/);
});
