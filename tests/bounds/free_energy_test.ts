import assert from "node:assert/strict";
import fc from "fast-check";
import {
  boltzmann,
  entropyProductionOf,
  entropyProductionOfLearning,
  freeEnergy,
  gaussian,
  integratedEntropyProduction,
  logPartitionFunction,
} from "../../lib/bounds/mod.ts";
import { integrate } from "../../lib/numerics/mod.ts";

Deno.test("on the line, free energy and ln Z are the integrals that define them", () => {
  const [beta, k, center, offset] = [1.7, 2.3, -0.4, 0.9];
  const potential = { minimum: [center], curvature: [[k]], offset };
  const u = (x: number) => k * (x - center) ** 2 / 2 + offset;
  const { value: z } = integrate((x) => Math.exp(-beta * u(x)), -Infinity, Infinity);
  assert(Math.abs(logPartitionFunction(potential, beta) - Math.log(z)) < 1e-10);

  const [mean, variance] = [0.3, 0.8];
  const p = (x: number) =>
    Math.exp(-((x - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
  const { value: f } = integrate(
    (x) => p(x) < 1e-300 ? 0 : p(x) * (u(x) + Math.log(p(x)) / beta),
    mean - 20,
    mean + 20,
  );
  const found = freeEnergy(gaussian([mean], [[variance]]), potential, beta);
  assert(Math.abs(found - f) < 1e-9, `${found} and ${f}`);
});

Deno.test("no law has less free energy than Boltzmann's", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.double({ min: -10, max: 10, noNaN: true }),
      (beta, k, variance, mean) => {
        const potential = { minimum: [0], curvature: [[k]] };
        const least = -logPartitionFunction(potential, beta) / beta;
        const other = freeEnergy(gaussian([mean], [[variance]]), potential, beta);
        assert(other >= least - 1e-12 * (1 + Math.abs(least) + Math.abs(other)));
      },
    ),
  );
});

Deno.test("Eq. 6 is the difference of free energies between prior and posterior", () => {
  const prior = { minimum: [0.5, 0], curvature: [[2, 0.5], [0.5, 1]], offset: 0.3 };
  const total = { minimum: [1, -1], curvature: [[5, 1], [1, 4]], offset: 2 };
  const beta = 1.3;
  const difference = entropyProductionOf({
    from: boltzmann(prior, beta),
    to: boltzmann(total, beta),
    potential: total,
    beta,
  });
  const found = entropyProductionOfLearning({ prior, total, beta });
  assert(Math.abs(found - difference) < 1e-13 * difference && found > 0);
});

Deno.test("a singular law has infinite free energy; bad input is named", () => {
  const potential = { minimum: [0, 0], curvature: [[1, 0], [0, 1]] };
  assert.equal(freeEnergy(gaussian([0, 0], [[1, 0], [0, 0]]), potential, 1), Infinity);
  assert.throws(() => freeEnergy(gaussian([0], [[1]]), potential, 1), /p has dimension 1/);
  assert.throws(() => logPartitionFunction(potential, 0), /beta is 0/);
  assert.throws(
    () => boltzmann({ minimum: [0], curvature: [[-2]] }, 1),
    /eigenvalue -2; a Boltzmann law needs all positive/,
  );
  assert.throws(
    () => boltzmann({ minimum: [0], curvature: [[1]], offset: NaN }, 1),
    /offset is NaN/,
  );
  assert.throws(() => integratedEntropyProduction(() => 1, -1), /until is -1/);
  assert.throws(() => integratedEntropyProduction(() => -1, 1), /⟨\|v\|²⟩ is -1/);
});
