/** Walks of a study of optimizers: their sums are those of descend, and their limits those of bounds. */
import assert from "node:assert/strict";
import {
  descend,
  fullyConnected,
  heavyBallSpeedLimit,
  preconditionedSpeedLimit,
  randomStream,
  squaredError,
  type Tensor,
} from "../../../lib/mod.ts";
import { tuned } from "../../../lib/experiments/studies/computations/optimizer_runs.ts";
import { walk } from "../../../lib/experiments/studies/computations/optimizer_walk.ts";
import {
  MOMENTUM,
  RULES,
  stepRule,
} from "../../../lib/experiments/studies/computations/step_rule.ts";
import { optimizers } from "../../../lib/experiments/studies/optimizers.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test } = needs(...TENSORFLOW);

const random = (shape: number[], purpose: string): Tensor => ({
  shape,
  data: randomStream(5, purpose).normal(new Float32Array(shape[0] * shape[1])),
});
const network = fullyConnected({ widths: [6, 12, 3] });
const data = { images: random([8, 6], "images"), targets: random([8, 3], "targets") };
const labels = [0, 1, 2, 0, 1];
const held = { images: random([5, 6], "test"), labels };
const RATE = {
  ...{ "gradient-descent": 0.01, "constant-speed": 0.05, "heavy-ball": 0.003, nesterov: 0.003 },
  ...{ rmsprop: 0.01, adam: 0.01, natural: 0.5 },
} as const;
const near = (a: number, b: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(a - b) <= tolerance * Math.abs(b), `${what}: ${a} is not ${b}`);

for (const name of RULES) {
  test(`the sums of ${name} are those of descend, its ratios 1 or more`, async () => {
    const rate = RATE[name];
    const options = { network, data, seed: 2, rule: stepRule(name), rate: () => rate, most: 12 };
    const { entries, steps, end } = await walk({ ...options, until: 0, beyond: 1e9, test: held });
    assert.deepEqual([steps, end, entries.length], [12, "steps", 13]);
    for (const [i, one] of entries.entries()) {
      if (i === 0) continue;
      assert.ok(one.ownDrop / one.ownSquare >= 1 - 1e-6, `own ratio of step ${i}`);
      assert.ok(i * one.stepSquaredSum / one.displacementSquared >= 1 - 1e-12);
      const cosine = one.testAlong ** 2 / (one.stepSquaredSum * one.testGradientSquares);
      assert.ok(cosine <= 1 + 1e-12);
    }
    // Σ h̄·δθ is a trapezoid of ΔL_test, whose images are five.
    const last = entries[12];
    const change = 5 * (last.testLoss - entries[0].testLoss);
    assert.ok(
      Math.abs(last.testAlong - change) < 0.1 * Math.abs(change) + 0.05,
      `${last.testAlong}`,
    );
    if (name === "natural") return;
    const momentum = name === "heavy-ball" || name === "nesterov" ? { momentum: MOMENTUM } : {};
    const { trajectory, displacement, integratedPreconditioner } = await descend(network, data, {
      ...{ optimizer: name, learningRate: rate, steps: 12, seed: 2, test: held, ...momentum },
    });
    for (let i = 0; i <= 12; i++) {
      near(entries[i].loss, trajectory.loss[i], 1e-6, "loss");
      if (i > 0) near(entries[i].pathLength, trajectory.pathLength[i], 1e-6, "path length");
      near(entries[i].testLoss, trajectory.observed.testLoss[i], 1e-6, "test loss");
    }
    near(last.firstOrderDrop, trajectory.observed.firstOrderDrop[12], 1e-6, "F");
    near(last.displacementSquared, trajectory.displacementSquared[12], 1e-6, "‖Δθ‖²");
    if (integratedPreconditioner && name !== "adam") {
      const share = preconditionedSpeedLimit({
        ...{ displacement, integratedPreconditioner, lossDrop: last.firstOrderDrop },
      });
      near(last.ownSquare / last.ownDrop, share, 1e-5, "own share");
    }
    if (name === "heavy-ball") {
      const limit = heavyBallSpeedLimit({
        ...{ momentum: MOMENTUM, learningRate: rate, curvature: 0 },
        ...{ displacementSquared: last.displacementSquared, lossDrop: last.firstOrderDrop },
        lastStepSquared: trajectory.observed.lastStepSquared[12],
      });
      near(12 * rate / limit, last.ownDrop / last.ownSquare, 1e-5, "own ratio");
    }
  });
}

test("natural gradient's walk lowers the loss as (1 − η)² of a linear model", async () => {
  const linear = fullyConnected({ widths: [40, 3] });
  const set = { images: random([8, 40], "wide"), targets: random([8, 3], "wide targets") };
  const rule = stepRule("natural", { damping: 1e-6 });
  const { entries } = await walk({
    ...{ network: linear, data: set, seed: 0, rule, rate: () => 0.5, most: 3, until: 0 },
    ...{ beyond: 1e9, test: { images: random([5, 40], "wide test"), labels } },
  });
  [1, 1 / 4, 1 / 16, 1 / 64].forEach((share, i) =>
    near(entries[i].loss, share * entries[0].loss, 1e-3, `loss after ${i}`)
  );
  // f' = −(f − y) by steps of one half: δf = r/2, r/4, r/8; N Σ|δf|²/|Δf|² = 3 (1/4 + 1/16 + 1/64)/(7/8)².
  near(entries[3].ownDrop / entries[3].ownSquare, 3 * (21 / 64) / (49 / 64), 1e-3, "own ratio");
});

test("the rate that is chosen has the fewest steps, and never raises the loss above its start", async () => {
  const { loss } = await squaredError(network, data.images, data.targets)(network.init(0));
  const ground = { network, data, rule: stepRule("gradient-descent"), until: 0.5 * loss };
  const rates = Array.from({ length: 12 }, (_, i) => 2 ** (2 - i));
  const { rate, tried } = await tuned({ rates, tuningSeeds: [0], most: 400 }, ground);
  const steps = async (rate: number) =>
    await walk({ ...ground, seed: 0, rate: () => rate, most: 400, beyond: 1.001 * loss });
  const each = await Promise.all(rates.map(steps));
  const came = each.flatMap(({ end, steps }, i) =>
    end === "mark" ? [{ rate: rates[i], steps }] : []
  );
  const best = came.reduce((a, b) => b.steps < a.steps ? b : a);
  assert.equal(rate, best.rate);
  assert.ok(tried.some(({ ends }) => ends[0] === "diverged"), "the largest rates diverge");
  assert.ok(tried.length < rates.length, "small ones are not tried");
  const none = await tuned({ rates: [1e-9], tuningSeeds: [0], most: 3 }, ground);
  assert.deepEqual([none.rate, none.tried[0].ends], [undefined, ["steps"]]);
});

Deno.test("a study of optimizers refuses what it cannot compare", () => {
  const given = { width: 8, n: 20 };
  assert.throws(() => optimizers.resolve({ ...given, tuningSeeds: [3] }), /tuningSeeds contains 3/);
  assert.throws(() => optimizers.resolve({ ...given, rates: [0, 1] }), /rates begins with 0/);
  assert.throws(() => optimizers.resolve({ ...given, left: 0 }), /left is 0/);
  assert.throws(() => optimizers.resolve({ ...given, n: 0 }), /n is 0/);
  assert.throws(
    () => stepRule("adagrad" as "adam"),
    /optimizer is "adagrad".*; it must be "gradient-descent", "constant-speed"/,
  );
});
