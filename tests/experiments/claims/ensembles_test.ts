import assert from "node:assert/strict";
import {
  assignedToThemselves,
  boundsInOrder,
  ensembleHeadline,
  ensembleMeans,
  functionsAreCloser,
  type InitialWeightsStudy,
  lawAsSingle,
  linearizedSampled,
  nearlyAllOfIt,
  ownWeightsLess,
  partitionAgrees,
  projectionsSee,
  wholeTraining,
} from "../../../lib/mod.ts";
import { type MadeEnsemble, madeEnsembles } from "./made_ensembles.ts";

const T = [1];
const of = (...seeds: MadeEnsemble[]) => [madeEnsembles(seeds)];

Deno.test("bounds are in order up to 1, and equal of a linear model alone", () => {
  const judged = (empirical: number, depth: number) =>
    boundsInOrder([madeEnsembles([{ empirical }, { empirical }], { depth })]).verdict;
  assert.equal(judged(0.5, 2), "confirmed");
  assert.equal(judged(1.001, 2), "not confirmed");
  assert.equal(judged(1, 0), "confirmed");
  assert.equal(judged(0.99, 0), "not confirmed");
  assert.throws(() => boundsInOrder([]), /there is no study/);
});

/** What a projection leaves of E‖Δθ‖² in the network that is made up. */
const left = (projected: number, time = 1) => [{
  ...{ network: "2 × 8 tanh, n = 16", directions: 24, dimension: 100 },
  times: [{ time, projected, apart: 1 }],
}];

Deno.test("moments see half of what the projection leaves where the whole interval lies above it", () => {
  const judged = (projected: number, ...shares: number[]) =>
    projectionsSee(of(...shares.map((share) => ({ share }))), T, left(projected)).verdict;
  assert.equal(judged(1, 0.51, 0.5101), "confirmed");
  assert.equal(judged(1, 0.49, 0.4901), "not confirmed");
  assert.equal(judged(0.4, 0.21, 0.2101), "confirmed", "no bound on P is above 0.4");
  assert.equal(judged(0.4, 0.19, 0.1901), "not confirmed");
  assert.equal(judged(1, 0.1, 0.9), "undecided");
  assert.equal(judged(1, 0.9), "undecided", "one seed decides nothing");
  const linear = madeEnsembles([{ share: 1 }, { share: 1 }], { depth: 0 });
  assert.throws(() => projectionsSee([linear], T, []), /there is no study of networks/);
  assert.throws(() => projectionsSee(of({}, {}), [], []), /there is no time/);
  assert.match(projectionsSee(of({}, {}), [3], left(1, 3)).evidence, /cannot be judged/);
  assert.match(projectionsSee(of({}, {}), T, []).evidence, /cannot be judged/);
});

Deno.test("a dual bound is judged where the linear model's sees nearly all, by its lower end", () => {
  const judged = (linear: number, ...dual: number[]) => {
    const model = madeEnsembles([{ dual: linear }, { dual: linear + 1e-4 }], { depth: 0 });
    return nearlyAllOfIt([model, ...of(...dual.map((one) => ({ dual: one })))], T);
  };
  assert.equal(judged(0.9, 0.81, 0.8101).verdict, "confirmed");
  assert.equal(judged(0.9, 0.79, 0.7901).verdict, "not confirmed");
  assert.equal(judged(0.9, 0.7, 0.9).verdict, "undecided");
  assert.equal(judged(0.9, 0.999, 1).verdict, "confirmed", "sampling may pass 1");
  assert.equal(judged(0.9, 1.001, 1.0011).verdict, "not confirmed", "no bound is above W2²");
  assert.match(judged(0.79, 0.99, 0.9901).evidence, /cannot be judged/);
  assert.throws(() => nearlyAllOfIt(of({}, {}), T), /there is no study of a linear model/);
});

Deno.test("limits alike within 1.25, outputs closer than 0.95, assignments to themselves", () => {
  const limit = (...limits: number[]) =>
    lawAsSingle(of(...limits.map((one) => ({ limit: one }))), T).verdict;
  assert.equal(limit(1.24, 1.2401), "confirmed");
  assert.equal(limit(1.26, 1.2601), "not confirmed");
  const none = { configuration: { architecture: "myrtle-5", width: 16, n: 64 }, realizations: [] };
  const starts = [none as unknown as InitialWeightsStudy];
  assert.match(
    lawAsSingle(of({}, {}), T, { starts, at: [0.2] }).evidence,
    /of 2: .*It cannot be judged in 1: Myrtle-5, width 16, n = 64, τ = 0.2/,
  );
  const outputs = (...values: number[]) =>
    functionsAreCloser(of(...values.map((one) => ({ outputs: one }))), T).verdict;
  assert.equal(outputs(0.94, 0.9401), "confirmed");
  assert.equal(outputs(0.96, 0.9601), "not confirmed");
  assert.equal(assignedToThemselves(of({}, {})).verdict, "confirmed");
  assert.equal(assignedToThemselves(of({}, { own: false })).verdict, "not confirmed");
});

Deno.test("two ways to ln Z agree within 1, where the annealing tells something", () => {
  const judged = (annealed: number, effective = 10, exact?: number) => {
    const partition = { integration: -50, annealed, effective, ...(exact && { exact }) };
    return partitionAgrees(of({ partition }, { partition })).verdict;
  };
  assert.equal(judged(-49.01), "confirmed");
  assert.equal(judged(-48.99), "not confirmed");
  assert.equal(judged(-50, 2.9), "undecided");
  assert.equal(judged(-50, 10, -50.9), "confirmed");
  assert.equal(judged(-50, 10, -51.1), "not confirmed");
  assert.throws(() => partitionAgrees(of({}, {})), /there is no study with ln Z/);
});

Deno.test("W2² of two weights is less where its whole interval is below E‖Δθ‖²", () => {
  const judged = (high: number) =>
    ownWeightsLess({ above: 2, w2Squared: { mean: 1, interval: [0.5, high] } }).verdict;
  assert.equal(judged(1.99), "confirmed");
  assert.equal(judged(2.01), "undecided");
});

Deno.test("sampled is exact where the interval of their quotient is within 10 %", () => {
  const as = (low: number, high: number) => ({
    exact: -2,
    mean: -2,
    interval: [low, high] as const,
  });
  const judged = (low: number, high: number) => {
    const one = as(low, high);
    const row = { time: 1, freeEnergy: one, entropyProduction: one, heat: one, w2Squared: one };
    return linearizedSampled([{ ...row, inefficiency: 1 }]).verdict;
  };
  assert.equal(judged(-2.19, -1.83), "confirmed");
  assert.equal(judged(-2.3, -2.25), "not confirmed");
  assert.equal(judged(-2.3, -1.9), "undecided");
});

Deno.test("readings: Eq. 6, Talagrand's bound, and means at a time", () => {
  const partition = { integration: -50, annealed: -50, effective: 10 };
  const [study] = of({ partition, dual: 0.9 }, { partition, dual: 0.9 });
  // β⁻¹ ln Z + ⟨L⟩_0 = −5 + 9, and −β⟨L⟩ − ln Z = −20 + 50.
  assert.deepEqual(wholeTraining(study)[0], { entropyProduction: 4, information: 30, above: 60 });
  assert.equal(ensembleMeans(study, 1).inefficiency!.mean, 0.5); // T ΔL/‖Δθ‖², made up below what can be
  assert.match(
    ensembleHeadline(study, 1, 1),
    /at least 0\.90 \[0\.90, 0\.90\] of E‖Δθ‖² at τ = 1 and 0\.90 .*32 pairs of each of 2 ensembles/,
  );
  assert.throws(() => ensembleHeadline(study, 3, 1), /time is 3/);
  assert.throws(() => ensembleHeadline(study, 1, 3), /later is 3/);
  const [searched] = of({ elsewhere: 0.25 }, { elsewhere: 0.5 });
  assert.equal(ensembleMeans(searched, 1).elsewhere, 0.375);
  assert.equal(ensembleMeans(searched, 3).elsewhere, undefined);
});
