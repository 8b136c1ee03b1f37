import assert from "node:assert/strict";
import { entropyProductionOf, entropyProductionOfLearning } from "../../../lib/bounds/mod.ts";
import {
  linearRegression,
  type RegressionSettings,
} from "../../../lib/dynamics/laws/linear_regression.ts";
import {
  highDimension,
  highNoise,
  manySamples,
} from "../../../lib/dynamics/laws/regression_limits.ts";

const settings: RegressionSettings = {
  samples: 60,
  dimension: 20,
  teacherNorm: 2,
  labelNoise: 0.5,
  priorStd: 0.7,
  beta: 3,
};

Deno.test("U is the loss with the ridge, least at its minimum", () => {
  const { inputs, labels, potential } = linearRegression(settings);
  const d = 20;
  const energyAt = (theta: Float64Array) => {
    let total = 0;
    for (let mu = 0; mu < 60; mu++) {
      let f = 0;
      for (let i = 0; i < d; i++) f += inputs.data[mu * d + i] * theta[i];
      total += (f - labels[mu]) ** 2 / 2;
    }
    return total + theta.reduce((sum, x) => sum + x * x, 0) / (2 * 3 * 0.49);
  };
  const minimum = Float64Array.from(potential.minimum);
  assert(Math.abs(energyAt(minimum) - potential.offset!) < 1e-10 * potential.offset!);
  assert(energyAt(minimum.map((x) => x + 0.01)) > potential.offset!);
});

Deno.test("at T → ∞ the flow from the prior is Eq. 6, and the law the posterior", () => {
  const { potential, prior, stationary, flow } = linearRegression(settings);
  const d = 20;
  const ridge = 1 / (3 * 0.49);
  const identity = Array.from(
    { length: d },
    (_, i) => Array.from({ length: d }, (_, j) => i === j ? ridge : 0),
  );
  const whole = entropyProductionOfLearning({
    prior: { minimum: new Array(d).fill(0), curvature: identity },
    total: potential,
    beta: 3,
  });
  assert(Math.abs(flow.entropyProduction(100) / whole - 1) < 1e-10);
  const difference = entropyProductionOf({ from: prior, to: stationary, potential, beta: 3 });
  assert(Math.abs(difference / whole - 1) < 1e-10);
  const { mean, covariance } = flow.at(100);
  assert(mean.every((m, i) => Math.abs(m - stationary.mean[i]) < 1e-12));
  assert(covariance.data.every((c, i) => Math.abs(c - stationary.covariance.data[i]) < 1e-12));
});

Deno.test("teacher and initial weights sum to the whole, and the teacher's part is θ_0 = 0's", () => {
  const { flow, flowFromZero, split } = linearRegression(settings);
  for (const t of [1e-4, 0.01, 1]) {
    const { entropyProduction, w2Squared } = split(t);
    for (
      const [{ teacher, initialWeights }, whole] of [
        [entropyProduction, flow.entropyProduction(t)],
        [w2Squared, flow.w2Squared(t)],
      ] as const
    ) {
      assert(teacher > 0 && initialWeights > 0);
      assert(Math.abs((teacher + initialWeights) / whole - 1) < 1e-10);
    }
    const { mean } = flowFromZero.at(t);
    const moved = mean.reduce((sum, m) => sum + m * m, 0);
    assert(Math.abs(moved / w2Squared.teacher - 1) < 1e-8);
    assert.equal(flowFromZero.entropyProduction(t), Infinity);
  }
});

/** Mean and its standard error over seeds of a realization's number. */
function overSeeds(settings: RegressionSettings, of: (seed: number) => number, seeds: number) {
  const values = Array.from({ length: seeds }, (_, seed) => of(seed));
  const mean = values.reduce((a, b) => a + b) / seeds;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (seeds - 1);
  return { mean, error: Math.sqrt(variance / seeds), settings };
}

const measured = (settings: RegressionSettings, T: number, seeds: number) =>
  overSeeds(settings, (seed) => linearRegression(settings, { seed }).flow.speedLimit(T), seeds);

Deno.test("d → ∞: finite problems lie at Marchenko and Pastur's limit, n above and below d", () => {
  for (const samples of [40, 160]) {
    const wide = { ...settings, samples, dimension: 80 };
    for (const T of [0.003, 0.3]) {
      const { mean, error } = measured(wide, T, 20);
      const { speedLimit } = highDimension(wide, T);
      assert(
        Math.abs(mean - speedLimit) < 4 * error + speedLimit / 80,
        `${mean} ± ${error} for ${speedLimit} at n = ${samples}, T = ${T}`,
      );
    }
  }
});

Deno.test("n → ∞: the limit is approached as 1/n in the mean, and T_SL tends to 2/n", () => {
  const at = (samples: number) => {
    const many = { ...settings, samples, dimension: 4 };
    const { mean } = measured(many, 50 / samples, 100);
    return Math.abs(mean / manySamples(many, 50 / samples).speedLimit - 1);
  };
  assert(at(2000) < 0.01 && at(2000) < at(40), `${at(40)}, ${at(2000)}`);
  const correction = (samples: number) =>
    manySamples({ ...settings, samples }, Infinity).speedLimit * samples / 2 - 1;
  assert(Math.abs(correction(1e10)) < 1e-4);
  assert(Math.abs(correction(1e8) / correction(1e10) - 10) < 0.1, "of order n^−½");
});

Deno.test("β → 0: T_SL falls as β with the stated factor; corrections are of order β", () => {
  const noisy = (beta: number) => ({ ...settings, beta });
  const ratio = (beta: number) => {
    const { mean, error } = measured(noisy(beta), 1e3 * beta, 40);
    const { speedLimit } = highNoise(noisy(beta));
    return { off: mean / speedLimit - 1, error: error / speedLimit };
  };
  const [coarse, fine] = [ratio(1e-3), ratio(1e-5)];
  // Teachers and inputs of finite size bring their own scatter; what is left falls with β.
  assert(Math.abs(fine.off) < 4 * fine.error, `${fine.off} ± ${fine.error}`);
  assert(Math.abs(coarse.off - fine.off) < 0.1 && Math.abs(ratio(1e-4).off - fine.off) < 0.01);
  const { learnt } = highNoise(noisy(1e-5));
  const { mean } = linearRegression(noisy(1e-5)).stationary;
  const found = mean.reduce((sum, m) => sum + m * m, 0) / 4;
  assert(Math.abs(found / learnt - 1) < 0.5);
});

Deno.test("bad settings are named", () => {
  const throws = (more: Partial<RegressionSettings>, message: RegExp) =>
    assert.throws(() => linearRegression({ ...settings, ...more }), message);
  throws({ samples: 0 }, /samples is 0/);
  throws({ dimension: 2.5 }, /dimension is 2.5/);
  throws({ beta: -1 }, /beta is -1/);
  throws({ labelNoise: -1 }, /labelNoise is -1/);
  assert.throws(() => manySamples(settings, -1), /T is -1/);
});
