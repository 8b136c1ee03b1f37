import assert from "node:assert/strict";
import { langevinStepsFine, type LangevinStepsStudy } from "../../../lib/experiments/mod.ts";
import { langevinStepsOver } from "../../../lib/experiments/readings/langevin_steps.ts";
import { langevinSteps } from "../../../lib/experiments/studies/langevin_steps.ts";
import { langevinStepRows } from "../../../lib/figures/tables/langevin_step_tables.ts";

/** Means that a longer step multiplies, with a spread over seeds. */
function made(
  factor: { readonly loss?: number; readonly heat?: number },
  spread = 0,
): LangevinStepsStudy {
  const { loss = 1, heat = 1 } = factor;
  return {
    configuration: {
      ...{ width: 4, depth: 2, n: 16, members: 64, times: [1], beta: 10 },
      ...{ lengths: [0.1, 0.2], seeds: [0, 1, 2] },
    },
    realizations: [-1, 0, 1].map((sign, seed) => ({
      ...{ seed, dimension: 10 },
      steps: [
        { length: 0.1, count: 20, meanLoss: [2], meanSquare: [5], heat: [4] },
        {
          ...{ length: 0.2, count: 10, meanLoss: [2 * loss * (1 + sign * spread)] },
          ...{ meanSquare: [5], heat: [4 * heat] },
        },
      ],
    })),
  };
}

Deno.test("a step is fine where halving it moves no mean by a twentieth", () => {
  const verdict = (...of: Parameters<typeof made>) => langevinStepsFine([made(...of)]).verdict;
  assert.equal(verdict({ loss: 1.049, heat: 1 / 1.049 }), "confirmed");
  assert.notEqual(verdict({ loss: 1.051 }), "confirmed");
  assert.notEqual(verdict({ heat: 1 / 1.051 }), "confirmed");
  assert.notEqual(verdict({ heat: -1 }), "confirmed");
  assert.notEqual(verdict({}, 0.1), "confirmed"); // what cannot be told
  assert.match(langevinStepsFine([made({ loss: 2 })]).evidence, /⟨L⟩ at τ = 1.*0\.2 over 0\.1 × 2/);
  assert.throws(() => langevinStepsFine([]), RangeError);
});

Deno.test("means at a step that was not taken, or a time, are none", () => {
  assert.deepEqual(langevinStepsOver(made({}), { length: 0.3, time: 1 }), []);
  assert.deepEqual(langevinStepRows([made({})], [2]), []);
  assert.equal(langevinStepRows([made({})], [1]).length, 1);
});

Deno.test("the study names lengths that say nothing, and has no width without hidden layers", async () => {
  for (const lengths of [[0.1], [0, 0.1]]) {
    assert.throws(() => langevinSteps.resolve({ lengths }), /lengths is .* two or more, above 0/);
  }
  assert.equal((await langevinSteps.resolve({ depth: 0, width: 3 })).width, 8);
  assert.equal(
    langevinSteps.fileName(await langevinSteps.resolve({ width: 4 })),
    "langevin_width4",
  );
});
