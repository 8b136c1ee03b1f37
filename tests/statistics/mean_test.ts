import assert from "node:assert/strict";
import { randomStream } from "../../lib/numerics/mod.ts";
import { meanAndError } from "../../lib/statistics/mod.ts";

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

Deno.test("too few values, bad ones and bad levels are named", () => {
  assert.throws(() => meanAndError([1]), /values has 1 number; it must have 2 or more/);
  assert.throws(() => meanAndError([1, NaN]), /values\[1\] is NaN/);
  assert.throws(() => meanAndError([1, 2], { level: 1 }), /level is 1/);
});
