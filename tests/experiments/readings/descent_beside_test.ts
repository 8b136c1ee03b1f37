import assert from "node:assert/strict";
import { conduct, descentBeside, inefficiency, studies } from "../../../lib/mod.ts";
import { descend, networkOf, trainingSet } from "../../../lib/mod.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";

const { test } = needs(...KEPT_RUNS);

test("descent starts from its seed's weights, on the study's images, and can be watched", async () => {
  const study = await conduct(studies["speed-limit"], {
    ...{ architecture: "fully-connected", width: 8, n: 20, seeds: [3, 5], horizon: 0.01 },
    ...{ testImages: 20, entries: 4 },
  }, { cache: await Deno.makeTempDir() });
  const options = { seed: 5, learningRate: 1e-4, steps: 20, record: [10] };
  let last = 0;
  const { flow, descent } = await descentBeside(study, {
    ...options,
    onProgress: ({ done }) => void (last = done),
  });
  const network = networkOf(study.configuration);
  const { trajectory } = await descend(network, await trainingSet(20), options);
  assert.deepEqual([...descent.inefficiency], [...inefficiency(trajectory).inefficiency]);
  assert.deepEqual(flow.inefficiency, study.realizations[1].cold.inefficiency);
  assert.deepEqual([...descent.curvature], [...trajectory.observed.curvature]);
  assert.equal(last, 20);
  await assert.rejects(
    descentBeside(study, { ...options, seed: 4 }),
    /seed is 4; it must be one of the study's: 3, 5/,
  );
});
