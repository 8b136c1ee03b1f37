import assert from "node:assert/strict";
import {
  type EnsemblesStudy,
  langevinStepsFine,
  type LangevinStepsStudy,
  type LinearLangevinStep,
} from "../../../lib/experiments/mod.ts";
import { langevinStepsOver } from "../../../lib/experiments/readings/langevin_steps.ts";
import { langevinSteps } from "../../../lib/experiments/studies/langevin_steps.ts";
import {
  langevinStepRows,
  langevinStepSizeRows,
} from "../../../lib/figures/tables/langevin_step_tables.ts";
import { randomStream } from "../../../lib/numerics/mod.ts";

const [MEMBERS, DIMENSION] = [64, 10];
/** ⟨|θ|²⟩ of the members that a seed starts from. */
const startSquare = (seed: number) =>
  randomStream(seed, "ensembles/members").normal(MEMBERS * DIMENSION)
    .reduce((total, x) => total + x * x / MEMBERS, 0);

interface Factors {
  readonly loss?: number;
  readonly square?: number;
  readonly heat?: number;
}

/** A longer step multiplies what temperature adds to ⟨L⟩ (0.1 of 2), the change of ⟨|θ|²⟩ (−1) and the heat. */
function made(
  { loss = 1, square = 1, heat = 1 }: Factors,
  spread = 0,
  depth = 2,
): LangevinStepsStudy {
  return {
    configuration: {
      ...{ width: 4, depth, n: 16, members: MEMBERS, times: [1], beta: 10 },
      ...{ lengths: [0.1, 0.2], seeds: [0, 1, 2] },
    },
    realizations: [-1, 0, 1].map((sign, seed) => ({
      ...{ seed, dimension: DIMENSION },
      steps: [
        {
          ...{ length: 0.1, count: 20 + seed, meanLoss: [2] },
          ...{ meanSquare: [startSquare(seed) - 1], heat: [4] },
        },
        {
          ...{ length: 0.2, count: 10, meanLoss: [2 + 0.1 * (loss * (1 + sign * spread) - 1)] },
          ...{ meanSquare: [startSquare(seed) - square], heat: [4 * heat] },
        },
      ],
    })),
  };
}

/** Gradient flow ends 0.1 below Langevin dynamics. */
const ensembles = (beta = 10): EnsemblesStudy => ({
  configuration: {
    ...{ width: 4, depth: 2, n: 16, members: 64, times: [0.5, 1], beta },
    ...{ lazy: [1], moves: 1, seeds: [0, 1] },
  },
  realizations: [0, 1].map((seed) => ({
    ...{ seed, tangents: [] },
    ...{ flow: { loss: [7, 3] }, langevin: { meanLoss: [9, 3.1] } },
  })) as unknown as EnsemblesStudy["realizations"],
});

const judged = (...of: Parameters<typeof made>) =>
  langevinStepsFine([made(...of)], { ensembles: [ensembles()] });

Deno.test("a step is fine where halving it moves by a twentieth nothing of what temperature or time moved", () => {
  assert.equal(judged({ loss: 1.049, square: 1.049, heat: 1 / 1.049 }).verdict, "confirmed");
  for (const mean of ["loss", "square", "heat"]) {
    for (const factor of [1.051, 1 / 1.051, -1]) {
      assert.match(judged({ [mean]: factor }).evidence, /It fails in 1:/, `${mean} × ${factor}`);
    }
  }
  assert.match(judged({}, 0.1).evidence, /undecided in 1: .*adds to ⟨L⟩/); // what cannot be told
  assert.match(judged({ loss: 2 }).evidence, /⟨L⟩ at τ = 1: step 0\.2 over 0\.1 × 2/);
  assert.match(judged({}).claim, /n = 16, β = 10/);
  assert.throws(() => langevinStepsFine([]), RangeError);
});

Deno.test("leaving out the noise, and weights that never move, fail", () => {
  assert.match(judged({ loss: 0 }).evidence, /fails in 1: .*adds to ⟨L⟩.* × 0\.00/);
  assert.match(judged({ square: 0 }).evidence, /fails in 1: .*⟨\|θ\|²⟩.* × 0\.00/);
});

Deno.test("what temperature adds is not known without an ensemble at the temperature", () => {
  for (const others of [[], [ensembles(11)]]) {
    const { evidence } = langevinStepsFine([made({})], { ensembles: others });
    assert.match(evidence, /It cannot be judged in 1: .*adds to ⟨L⟩/);
  }
});

Deno.test("a linear model's step is held to the exact law, at that length alone", () => {
  const row = (length: number, quotient: number): LinearLangevinStep => {
    const mean = { stepped: 1, exact: 1, base: 0, quotient };
    return {
      ...{ time: 1, length, step: 0.01, stiffness: 0.1 },
      ...{ meanLoss: mean, meanSquare: mean, heat: mean },
    };
  };
  const verdict = (quotient: number, depth = 0) =>
    langevinStepsFine([made({ heat: 2 }, 0, depth)], {
      exact: [row(0.1, 1), row(0.2, quotient)],
      ensembles: [ensembles()],
    });
  assert.equal(verdict(1.05).verdict, "confirmed");
  assert.match(verdict(1.04).evidence, /step 0\.2 over exact × 1\.0400/);
  assert.match(verdict(1.051).evidence, /It fails in 3/);
  assert.match(verdict(1, 2).evidence, /It fails in 1: .*the heat/); // a network's is sampled
});

Deno.test("means at a step that was not taken, or a time, are none", () => {
  assert.deepEqual(langevinStepsOver(made({}), { length: 0.3, time: 1 }), []);
  assert.deepEqual(langevinStepRows([made({})], [2]), []);
  const [row, ...more] = langevinStepRows([made({ loss: 1.5 })], [1], [ensembles()]);
  assert.equal(more.length, 0);
  assert.match(String(row["what temperature adds to ⟨L⟩"]), /^0\.10 .* × 1\.500/);
  assert.match(String(row["⟨|θ|²⟩ less that at the start"]), /^−1\.00 \[−1\.00, /);
});

Deno.test("sizes of steps are told over seeds", () => {
  assert.deepEqual(langevinStepSizeRows([made({})]).map(({ h, steps }) => [h, steps]), [
    ["0.0455 to 0.0500", "20 to 22"],
    ["0.1000", "10"],
  ]);
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
