import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream, sum } from "../../lib/numerics/mod.ts";
import {
  correlation,
  fitLine,
  mean,
  median,
  permutationTest,
  quantiles,
  variance,
} from "../../lib/statistics/mod.ts";

/** Ours, by sums that are as good as if made with twice the digits. */
const ourMean = (values: Float64Array) => sum(values) / values.length;
const ourVariance = (values: Float64Array) => {
  const center = ourMean(values);
  return sum(values.map((value) => (value - center) ** 2)) / (values.length - 1);
};

Deno.test("simple-statistics' means are ours where terms cancel, in any order", () => {
  assert.equal(mean([1e100, 1, -1e100]), 1 / 3);
  assert.equal(mean([1, 1e100, 1, -1e100]), 1 / 2);
  const values = fc.array(fc.double({ noNaN: true, min: -1e15, max: 1e15 }), { minLength: 1 });
  fc.assert(fc.property(values, fc.nat(), (some, seed) => {
    // Each value with its opposite, and 1 beside: the mean is 1/n.
    const all = [...some, ...some.map((x) => -x), 1];
    const order = randomStream(seed, "order").permutation(all.length);
    const shuffled = Float64Array.from(order, (i) => all[i]);
    assert.equal(mean(shuffled), ourMean(shuffled));
    assert(Math.abs(mean(shuffled) * all.length - 1) < 1e-15);
  }));
});

Deno.test("its variances are ours to rounding, under an offset a thousand million times the spread", () => {
  for (const [offset, n] of [[0, 10], [1e9, 1000], [-1e12, 100_000]]) {
    const values = randomStream(n, "offset").normal(n).map((x) => offset + x);
    assert(Math.abs(variance(values) / ourVariance(values) - 1) < 1e-12, `${offset}`);
  }
  assert.equal(variance([7, 7, 7]), 0);
});

Deno.test("quantiles are those of NumPy's linear method", () => {
  // np.quantile([3, 1, 4, 1, 5, 9, 2, 6], [0, 0.1, 0.25, 0.5, 0.9, 1])
  const expected = [1, 1, 1.75, 3.5, 6.9, 9];
  const found = quantiles([3, 1, 4, 1, 5, 9, 2, 6], [0, 0.1, 0.25, 0.5, 0.9, 1]);
  found.forEach((value, i) => assert(Math.abs(value - expected[i]) < 1e-14, `${value}`));
  const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 });
  fc.assert(fc.property(values, (some) => {
    const sorted = some.toSorted((a, b) => a - b);
    const half = (some.length - 1) / 2;
    const middle = (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
    // Below the least normal number half a value is rounded to a whole number of the least one.
    const rounding = 1e-15 * Math.max(...some.map(Math.abs)) + Number.MIN_VALUE;
    assert(Math.abs(median(some) - middle) <= rounding);
    assert.equal(quantiles(some, [1])[0], sorted.at(-1));
  }));
});

Deno.test("correlation and line are exact to rounding far from the origin", () => {
  const noise = randomStream(1, "line").normal(500);
  const x = Float64Array.from({ length: 500 }, (_, i) => 1e6 + i);
  const { slope, intercept, rSquared } = fitLine(x, x.map((value) => 3 * value - 5));
  assert(Math.abs(slope - 3) < 1e-12 && Math.abs(intercept + 5) < 1e-5 && 1 - rSquared < 1e-12);
  const y = x.map((value, i) => value + 100 * noise[i]);
  const line = fitLine(x, y);
  assert(Math.abs(correlation(x, y) ** 2 - line.rSquared) < 1e-12);
  assert(Math.abs(correlation(x, y.map((value) => 1e9 - 7 * value)) + correlation(x, y)) < 1e-9);
});

Deno.test("a permutation test gives the share of all deals, and holds its level", () => {
  // Of the 20 deals of 1 … 6 into two threes, 2 are as far apart as {1, 2, 3} and {4, 5, 6}.
  const p = permutationTest([1, 2, 3], [4, 5, 6], { permutations: 20_000 });
  assert(Math.abs(p - 0.1) < 4 * Math.sqrt(0.09 / 20_000));
  const below = permutationTest([1, 2, 3], [4, 5, 6], { alternative: "less" });
  assert(Math.abs(below - 0.05) < 4 * Math.sqrt(0.0475 / 9999));
  const above = permutationTest([1, 2, 3], [4, 5, 6], { alternative: "greater" });
  assert.equal(above, 1);
  const stream = randomStream(5, "level");
  const trials = 600;
  let rejected = 0;
  for (let seed = 0; seed < trials; seed++) {
    const [a, b] = [stream.normal(5), stream.normal(9)];
    if (permutationTest(a, b, { permutations: 199, seed }) <= 0.1) rejected++;
  }
  assert(Math.abs(rejected / trials - 0.1) < 4 * Math.sqrt(0.09 / trials), `${rejected}`);
});

Deno.test("samples that will not do are named", () => {
  assert.throws(() => mean([]), /values has 0 numbers; it must have 1 or more/);
  assert.throws(() => variance([1]), /values has 1 number; it must have 2 or more/);
  assert.throws(() => median([1, NaN]), /values\[1\] is NaN; it must be a finite number/);
  assert.throws(() => quantiles([1, 2], [0.5, 1.5]), /at\[1\] is 1.5; it must be a number from 0/);
  assert.throws(() => correlation([1, 2], [1]), /x has 2 values, y 1; they must be pairs/);
  assert.throws(() => fitLine([2, 2], [1, 3]), /all x are 2; a line needs two that differ/);
  assert.throws(() => permutationTest([1], [2], { permutations: 0 }), /permutations is 0/);
  assert.throws(
    () => permutationTest([1], [2], { alternative: "two_side" as "less" }),
    /alternative is "two_side"; it must be "different", "greater" or "less"/,
  );
});
