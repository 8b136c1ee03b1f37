import assert from "node:assert/strict";
import { flowTerm } from "../../../lib/dynamics/training/flow_term.ts";
import { fullyConnected, myrtle5, type Network } from "../../../lib/networks/mod.ts";
import { randomStream } from "../../../lib/numerics/mod.ts";
import { liveTensors } from "../../../lib/tensorflow/mod.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test } = needs(...TENSORFLOW);

const random = (shape: number[], name: string) => ({
  shape,
  data: randomStream(7, `flow term test ${name}`).normal(
    new Float32Array(shape.reduce((a, b) => a * b)),
  ),
});

const SCALE = 0.7;

function termOf(network: Network, n: number) {
  const images = random([n, ...network.inputShape], "images");
  const targets = random([n, network.outputs], "targets");
  return flowTerm(network, { images, targets }, {
    ...{ parameters: network.init(0), scale: SCALE },
    ...{ turn: () => Promise.resolve(), heed() {} },
  });
}

const near = (a: Float64Array, b: Float64Array) => {
  const largest = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  assert.equal(a.length, b.length);
  a.forEach((value, i) => assert(Math.abs(value - b[i]) <= 2e-6 * largest, `${value} ${b[i]}`));
};

test("a point by its kernel is the point, and that kernel is the next", async () => {
  const networks = [
    fullyConnected({ widths: [6, 12, 3], activation: "gelu" }),
    fullyConnected({ widths: [6, 12, 1], activation: "gelu" }),
    myrtle5({ channels: 2 }),
  ];
  for (const network of networks) {
    const term = termOf(network, 5);
    const place = random([network.parameterCount], "place");
    const displacement = Float64Array.from(place.data, (value) => 0.1 * value);
    const elsewhere = displacement.map((value) => 2 * value);
    const plain = await term.evaluate(displacement);
    const fresh = await term.kernel(elsewhere);
    await term.evaluateByKernel(displacement);
    // Of another place: it does not take the one that lies ready.
    const other = await term.kernel(elsewhere);
    assert.deepEqual(other.residue, fresh.residue);

    const point = await term.evaluateByKernel(displacement);
    assert(Math.abs(point.loss / plain.loss - 1) < 1e-6);
    near(point.velocity, plain.velocity);
    const { units } = term.work;
    const kernel = await term.kernel(displacement.slice());
    assert.equal(term.work.units, units, "no work: it was there");
    near(await kernel.pulledBack(kernel.residue), plain.velocity);
    near(
      await kernel.pulledBack(other.residue),
      await term.pulledBack(displacement, other.residue),
    );
    assert.notEqual(await term.kernel(displacement), kernel, "it is given away once");
    term.dispose();
  }
});

test("kernels that lie ready are freed, taken or not", async () => {
  const before = async () => {
    const term = termOf(fullyConnected({ widths: [6, 12, 3] }), 4);
    const displacement = new Float64Array(term.network.parameterCount);
    await term.evaluateByKernel(displacement);
    (await term.kernel(displacement)).dispose();
    await term.evaluateByKernel(displacement);
    await term.evaluateByKernel(displacement.map(() => 0.1));
    term.dispose();
    return liveTensors();
  };
  assert.equal(await before(), await before());
});
