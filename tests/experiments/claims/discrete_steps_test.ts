import assert from "node:assert/strict";
import {
  belowOneAtFirst,
  descentInModes,
  differenceFallsWithSteps,
  differenceWithinRate,
  fallsBelowTheEdge,
  noiseCostsHalf,
  noiseForetellsSteps,
  rateIsSmallEnough,
  stepLimitsHold,
  stepsBesideFlow,
  stepsEntries,
  stepsGroups,
  stepsHeadline,
  stepsNoise,
  stepsSharpness,
  studies,
} from "../../../lib/mod.ts";
import { madeSteps } from "./made_steps.ts";

const near = (value: number, expected: number, off = 1e-9) =>
  assert.ok(Math.abs(value / expected - 1) < off, `${value} and ${expected}`);

Deno.test("descents stand beside the flow at their own times, and entries factor exactly", () => {
  const study = madeSteps({ residues: [[1, 2, 3]], rates: [0.1, 1] });
  const rows = stepsBesideFlow(study);
  assert.equal(rows.length, 12);
  for (const { share, steps, descent, flow, difference, stepInefficiency, lossShare } of rows) {
    const spectrum = { eigenvalues: [1, 1 / 4, 1 / 9], residue: [1, 2, 3] };
    const exact = descentInModes(spectrum, { learningRate: 2 * share, steps });
    near(descent, exact.inefficiency);
    near(flow, exact.flow);
    near(1 + difference, exact.inefficiency / exact.flow);
    near(stepInefficiency, exact.stepInefficiency);
    near(stepInefficiency * lossShare, descent);
  }
  const [first] = stepsEntries(study.realizations[0].descents[0]);
  near(first.limitShare!, (1 - 0.1) / first.descent);
});

Deno.test("seeds go together at equal steps, or at the nearest mark of a rate that is told as η", () => {
  const groups = stepsGroups(stepsBesideFlow(madeSteps({ rates: [0.1, 0.2] })));
  assert.deepEqual(groups.map(({ rows }) => rows.length), new Array(12).fill(2));
  assert.deepEqual(groups.slice(0, 3).map(({ steps }) => steps), [1, 2, 5]);
  const row = (seed: number, mark: number) => ({
    ...{ seed, rate: { eta: 1e-5 }, share: 0.1, steps: 10 * mark, mark },
  });
  const near5 = stepsGroups([row(0, 4.1), row(0, 5.2), row(1, 4.9), row(1, 11)]);
  assert.deepEqual(near5.map(({ rows }) => rows.map(({ mark }) => mark)), [[5.2, 4.9], [11]]);
});

Deno.test("both limits of steps hold of every made descent, and are told where they do not", () => {
  const study = madeSteps({ rates: [0.01, 0.1, 0.5, 0.9] });
  assert.equal(stepLimitsHold([study]).verdict, "confirmed");
  // One step of one mode attains both.
  const single = madeSteps({ residues: [[1]], steps: [1] });
  assert.match(stepLimitsHold([single]).evidence, /≥ 1\.0000 .* ≤ 1\.0000 N η/);
  const broken = madeSteps({ residues: [[1]], steps: [1], factor: () => 0.99 });
  assert.equal(stepLimitsHold([broken]).verdict, "not confirmed");
  assert.throws(() => stepLimitsHold([]), /there is no study/);
});

Deno.test("a rate is small enough within 5 %", () => {
  const judged = (...factors: number[]) =>
    rateIsSmallEnough([
      madeSteps({
        ...{ rates: [], learningRates: [1e-5], factor: (seed) => factors[seed] },
        residues: factors.map(() => [1, 1]),
      }),
    ], 1e-5).verdict;
  assert.equal(judged(0.951, 0.9511), "confirmed");
  assert.equal(judged(0.949, 0.9489), "not confirmed");
  assert.equal(judged(1.051, 1.0511), "not confirmed");
  assert.equal(judged(0.9, 1.02), "undecided");
  assert.equal(judged(1), "undecided", "one seed decides nothing");
  assert.throws(() => rateIsSmallEnough([madeSteps()], 1e-5), /no descent at this learning rate/);
});

Deno.test("the headline tells the last time at the rate, and the worst N of small rates", () => {
  const study = madeSteps({ residues: [[1], [1]], rates: [0.1, 1], learningRates: [0.1] });
  const [last] = stepsGroups(stepsBesideFlow(study)).filter(({ rate }) => "eta" in rate).slice(-1);
  const { steps, difference } = last.rows[0];
  assert.match(
    stepsHeadline(study, 0.1),
    new RegExp(`${(100 * difference).toFixed(2)} .* % off the flow's after ${steps} steps`),
  );
  // One mode: N ½ηλ u/sinh u = u²/(2 sinh u) is 0.55 at the most.
  assert.match(stepsHeadline(study, 0.1), /within 0\.6\/N/);
  assert.throws(() => stepsHeadline(study, 0.3), /no descent at this learning rate/);
});

Deno.test("the difference is judged against ηλ_max and against 2/N at its worst time", () => {
  const within = (factor: number, rates = [0.2]) =>
    differenceWithinRate([madeSteps({ rates, steps: [100], factor: () => factor })]).verdict;
  assert.equal(within(1), "confirmed");
  // ηλ_max = 0.4: at late times ι_GD/ι is the factor.
  assert.equal(within(0.61), "confirmed");
  assert.equal(within(0.5), "not confirmed");
  assert.equal(within(1.19), "confirmed");
  assert.equal(within(1.21), "not confirmed");
  assert.throws(() => within(1, [1.5]), /there is no descent at such a rate/);
  // At all times it is what first order makes it.
  assert.equal(differenceWithinRate([madeSteps({ rates: [0.9] })]).verdict, "confirmed");
  assert.throws(() => within(1, [1e-3]), /no descent/, "no more than the flow's own tolerance");

  const steps = (factor: number) =>
    differenceFallsWithSteps([madeSteps({ steps: [100], factor: () => factor })]);
  assert.equal(steps(0.985).verdict, "confirmed");
  assert.equal(steps(0.975).verdict, "not confirmed");
  assert.match(steps(1).evidence, /N \(1 − ι_GD\/ι\)/);
});

Deno.test("T/T_SL below 1 counts as early at step 10 or before 2/λ_max", () => {
  const judged = (steps: number[], factor: number, rate = 1) =>
    belowOneAtFirst([madeSteps({ residues: [[1]], rates: [rate], steps, factor: () => factor })]);
  // One mode, ηλ = 0.2: ι = 1 at step 1 is 0.9; at step 100 it is 10.
  assert.equal(judged([1, 100], 1, 0.1).verdict, "confirmed");
  assert.equal(judged([1, 11, 100], 0.5, 0.1).verdict, "not confirmed", "step 11, τ = 1.1 · 2/λ");
  assert.equal(judged([1, 11, 2000], 0.5, 0.01).verdict, "confirmed", "step 11, τ = 0.11 · 2/λ");
  assert.equal(judged([1], 1, 0.1).verdict, "not confirmed", "not looked at later");
});

Deno.test("beyond the edge descent goes on where λ_max falls below 2/η", () => {
  const judged = (...looks: (number | "diverges")[]) =>
    fallsBelowTheEdge([
      madeSteps({
        ...{ rates: [2], residues: looks.map(() => [1, 1]), steps: [1, 2] },
        sharpness: (seed) => looks[seed],
      }),
    ]).verdict;
  assert.equal(judged(0.49, 0.4901), "confirmed");
  assert.equal(judged(0.51, 0.5101), "not confirmed");
  assert.equal(judged("diverges", "diverges", 0.1), "not confirmed");
  assert.equal(judged("diverges", 0.1, 0.11), "undecided");
  assert.equal(judged(0.49, 0.52), "undecided");
  assert.throws(() => fallsBelowTheEdge([madeSteps()]), /no descent beyond the edge/);
  assert.equal(stepsSharpness(madeSteps({ rates: [2], sharpness: () => 0.4 }))[1].edge, 0.8);
});

Deno.test("noise is summed along the path, and foretells steps within a tenth", () => {
  const made = (rho: number, measured: number) =>
    madeSteps({ noise: { rho, measured: (seed) => measured * (1 + 1e-4 * seed) } });
  for (const { rho, quotient, noiseShare } of stepsNoise(made(2, 2))) {
    near(rho, 2);
    near(quotient, 1, 1e-3);
    near(noiseShare, 2 / 3);
  }
  const judged = (measured: number) => noiseForetellsSteps([made(1, measured)]).verdict;
  assert.equal(judged(1.19), "confirmed");
  assert.equal(judged(1.21), "not confirmed");
  assert.equal(judged(0.83), "confirmed");
  assert.equal(judged(0.8), "not confirmed");
  assert.equal(noiseCostsHalf([made(1.01, 1)], 10).verdict, "confirmed");
  assert.equal(noiseCostsHalf([made(0.99, 1)], 10).verdict, "not confirmed");
  assert.throws(() => noiseCostsHalf([made(1, 1)], 8), /no minibatch of 8/);
});

Deno.test("a batch of zero or of n and more, and a rate of zero, are refused", () => {
  const resolve = (given: object) =>
    studies["discrete-steps"].resolve({ width: 8, n: 50, ...given });
  for (const batches of [[0], [50], [60], [2.5]]) {
    assert.throws(
      () => resolve({ batches }),
      /batches contains .*; it must hold integers from 1 to 49/,
    );
  }
  assert.throws(() => resolve({ rates: [0, 1] }), /rates contains 0; rates are positive numbers/);
  assert.throws(() => resolve({ learningRates: 0 }), /learningRates contains 0/);
  assert.throws(() => resolve({ tolerance: 0 }), /tolerance/);
});
