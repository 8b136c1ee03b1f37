import assert from "node:assert/strict";
import {
  assignedToThemselves,
  boundsInOrder,
  brenierMeans,
  ensembleHeadline,
  ensembleMeans,
  flowMapIsBrenier,
  functionsAreCloser,
  lawAsSingle,
  lazinessMakesBrenier,
  linearizedSampled,
  nearlyAllOfIt,
  ownWeightsLess,
  partitionAgrees,
  projectionsSee,
  wholeTraining,
  widthMakesBrenier,
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

Deno.test("moments see half where the whole interval lies above a half", () => {
  const judged = (...shares: number[]) =>
    projectionsSee(of(...shares.map((share) => ({ share }))), T).verdict;
  assert.equal(judged(0.51, 0.5101), "confirmed");
  assert.equal(judged(0.49, 0.4901), "not confirmed");
  assert.equal(judged(0.1, 0.9), "undecided");
  assert.equal(judged(0.9), "undecided", "one seed decides nothing");
  const linear = madeEnsembles([{ share: 1 }, { share: 1 }], { depth: 0 });
  assert.throws(() => projectionsSee([linear], T), /there is no study of networks/);
  assert.throws(() => projectionsSee(of({}, {}), []), /there is no time/);
  assert.match(projectionsSee(of({}, {}), [3]).evidence, /cannot be judged/);
});

Deno.test("a dual bound that is high says yes, one that is low says nothing", () => {
  const judged = (...dual: number[]) =>
    nearlyAllOfIt(of(...dual.map((one) => ({ dual: one }))), T).verdict;
  assert.equal(judged(0.81, 0.8101), "confirmed");
  assert.equal(judged(0.79, 0.7901), "undecided");
  assert.equal(judged(-1, -1.1), "undecided");
});

Deno.test("a Brenier map is symmetric within 5 % and has no negative eigenvalue", () => {
  const judged = (...seeds: MadeEnsemble[]) => flowMapIsBrenier(of(...seeds), T).verdict;
  assert.equal(judged({ asymmetry: 0.049 }, { asymmetry: 0.0491 }), "confirmed");
  assert.equal(judged({ asymmetry: 0.051 }, { asymmetry: 0.0511 }), "not confirmed");
  assert.equal(judged({ asymmetry: 0.01 }, { asymmetry: 0.3 }), "undecided");
  assert.equal(judged({ least: -0.1 }, { least: -0.1 }), "not confirmed");
  const close = { asymmetry: 0.0101 };
  assert.equal(judged({ least: -0.1 }, close, close), "undecided", "one seed of three");
  assert.equal(brenierMeans(of({ least: -0.1 }, {})[0], 1).least.length, 2);
  assert.equal(brenierMeans(of({}, {})[0], 1, 100).least.length, 0, "not all directions");
});

Deno.test("laziness halves the asymmetry or does not, width lowers it or does not", () => {
  const lazy = (...lazy: (readonly [number, number])[]) =>
    lazinessMakesBrenier(of(...lazy.map((one) => ({ lazy: one }))), T).verdict;
  assert.equal(lazy([0.2, 0.098], [0.2, 0.0981]), "confirmed");
  assert.equal(lazy([0.2, 0.102], [0.2, 0.1021]), "not confirmed");
  const widths = (narrow: number[], wide: number[]) =>
    widthMakesBrenier(
      [narrow, wide].map((values, i) =>
        madeEnsembles(values.map((asymmetry) => ({ asymmetry })), { width: 4 * (1 + i) })
      ),
      T,
    ).verdict;
  assert.equal(widths([0.2, 0.201], [0.1, 0.101]), "confirmed");
  assert.equal(widths([0.1, 0.101], [0.2, 0.201]), "not confirmed");
  assert.equal(widths([0.1, 0.3], [0.09, 0.2]), "undecided");
  assert.throws(() => widthMakesBrenier(of({}, {}), T), /studies has 1 widths/);
});

Deno.test("limits alike within 1.25, outputs closer than 0.95, assignments to themselves", () => {
  const limit = (...limits: number[]) =>
    lawAsSingle(of(...limits.map((one) => ({ limit: one }))), T).verdict;
  assert.equal(limit(1.24, 1.2401), "confirmed");
  assert.equal(limit(1.26, 1.2601), "not confirmed");
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
  assert.match(ensembleHeadline(study, 1), /0\.90 \[0\.90, 0\.90\] and 1 of E‖Δθ‖²/);
  assert.throws(() => ensembleHeadline(study, 3), /time is 3/);
});
