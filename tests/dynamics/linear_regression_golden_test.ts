import assert from "node:assert/strict";
import { entropyProductionOfLearning } from "../../lib/bounds/mod.ts";
import { linearRegression } from "../../lib/dynamics/laws/linear_regression.ts";
import golden from "../golden/linear_regression.json" with { type: "json" };

const SETTINGS = { samples: 3, dimension: 2, labelNoise: 0.3, priorStd: 0.7, beta: 4 };
const close = (a: number, b: number, what: string) =>
  assert(Math.abs(a / b - 1) < 1e-9, `${what}: ${a} for ${b}`);

Deno.test("the problem is the one that SciPy was given", () => {
  const { inputs, labels } = linearRegression(SETTINGS);
  inputs.data.forEach((x, i) => close(x, golden.inputs.flat()[i], "input"));
  labels.forEach((y, i) => close(y, golden.labels[i], "label"));
});

Deno.test("T_SL at any time: SciPy's integration of the motion, and its transport", () => {
  const { flow } = linearRegression(SETTINGS);
  for (const { time, mean, entropyProduction, w2Squared } of golden.points) {
    flow.at(time).mean.forEach((m, i) => close(m, mean[i], `mean at ${time}`));
    close(flow.entropyProduction(time), entropyProduction, `β⁻¹R at ${time}`);
    close(flow.w2Squared(time), w2Squared, `W2² at ${time}`);
    close(flow.speedLimit(time), w2Squared / entropyProduction, `T_SL at ${time}`);
  }
});

Deno.test("T_SL at the stationary law: SciPy's quadrature of Eq. 6, and its motion at T = 30", () => {
  const { potential, stationary, flow } = linearRegression(SETTINGS);
  const { mean, covariance, entropyProduction, w2Squared } = golden.stationary;
  stationary.mean.forEach((m, i) => close(m, mean[i], "mean"));
  stationary.covariance.data.forEach((c, i) => close(c, covariance.flat()[i], "covariance"));
  const ridge = 1 / (4 * 0.49);
  const prior = { minimum: [0, 0], curvature: [[ridge, 0], [0, ridge]] };
  const eq6 = entropyProductionOfLearning({ prior, total: potential, beta: 4 });
  close(eq6, entropyProduction, "Eq. 6");
  close(eq6, golden.points.at(-1)!.entropyProduction, "Eq. 6 against the motion");
  close(flow.w2Squared(100) / eq6, w2Squared / entropyProduction, "T_SL(∞)");
});
