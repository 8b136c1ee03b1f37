import assert from "node:assert/strict";
import type * as tf from "@tensorflow/tfjs";
import {
  fullyConnected,
  myrtle10,
  myrtle5,
  myrtle7,
  type Network,
} from "../../lib/networks/mod.ts";
import { randomStream, type Tensor } from "../../lib/numerics/mod.ts";
import { tensorflow } from "../../lib/tensorflow/mod.ts";
import {
  erf,
  float64,
  fullyConnectedReference,
  gelu,
  myrtleReference,
  relu,
  type Scales,
  type Values,
} from "./reference.ts";
import { tanh } from "./tanh.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test } = needs(...TENSORFLOW);

interface Case {
  readonly name: string;
  readonly network: Network;
  readonly images: Tensor;
  readonly reference: (image: Float64Array, parameters: readonly Values[]) => Float64Array;
}

const random = (shape: number[], purpose: string): Tensor => ({
  shape,
  data: randomStream(11, purpose).normal(
    new Float32Array(shape.reduce((product, axis) => product * axis, 1)),
  ),
});

const cases: Case[] = [];
for (const parametrization of ["standard", "ntk"] as const) {
  for (const biasStd of [0, 0.3]) {
    const scales: Scales = { weightStd: 1.3, biasStd, parametrization };
    for (const [activation, f] of [["relu", relu], ["erf", erf]] as const) {
      cases.push({
        name: `fully connected, ${activation}, ${parametrization}, biasStd ${biasStd}`,
        network: fullyConnected({ widths: [6, 9, 7, 3], activation, ...scales }),
        images: random([5, 6], "images"),
        reference: (x, parameters) => fullyConnectedReference(x, parameters, 3, f, scales),
      });
    }
    cases.push({
      name: `Myrtle-5, ${parametrization}, biasStd ${biasStd}`,
      network: myrtle5({ channels: 3, ...scales }),
      images: random([2, 32, 32, 3], "images"),
      reference: (x, parameters) => myrtleReference(x, parameters, scales),
    });
  }
}

const scales: Scales = { weightStd: 1.3, biasStd: 0.3, parametrization: "ntk" };
for (
  const [activation, f] of [
    ["gelu", gelu],
    ["linear", (x: number) => x],
    [tanh, Math.tanh],
  ] as const
) {
  cases.push({
    name: `fully connected, ${f === Math.tanh ? "a tanh of one's own" : activation}`,
    network: fullyConnected({ widths: [6, 9, 8, 7, 3], activation, ...scales }),
    images: random([5, 6], "images"),
    reference: (x, parameters) => fullyConnectedReference(x, parameters, 4, f, scales),
  });
}
for (const [make, each] of [[myrtle7, 2], [myrtle10, 3]] as const) {
  cases.push({
    name: `${3 * each + 1} layers of Myrtle`,
    network: make({ channels: 3, ...scales }),
    images: random([2, 32, 32, 3], "images"),
    reference: (x, parameters) => myrtleReference(x, parameters, scales, [each, each, each]),
  });
}

const tangentsOf = ({ shapes }: Network) =>
  shapes.map((shape, i) => random([...shape], `tangent ${i}`));

function referenceOutputs({ images, reference }: Case, parameters: readonly Values[]) {
  const [n] = images.shape;
  const size = images.data.length / n;
  return Array.from(
    { length: n },
    (
      _,
      i,
    ) => [
      ...reference(Float64Array.from(images.data.subarray(i * size, (i + 1) * size)), parameters),
    ],
  ).flat();
}

/** ‖a − b‖/‖b‖ */
function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assert.equal(a.length, b.length);
  let [difference, norm] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    norm += b[i] ** 2;
  }
  return Math.sqrt(difference / norm);
}

function inner(a: readonly Tensor[], b: readonly Tensor[]): number {
  let total = 0;
  a.forEach(({ data }, k) => data.forEach((value, i) => total += value * b[k].data[i]));
  return total;
}

for (const example of cases) {
  const { name, network, images } = example;
  const parameters = network.init(3);

  test(`${name}: outputs are those of float64 loops`, async () => {
    const outputs = await network.apply(parameters, images);
    assert.deepEqual(outputs.shape, [images.shape[0], network.outputs]);
    assert.ok(relativeError(outputs.data, referenceOutputs(example, float64(parameters))) < 3e-6);
  });

  test(`${name}: jvp is the central difference of float64 loops`, async () => {
    const tangents = tangentsOf(network);
    const shifted = (h: number) =>
      float64(parameters).map(({ shape, data }, k) => ({
        shape,
        data: data.map((value, i) => value + h * tangents[k].data[i]),
      }));
    const h = 1e-6;
    const plus = referenceOutputs(example, shifted(h));
    const minus = referenceOutputs(example, shifted(-h));
    const difference = plus.map((value, i) => (value - minus[i]) / (2 * h));
    const derivative = await network.jvp(parameters, images, tangents);
    assert.ok(relativeError(derivative.data, difference) < 1e-5);
  });

  test(`${name}: ⟨u, Jv⟩ = ⟨Jᵀu, v⟩`, async () => {
    const u = random([images.shape[0], network.outputs], "cotangents");
    const v = tangentsOf(network);
    const forward = await network.jvp(parameters, images, v);
    const reverse = await network.vjp(parameters, images, u);
    assert.deepEqual(reverse.map(({ shape }) => [...shape]), network.shapes.map((s) => [...s]));
    const [left, right] = [inner([u], [forward]), inner(reverse, v)];
    const size = Math.sqrt(inner([u], [u]) * inner([forward], [forward]));
    assert.ok(Math.abs(left - right) < 2e-6 * size, `${left} ${right} ${size}`);
  });
}

test("vjp of Myrtle-5 is TensorFlow.js's own gradient", async () => {
  const module = await tensorflow();
  const network = myrtle5({ channels: 5, parametrization: "standard" });
  const [images, u] = [random([3, 32, 32, 3], "images"), random([3, 10], "cotangents")];
  const parameters = network.init(8);
  const tensor = ({ data, shape }: Tensor) => module.tensor(data, [...shape]);
  const own = module.grads((...w: tf.Tensor[]) => {
    let x = tensor(images) as tf.Tensor4D;
    const block = (k: number) => module.relu(module.conv2d(x, w[k] as tf.Tensor4D, 1, "same"));
    x = block(0);
    x = block(1);
    x = module.avgPool(x, 2, 2, "valid");
    x = module.avgPool(x = block(2), 2, 2, "valid");
    x = block(3);
    for (let i = 0; i < 3; i++) x = module.avgPool(x, 2, 2, "valid");
    return module.sum(module.mul(module.matMul(x.reshape([3, 5]), w[4] as tf.Tensor2D), tensor(u)));
  })(parameters.map(tensor));
  const ours = await network.vjp(parameters, images, u);
  ours.forEach(({ data }, k) => assert.ok(relativeError(data, own[k].dataSync()) < 1e-5));
  module.dispose(own);
});

test("vjp of a fully connected network is TensorFlow.js's own gradient", async () => {
  const module = await tensorflow();
  const network = fullyConnected({
    widths: [12, 20, 4],
    parametrization: "standard",
    biasStd: 0.5,
  });
  const [images, u] = [random([7, 12], "images"), random([7, 4], "cotangents")];
  const parameters = network.init(8);
  const tensor = ({ data, shape }: Tensor) => module.tensor(data, [...shape]);
  const own = module.grads((...w: tf.Tensor[]) => {
    const hidden = module.relu(
      module.add(module.matMul(tensor(images) as tf.Tensor2D, w[0] as tf.Tensor2D), w[1]),
    );
    const outputs = module.add(module.matMul(hidden as tf.Tensor2D, w[2] as tf.Tensor2D), w[3]);
    return module.sum(module.mul(outputs, tensor(u)));
  })(parameters.map(tensor));
  const ours = await network.vjp(parameters, images, u);
  ours.forEach(({ data }, k) => assert.ok(relativeError(data, own[k].dataSync()) < 1e-5));
  module.dispose(own);
});

test("batches change nothing: 500 images through Myrtle-5 with 64 channels at once and in parts", async () => {
  // At 1.2 MB an image the whole set takes three batches or more.
  const network = myrtle5({ channels: 64 });
  const count = 500;
  const images = random([count, 32, 32, 3], "images");
  const u = random([count, 10], "cotangents");
  const parameters = network.init(0);
  const whole = await network.pullback(
    parameters,
    images,
    (_, from) => u.data.subarray(from * 10, from * 10 + _.length),
  );
  const parts = new Float64Array(network.parameterCount);
  for (let i = 0; i < count; i += 100) {
    const part = await network.pullback(
      parameters,
      { shape: [100, 32, 32, 3], data: images.data.subarray(i * 3072, (i + 100) * 3072) },
      (outputs, from) => {
        assert.ok(
          relativeError(
            outputs,
            whole.outputs.data.subarray((i + from) * 10, (i + from) * 10 + outputs.length),
          ) < 1e-5,
        );
        return u.data.subarray((i + from) * 10, (i + from) * 10 + outputs.length);
      },
    );
    part.gradient.forEach((value, k) => parts[k] += value);
  }
  assert.ok(relativeError(whole.gradient, parts) < 1e-5);
});
