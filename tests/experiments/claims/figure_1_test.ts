import assert from "node:assert/strict";
import {
  atMark,
  coldAbout30,
  fallsWithSize,
  FIGURE_1_MARKS,
  lengthsOfOrderOne,
  limitHolds,
  markText,
  peakHeadline,
  peaksAndFalls,
  peaksOf,
  ratioHeadline,
  roughlyConstant,
  shortBadLongGood,
  type SpeedLimitStudy,
  warm2To5,
  warmByEpoch2000,
} from "../../../lib/mod.ts";
import { madeGrowth, madeStudy } from "./made.ts";

/** Student's 97.5 % quantile of one degree of freedom: what two seeds' interval reaches. */
const REACH = 12.7062047;

/** Two seeds whose interval is [low, high]. */
const between = (low: number, high: number): [number, number] => {
  const [middle, half] = [Math.sqrt(low * high), Math.log(high / low) / 2 / REACH];
  return [middle * Math.exp(-half), middle * Math.exp(half)];
};

const END = [{ time: 0.2 }];

Deno.test("cold about 30: the whole interval between 15 and 60, at every mark", () => {
  const verdict = (low: number, high: number) =>
    coldAbout30([madeStudy({ cold: between(low, high) })], END).verdict;
  assert.equal(verdict(15.01, 59.9), "confirmed");
  assert.equal(verdict(14.9, 40), "undecided");
  assert.equal(verdict(20, 60.1), "undecided");
  assert.equal(verdict(61, 80), "not confirmed", "twice as much is as wrong as half");
  assert.equal(verdict(5, 14.9), "not confirmed");
  assert.equal(verdict(5, 180), "undecided", "an interval that holds 30 says nothing");
  const { evidence, mark } = coldAbout30([madeStudy({ cold: between(61, 80) })], END);
  assert.match(evidence, /^It fails for 32 channels, n = 500, τ = 0\.2: 69\.9/);
  assert.equal(mark, "reviewer");
});

Deno.test("cold about 30 at one mark of several is a limit, or none, and the marks are told", () => {
  const study = madeStudy({ cold: between(25, 35) }); // 1.1 at the entry before
  const claim = coldAbout30([study], [{ time: 0.2 }, { time: 0.1 }]);
  assert.equal(claim.verdict, "not confirmed");
  assert.match(claim.evidence, /holds in 1 of 2 cases: .*τ = 0\.2: .*fails in 1: .*τ = 0\.1: 1\.1/);
  const never = coldAbout30([study], [{ time: 0.2 }, { time: 5 }]);
  assert.equal(never.verdict, "confirmed with a limit");
  assert.match(never.evidence, /cannot be judged in 1: 32 channels, n = 500, τ = 5\.$/);
});

Deno.test("at one n a mark on either clock counts once, and one that not all seeds reach decides nothing", () => {
  const study = madeStudy({ cold: between(25, 35) });
  const claim = coldAbout30([study], [{ time: 0.2 }, { meanTime: 100 }]);
  assert.match(claim.evidence, /^It holds for 32 channels, n = 500, τ = 0\.2/);
  const half = 0.5 * 0.45 * 500;
  const some = {
    ...study,
    realizations: study.realizations.map((one, i) => ({
      ...one,
      loss: [300, 250, 200, i === 0 ? half : 190],
    })),
  };
  assert.match(
    coldAbout30([some], [{ lossLeft: 0.5 }]).evidence,
    /undecided for 32 channels, n = 500, 50 % of ½‖Y‖² left: .* \(1 of 2 seeds\)/,
  );
});

Deno.test("cold about 30 is judged at n = 500, of every width", () => {
  const [narrow, wide] = [16, 128].map((width) => madeStudy({ width, cold: between(20, 40) }));
  const larger = madeStudy({ width: 256, n: 1000, cold: [1, 1.001] });
  assert.equal(coldAbout30([narrow, larger, wide], END).verdict, "confirmed");
  assert.throws(
    () => coldAbout30([larger], END),
    /there is no study with n = 500; the claim needs one/,
  );
});

Deno.test("warm 2–5: the whole interval there; up to 10 is not 2–5", () => {
  const verdict = (low: number, high: number) =>
    warm2To5([madeStudy({ warm: between(low, high) })], END).verdict;
  assert.equal(verdict(2.01, 4.99), "confirmed");
  assert.equal(verdict(1.99, 4.9), "undecided");
  assert.equal(verdict(2.1, 5.01), "undecided");
  assert.equal(verdict(5.1, 9.9), "not confirmed");
  assert.equal(verdict(1.1, 1.9), "not confirmed");
  const never = warm2To5([madeStudy()], END);
  assert.match(never.evidence, /^It cannot be judged for 32/);
  const few = madeStudy({ n: 100, warm: between(2.1, 4.9) });
  const { verdict: both } = warm2To5([few, madeStudy({ warm: between(5.1, 6) })], END);
  assert.equal(both, "not confirmed", "the figure begins at n = 500");
  assert.throws(() => warm2To5([few], END), /there is no study with n ≥ 500/);
});

Deno.test("a fall with n is the reviewer's, within half of its exponent, both ways", () => {
  const verdict = (low: number, high: number) =>
    fallsWithSize([madeGrowth({ time: 5 }, [low, high])]).verdict;
  assert.equal(verdict(-0.72, -0.24), "confirmed");
  assert.equal(verdict(-0.73, -0.3), "undecided");
  assert.equal(verdict(-0.4, -0.23), "undecided", "any fall is not this one");
  assert.equal(verdict(0.1, 0.4), "not confirmed");
  assert.equal(verdict(-1.5, -0.8), "not confirmed");
  assert.equal(fallsWithSize([madeGrowth({ time: 5 })]).verdict, "undecided", "no two seeds");
  assert.throws(() => fallsWithSize([]), /there is no growth with n/);
});

Deno.test("a fall on one clock and not on the other is not confirmed, and both are told", () => {
  const { verdict, evidence } = fallsWithSize([
    madeGrowth({ meanTime: 2500 }, [-0.5, -0.4]),
    madeGrowth({ time: 5 }, [0.3, 0.4]),
  ]);
  assert.equal(verdict, "not confirmed");
  assert.match(
    evidence,
    /holds in 1 of 2 cases: 32 channels, nτ = 2,500: n\^-0\.45 \[-0\.50, -0\.40\], n = 500, 5000/,
  );
  assert.match(evidence, /It fails in 1: 32 channels, τ = 5/);
});

Deno.test("roughly constant is a factor of 1.5 over a decade of n, both ways", () => {
  const verdict = (low: number, high: number) =>
    roughlyConstant([madeGrowth({ time: 5 }, [low, high])]).verdict;
  assert.equal(verdict(-0.176, 0.176), "confirmed");
  assert.equal(verdict(-0.177, 0.1), "undecided");
  assert.equal(verdict(-0.1, 0.177), "undecided");
  assert.equal(verdict(0.177, 0.3), "not confirmed");
  assert.equal(roughlyConstant([madeGrowth({ time: 5 }, [0, 0.1])]).mark, "printed");
});

Deno.test("a growth counts after the transient, and over a factor of 4 in n", () => {
  const judged = (...sizes: readonly (readonly [n: number, mostLeft: number])[]) =>
    roughlyConstant([
      madeGrowth({ time: 5 }, [0, 0.1], sizes.map(([n, mostLeft]) => ({ n, mostLeft }))),
    ]);
  assert.equal(judged([500, 0.9], [2000, 0.9]).verdict, "confirmed");
  const transient = judged([500, 0.4], [2000, 0.91]);
  assert.equal(transient.verdict, "undecided");
  assert.match(
    transient.evidence,
    /cannot be judged for .*\(in the transient: up to 91 % of ½‖Y‖² left, n = 500, 2000\)\.$/,
  );
  const near = judged([500, 0.4], [1000, 0.4], [1999, 0.4]);
  assert.equal(near.verdict, "undecided");
  assert.match(near.evidence, /undecided for .*n = 500, 1000, 1999 only\.$/);
  const opposite = fallsWithSize([
    madeGrowth({ time: 5 }, [0, 0.1], [{ n: 500, mostLeft: 2 }, { n: 5000, mostLeft: 0.4 }]),
  ]);
  assert.equal(opposite.verdict, "undecided", "the transient does not contradict either");
});

/** Two seeds whose paths are these values of ι, a decade in τ apart. */
const pathsOf = (...paths: readonly (readonly number[])[]): SpeedLimitStudy => {
  const made = madeStudy({ cold: paths.map(() => 1), horizon: 10 });
  return {
    ...made,
    time: [0, ...paths[0].map((_, i) => 10 ** (i - paths[0].length + 2))],
    realizations: made.realizations.map((one, i) => ({
      ...one,
      cold: {
        inefficiency: [1, ...paths[i]],
        tortuosity: [1, ...paths[i]],
        speedSpread: [1, ...paths[i]],
      },
    })),
  };
};

Deno.test("a peak and a fall: all seeds peak and fall by 1.5", () => {
  const of = (...paths: readonly (readonly number[])[]) =>
    peaksAndFalls([peaksOf(pathsOf(...paths))]);
  assert.equal(of([1, 9, 10, 9, 6], [1, 9, 10, 9, 6]).verdict, "confirmed");
  const shallow = of([1, 9, 10, 9, 8], [1, 9, 10, 9, 8]);
  assert.match(shallow.evidence, /undecided for .*2 of 2 seeds peak/);
  assert.equal(shallow.verdict, "undecided", "longer it may fall farther");
  assert.match(
    of([1, 9, 10, 9, 6], [1, 2, 3, 4, 5]).evidence,
    /undecided for .*1 of 2 seeds peak/,
  );
  assert.match(of([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]).evidence, /fails for .*rises all the way/);
  assert.match(of([1, 9, 10, 4, 6], [1, 9, 10, 4, 6]).evidence, /\(2 rise again\)\.$/);
  assert.equal(of([1, 9, 10, 9, 6], [1, 9, 10, 9, 6]).mark, "derived");
  assert.throws(() => peaksAndFalls([]), /there is no study/);
});

Deno.test("a long good regime: warm below 5 and cold above, at every mark", () => {
  const judged = (warm: readonly number[], cold: readonly number[] = [30, 30.001]) =>
    shortBadLongGood([madeStudy({ warm, cold })], END);
  const good = [2, 2.001];
  assert.equal(judged(between(2, 4.99)).verdict, "confirmed");
  assert.equal(judged(between(2, 5.01)).verdict, "undecided");
  assert.equal(judged(between(5.01, 6)).verdict, "not confirmed");
  assert.equal(judged(good, between(5.01, 9)).verdict, "confirmed");
  assert.equal(judged(good, between(4.99, 9)).verdict, "undecided");
  assert.equal(judged(good, between(3, 4.99)).verdict, "not confirmed", "no bad regime");
  assert.match(judged(good).evidence, /τ = 0\.2: 2\.00 \[.*\] warm, 30\.0 \[.*\] cold\.$/);
  assert.match(shortBadLongGood([madeStudy()], END).evidence, /cannot be judged for/);
  assert.equal(judged(good).mark, "printed");
  // Shortly after any start T/T_SL is near 1: that is no good regime. 202.5 is 0.9 of ½‖Y‖².
  const left = (loss: number) => {
    const made = madeStudy({ warm: good });
    const realizations = made.realizations.map((one) => ({
      ...one,
      loss: [900, 500, 300, loss],
    }));
    return shortBadLongGood([{ ...made, realizations }], END);
  };
  assert.equal(left(202).verdict, "confirmed");
  assert.match(left(203).evidence, /cannot be judged for .* \(in the transient\)/);
  assert.throws(() => shortBadLongGood([madeStudy({ n: 100 })], END), /no study with n ≥ 500/);
});

Deno.test("lengths of O(1): below 3 with the whole interval, at every mark", () => {
  const of = (...lengths: number[]) =>
    lengthsOfOrderOne(
      lengths.map((tortuosity, i) => madeStudy({ tortuosity, width: 16 * (i + 1) })),
      END,
    );
  assert.equal(of(1.17, 2.99).verdict, "confirmed");
  assert.equal(of(1.17, 3.01).verdict, "not confirmed");
  assert.match(
    of(1.17, 3.01).evidence,
    /^From the cold start it is 1\.17 to 3\.01\. It holds in 1 of 2 cases/,
  );
  assert.match(of(1.17).claim, /within 1–3$/);
  const never = lengthsOfOrderOne([madeStudy()], [...END, { time: 5 }, { time: 9 }]);
  assert.equal(never.verdict, "confirmed with a limit", "what is not reached counts");
  assert.match(
    never.evidence,
    /holds in the one case that can be judged, of 3: .* cannot be judged in 2, such as/,
  );
  assert.equal(lengthsOfOrderOne([madeStudy()], [{ time: 9 }]).verdict, "undecided");
  assert.equal(of(1).mark, "reviewer");
});

Deno.test("the limit on every path: within the tolerance from the second entry on, cold and warm", () => {
  const judged = (...studies: SpeedLimitStudy[]) => limitHolds(studies, { tolerance: 0.01 });
  assert.equal(judged(madeStudy({ cold: [0.9901, 2] })).verdict, "confirmed");
  assert.equal(judged(madeStudy({ cold: [0.9899, 2] })).verdict, "not confirmed");
  const first = judged(madeStudy({ first: 0.98 }));
  assert.equal(first.verdict, "confirmed", "the first entry lies within one step");
  assert.match(
    first.evidence,
    /^The least ratio of 1 studies is 1\.10000.* \(0\.980 at the first entry/,
  );
  assert.doesNotMatch(first.evidence, /1\.00000/, "the origin's own 1 does not count");
  const descent = { epoch: 370, difference: -0.003 };
  assert.match(
    limitHolds([madeStudy()], { tolerance: 0.01, descent }).evidence,
    /gradient descent agrees to 0\.3 % after 370 steps\.$/,
  );
  assert.throws(() => limitHolds([], { tolerance: 0.01 }), /0 studies have no entry/);
  assert.throws(() => limitHolds([madeStudy()], { tolerance: 0 }), /tolerance is 0/);
});

/** Two seeds that come to 12 % at the same epoch of a sum, whose error is nothing. */
const warmAt = (epoch: number, n = 500, width = 32): SpeedLimitStudy => {
  const made = madeStudy({ n, width });
  const warm = epoch * 1e-5;
  return {
    ...made,
    time: [0, warm / 2, warm, 2 * warm],
    realizations: made.realizations.map((one) => ({
      ...one,
      testAccuracy: [0.1, 0.11, 0.12, 0.13],
    })),
  };
};

Deno.test("epoch 2000: between 1000 and 4000, at every n, on the clock that is named", () => {
  const sum = (...studies: SpeedLimitStudy[]) => warmByEpoch2000(studies, "sum");
  assert.match(sum(warmAt(1001)).evidence, /^It holds for 32 channels, n = 500: 1001/);
  assert.equal(sum(warmAt(999)).verdict, "not confirmed");
  assert.equal(sum(warmAt(3999)).verdict, "confirmed", "either clock can be confirmed");
  assert.equal(sum(warmAt(4001)).verdict, "not confirmed");
  // Of a mean the same epoch is n times as late.
  const mean = warmByEpoch2000([warmAt(4, 500)], "mean");
  assert.match(mean.evidence, /^It holds for 32 channels, n = 500: 2000/);
  assert.match(mean.claim, /\(1000–4000\) of η = 1e-5, if L is a mean, n ≥ 500$/);
  assert.equal(sum(warmAt(2000), warmAt(500, 2000)).verdict, "not confirmed", "one n is not all");
  assert.match(sum(warmAt(2000), warmAt(500, 2000)).evidence, /n = 2000: 500/);
  assert.equal(sum(warmAt(2000), warmAt(9, 100)).verdict, "confirmed", "n = 100 is not in it");
  const never = {
    ...madeStudy(),
    realizations: madeStudy().realizations.map((one) => ({
      ...one,
      testAccuracy: [0.1, 0.1, 0.1, 0.1],
    })),
  };
  assert.match(sum(never).evidence, /^It cannot be judged for 32/);
  assert.throws(() => sum(), /there is no study with n ≥ 500/);
});

Deno.test("headlines say what they are of, and where", () => {
  const study = madeStudy({ width: 128, warm: [2, 2.001] });
  const [cold, warm] = (["cold", "warm"] as const).map((start) =>
    atMark(study, { time: 0.2 }, { start })
  );
  assert.match(
    ratioHeadline(cold, warm),
    /^T\/T_SL = 30\.0 \[.*\] cold, 2\.00 \[.*\] warm \(128 channels, n = 500, τ = 0\.2, 2 seeds\)$/,
  );
  assert.match(ratioHeadline(atMark(study, { time: 9 })), /= not reached cold/);
  assert.equal(
    peakHeadline(peaksOf(pathsOf([1, 2, 3], [1, 2, 4]))),
    "T/T_SL rises all the way (32 channels, n = 500, to τ = 10)",
  );
  assert.match(
    peakHeadline(peaksOf(pathsOf([1, 5, 1], [1, 5, 1]))),
    /peaks at 5\.0 .* and falls by 5\.00 .*, with 0 % of ½‖Y‖² left \(.* 2 of 2 seeds\)$/,
  );
});

Deno.test("the marks are of all four clocks", () => {
  const kinds = new Set(FIGURE_1_MARKS.map((mark) => Object.keys(mark)[0]));
  assert.deepEqual([...kinds], ["time", "meanTime", "lossLeft", "steps"]);
  assert.equal(new Set(FIGURE_1_MARKS.map(markText)).size, FIGURE_1_MARKS.length);
});
