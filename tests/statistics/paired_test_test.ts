// Paired tests and corrected p-values against SciPy and statsmodels, and against what they must obey.
import assert from "node:assert/strict";
import fc from "fast-check";
import { adjustedPValues, type Adjustment, pairedTest } from "../../lib/statistics/mod.ts";
import golden from "../golden/paired_tests.json" with { type: "json" };

const near = (value: number, other: number, tolerance: number, what = "") =>
  assert(
    Math.abs(value - other) <= tolerance * Math.abs(other) + 1e-300,
    `${what}: ${value} against ${other}`,
  );

Deno.test("paired tests are SciPy's", () => {
  for (const { x, y, t, pValue, interval, exactPValue } of golden.pairs) {
    const own = pairedTest(x, y);
    near(own.t, t, 1e-11, "t");
    near(own.pValue, pValue, 1e-9, `p at t = ${t}, ${x.length} pairs`);
    own.interval.forEach((end, i) => near(end, interval[i], 1e-9, "interval"));
    if (exactPValue !== null) near(own.exactPValue!, exactPValue, 1e-12, "exact p");
    else assert.equal(own.exactPValue, undefined);
  }
});

Deno.test("corrected p-values are statsmodels'", () => {
  for (const of of golden.adjusted) {
    for (const method of ["holm", "benjamini-hochberg"] as const) {
      adjustedPValues(of.pValues, { method }).forEach((p, i) =>
        near(p, of[method][i], 1e-12, method)
      );
    }
  }
});

Deno.test("six pairs are never more significant than 1/32 by flipping signs", () => {
  assert.equal(pairedTest([1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 0, 0]).exactPValue, 1 / 32);
});

Deno.test("x and y change places: the difference its sign, no p-value", () => {
  fc.assert(fc.property(
    fc.array(
      fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.integer({ min: -9, max: 9 })),
      {
        minLength: 2,
        maxLength: 8,
      },
    ),
    (pairs) => {
      const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
      const [one, other] = [pairedTest(x, y), pairedTest(y, x)];
      assert(one.difference + other.difference === 0);
      assert.equal(one.pValue, other.pValue);
      assert.equal(one.exactPValue, other.exactPValue);
      assert(one.pValue >= 0 && one.pValue <= 1 && one.exactPValue! > 0 && one.exactPValue! <= 1);
    },
  ));
});

Deno.test("pairs without a difference, and with one and the same", () => {
  assert.deepEqual(
    [pairedTest([1, 2], [1, 2]).pValue, pairedTest([1, 2], [1, 2]).exactPValue],
    [1, 1],
  );
  assert.equal(pairedTest([2, 3, 4], [1, 2, 3]).pValue, 0);
});

Deno.test("corrections keep the order, raise p, and Holm's is the stricter", () => {
  fc.assert(fc.property(
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }),
    (values) => {
      const by = (method: Adjustment) => adjustedPValues(values, { method });
      const [holm, shares] = [by("holm"), by("benjamini-hochberg")];
      values.forEach((p, i) => {
        assert(p <= shares[i] && shares[i] <= holm[i] + 1e-15 && holm[i] <= 1);
        values.forEach((q, j) => q < p || assert(holm[j] >= holm[i] && shares[j] >= shares[i]));
      });
    },
  ));
});

Deno.test("what is wrong is told", () => {
  assert.throws(() => pairedTest([1], [1]), /x has 1 number; a paired test needs two or more/);
  assert.throws(() => pairedTest([1, 2], [1]), /y has 1 number; it must have 2/);
  assert.throws(() => pairedTest([1, NaN], [1, 2]), /x\[1\] is NaN; it must be a finite number/);
  assert.throws(() => adjustedPValues([-0.1]), /pValues\[0\] is -0.1/);
  assert.throws(
    () => adjustedPValues([0.1], { method: "bonferroni" as "holm" }),
    /method is "bonferroni"; it must be "holm" or "benjamini-hochberg"/,
  );
});
