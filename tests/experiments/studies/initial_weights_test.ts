import assert from "node:assert/strict";
import {
  centred,
  conduct,
  flowFrom,
  type GivenInitialWeights,
  gradientFlow,
  linearizedPartition,
  networkOf,
  startPoint,
  studies,
  trainingSet,
} from "../../../lib/mod.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";

const { test } = needs(...KEPT_RUNS);

const GIVEN: GivenInitialWeights = {
  architecture: "fully-connected",
  ...{ width: 12, n: 12, seeds: [3], shares: [0, 0.5, 1] },
  ...{ factors: [0.5], horizon: 0.02, entries: 6, testImages: 20, left: 0.9 },
};

test("a share of f_0 is the flow of the centred network, and the parts are those of the flow", async () => {
  const cache = await Deno.makeTempDir();
  const { realizations, configuration } = await conduct(studies["initial-weights"], GIVEN, {
    cache,
  });
  const [one] = realizations;
  const network = networkOf(configuration);
  const data = await trainingSet(12);
  for (const share of [0, 0.5]) {
    const flow = flowFrom(one, "function", share)!;
    const { trajectory } = await gradientFlow(centred(network, { seed: 3, kept: share }), data, {
      ...{ horizon: 0.02, seed: 3, record: flow.time.slice(1, -1) },
    });
    for (const column of ["loss", "lossDrop", "displacementSquared"] as const) {
      const [here, there] = [flow[column].at(-1)!, trajectory[column].at(-1)!];
      assert.ok(Math.abs(here / there - 1) < 0.02, `c = ${share}, ${column}: ${here}, ${there}`);
    }
  }
  const none = flowFrom(one, "function", 0)!;
  const anti = flowFrom(one, "antisymmetric")!;
  assert.deepEqual([none.initialSquared, anti.initialSquared], [0, 0]);
  assert.ok(Math.abs(anti.loss[0] / (0.45 * 12) - 1) < 1e-5, "½‖Y‖² at first");
  // Early on the kernel has not moved: the linearized network's split is the network's.
  const time = none.time[1];
  for (const share of [0, 0.5, 1]) {
    const { lossDrop, displacementSquared: d } = linearizedPartition(one.linearized, {
      ...{ time, share },
    })!;
    const at = startPoint(flowFrom(one, "function", share)!, { time })!;
    assert.ok(Math.abs(at.lossDrop / lossDrop.whole - 1) < 0.03);
    assert.ok(Math.abs(at.displacementSquared / d.whole - 1) < 0.03);
  }
  const small = flowFrom(one, "weights", 0.5)!;
  // Three layers: f_0 is smaller by 1/8, and time slower by 2⁴.
  const { initialSquared } = flowFrom(one, "function", 1)!;
  assert.ok(Math.abs(small.initialSquared * 64 / initialSquared - 1) < 1e-4);
  assert.ok(small.time.at(-1)! <= 0.02 * 16 * 1.0001);
});

Deno.test("names of files tell what differs from the defaults, and wrong values are told", async () => {
  const { fileName, resolve } = studies["initial-weights"];
  const name = async (given: object) =>
    fileName(await resolve({ architecture: "myrtle-5", width: 16, n: 64, ...given }));
  assert.equal(await name({}), "myrtle_5_16_n64");
  assert.equal(await name({ shares: [0, 0.5, 1, 2] }), "myrtle_5_16_n64");
  assert.equal(await name({ shares: [0, 1], horizon: 2 }), "myrtle_5_16_n64_shares0_1_tau2");
  await assert.rejects(
    () => name({ shares: [1, 0] }),
    /shares is \[1,0\]; it must be a number from 0/,
  );
  await assert.rejects(() => name({ factors: [1] }), /factors is \[1\]; .* below 1/);
  await assert.rejects(() => name({ left: 1 }), /left is 1/);
});
