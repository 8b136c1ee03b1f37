import assert from "node:assert/strict";
import { randomStream } from "../../lib/numerics/mod.ts";
import { geometricMean, meanAndError } from "../../lib/statistics/mod.ts";

Deno.test("the interval of six values is Student's: t = 2.5706 at 5 degrees of freedom", () => {
  const { mean, standardError, interval } = meanAndError([1, 2, 4, 4, 5, 8]);
  assert.equal(mean, 4);
  assert(Math.abs((interval[1] - mean) / standardError - 2.5705818366) < 1e-8);
});

Deno.test("the 95 % interval covers the truth in 95 % of normal samples", () => {
  const stream = randomStream(2, "coverage");
  const trials = 4000;
  let covered = 0;
  for (let trial = 0; trial < trials; trial++) {
    const [low, high] = meanAndError(stream.normal(6)).interval;
    if (low <= 0 && high >= 0) covered++;
  }
  assert(Math.abs(covered / trials - 0.95) < 4 * Math.sqrt(0.95 * 0.05 / trials));
});

Deno.test("cut at what no value can be below, an interval covers as often as before", () => {
  // 1 + e^(z − 1): above 1, and spread so that many intervals of the logarithm reach below it.
  const stream = randomStream(4, "ratios");
  const draw = (count: number) =>
    Array.from(stream.normal(count), (z) => Math.log(1 + Math.exp(z - 1)));
  const truth = Math.exp(meanAndError(draw(1e6)).mean);
  const trials = 3000;
  const covered = { cut: 0, whole: 0 };
  let reached = 0;
  for (let trial = 0; trial < trials; trial++) {
    const values = draw(3).map(Math.exp);
    const cut = geometricMean(values, { least: 1 }).interval;
    const whole = geometricMean(values).interval;
    assert(cut[0] >= 1 && cut[1] === whole[1]);
    if (whole[0] < 1) reached++;
    if (cut[0] <= truth && truth <= cut[1]) covered.cut++;
    if (whole[0] <= truth && truth <= whole[1]) covered.whole++;
  }
  assert.equal(covered.cut, covered.whole);
  assert(reached > trials / 4, `${reached}`);
  // A mean that rounding put below the least stays in its interval.
  const [low, high] = geometricMean([1 - 1e-9, 1 - 2e-9], { least: 1 }).interval;
  assert(low < 1 && low <= high && high > 1 - 1e-7);
});

Deno.test("too few values, bad ones and bad levels are named", () => {
  assert.throws(() => meanAndError([1]), /values has 1 number; it must have 2 or more/);
  assert.throws(() => meanAndError([1, NaN]), /values\[1\] is NaN/);
  assert.throws(() => meanAndError([1, 2], { level: 1 }), /level is 1/);
});
