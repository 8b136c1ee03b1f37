import assert from "node:assert/strict";
import {
  belowOneAtFirst,
  descentInModes,
  differenceFallsWithSteps,
  differenceWithinRate,
  type DiscreteStepsStudy,
  fallsBelowTheEdge,
  noiseCostsHalf,
  noiseForetellsSteps,
  rateIsSmallEnough,
  sharpensToTheEdge,
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

Deno.test("a rate is small enough within 5 %, at all steps and from step 10 on", () => {
  const made = (factors: readonly number[], steps = [10, 100], tolerance = 1e-9) => {
    const study = madeSteps({
      ...{ rates: [], learningRates: [1e-5], factor: (seed: number) => factors[seed], steps },
      residues: factors.map(() => [1, 1]),
    });
    return { ...study, configuration: { ...study.configuration, tolerance } };
  };
  const judged = (...factors: number[]) => rateIsSmallEnough([made(factors)], 1e-5).verdict;
  assert.equal(judged(0.951, 0.9511), "confirmed");
  assert.equal(judged(0.949, 0.9489), "not confirmed");
  assert.equal(judged(1.049, 1.0491), "confirmed");
  assert.equal(judged(1.051, 1.0511), "not confirmed");
  assert.equal(judged(0.9, 1.02), "undecided");
  assert.equal(judged(1), "undecided", "one seed decides nothing");
  // The flow's own error counts: 4.9 % and 0.3 % are not within 5 %.
  assert.equal(rateIsSmallEnough([made([0.951, 0.9511], [10], 3e-3)], 1e-5).verdict, "undecided");
  const { claim, mark, evidence } = rateIsSmallEnough([made([1, 1])], 1e-5);
  assert.match(claim, /up to 100 steps run/);
  assert.equal(mark, "derived");
  // n = 100, ηλ_max/2 = 5e-6.
  assert.match(evidence, /cannot be judged in 1: .* λ_max ∝ n \(not run\), ηλ_max\/2 = 0\.00025/);
  // Runs that end before step 10.
  assert.match(
    rateIsSmallEnough([made([1, 1], [9])], 1e-5).evidence,
    /It holds in the one case that can be judged, of 3/,
  );
  assert.throws(() => rateIsSmallEnough([madeSteps()], 1e-5), /no descent at this learning rate/);
});

Deno.test("the first steps alone can miss 5 %", () => {
  // One mode of λ = 1: one step reads 1 − η/2, the flow (η/2) coth(η/2).
  const study = madeSteps({
    residues: [[1], [1]],
    rates: [],
    learningRates: [0.11],
    steps: [1, 100],
  });
  const { evidence } = rateIsSmallEnough([study], 0.11);
  assert.match(evidence, /It fails in 1: .*of all steps: -5\.6/);
  assert.match(evidence, /It holds in 1 of 2 cases that can be judged, of 3: .*from step 10 on/);
});

Deno.test("the headline tells the worst from step 10 on, of the worst network and of the best", () => {
  const of = (factor: number, n = 100) => {
    const study = madeSteps({
      ...{ residues: [[1], [1]], rates: [], learningRates: [1e-3] },
      ...{ steps: [1, 10, 20], factor: (seed: number) => factor + 1e-4 * seed },
    });
    return {
      configuration: { ...study.configuration, n },
      realizations: study.realizations.map((one) => ({
        ...one,
        descents: one.descents.map((descent) => ({ ...descent, batchSize: n })),
      })),
    };
  };
  const text = stepsHeadline([of(0.98), of(0.96, 200), of(1)], 1e-3);
  assert.match(
    text,
    /^From step 10 on .* by -4\.0 .*n = 200, ηλ_max\/2 = 0\.00050, .*2 seeds\) at the/,
  );
  assert.match(text, /and by -?0\.0 .*n = 100.* least; the flow's own tolerance is 0\.1 %$/);
  assert.doesNotMatch(stepsHeadline([of(0.96)], 1e-3), /least/);
  assert.throws(() => stepsHeadline([of(1)], 0.3), /no descent at this learning rate/);
});

Deno.test("the difference is judged against ηλ_max at small rates, with the flow's own error", () => {
  const within = (factor: number, rates = [0.2]) =>
    differenceWithinRate([
      madeSteps({ residues: [[1], [1]], rates, steps: [100], factor: () => factor }),
    ]).verdict;
  assert.equal(within(1), "confirmed");
  // ηλ_max = 0.4: at late times ι_GD/ι is the factor; the flow's tolerance is 0.001.
  assert.equal(within(0.602), "confirmed");
  assert.equal(within(0.6005), "undecided");
  assert.equal(within(0.598), "not confirmed");
  assert.equal(within(1.198), "confirmed");
  assert.equal(within(1.2015), "not confirmed");
  assert.equal(within(1, [4e-4]), "undecided", "a tolerance above ηλ_max leaves it open");
  assert.throws(() => within(1, [0.21]), /there is no descent at such a rate/);
  // At all times it is what first order makes it.
  assert.equal(differenceWithinRate([madeSteps({ rates: [0.2] })]).verdict, "confirmed");
});

Deno.test("the difference is judged against 2/N from step 3 on and up to τ = 40 · 2/λ_max", () => {
  const claim = (factor: number, steps = [100], rate = 0.1) =>
    differenceFallsWithSteps([
      madeSteps({ residues: [[1], [1]], rates: [rate], steps, factor: () => factor }),
    ]);
  // 100 times the flow's tolerance of 0.001 is 0.1: what is left of 2 is 1.9.
  assert.equal(claim(0.982).verdict, "confirmed");
  assert.equal(claim(0.9805).verdict, "undecided");
  assert.equal(claim(0.978).verdict, "not confirmed");
  assert.equal(claim(1.022).verdict, "not confirmed");
  assert.match(claim(1).evidence, /N \(1 − ι_GD\/ι\)/);
  assert.match(claim(0.5, [3, 100]).evidence, /step 100/);
  // Steps 1 and 2, later times and larger rates are no case of it.
  assert.equal(claim(1, [80], 0.5).verdict, "confirmed", "τ = 40");
  assert.throws(() => claim(1, [81], 0.5), /there is no descent at such a rate/);
  assert.throws(() => claim(1, [1, 2]), /there is no descent at such a rate/);
  assert.throws(() => claim(1, [10], 0.6), /there is no descent at such a rate/);
});

Deno.test("T/T_SL below 1 counts as early at step 10 or before 2/λ_max", () => {
  const judged = (steps: number[], factor: number, rate = 1) =>
    belowOneAtFirst([madeSteps({ residues: [[1]], rates: [rate], steps, factor: () => factor })]);
  // One mode, ηλ = 0.2: ι = 1 at step 1 is 0.9; at step 100 it is 10.
  assert.equal(judged([1, 100], 1, 0.1).verdict, "confirmed");
  assert.equal(judged([1, 11, 100], 0.5, 0.1).verdict, "not confirmed", "step 11, τ = 1.1 · 2/λ");
  assert.equal(judged([1, 11, 2000], 0.5, 0.01).verdict, "confirmed", "step 11, τ = 0.11 · 2/λ");
  assert.equal(judged([1], 1, 0.1).verdict, "not confirmed", "not looked at later");
  // One seed of two that is late is a counterexample, and so is one that diverges.
  const made = {
    ...{ residues: [[1], [1]], rates: [0.1], steps: [1, 11, 100] },
    factor: (seed: number) => seed === 1 ? 0.5 : 1,
  };
  const late = belowOneAtFirst([madeSteps(made)]);
  assert.equal(late.verdict, "not confirmed");
  assert.match(late.evidence, /step 1–11, too late in 1 of 2 seeds/);
  const ended = belowOneAtFirst([
    madeSteps({ ...made, factor: () => 1, sharpness: (seed) => seed === 0 ? "diverges" : 1 }),
  ]);
  assert.match(ended.evidence, /It fails .*too late in 1 of 2 seeds, of which 1 diverge/);
});

Deno.test("λ_max climbs to the edge where it falls, climbs by a tenth and ends within a tenth of 2/η", () => {
  const judged = (looks: readonly number[], steps = 500) => {
    const study = madeSteps({ rates: [2], residues: [[1, 1]], steps: [1, 2] });
    return sharpensToTheEdge([withLooks(study, looks, steps)]);
  };
  assert.equal(judged([2, 0.5, 0.91]).verdict, "confirmed");
  assert.equal(judged([2, 0.5, 1.09]).verdict, "confirmed");
  assert.equal(judged([2, 0.5, 1.11]).verdict, "not confirmed");
  assert.equal(judged([2, 0.5, 0.54]).verdict, "not confirmed");
  assert.equal(judged([2, 0.5, 1.09, 0.91]).verdict, "confirmed");
  assert.equal(judged([2, 0.5, 0.89]).verdict, "undecided"); // still climbing
  // Above every look since the least, by what Lanczos leaves open: else it rests, or fell again.
  assert.equal(judged([2, 0.5, 0.6, 0.619]).verdict, "undecided");
  assert.equal(judged([2, 0.5, 0.6, 0.617]).verdict, "not confirmed");
  assert.equal(judged([2, 0.5, 0.8, 0.7, 0.75]).verdict, "not confirmed");
  assert.equal(judged([2, 1, 0.7, 0.6, 0.5]).verdict, "not confirmed", "still falls");
  assert.equal(judged([2, 0.91, 1.02]).verdict, "undecided"); // never below
  assert.match(
    judged([2, 0.5, 0.91]).evidence,
    /0\.50 at its least, at step 333, and 0\.91 in the end, at step 500, where L = 1\.00/,
  );
  assert.throws(() => judged([2, 0.5, 1], 499), /no descent of 500 steps/);
});

Deno.test("beyond the edge descent goes on where λ_max falls below 2/η", () => {
  const judged = (...looks: (number | "diverges")[]) =>
    fallsBelowTheEdge([
      madeSteps({
        ...{ rates: [2], residues: looks.map(() => [1, 1]), steps: [1, 2] },
        sharpness: (seed) => looks[seed],
      }),
    ]).verdict;
  // ηλ_max/2 is twice these, and Lanczos leaves 3 % of it open.
  assert.equal(judged(0.484, 0.4841), "confirmed");
  assert.equal(judged(0.486, 0.4861), "not confirmed");
  assert.equal(judged(0.1), "undecided", "one seed decides nothing");
  assert.equal(judged("diverges", "diverges", 0.1), "not confirmed");
  assert.equal(judged("diverges", 0.1, 0.11), "undecided");
  assert.equal(judged(0.484, 0.486), "undecided");
  assert.throws(() => fallsBelowTheEdge([madeSteps()]), /no descent beyond the edge/);
  // What counts is the least look, not the last.
  const two = madeSteps({ rates: [2], residues: [[1, 1], [1, 1]], steps: [1, 2] });
  assert.equal(fallsBelowTheEdge([withLooks(two, [2, 0.5, 1.05], 10)]).verdict, "confirmed");
  assert.equal(fallsBelowTheEdge([withLooks(two, [2, 0.98, 1.05], 10)]).verdict, "not confirmed");
});

Deno.test("the claim names the largest rate that holds, and three seeds or fewer one by one", () => {
  const made = (last: readonly number[], rates: readonly number[]) =>
    fallsBelowTheEdge([
      madeSteps({ rates, residues: last.map(() => [1, 1]), sharpness: (seed) => last[seed] }),
    ]);
  const { claim, evidence } = made([0.1, 0.3, 0.2], [0.1, 2, 4]);
  assert.match(claim, /up to 2 · 2\/λ_max, goes on/);
  assert.match(evidence, /0 of 3 seeds diverge, ηλ_max\/2 = 0\.20, 0\.60, 0\.40 at the least/);
  assert.match(made([0.1, 0.3, 0.2, 0.4], [2]).evidence, /ηλ_max\/2 = 0\.20–0\.80 at the least/);
  // Not looked at: nothing is said, and no rate named.
  const never = fallsBelowTheEdge([madeSteps({ rates: [2] })]);
  assert.match(never.evidence, /cannot be judged/);
  assert.doesNotMatch(never.claim, /up to/);
});

Deno.test("looks tell the loss, and the flow's kernel where the flow has an entry", () => {
  const study = madeSteps({ rates: [2], residues: [[1, 1]], sharpness: () => 0.4, steps: [1, 2] });
  const [first, last] = stepsSharpness(study);
  assert.equal(last.edge, 0.8);
  assert.equal(last.flowKernel, 2, "η = 4, and the made kernel's λ_max is 1");
  assert.equal(first.loss, 1);
  assert.equal(last.loss, study.realizations[0].descents[0].loss[2]);
  assert.ok(!("flowKernel" in stepsSharpness(withLooks(study, [2, 1, 1], 10))[0]));
});

/** The study with other looks at ηλ_max/2, evenly up to a step, in every descent. */
function withLooks(study: DiscreteStepsStudy, looks: readonly number[], steps: number) {
  return {
    ...study,
    realizations: study.realizations.map((one) => ({
      ...one,
      descents: one.descents.map((descent) => ({
        ...descent,
        time: looks.map((_, i) => (i + 1) / looks.length * steps * descent.learningRate),
        loss: looks.map(() => 1),
        sharpness: looks.map((edge, entry) => ({ entry, value: 2 * edge / descent.learningRate })),
      })),
    })),
  };
}

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
  // Where the factor is wider than the noise there is nothing to judge.
  const little = (rho: number) => noiseForetellsSteps([made(rho, rho)]).evidence;
  assert.match(little(0.0999), /It cannot be judged/);
  assert.match(little(0.1001), /It holds/);
  assert.equal(noiseCostsHalf([made(1.01, 1)], 10).verdict, "confirmed");
  assert.equal(noiseCostsHalf([made(0.99, 1)], 10).verdict, "not confirmed");
  assert.throws(() => noiseCostsHalf([made(1, 1)], 8), /no minibatch of 8/);
  assert.match(
    noiseCostsHalf([made(1, 1)], 10).claim,
    /\(FCN, width 8, n = 100, 0\.1 · 2\/λ_max\)/,
  );
});

Deno.test("the noise of a step is that of its own images, the last of an epoch has what is left", () => {
  // n = 5 by 2: 2, 2, 1 images a step; tr C is 1, 2, … at steps 0, 1, …, and |g|² is 1.
  const study = madeSteps({
    residues: [[1]],
    steps: [1, 3, 5],
    noise: { rho: 1, measured: () => 1 },
  });
  const [one] = study.realizations;
  const [rho1, rho3, rho5] = stepsNoise({
    configuration: { ...study.configuration, n: 5 },
    realizations: [{
      ...one,
      descents: [{
        ...{ ...one.descents[0], batchSize: 2, gradientSquared: [1, 1, 1, 1] },
        covarianceTrace: [1, 2, 4, 6],
      }],
    }],
  }).map(({ rho }) => rho);
  const [two, single] = [(5 - 2) / (4 * 2), 1];
  near(rho1, 1 * two);
  near(rho3, ((1 + 2) * two + 3 * single) / 3);
  near(rho5, ((1 + 2 + 4 + 5) * two + 3 * single) / 5);
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
