import assert from "node:assert/strict";
import {
  growthClaim,
  type LateSlope,
  lengthsClaim,
  type MeasuredGrowth,
  type MeasuredLengths,
  plateauClaim,
} from "../../../lib/mod.ts";

const slope = (low: number, high: number): LateSlope => ({
  mean: (low + high) / 2,
  interval: [low, high],
});
const growth = (alpha: number, delta: number, low: number, high: number): MeasuredGrowth => ({
  ...{ alpha, delta, predicted: 0, ...slope(low, high), slope: slope(low, high) },
});

Deno.test("a plateau: exponents hold 0 and end within 0.1; ratios within 5 % of the constant", () => {
  const of = (low: number, high: number, ratio = 1.3) =>
    plateauClaim({
      plateaus: [
        { alpha: 1, delta: 0.2, measured: 1.3, limit: 1.3 },
        { alpha: 2, delta: 0.8, measured: ratio, limit: 1.3 },
      ],
      at: 1e4,
      growths: [growth(1, 0.5, low, high), growth(1, 1.5, 9, 9)],
    });
  assert.equal(of(-0.099, 0.099).verdict, "confirmed");
  assert.equal(of(0.001, 0.05).verdict, "not confirmed");
  assert.equal(of(-0.05, -0.001).verdict, "not confirmed");
  assert.equal(of(-0.101, 0.05).verdict, "undecided");
  assert.equal(of(-0.05, 0.101).verdict, "undecided");
  assert.equal(of(NaN, NaN).verdict, "not confirmed");
  assert.equal(of(-0.01, 0.01, 1.3 * 1.049).verdict, "confirmed");
  assert.equal(of(-0.01, 0.01, 1.3 * 1.051).verdict, "confirmed with a limit");
  assert.equal(of(-0.01, 0.01, 1.3 * 0.949).verdict, "confirmed with a limit");
  assert.throws(() => of(0, 0, NaN), /plateaus\[1\].measured is NaN; it must be a finite/);
  assert.equal(of(0.1, 0.2, 1.5).verdict, "not confirmed");
  assert.equal(of(0, 0).mark, "reviewer");
  assert.match(
    of(0, 0.02).evidence,
    /^The exponents, .* are 0\.01 \[0\.00, 0\.02\] at \(1, 0\.5\)\. .* 1\.30 where ι∞ = 1\.30 at \(2, 0\.8\)\./,
  );
  const plateaus = [{ alpha: 1, delta: 0, measured: 1, limit: 1 }];
  const growths = [growth(1, 1.5, 0, 0)];
  assert.throws(() => plateauClaim({ plateaus, at: 1, growths }), /none with δ < 1/);
  assert.throws(
    () => plateauClaim({ plateaus: [], at: 1, growths: [growth(1, 0, 0, 0)] }),
    /plateaus is empty/,
  );
});

Deno.test("growth: held below δ = 1 + α, and beyond it either the formula or 1", () => {
  const of = (below: readonly [number, number], above: readonly [number, number]) =>
    growthClaim([
      growth(1, 0.5, 9, 9), // δ < 1 and the line itself are not its business
      growth(1, 2, 9, 9),
      growth(1, 1.5, ...below),
      // Its exponent, 1 by construction, is not what is judged.
      { ...growth(1, 3, 1, 1), slope: slope(...above) },
    ]).verdict;
  assert.equal(of([0.5, 0.6], [0.99, 1]), "confirmed with a limit");
  assert.equal(of([0.4, 0.5], [1, 1.19]), "confirmed with a limit");
  assert.equal(of([0.5, 0.6], [1.9, 2]), "confirmed");
  assert.equal(of([0.501, 0.6], [0.99, 1.01]), "not confirmed");
  assert.equal(of([0.4, 0.499], [0.99, 1.01]), "not confirmed");
  assert.equal(of([-0.1, 0.6], [0.99, 1.01]), "not confirmed");
  assert.equal(of([0.45, 0.55], [1.01, 1.99]), "not confirmed");
  assert.equal(of([0.45, 0.55], [0.9, 0.99]), "not confirmed");
  assert.equal(of([0.401, 0.599], [0.99, 1.01]), "confirmed with a limit");
  assert.equal(of([0.399, 0.601], [0.99, 1.01]), "undecided");
  assert.equal(of([0.45, 0.55], [0.899, 1.101]), "undecided");
  assert.equal(of([NaN, NaN], [0.99, 1.01]), "not confirmed");
  assert.throws(() => growthClaim([growth(1, 1.5, 0.5, 0.5)]), /some with δ > 1 \+ α/);
});

Deno.test("lengths: alike off the line; on it a gain that is above 0 is the limit", () => {
  const lengths = (delta: number, exponent: LateSlope, gain: LateSlope): MeasuredLengths => ({
    ...{ alpha: 0.3, delta, exponent, gain },
  });
  const of = (exponent: LateSlope, gain: LateSlope) =>
    lengthsClaim([
      lengths(1.1, exponent, slope(5, 5)),
      lengths(1 + 0.3, slope(5, 5), gain),
    ]);
  const near = slope(-0.09, 0.09);
  assert.equal(of(near, slope(0.2, 0.3)).verdict, "confirmed with a limit");
  assert.equal(of(near, slope(0.001, 0.3)).verdict, "confirmed with a limit");
  assert.equal(of(near, slope(0, 0.3)).verdict, "confirmed");
  assert.equal(of(near, slope(-0.3, -0.1)).verdict, "not confirmed");
  assert.equal(of(slope(0.001, 0.05), slope(0.2, 0.3)).verdict, "not confirmed");
  assert.equal(of(slope(-0.101, 0.05), slope(0.2, 0.3)).verdict, "not confirmed");
  assert.equal(of(slope(NaN, NaN), slope(0.2, 0.3)).verdict, "not confirmed");
  assert.match(
    of(slope(0, 0), slope(0.2, 0.3)).evidence,
    /gains 0\.250 \[0\.200, 0\.300\] for each/,
  );
  assert.throws(
    () => lengthsClaim([lengths(1.1, slope(0, 0), slope(0, 0))]),
    /some with δ = 1 \+ α/,
  );
});
