import assert from "node:assert/strict";
import { gaussian } from "../../lib/bounds/mod.ts";
import {
  ensembleEntropy,
  ensembleEntropyProduction,
  ensembleW2Squared,
} from "../../lib/bounds/ensembles.ts";
import { drawFrom, langevin } from "../../lib/dynamics/laws/langevin.ts";
import { quadraticLandscape } from "../../lib/dynamics/laws/landscape.ts";
import { ornsteinUhlenbeck } from "../../lib/dynamics/laws/ornstein_uhlenbeck.ts";

Deno.test("entropies of Gaussian ensembles lie within three standard errors of the exact", () => {
  const cases = [
    { law: gaussian([3], [[0.25]]), count: 8000, exact: 0.5 * Math.log(2 * Math.PI * Math.E / 4) },
    {
      law: gaussian([0, 0, 0], [[2, 1, 0], [1, 3, 0], [0, 0, 1]]),
      count: 3000,
      exact: 1.5 * Math.log(2 * Math.PI * Math.E) + 0.5 * Math.log(5),
    },
  ];
  for (const { law, count, exact } of cases) {
    const { value, standardError } = ensembleEntropy(drawFrom(law, count, 1));
    assert(Math.abs(value - exact) < 3 * standardError, `${value} ± ${standardError}, ${exact}`);
    assert(standardError < 0.05);
  }
});

Deno.test("W2² and β⁻¹R of particles lie within three standard errors of the exact flow", async () => {
  const potential = { minimum: [0], curvature: [[1]] };
  const p0 = gaussian([2], [[0.2]]);
  const landscape = quadraticLandscape(potential);
  const exact = ornsteinUhlenbeck(potential, 1, p0);
  for (const seed of [0, 1, 2]) {
    const { positions: [from, to] } = await langevin(landscape, {
      beta: 1,
      from: p0,
      particles: 8000,
      horizon: 0.7,
      steps: 100,
      seed,
    });
    const distance = ensembleW2Squared(from, to);
    assert(
      Math.abs(distance.value - exact.w2Squared(0.7)) < 3 * distance.standardError,
      `W2² ${distance.value} ± ${distance.standardError}, ${exact.w2Squared(0.7)}`,
    );
    const produced = ensembleEntropyProduction({
      from,
      to,
      energy: (x) => landscape.value(x, 0),
      beta: 1,
    });
    assert(
      Math.abs(produced.value - exact.entropyProduction(0.7)) < 3 * produced.standardError,
      `β⁻¹R ${produced.value} ± ${produced.standardError}, ${exact.entropyProduction(0.7)}`,
    );
  }
});

Deno.test("clouds in the plane: the bias that falls as 1/n is taken off", () => {
  const p = drawFrom(gaussian([0, 0], [[1, 0], [0, 1]]), 800, 1);
  const q = drawFrom(gaussian([2, 0], [[1, 0], [0, 1]]), 800, 2);
  const { value, standardError } = ensembleW2Squared(p, q);
  assert(Math.abs(value - 4) < 4 * standardError, `${value} ± ${standardError}`);
});

Deno.test("too few, too many and coinciding particles are named", () => {
  const cloud = (rows: number, cols = 1) => ({ rows, cols, data: new Float64Array(rows * cols) });
  assert.throws(
    () => ensembleW2Squared(cloud(20), cloud(20)),
    /there are 20 particles; 16 batches/,
  );
  assert.throws(() => ensembleW2Squared(cloud(3000, 2), cloud(3000, 2)), /beyond 2000/);
  assert.throws(() => ensembleW2Squared(cloud(99), cloud(98)), /p has 99 points/);
  assert.throws(() => ensembleEntropy(cloud(200)), /lie at one point/);
  assert.throws(() => ensembleEntropy(cloud(200), { batches: 2 }), /batches is 2/);
});
