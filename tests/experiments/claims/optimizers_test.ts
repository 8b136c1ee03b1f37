/** Claims of notebook 11 on the edges of their rules, of results made up. */
import assert from "node:assert/strict";
import { randomStream } from "../../../lib/mod.ts";
import {
  agreeingPairs,
  judgeCases,
  repeatingPairs,
} from "../../../lib/experiments/readings/judge_readings.ts";
import { ratiosAt, withoutLosses } from "../../../lib/experiments/readings/optimizer_readings.ts";
import { atEdge } from "../../../lib/experiments/readings/schedule_readings.ts";
import {
  bestScheduleGains,
  generalizationLimits,
  generalizationNearLimit,
  metricRaisesTestLoss,
  momentumClock,
  momentumClocks,
  optimizersAt,
  optimizersHeadline,
  type OptimizersStudy,
  ownLimitsHold,
  ratioJudges,
  type RuleName,
  scheduleGains,
  type SchedulesStudy,
  shareThatStepsHave,
  sharpnessGains,
  stepsOver,
  tunedStepsAreFlows,
} from "../../../lib/experiments/mod.ts";

/** What of a made optimizer matters; each value for all seeds, or one a seed. */
interface MadeOptimizer {
  readonly optimizer: RuleName;
  readonly steps?: readonly number[];
  readonly own?: number;
  readonly discrete?: number;
  /** F/ΔL */
  readonly first?: number;
  /** The share of the limit of generalization. */
  readonly share?: readonly number[];
  readonly accuracy?: number;
  /** Seeds that do not come to the mark. */
  readonly lost?: readonly number[];
  /** At the mark. */
  readonly testLoss?: number;
  readonly rate?: number;
  /** ‖Δθ‖² */
  readonly moved?: number;
}

/** Walks of three entries from L = 100 to 50, at n = 100 a share of 100/45 to 50/45. */
function made(optimizers: readonly MadeOptimizer[], left = 50 / 45): OptimizersStudy {
  return {
    configuration: {
      ...{ architecture: "fully-connected", width: 8, n: 100, seeds: [0, 1, 2], left },
      ...{ tuningSeeds: [9], rates: [0.5, 1], most: 10, damping: 1e-3, testImages: 10 },
    },
    optimizers: optimizers.map((one) => {
      const { optimizer, steps = [10, 10.001, 10.002], own = 2, discrete = 3, first = 1 } = one;
      const { share = [0.1, 0.1001, 0.1002], accuracy = 0.2, rate = 1, moved = 5 } = one;
      const { testLoss = 1, lost = [] } = one;
      // Of ten test images.
      const squares = (seed: number) => (10 * (testLoss + seed / 1e4 - 2)) ** 2;
      return {
        ...{ optimizer, rate, atEdge: false, tried: [], seconds: 1 },
        walks: steps.map((count, seed) => ({
          ...{ seed, step: [0, count / 2, count] },
          end: lost.includes(seed) ? "diverged" as const : "mark" as const,
          loss: [100, 75, lost.includes(seed) ? 60 : 50],
          ...{ displacementSquared: [0, moved / 4, moved], pathLength: [0, 2, 4] },
          stepSquaredSum: [0, discrete * moved / 4 / (count / 2), discrete * moved / count],
          ...{ firstOrderDrop: [0, 25 * first, 50 * first], ownDrop: [0, own, own] },
          ...{
            ownSquare: [0, 1, 1],
            testLoss: [2, 1.5, testLoss + seed / 1e4],
            testAccuracy: [0.1, 0.1, accuracy],
          },
          testAlong: [0, -1, -1],
          testGradientSquares: [0, 1, squares(seed) / (share[seed] * discrete * moved / count)],
        })),
      };
    }),
  };
}

Deno.test("a walk is read at training and test losses, between entries too", () => {
  const study = made([{ optimizer: "adam" }]);
  const [{ seeds: [one] }] = optimizersAt(study, { left: 62.5 / 45 });
  assert.equal(one.steps, 7.5);
  assert.equal(one.lossDrop, 37.5);
  const [{ seeds: [same] }] = optimizersAt(study, { testLoss: 1.25 });
  assert.equal(same.steps, 7.5);
  assert.deepEqual(optimizersAt(study, { testLoss: 0.5 })[0].seeds, []);
  assert.deepEqual(optimizersAt(study, { left: 3 })[0].seeds, []);
  assert.throws(() => optimizersAt(study, { left: 0 }), /mark.left is 0; it must be a positive/);
});

Deno.test("no entry below 1 is a theorem: a single one is not confirmed", () => {
  const good = made([{ optimizer: "adam", own: 1, discrete: 1 }, { optimizer: "rmsprop" }]);
  assert.equal(ownLimitsHold([good]).verdict, "confirmed");
  // The six digits of what is stored are let pass, and no more.
  assert.equal(ownLimitsHold([made([{ optimizer: "adam", own: 1 - 2e-5 }])]).verdict, "confirmed");
  for (const bad of [{ own: 0.9999 }, { discrete: 0.9999 }]) {
    const { verdict, evidence } = ownLimitsHold([
      made([{ optimizer: "nesterov", ...bad }, { optimizer: "adam" }]),
    ]);
    assert.equal(verdict, "not confirmed");
    assert.match(evidence, /0\.9999 \(Nesterov\)/);
  }
  assert.throws(() => ownLimitsHold([]), /study/);
  assert.throws(() => ownLimitsHold([made([])]), /entry of a walk/);
});

Deno.test("momentum keeps the limit on its drift's clock at every entry", () => {
  // N η F/‖Δθ‖² = 10 · η · 50/5 = 100 η, and ten times that on the drift's clock; at the first entry the same.
  const at = (rate: number) =>
    momentumClock([made([{ optimizer: "heavy-ball", rate }, { optimizer: "nesterov", rate }])]);
  assert.equal(at(0.005).verdict, "confirmed"); // 0.5 and 5
  assert.equal(at(0.02).verdict, "confirmed"); // 2 and 20: the clock Nη is no part of it
  assert.equal(at(0.001).verdict, "confirmed"); // 0.1 and 1
  assert.equal(at(0.000999).verdict, "not confirmed");
  assert.match(at(0.005).evidence, /^12 entries; the least .* is 5\.00\. .* 0\.50 /);
  const study = made([{ optimizer: "nesterov", rate: 0.005 }]);
  const [run] = study.optimizers;
  const [walk, ...others] = run.walks;
  const early = { ...walk, displacementSquared: [0, 13, walk.displacementSquared[2]] };
  const one = { ...study, optimizers: [{ ...run, walks: [early, ...others] }] };
  // 5 · 0.005 · 25/(0.1 · 13) at an entry before the mark.
  assert.equal(momentumClock([one]).verdict, "not confirmed");
  const [{ steps, drift, uncorrected }] = momentumClocks(
    made([{ optimizer: "heavy-ball", rate: 0.1, first: 2 }]),
    "heavy-ball",
  );
  assert.ok(Math.abs(steps - 20) < 1e-12 && Math.abs(drift - 200) < 1e-10);
  assert.ok(Math.abs(uncorrected - 100) < 1e-10);
  assert.throws(() => momentumClock([made([{ optimizer: "adam" }])]), /heavy ball or Nesterov/);
});

Deno.test("Nesterov's bound of ‖Δθ‖² by F holds for random velocities, and gives 1 or more at μ = 0.9", () => {
  const bound = (mu: number, count: number) =>
    (count - 1) / (1 - mu) + (1 + mu) ** 2 / (1 - mu ** 2 / 2);
  const random = randomStream(3, "velocities");
  for (const mu of [0.5, 0.9]) {
    for (let count = 1; count <= 40; count++) {
      // One direction with noise, as a descent has, or noise alone.
      const v = [0, ...random.normal(new Float64Array(count))].map((x, i) =>
        i === 0 ? 0 : x / 2 + (count % 2)
      );
      let [moved, dropped] = [0, 0];
      for (let i = 0; i < count; i++) {
        const step = (1 + mu) * v[i + 1] - mu * v[i];
        moved += step;
        dropped += (v[i + 1] - mu * v[i]) * step; // η F
      }
      assert.ok(moved ** 2 <= dropped * bound(mu, count) * (1 + 1e-9), `${mu}, ${count}`);
      if (mu === 0.9) assert.ok(count * dropped >= (1 - mu) * moved ** 2, `${count}`);
    }
  }
  // What the bound allows of one step: less than 1 at 0.9, more at 0.5, where it proves nothing.
  const one = (mu: number) => (1 - mu) * bound(mu, 1);
  assert.ok(Math.abs(one(0.9) - 0.607) < 1e-3 && one(0.5) > 1);
});

Deno.test("a ratio judges optimizers where it puts nine pairs of ten in the order of the steps", () => {
  const names = ["gradient-descent", "adam", "rmsprop", "nesterov"] as const;
  const ordered = names.map((optimizer, i): MadeOptimizer => ({
    optimizer,
    steps: [10, 10, 10].map((steps) => steps * (i + 1)),
    own: 2 + i,
    discrete: 2 + i,
    testLoss: 1 + i / 10,
  }));
  assert.equal(ratioJudges([made(ordered)]).verdict, "confirmed");
  const reversed = ordered.map((one, i) => ({ ...one, own: 9 - i, discrete: 9 - i }));
  assert.equal(ratioJudges([made(reversed)]).verdict, "not confirmed");
  // A pair of six in the other order: five of six are not nine of ten.
  const swapped = ordered.map((one, i) => ({
    ...one,
    own: [3, 2, 4, 5][i],
    discrete: one.discrete,
  }));
  assert.equal(ratioJudges([made(swapped)]).verdict, "not confirmed");
  const pairs = agreeingPairs(
    optimizersAt(made(swapped), { left: 50 / 45 }),
    (w) => w.own,
    (w) => w.steps,
  );
  pairs.forEach((share) => assert.ok(Math.abs(share - 5 / 6) < 1e-12));
  assert.match(
    optimizersHeadline(made(swapped)),
    /^83 \[83, 83\] % of the pairs .* 4 optimizers, 3 seeds/,
  );
});

Deno.test("pairs are of all seeds that any optimizer has, each with those that come there", () => {
  const study = made([
    { optimizer: "gradient-descent", own: 1, steps: [1, 1, 1], lost: [0, 2] },
    { optimizer: "adam", own: 2, steps: [2, 2, 2] },
    { optimizer: "rmsprop", own: 3, steps: [3, 3, 1] },
  ]);
  const at = optimizersAt(study, { left: study.configuration.left });
  assert.deepEqual(agreeingPairs(at, (w) => w.own, (w) => w.steps), [1, 1, 0]);
  assert.deepEqual(at.map((one) => [one.diverged, withoutLosses(one).length]), [
    [2, 0],
    [0, 3],
    [0, 3],
  ]);
  // Seeds 0 and 1 agree on the order of steps; 2 has it the other way round.
  assert.deepEqual(repeatingPairs(at, (w) => w.steps), [1, 0, 0]);
  assert.deepEqual(judgeCases(study)[0].pairs, [1, 1, 0]);
});

Deno.test("a metric raises the test loss where it is above that of constant speed", () => {
  const verdict = (losses: readonly number[]) =>
    metricRaisesTestLoss([made([
      { optimizer: "constant-speed", testLoss: 1 },
      ...(["rmsprop", "adam", "natural"] as const).map((optimizer, i) => ({
        ...{ optimizer, testLoss: losses[i] },
      })),
    ])]).verdict;
  assert.equal(verdict([1.2, 1.01, 1.5]), "confirmed");
  assert.equal(verdict([1.2, 0.9, 1.5]), "confirmed with a limit");
  assert.equal(verdict([0.8, 0.9, 1.5]), "not confirmed");
  const { verdict: none } = metricRaisesTestLoss([made([{ optimizer: "adam" }])]);
  assert.equal(none, "undecided");
});

Deno.test("tuned steps are a flow's within a quarter", () => {
  const verdict = (first: number) =>
    tunedStepsAreFlows([made([{ optimizer: "adam", first }])]).verdict;
  assert.equal(verdict(1.249), "confirmed");
  assert.equal(verdict(1.251), "not confirmed");
  assert.equal(verdict(0.79), "not confirmed");
});

/** A flow of |g| = 2 and then 1, as long as `later`; h as near to g as is asked for. */
function madeSchedules(
  { steps, cosine = 1, spread = [0, 0, 0], edge = [] }: {
    /** Steps of each schedule: one a seed. */
    readonly steps: readonly (readonly number[])[];
    readonly cosine?: number;
    readonly spread?: readonly number[];
    /** Whose best factor is the largest tried. */
    readonly edge?: readonly string[];
  },
): SchedulesStudy {
  return {
    configuration: {
      ...{ architecture: "fully-connected", width: 8, n: 100, seeds: [0, 1, 2], left: 0.5 },
      ...{ horizon: 3, tolerance: 0.01, entries: 3, perOctave: 4, most: 100, testImages: 10 },
    },
    realizations: [0, 1, 2].map((seed) => ({
      seed,
      flow: {
        ...{ time: [0, 1, 3 + spread[seed]], loss: [10, 6, 4], lossDrop: [0, 4, 6 + spread[seed]] },
        ...{ displacementSquared: [0, 3, 5], pathLength: [0, 2, 4 + spread[seed]] },
        ...{ lambdaMax: [1, 1, 1], testLoss: [2, 1, 0.5], testAccuracy: [0.1, 0.2, 0.3] },
        ...{ gradientSquared: [1, 1, 1], testGradientSquared: [4, 4, 4] },
        products: [2, 2, 2].map((value) => value * Math.sqrt(cosine) * (1 + seed * 1e-4)),
      },
      gradients: 100,
      descents: (["constant", "cosine", "best", "unbounded", "stability"] as const).flatMap((
        schedule,
        i,
      ) =>
        steps[i]?.[seed] === undefined ? [{ schedule, tried: 3 }] : [{
          ...{ schedule, steps: steps[i][seed], factor: 0.5, tried: 3 },
          atEdge: edge.includes(schedule),
        }]
      ),
    })),
  };
}

Deno.test("the best schedule gains where its steps are a tenth fewer than the rival's", () => {
  type Over = Parameters<typeof bestScheduleGains>[1];
  const verdict = (
    best: readonly number[],
    stability: readonly number[],
    edge?: string[],
    options: Over = {},
  ) => {
    const study = madeSchedules({ steps: [[100, 100, 100], [], best, [], stability], edge });
    return bestScheduleGains([study], options).verdict;
  };
  const [slow, same] = [[100, 101, 102], [80, 81, 82]];
  const stability: Over = { over: "stability" };
  assert.equal(verdict(same, same), "confirmed");
  assert.equal(verdict(same, slow, [], stability), "confirmed");
  // Never slower than κ/λ_max, since that is the end of its grid: as fast is no gain.
  assert.equal(verdict(same, same, [], stability), "not confirmed");
  assert.equal(verdict([89.9, 89.89, 89.88], slow), "confirmed");
  assert.equal(verdict([90.2, 90.3, 90.4], slow), "not confirmed");
  assert.equal(verdict([80, 130, 60], slow), "undecided");
  assert.equal(verdict(same, slow, ["best"]), "undecided");
  assert.equal(verdict(same, slow, ["constant"]), "undecided");
  assert.equal(verdict(same, slow, ["constant"], stability), "confirmed");
  assert.equal(verdict(same, slow, ["stability"], stability), "undecided");
  const study = madeSchedules({ steps: [[100, 100, 100], [], [50, 50, 50]], edge: ["best"] });
  assert.deepEqual(stepsOver(study, "best", "constant"), [0.5, 0.5, 0.5]);
  assert.deepEqual(stepsOver(study, "best", "cosine"), []);
  assert.deepEqual(
    (["constant", "cosine", "best", "unbounded"] as const).map((name) => atEdge(study, name)),
    [0, 0, 3, 0],
  );
  assert.notEqual(bestScheduleGains([madeSchedules({ steps: [[], [], []] })]).verdict, "confirmed");
});

Deno.test("λ_max alone gains where it beats both rivals, neither at the edge of its grid", () => {
  const verdict = (stability: readonly number[], edge?: string[]) =>
    sharpnessGains([
      madeSchedules({ steps: [[100, 100, 100], [], [], [70, 70, 70], stability], edge }),
    ]).verdict;
  assert.equal(verdict([62.9, 62.89, 62.88]), "confirmed");
  assert.equal(verdict([75, 75.1, 75.2]), "not confirmed"); // one of two
  assert.equal(verdict([62.9, 62.89, 62.88], ["unbounded"]), "undecided");
});

Deno.test("what λ_max cost is told with the steps that it saves, and how far it falls", () => {
  const study = madeSchedules({ steps: [[100, 100, 100], [], [], [70, 70, 70], [60, 60, 60]] });
  const falling = {
    ...study,
    realizations: study.realizations.map((one, i) => ({
      ...one,
      flow: { ...one.flow, lambdaMax: [2 + i, 2, 1], gradientSquared: [16, 4, 1] },
    })),
  };
  const { evidence } = sharpnessGains([falling]);
  assert.match(
    evidence,
    /100 \[100, 100\] gradients.* read 3 \[3, 3\] times, to save 40 \[40, 40\] of/,
  );
  assert.match(evidence, /λ_max falls × 2\.0 … 4\.0; no other rate/);
  // η* = 3/4 and 3/2; λ_max of an interval the larger of its ends.
  for (const [i, { ends }] of scheduleGains(falling).entries()) {
    assert.equal(ends.gradient, 4);
    assert.equal(ends.lambdaMax, 2 + i);
    assert.ok(Math.abs(ends.product - (1.5 * 2) / (0.75 * (2 + i))) < 1e-12);
  }
  // Only against κ/λ_max is c a choice that cannot lose.
  const after = (over: "constant" | "stability") =>
    /after the fact/.test(
      bestScheduleGains([madeSchedules({
        steps: [[100, 100, 100], [], [50, 50, 50], [], [60, 60, 60]],
      })], { over }).evidence,
    );
  assert.deepEqual([after("constant"), after("stability")], [false, true]);
  const none = sharpnessGains([madeSchedules({ steps: [] })]).evidence;
  assert.match(none, /3\] times\. Along it/);
});

Deno.test("what steps have of the best schedule is told of three lengths of a step", () => {
  // Speed 2 for 1, then 1 for 2: T/T* = 9/8, η* = 3/4 and 3/2.
  const study = madeSchedules({ steps: [[10, 10, 10]] });
  for (const { spread, half, whole, tuned } of scheduleGains(study)) {
    assert.ok(Math.abs(spread - 9 / 8) < 1e-12);
    // 2/(bλ) = 2: nothing is cut. 1: η* is cut to 1 later on, and 1/0.75 + 2 is more than 3.
    assert.ok(Math.abs(half.share - 1) < 1e-9 && Math.abs(whole.share + 1) < 1e-9);
    assert.deepEqual([half.length, whole.length, tuned!.length], [1, 2, 0.5]);
    assert.ok(Math.abs(whole.gain - 0.9) < 1e-12 && Math.abs(tuned!.share - 1) < 1e-9);
  }
  const { verdict, evidence } = shareThatStepsHave([study]);
  assert.equal(verdict, "not confirmed");
  assert.match(evidence, /T\/T\* = 1\.1.* b max λ_max = 0\.5/);
  // λ_max is half as large later on, where η* is: with 2/(bλ) = 2 there all can be had.
  const flatter = {
    ...study,
    realizations: study.realizations.map((one) => ({
      ...one,
      flow: { ...one.flow, lambdaMax: [2, 1, 1] },
    })),
  };
  assert.equal(shareThatStepsHave([flatter]).verdict, "confirmed");
  const none = madeSchedules({ steps: [] });
  assert.ok(scheduleGains(none).every(({ tuned }) => tuned === undefined));
});

Deno.test("half of the speed limit of generalization is a cosine squared of a half", () => {
  const near = (cosine: number) =>
    generalizationNearLimit([], [madeSchedules({ steps: [], cosine })]).verdict;
  assert.equal(near(0.51), "confirmed");
  assert.equal(near(0.49), "not confirmed");
  const study = made([{ optimizer: "adam", share: [0.6, 0.61, 0.62] }]);
  assert.equal(generalizationNearLimit([study], []).verdict, "confirmed");
  const lossy = made([{ optimizer: "adam", share: [0.6, 0.61, 0.62], lost: [1] }]);
  assert.notEqual(generalizationNearLimit([lossy], []).verdict, "confirmed");
  assert.throws(() => generalizationNearLimit([], []), /study/);
  const [limit] = generalizationLimits(madeSchedules({ steps: [], cosine: 0.36 }));
  for (const value of [limit.cosine, limit.weighted, limit.timeMean]) {
    assert.ok(Math.abs(value - 0.36) < 1e-12);
  }
  // ΔL_test = 10 · 1.5 of ΔL = 6 and ∫|h|² = 12.
  assert.ok(Math.abs(limit.measured - 225 / 72) < 1e-12);
});

Deno.test("ratios of a walk are those of its sums", () => {
  const [{ walks: [walk] }] = made([{ optimizer: "adam", own: 7, discrete: 4 }]).optimizers;
  const { own, discrete, testShare } = ratiosAt(walk, 2, 10);
  assert.equal(own, 7);
  assert.ok(Math.abs(discrete - 4) < 1e-12 && Math.abs(testShare - 0.1) < 1e-12);
  // The losses' own change, not Σ h̄·δθ.
  assert.ok(Math.abs(ratiosAt({ ...walk, testAlong: [0, 9, 9] }, 2, 10).testShare - 0.1) < 1e-12);
});
