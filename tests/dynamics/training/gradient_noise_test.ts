import assert from "node:assert/strict";
import { descend, gradientNoise } from "../../../lib/dynamics/mod.ts";
import { myrtle5 } from "../../../lib/networks/mod.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";
import { cases, given, scales } from "./hessian_cases.ts";

const { test } = needs(...TENSORFLOW);

for (const { name, network, data, parameters, expected } of cases) {
  test(`${name}: |∇L|² and tr C are PyTorch's`, async () => {
    const noise = await gradientNoise(network, data, { parameters });
    // tr C is a difference: its error is of the size of the two.
    const { gradientSquared, covarianceTrace } = expected;
    const error = 1e-5 * (gradientSquared + covarianceTrace);
    assert.ok(Math.abs(noise.gradientSquared - gradientSquared) < error);
    assert.ok(Math.abs(noise.covarianceTrace - covarianceTrace) < error);
    const half = await gradientNoise(network, data, { parameters, scale: 0.5 });
    assert.ok(Math.abs(4 * half.covarianceTrace / noise.covarianceTrace - 1) < 1e-5);
  });
}

test("the mean squared step of one epoch's batches is that of |g|² + tr C/B (n−B)/(n−1)", async () => {
  // All batches of two out of five images: ten first steps, one for each pair.
  const { network, data, parameters, n } = cases[0];
  const pairs = Array.from({ length: n }, (_, i) => Array.from({ length: i }, (_, j) => [i, j]));
  let sum = 0;
  for (const pair of pairs.flat()) {
    const rest = Array.from({ length: n }, (_, i) => i).filter((i) => !pair.includes(i));
    const { trajectory } = await descend(network, data, {
      ...{ parameters, batchSize: 2, steps: 1, learningRate: 1e-3 },
      order: () => [...pair, ...rest],
    });
    sum += trajectory.stepSquaredSum[1] / 10;
  }
  const { gradientSquared, covarianceTrace } = await gradientNoise(network, data, { parameters });
  const foretold = gradientSquared + covarianceTrace / 2 * (n - 2) / (n - 1);
  assert.ok(Math.abs(sum / 1e-6 / foretold - 1) < 1e-4);
});

test("many images go in batches, with the same sum", async () => {
  const network = myrtle5({ channels: 2, ...scales });
  const { data: { images, targets }, parameters } = given(network, 40);
  const all = await gradientNoise(network, { images, targets }, { parameters });
  // n Σ|g_μ|² of the two halves
  const rows = (tensor: typeof images, from: number) => {
    const size = tensor.data.length / 40;
    return {
      shape: [20, ...tensor.shape.slice(1)],
      data: tensor.data.slice(from * size, (from + 20) * size),
    };
  };
  let squares = 0;
  for (const from of [0, 20]) {
    const half = { images: rows(images, from), targets: rows(targets, from) };
    const noise = await gradientNoise(network, half, { parameters });
    squares += (noise.gradientSquared + noise.covarianceTrace) / 20;
  }
  const whole = (all.gradientSquared + all.covarianceTrace) / 40;
  assert.ok(Math.abs(squares / whole - 1) < 1e-5);
});
