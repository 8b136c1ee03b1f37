import assert from "node:assert/strict";
import {
  dimensionRow,
  dissipationShare,
  linearRegression,
  noisyRow,
  overTeachers,
} from "../../../lib/mod.ts";

const SETTINGS = { samples: 30, dimension: 6, beta: 4, labelNoise: 0.5 };
const SEEDS = [0, 1, 2, 3];

Deno.test("means are over one problem a seed", () => {
  const { mean, count } = overTeachers(SETTINGS, SEEDS, ({ labels }) => labels[0]);
  const each = SEEDS.map((seed) => linearRegression(SETTINGS, { seed }).labels[0]);
  assert.equal(count, 4);
  assert(Math.abs(mean - each.reduce((a, b) => a + b) / 4) < 1e-15);
});

Deno.test("what is learnt at high noise falls as β², the limit as β", () => {
  const [hot, hotter] = [1e-6, 1e-7].map((beta) => noisyRow({ ...SETTINGS, beta }, SEEDS));
  assert(Math.abs(hotter.learnt.mean / hot.learnt.mean - 0.01) < 1e-4);
  assert(Math.abs(hotter.speedLimit.mean / hot.speedLimit.mean - 0.1) < 1e-4);
});

Deno.test("the initial weights owe all where there is hardly a teacher", () => {
  const few = { ...SETTINGS, teacherNorm: 0.01, labelNoise: 0 };
  const { share, whole, expected, atStart } = dissipationShare(few, { seeds: SEEDS, T: 0.01 });
  assert(share.mean > 0.9999 && expected > 0.9999 && atStart > 0.9999 && whole.mean > 1);
});

Deno.test("the share's formulas hold with noise of the labels: at the start, and at T", () => {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed);
  const noisy = { samples: 60, dimension: 30, beta: 4, labelNoise: 3, priorStd: 0.3 };
  for (const T of [1e-6, 1 / 30]) {
    const { share, expected, atStart } = dissipationShare(noisy, { seeds, T });
    const right = T < 1e-3 ? atStart : expected;
    const without = 30 * 0.09 / (30 * 0.09 + 1); // the teacher alone
    const near = (value: number) =>
      Math.abs(share.mean - value) < 4 * share.standardError + value / 30;
    assert(near(right) && near(expected), `${share.mean} ± ${share.standardError} for ${right}`);
    assert(!near(without), "the noise matters here");
  }
});

Deno.test("d → ∞: T_SL of the stationary law beside T/T_SL at T = 2/n", async () => {
  const settings = { samples: 160, dimension: 80, labelNoise: 0.5, beta: 3, priorStd: 0.7 };
  const { measured, limit, stationary } = await dimensionRow(settings, SEEDS);
  for (
    const { measured: { mean, standardError }, limit: law } of [{ measured, limit }, stationary]
  ) {
    assert(Math.abs(mean - law) < 4 * standardError + law / 80, `${mean} for ${law}`);
  }
  assert(
    stationary.limit * settings.samples / 2 > 0.3 && stationary.limit * settings.samples / 2 < 1.5,
  );
});
