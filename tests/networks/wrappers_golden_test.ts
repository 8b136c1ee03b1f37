/** Networks in wrappers against jax in float64: outputs, kernels, flows of their linearizations. */
import assert from "node:assert/strict";
import { linearizedFlow } from "../../lib/dynamics/mod.ts";
import {
  antisymmetric,
  centred,
  fullyConnected,
  myrtle5,
  type Network,
  scaled,
} from "../../lib/networks/mod.ts";
import { empiricalNtk } from "../../lib/ntk/mod.ts";
import { elementCount, type Tensor } from "../../lib/numerics/mod.ts";
import { needs, TENSORFLOW } from "../permissions.ts";
import golden from "../golden/wrappers.json" with { type: "json" };

const { test } = needs(...TENSORFLOW);

const sines = (shape: readonly number[], frequency: number, phase: number): Tensor => ({
  shape,
  data: Float32Array.from(
    { length: elementCount(shape) },
    (_, j) => Math.sin(frequency * j * (j + 3) + phase),
  ),
});

/** The largest difference over the largest entry of what is expected. */
function difference(found: ArrayLike<number>, expected: readonly number[]): number {
  assert.equal(found.length, expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(found[i] - value)), 0) /
    largest;
}

const cases: readonly ["fully connected" | "myrtle-5", Network, number][] = [
  ["fully connected", fullyConnected({ widths: [12, 9, 7, 3], biasStd: 0.3 }), 4],
  ["myrtle-5", myrtle5({ channels: 3 }), 2],
];

for (const [name, network, n] of cases) {
  const images = sines([n, ...network.inputShape], 0.3, 0);
  const targets = sines([n, network.outputs], 1.1, 0.2);
  const [one, other] = [0, 0.5].map((phase) =>
    network.shapes.map((shape, i) => sines(shape, 0.7, i + phase))
  );
  const { a, kept } = golden;
  const wrapped = {
    "scaled": [scaled(network, a), one, 1 / a ** 2],
    "centred": [centred(network, { parameters: other, kept }), one, 1],
    "scaled and centred": [
      ...[scaled(centred(network, { parameters: one, kept }), a), one, 1 / a ** 2],
    ],
    "antisymmetric": [antisymmetric(network), [...one, ...other], 1],
  } as Record<keyof typeof golden[typeof name], [Network, Tensor[], number]>;

  for (const [kind, [wearing, parameters, scale]] of Object.entries(wrapped)) {
    const expected = golden[name][kind as keyof typeof wrapped];

    test(`${name}, ${kind}: outputs and the full kernel are jax's`, async () => {
      const { data } = await wearing.apply(parameters, images);
      assert(difference(data, expected.outputs) < 3e-6);
      const kernel = await empiricalNtk(wearing, parameters, images, { outputs: "full" });
      assert(difference(kernel.data, expected.kernel.flat()) < 3e-6);
    });

    test(`${name}, ${kind}: the linearized flow is that of the weights' matrix exponential`, async () => {
      const record = expected.flow.map(({ time }) => time);
      const { trajectory } = await linearizedFlow(wearing, { images, targets }, {
        ...{ parameters, scale, record, horizon: record[record.length - 1] },
      });
      for (const { time, ...columns } of expected.flow) {
        const at = trajectory.time.indexOf(time);
        for (const column of ["lossDrop", "displacementSquared"] as const) {
          const off = trajectory[column][at] / columns[column] - 1;
          assert(Math.abs(off) < 3e-5, `${column} at ${time} is off by ${off}`);
        }
      }
    });
  }
}
