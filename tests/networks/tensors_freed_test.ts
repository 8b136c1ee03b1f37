import assert from "node:assert/strict";
import {
  fullyConnected,
  myrtle5,
  type Network,
  networkNamed,
  tangentKernel,
} from "../../lib/networks/mod.ts";
import { randomStream, type Tensor } from "../../lib/numerics/mod.ts";
import { liveTensors, tensorflow } from "../../lib/tensorflow/mod.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test } = needs(...TENSORFLOW);

const random = (shape: readonly number[], purpose: string): Tensor => ({
  shape,
  data: randomStream(2, `freed ${purpose}`).normal(
    new Float32Array(shape.reduce((product, axis) => product * axis, 1)),
  ),
});

/** Runs it once, then 50 times, and holds that no tensor is left of these. */
async function leavesNothing(run: () => Promise<unknown>) {
  const module = await tensorflow();
  await run();
  const [tensors, live] = [module.memory().numTensors, liveTensors()];
  for (let i = 0; i < 50; i++) await run();
  assert.deepEqual([module.memory().numTensors, liveTensors()], [tensors, live]);
}

const networks: readonly Network[] = [
  fullyConnected({ widths: [12, 6, 4, 3], activation: "gelu", biasStd: 0.1 }),
  myrtle5({ channels: 2, biasStd: 0.1 }),
];

for (const network of networks) {
  const name = String(network.configuration.architecture);
  const images = random([2, ...network.inputShape], "images");
  const parameters = network.init(0);
  const u = random([2, network.outputs], "u");

  test(`${name}: values and derivatives leave no tensors, whether they end well or not`, async () => {
    const tangents = network.shapes.map((shape, i) => random(shape, `${i}`));
    const wrong = tangents.with(-1, random([1, 1], "wrong"));
    await leavesNothing(async () => {
      await network.apply(parameters, images);
      await network.jvp(parameters, images, tangents);
      await network.vjp(parameters, images, u);
      await assert.rejects(network.apply(wrong, images), /has shape/);
      await assert.rejects(network.jvp(parameters, images, wrong), /has shape/);
      const failing = () => {
        throw new Error("no cotangent");
      };
      await assert.rejects(network.pullback(parameters, images, failing), /no cotangent/);
      const short = () => new Float32Array(1);
      await assert.rejects(network.pullback(parameters, images, short));
    });
  });

  test(`${name}: tangent kernels leave no tensors, whether they end well or not`, async () => {
    await leavesNothing(async () => {
      const family = tangentKernel(network, images);
      await assert.rejects(family.at(parameters.slice(1)), /tensors/);
      const kernel = await family.at(parameters);
      await assert.rejects(kernel.times(new Float64Array(1)));
      await kernel.times(Float64Array.from(u.data));
      kernel.dispose();
      family.dispose();
    });
  });
}

test("parameters that are the caller's tensors are kept", async () => {
  const module = await tensorflow();
  const network = networkNamed({
    ...{ architecture: "fully-connected", width: 3, parametrization: "standard" },
  });
  const own = network.init(0).map(({ shape, data }) => module.tensor(data, [...shape]));
  const images = random([2, 3072], "images");
  const family = tangentKernel(network, images);
  const kernel = await family.at(own);
  await network.jvp(own, images, own);
  kernel.dispose();
  family.dispose();
  assert(own.every((tensor) => !tensor.isDisposed));
  module.dispose(own);
});
