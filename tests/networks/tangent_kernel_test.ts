import assert from "node:assert/strict";
import {
  flatten,
  fullyConnected,
  myrtle5,
  type Network,
  tangentKernel,
} from "../../lib/networks/mod.ts";
import { randomStream } from "../../lib/numerics/mod.ts";
import { liveTensors } from "../../lib/tensorflow/mod.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test } = needs(...TENSORFLOW);

const random = (shape: number[], name: string) => ({
  shape,
  data: randomStream(5, `tangent kernel test ${name}`).normal(
    new Float32Array(shape.reduce((a, b) => a * b)),
  ),
});

/** The largest difference of K u from J (Jᵀ u), or of Jᵀ u, by jvp and vjp, over the largest entry. */
async function differenceFromPasses(network: Network, n: number) {
  const images = random([n, ...network.inputShape], "images");
  const family = tangentKernel(network, images);
  let worst = 0;
  for (const seed of [0, 1]) { // the second uses the first layer's Gram matrix again
    const parameters = network.init(seed);
    const u = random([n, network.outputs], "u");
    const kernel = await family.at(parameters);
    const product = await kernel.times(Float64Array.from(u.data));
    const back = await network.vjp(parameters, images, u);
    const { data } = await network.jvp(parameters, images, back);
    assert.deepEqual(kernel.outputs, (await network.apply(parameters, images)).data);
    const differ = (found: Float64Array, expected: ArrayLike<number>) => {
      assert.equal(found.length, expected.length);
      const largest = found.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      found.forEach((value, i) => worst = Math.max(worst, Math.abs(value - expected[i]) / largest));
    };
    differ(product, data);
    differ(await kernel.pulledBack(Float64Array.from(u.data)), flatten(back, network.shapes));
    kernel.dispose();
  }
  family.dispose();
  return worst;
}

test("K u from Gram matrices is J (Jᵀ u), for few samples and for many", async () => {
  const networks = [
    fullyConnected({ widths: [12, 20, 16, 3] }),
    fullyConnected({ widths: [12, 20, 3], biasStd: 0.7, parametrization: "standard" }),
    fullyConnected({ widths: [12, 20, 20, 3], activation: "erf", biasStd: 0.3 }),
    fullyConnected({ widths: [12, 3] }),
  ];
  for (const network of networks) {
    for (const n of [1, 10, 60]) {
      assert(await differenceFromPasses(network, n) < 3e-6);
    }
  }
});

test("with one output K is made as a matrix while that takes no more than some products", async () => {
  const networks = [
    fullyConnected({ widths: [12, 20, 16, 1], activation: "gelu", parametrization: "standard" }),
    fullyConnected({ widths: [12, 20, 20, 1], activation: "erf", biasStd: 0.3 }),
    fullyConnected({ widths: [12, 20, 1], biasStd: 0.7 }),
  ];
  for (const network of networks) {
    for (const n of [1, 20, 400]) {
      assert(await differenceFromPasses(network, n) < 3e-6);
      const family = tangentKernel(network, random([n, 12], "images"));
      const { work } = await family.at(network.init(0));
      // A product with a matrix is n multiply-adds a sample.
      assert.equal(work.product < 1.1 * n / network.parameterCount, n < 400);
      family.dispose();
    }
  }
});

test("K u of a convolutional network goes by vjp and jvp", async () => {
  assert(await differenceFromPasses(myrtle5({ channels: 4 }), 2) < 1e-5);
});

test("a kernel frees all its tensors", async () => {
  const network = fullyConnected({ widths: [6, 8, 2], biasStd: 0.1 });
  await differenceFromPasses(network, 3);
  const before = liveTensors();
  await differenceFromPasses(network, 3);
  assert.equal(liveTensors(), before);
});
