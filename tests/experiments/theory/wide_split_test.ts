import assert from "node:assert/strict";
import {
  fullyConnected,
  gradientFlow,
  inefficiency,
  type KernelStudy,
  perceptronSplit,
  storedResult,
  trainingSet,
  wideSplit,
} from "../../../lib/mod.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";

const { test } = needs(...KEPT_RUNS);

test("from weights of zero the perceptron's own flow is the labels' part", async () => {
  const [n, horizon] = [15, 4];
  const network = fullyConnected({ widths: [3072, 10], weightStd: 1 });
  const zero = network.init(0).map(({ shape, data }) => ({ shape, data: data.map(() => 0) }));
  const { trajectory } = await gradientFlow(network, await trainingSet(n), {
    ...{ horizon, tolerance: 1e-3, parameters: zero },
  });
  const ratios = inefficiency(trajectory);
  const { lossDrop, displacementSquared } = (await perceptronSplit(n)).at(horizon);
  assert.ok(Math.abs(ratios.lossDrop.at(-1)! / lossDrop.labels - 1) < 2e-3);
  assert.ok(Math.abs(ratios.displacementSquared.at(-1)! / displacementSquared.labels - 1) < 2e-3);
});

test("from random weights it has both parts in the mean over seeds", async () => {
  const [n, horizon, seeds] = [15, 1, 12];
  const network = fullyConnected({ widths: [3072, 10], weightStd: 1 });
  const data = await trainingSet(n);
  let total = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const { trajectory } = await gradientFlow(network, data, { horizon, seed });
    total += trajectory.displacementSquared.at(-1)!;
  }
  const { whole } = (await perceptronSplit(n)).at(horizon).displacementSquared;
  // Ten outputs on a few modes each: some 40 squared normals a seed.
  assert.ok(Math.abs(total / seeds / whole - 1) < 0.2, `${total / seeds} is not ${whole}`);
});

test("only an infinitely wide network splits", async () => {
  const stored = await storedResult<KernelStudy>("kernels/myrtle_5_infinite_n64_seed0");
  const { result } = stored!;
  assert.throws(
    () => wideSplit({ ...result, configuration: { ...result.configuration, width: 16 } }),
    /the network's width is 16; only an infinite one's squares split/,
  );
});
