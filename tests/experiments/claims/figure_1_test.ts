import assert from "node:assert/strict";
import {
  coldAbout30,
  fallsWithSize,
  figure1Headline,
  lengthsOfOrderOne,
  limitOnEveryPath,
  warm2To5,
  warmByEpoch2000,
} from "../../../lib/mod.ts";
import { madeFactor, madeGrowth, madeStudy } from "./made.ts";

Deno.test("cold about 30: the interval holds it, or just does not, or is far off", () => {
  const verdict = (cold: readonly number[]) => coldAbout30([madeStudy({ cold })]).verdict;
  // Of two values the interval reaches 12.7 times half their distance, in logarithms.
  const reach = (a: number, b: number) => Math.exp(12.7062047 * Math.abs(Math.log(a / b)) / 2);
  const [a, b] = [20, 20 * 1.06];
  assert(Math.sqrt(a * b) * reach(a, b) < 30);
  assert.equal(verdict([a, b]), "confirmed with a limit");
  const c = 20 * 1.07;
  assert(Math.sqrt(a * c) * reach(a, c) > 30);
  assert.equal(verdict([a, c]), "confirmed");
  assert.equal(verdict([5.01, 5.011]), "confirmed with a limit");
  assert.equal(verdict([4.98, 4.99]), "not confirmed");
  assert.equal(verdict([300, 301]), "confirmed with a limit");
});

Deno.test("cold about 30 is judged by the widest network at n = 500, whatever their order", () => {
  const narrow = madeStudy({ width: 16, cold: [30, 30.01] });
  const wide = madeStudy({ width: 128, cold: [3, 3.001] });
  const larger = madeStudy({ width: 256, n: 1000 });
  const { verdict, evidence, mark } = coldAbout30([narrow, larger, wide]);
  assert.equal(verdict, "not confirmed");
  assert.match(
    evidence,
    /^128 channels: 3\.0 \[.*; 16 channels: 30\.0 \[.*\], with He's .* τ = 0\.2$/,
  );
  assert.equal(mark, "reviewer");
  assert.throws(() => coldAbout30([larger]), /there is no study with n = 500; the claim needs one/);
  assert.throws(() => coldAbout30([madeStudy({ cold: [30] })]), /values has 1 number/);
});

Deno.test("a fall with n: by two at least, on the clock of a mean, at the largest n", () => {
  const verdict = (high: number) =>
    fallsWithSize([madeGrowth(5000, madeFactor(2, 3, 4), madeFactor(0.2, 0.3, high))]).verdict;
  assert.equal(verdict(0.499), "confirmed");
  assert.equal(verdict(0.5), "not confirmed");
  const falls = madeFactor(0.2, 0.3, 0.4), grows = madeFactor(2, 3, 4);
  const { evidence, verdict: last, mark } = fallsWithSize([
    madeGrowth(1000, falls),
    madeGrowth(5000, grows),
    madeGrowth(2000, falls),
  ]);
  assert.equal(last, "not confirmed");
  assert.match(evidence, /n = 5000 over 500, seed by seed: × 3\.00 \[2\.00, 4\.00\] at the same τ/);
  assert.equal(mark, "reviewer");
  assert.throws(() => fallsWithSize([]), /there is no pair of sizes/);
});

Deno.test("warm 2–5: all studies there, some, none, and none that came so far", () => {
  const of = (...ends: number[]) =>
    warm2To5(ends.map((end) => madeStudy({ warm: [end, end * 1.0001] })));
  assert.equal(of(2.001, 4.99).verdict, "confirmed");
  assert.equal(of(2.001, 5.01).verdict, "confirmed with a limit");
  assert.equal(of(1.9, 5.01).verdict, "not confirmed");
  assert.match(
    of(1.2, 1.9).evidence,
    /^1\.20 to 1\.90 at τ = 0\.2: closer to optimal than a reviewer/,
  );
  assert.equal(of(6, 7).evidence, "6.00 to 7.00 at τ = 0.2", "what is larger is not called closer");
  const never = warm2To5([madeStudy()]);
  assert.equal(never.verdict, "not confirmed");
  assert.equal(never.evidence, "the warm start was not reached by τ = 0.2");
  assert.throws(() => warm2To5([]), /there is no study/);
});

Deno.test("lengths of O(1): below 3 in every study's mean", () => {
  const of = (...lengths: number[]) =>
    lengthsOfOrderOne(lengths.map((tortuosity) => madeStudy({ tortuosity })));
  assert.equal(of(1.17, 2.99).verdict, "confirmed");
  assert.equal(of(1.17, 3.01).verdict, "not confirmed");
  assert.equal(of(1.17, 3.01).evidence, "cold l_γ/l_geo 1.17 to 3.01 at τ = 0.2");
  assert.match(of(1.17).evidence, /what is lost is lost to uneven speed$/);
  assert.equal(of(1).mark, "reviewer");
});

Deno.test("the limit on every path: within the tolerance, cold and warm", () => {
  const judged = (study: ReturnType<typeof madeStudy>) =>
    limitOnEveryPath([madeStudy(), study], { tolerance: 0.01 });
  assert.equal(judged(madeStudy({ first: 0.9901 })).verdict, "confirmed");
  assert.equal(judged(madeStudy({ first: 0.9899 })).verdict, "not confirmed");
  const warm = judged(madeStudy({ warm: [1.1, 0.98] }));
  assert.equal(warm.verdict, "not confirmed");
  assert.equal(warm.evidence, "least ratio 0.9800 of 2 studies, tolerance 0.01");
  assert.throws(() => limitOnEveryPath([], { tolerance: 0.01 }), /0 studies have no entry/);
});

Deno.test("warm by epoch 2000: within a factor of two, at n = 500, and where it was reached", () => {
  const study = (epochs: number, width = 32) =>
    madeStudy({ width, warmTime: epochs * 1e-5, warm: [2, 2.1] });
  assert.equal(warmByEpoch2000([study(1001), study(3999)]).verdict, "confirmed");
  assert.equal(warmByEpoch2000([study(1000)]).verdict, "confirmed with a limit");
  assert.equal(warmByEpoch2000([study(2000), study(4000)]).verdict, "confirmed with a limit");
  const { evidence } = warmByEpoch2000([study(1500, 16), study(2500, 128), madeStudy({ n: 1000 })]);
  assert.equal(evidence, "128 channels: 2500, 16 channels: 1500 (n = 500, L a sum)");
  const never = warmByEpoch2000([madeStudy()]);
  assert.deepEqual(
    [never.verdict, never.evidence],
    ["not confirmed", "not reached by τ = 0.2 (n = 500)"],
  );
  assert.throws(() => warmByEpoch2000([madeStudy({ n: 1000 })]), /no study with n = 500/);
});

Deno.test("the headline says what it is of, with and without a warm start", () => {
  assert.match(
    figure1Headline(madeStudy({ width: 128 })),
    /^T\/T_SL = 30\.0 \[.*\] cold, not reached warm \(128 channels, n = 500, 2 seeds, τ = 0\.2\)$/,
  );
  assert.match(figure1Headline(madeStudy({ warm: [2, 2.001] })), / cold, 2\.00 \[.*\] warm \(32 /);
});
