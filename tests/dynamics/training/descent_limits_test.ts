import assert from "node:assert/strict";
import { descentSpeedLimit, discreteSpeedLimit } from "../../../lib/bounds/mod.ts";
import { descend, type OptimizerName } from "../../../lib/dynamics/mod.ts";
import { fullyConnected } from "../../../lib/networks/mod.ts";
import { randomStream, type Tensor } from "../../../lib/numerics/mod.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test } = needs(...TENSORFLOW);

const random = (shape: number[], purpose: string): Tensor => ({
  shape,
  data: randomStream(10, purpose).normal(new Float32Array(shape[0] * shape[1])),
});
const n = 12;
const data = { images: random([n, 5], "images"), targets: random([n, 3], "targets") };
/** In units where 1 is about the edge of stability of gradient descent here. */
const RATES = [1e-5, 1e-3, 0.1, 1, 3];
const EDGE = 0.03;

const optimizers: readonly OptimizerName[] = [
  ...["gradient-descent", "heavy-ball", "nesterov", "rmsprop", "adam"] as const,
];

for (const activation of ["relu", "gelu"] as const) {
  test(`${activation}: no optimizer, rate or seed takes fewer steps than the limits ask for`, async () => {
    const network = fullyConnected({ widths: [5, 8, 3], activation });
    let [tried, descents] = [0, 0];
    for (const optimizer of optimizers) {
      for (const rate of RATES) {
        for (const seed of [0, 1, 2]) {
          const learningRate = rate * EDGE;
          const batchSize = seed === 2 ? 5 : n;
          const { trajectory } = await descend(network, data, {
            ...{ optimizer, learningRate, steps: 12, seed, batchSize },
          }).catch((error) => ({ trajectory: error.cause })); // what diverges keeps to them too
          const { time, displacementSquared, stepSquaredSum, lossDrop, observed } = trajectory;
          for (let i = 1; i < time.length; i++) {
            const path = {
              ...{ displacementSquared: displacementSquared[i], lossDrop: lossDrop[i] },
              stepSquaredSum: stepSquaredSum[i],
            };
            assert.ok(discreteSpeedLimit(path) <= i * (1 + 1e-9), `${optimizer}, ${rate}, ${i}`);
            tried++;
            if (optimizer !== "gradient-descent" || batchSize < n || lossDrop[i] <= 0) continue;
            const curvature = observed.curvature[i];
            const limit = descentSpeedLimit({ ...path, learningRate, curvature });
            assert.ok(limit <= time[i] * (1 + 1e-9), `descent at ${rate}, step ${i}`);
            descents++;
          }
        }
      }
    }
    assert.ok(tried > 800 && descents > 80, `${tried} and ${descents}`);
  });
}

test("columns of one's own stand beside the others at every entry", async () => {
  const network = fullyConnected({ widths: [5, 8, 3] });
  const seen: Float32Array[] = [];
  const { trajectory, parameters } = await descend(network, data, {
    ...{ learningRate: 0.001, steps: 5, record: [2] },
    observe: (parameters) => {
      seen.push(parameters[0].data.slice());
      return Promise.resolve({ first: parameters[0].data[0], calls: seen.length });
    },
  });
  assert.deepEqual([...trajectory.observed.calls], [1, 2, 3]);
  assert.deepEqual([...trajectory.observed.first], seen.map(([first]) => first));
  assert.deepEqual(seen[0], network.init(0)[0].data);
  assert.deepEqual(seen[2], parameters[0].data);
  assert.equal(trajectory.observed.curvature.length, 3);
  await assert.rejects(
    descend(network, data, { learningRate: 1, steps: 1, observe: 3 as never }),
    /observe is 3; it must be a function/,
  );
});
