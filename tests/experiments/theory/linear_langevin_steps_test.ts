import assert from "node:assert/strict";
import {
  SMALL_INPUTS,
  smallImages,
} from "../../../lib/experiments/studies/computations/small_images.ts";
import {
  eighSync,
  gaussian,
  type LangevinStepsStudy,
  linearLangevinSteps,
  meanAndError,
  multiply,
  ornsteinUhlenbeck,
  smallNetwork,
  storedResults,
  withPrior,
} from "../../../lib/mod.ts";
import { identity } from "../../../lib/numerics/dense.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read");

const linearStudy = async () =>
  (await storedResults<LangevinStepsStudy>("langevin_steps")).map(({ result }) => result)
    .find(({ configuration: { depth } }) => depth === 0)!;

test("the exact law is ornsteinUhlenbeck's, in the network's own loss", async () => {
  const study = await linearStudy();
  const { n, beta } = study.configuration;
  const { inputs, targets } = await smallImages(n, 0);
  const network = smallNetwork({ widths: [SMALL_INPUTS, 1], inputs, targets });
  const d = network.dimension, landscape = withPrior(network, beta);
  // Curvature and minimum of U by differences of its gradient, which is linear.
  const gradient = (x: Float64Array) => {
    const into = new Float64Array(d);
    landscape.gradient(x, 0, into);
    return into;
  };
  const origin = gradient(new Float64Array(d));
  const curvature = identity(d);
  for (let j = 0; j < d; j++) {
    gradient(Float64Array.from({ length: d }, (_, i) => +(i === j)))
      .forEach((g, i) => curvature.data[i * d + j] = g - origin[i]);
  }
  const { values, vectors } = eighSync(curvature);
  const along = multiply(vectors, origin, { transposeA: true }).map((g, k) => -g / values[k]);
  const law = ornsteinUhlenbeck(
    { minimum: multiply(vectors, along), curvature },
    beta,
    gaussian(new Float64Array(d), identity(d)),
  );
  for (
    const { time, step, stiffness, meanLoss, meanSquare, heat } of await linearLangevinSteps(study)
  ) {
    const means = ({ mean, covariance }: ReturnType<typeof law.at>) => {
      const trace = (of: Float64Array) =>
        of.reduce((sum, x, at) => sum + (at % (d + 1) ? 0 : x), 0);
      const square = mean.reduce((sum, x) => sum + x * x, trace(covariance.data));
      const bent = trace(multiply(curvature, covariance).data) / 2;
      const energy = landscape.value(mean, 0) + bent;
      return { square, energy, loss: energy - square / (2 * beta) };
    };
    const now = means(law.at(time));
    assert(Math.abs(meanLoss.exact - now.loss) < 1e-9);
    assert(Math.abs(meanSquare.exact - now.square) < 1e-9);
    assert(Math.abs(heat.exact - (means(law.at(0)).energy - now.energy)) < 1e-9);
    assert(Math.abs(stiffness - step * values[d - 1]) < 1e-9);
    assert(meanLoss.base < meanLoss.exact && meanSquare.base === d && heat.base === 0);
  }
});

test("what was sampled by steps has their law's means, and its error falls as their square", async () => {
  const study = await linearStudy();
  const { times, lengths } = study.configuration;
  const rows = await linearLangevinSteps(study);
  assert.equal(rows.length, times.length * lengths.length);
  for (const row of rows) {
    for (const name of ["meanLoss", "meanSquare", "heat"] as const) {
      const { mean, standardError } = meanAndError(
        study.realizations.map(({ steps }) =>
          steps[lengths.indexOf(row.length)][name][times.indexOf(row.time)]
        ),
      );
      assert(Math.abs(row[name].stepped - mean) < 4 * standardError, `${name} at ${row.time}`);
    }
  }
  const [, half, whole] = rows.filter(({ time }) => time === 0.5).map(({ step, meanLoss }) => ({
    ...{ step, error: meanLoss.stepped - meanLoss.exact },
  }));
  const order = Math.log(whole.error / half.error) / Math.log(whole.step / half.step);
  assert(order > 1.8 && order < 2.5, `order ${order}`);
});

test("a study of networks has no such law", async () => {
  const study = await linearStudy();
  const configuration = { ...study.configuration, depth: 1 };
  await assert.rejects(linearLangevinSteps({ ...study, configuration }), /depth 1; it must be/);
  await assert.rejects(linearLangevinSteps({ ...study, realizations: [] }), /no seed/);
});
