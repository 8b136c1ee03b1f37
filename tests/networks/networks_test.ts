import assert from "node:assert/strict";
import { fullyConnected, myrtle5, type Tensor } from "../../lib/mod.ts";
import { randomStream } from "../../lib/numerics/mod.ts";
import { tensorflow } from "../../lib/tensorflow/mod.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test } = needs(...TENSORFLOW);

const zeros = (shape: number[]): Tensor => ({
  shape,
  data: new Float32Array(shape.reduce((product, axis) => product * axis, 1)),
});

const drawn = (shape: number[]): Tensor => {
  const { data } = zeros(shape);
  return { shape, data: randomStream(3, "networks").normal(data) };
};

Deno.test("init repeats with its seed, differs between seeds and tensors, and has its scale", () => {
  const network = fullyConnected({ widths: [400, 300, 10], parametrization: "standard" });
  const [first] = network.init(5);
  assert.deepEqual(network.init(5)[0].data, first.data);
  assert.notDeepEqual(network.init(6)[0].data, first.data);
  const variance = (data: Float32Array) => data.reduce((sum, v) => sum + v * v, 0) / data.length;
  // 120,000 draws: the variance's relative standard error is 0.4 %.
  assert.ok(Math.abs(variance(first.data) / (2 / 400) - 1) < 0.02);
  const ntk = fullyConnected({ widths: [400, 300, 10] });
  assert.ok(Math.abs(variance(ntk.init(5)[0].data) - 1) < 0.02);
  assert.throws(() => network.init(-1), RangeError);
});

test("both parametrizations are the same function at the same seed", async () => {
  const images = { shape: [3, 8], data: Float32Array.from({ length: 24 }, (_, i) => Math.sin(i)) };
  const outputs = (parametrization: "standard" | "ntk") => {
    const network = fullyConnected({ widths: [8, 16, 2], parametrization, biasStd: 0.2 });
    return network.apply(network.init(1), images);
  };
  const [standard, ntk] = [await outputs("standard"), await outputs("ntk")];
  standard.data.forEach((value, i) => assert.ok(Math.abs(value - ntk.data[i]) < 1e-6));
});

Deno.test("parameters come in layer order, weight then bias", () => {
  assert.deepEqual(
    fullyConnected({ widths: [6, 5, 2], biasStd: 1 }).shapes,
    [[6, 5], [5], [5, 2], [2]],
  );
  assert.deepEqual(myrtle5({ channels: 8 }).shapes, [
    [3, 3, 3, 8],
    [3, 3, 8, 8],
    [3, 3, 8, 8],
    [3, 3, 8, 8],
    [8, 10],
  ]);
});

test("TensorFlow.js tensors are taken like records, and kept", async () => {
  const module = await tensorflow();
  const network = fullyConnected({ widths: [12, 5, 2] });
  const parameters = network.init(2);
  const images = { shape: [4, 2, 2, 3], data: Float32Array.from({ length: 48 }, (_, i) => i % 7) };
  const asTensors = [parameters, [images]].map((list) =>
    list.map(({ shape, data }) => module.tensor(data, [...shape]))
  );
  const [fromRecords, fromTensors] = [
    await network.apply(parameters, images),
    await network.apply(asTensors[0], asTensors[1][0]),
  ];
  assert.deepEqual(fromTensors, fromRecords);
  assert.ok(asTensors.flat().every((tensor) => !tensor.isDisposed));
  module.dispose(asTensors.flat());
});

test("vjp is the gradient of pullback, rounded, of one batch and of many", async () => {
  // A wide layer leaves room for 330 images at once.
  const images = drawn([340, 4]);
  for (const [n, hidden] of [[5, 7], [340, 200_000]]) {
    const network = fullyConnected({ widths: [4, hidden, 2], biasStd: 0.3 });
    const some = { shape: [n, 4], data: images.data.subarray(0, 4 * n) };
    const [weights, u] = [network.init(0), drawn([n, 2])];
    let batches = 0;
    const { gradient } = await network.pullback(weights, some, (values, from) => {
      batches++;
      return u.data.subarray(2 * from, 2 * from + values.length);
    });
    assert.equal(batches > 1, n > 5);
    const parts = await network.vjp(weights, some, u);
    assert.deepEqual(parts.map(({ shape }) => shape), network.shapes);
    let end = 0;
    for (const { data } of parts) {
      const expected = new Float32Array(gradient.subarray(end, end += data.length));
      assert.ok(data.every((value, i) => value === expected[i]));
    }
  }
});

test("bad networks and shapes are named", async () => {
  assert.throws(
    () => fullyConnected({ widths: [3072] }),
    /^RangeError: widths has 1 entry; it must have 2 or more$/,
  );
  assert.throws(
    () => fullyConnected({ widths: [3072, 0, 10] }),
    /widths\[1\] is 0; it must be an integer from 1 up/,
  );
  assert.throws(() => fullyConnected({ widths: [3072, 2.5, 10] }), /widths\[1\] is 2.5/);
  assert.throws(
    () => fullyConnected({ widths: [2, 2], activation: "tanh" as "relu" }),
    /activation is "tanh"; it must be "relu", .* or an object with a name, forward and derivative/,
  );
  assert.throws(
    () => myrtle5({ parametrization: "mup" as "ntk" }),
    /parametrization is "mup"; it must be "standard" or "ntk"/,
  );
  assert.throws(() => myrtle5({ channels: -3 }), /channels is -3/);
  assert.throws(() => myrtle5({ weightStd: 0 }), /weightStd is 0/);
  assert.throws(() => myrtle5({ biasStd: NaN }), /biasStd is NaN/);

  const network = fullyConnected({ widths: [12, 5, 2] });
  const double = { shape: [1, 12], data: new Float64Array(12) } as unknown as Tensor;
  await assert.rejects(
    network.apply(network.init(0), double),
    /images\.data is Float64Array of 12; it must be a Float32Array/,
  );
  const parameters = network.init(0);
  await assert.rejects(
    () => network.apply(parameters, zeros([4, 13])),
    /images have shape \[4,13\]; this network takes \[n, 12\]/,
  );
  await assert.rejects(
    () => network.apply(parameters.slice(1), zeros([4, 12])),
    /parameters has 1 tensors; this network has 2/,
  );
  await assert.rejects(
    () => network.apply([parameters[1], parameters[0]], zeros([4, 12])),
    /parameters\[0\] has shape \[5,2\]; it must be \[12,5\]/,
  );
  await assert.rejects(
    () => network.vjp(parameters, zeros([4, 12]), zeros([3, 2])),
    /cotangents has shape \[3,2\]; it must be \[4,2\]/,
  );
  await assert.rejects(
    () => network.jvp(parameters, zeros([4, 12]), [zeros([12, 5])]),
    /tangents has 1 tensors/,
  );
  await assert.rejects(
    () => network.apply(parameters, { shape: [4, 12], data: new Float32Array(5) }),
    /images has 5 values; its shape/,
  );
});
