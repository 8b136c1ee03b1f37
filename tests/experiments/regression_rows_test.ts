import assert from "node:assert/strict";
import { dissipationShare, linearRegression, noisyRow, overTeachers } from "../../lib/mod.ts";

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
  const { share, whole, expected } = dissipationShare(few, { seeds: SEEDS, T: 0.01 });
  assert(share.mean > 0.9999 && expected > 0.9999 && whole.mean > 1);
});
