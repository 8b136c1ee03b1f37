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
  ...{ alpha, delta, predicted: 0, ...slope(low, high) },
});

Deno.test("a plateau: exponents hold 0 and end below ¼; ratios within 1 % of their forecast", () => {
  const of = (low: number, high: number, ratio = 1.3) =>
    plateauClaim({
      plateaus: [{ measured: ratio, foretold: 1.3, limit: 1 }],
      at: 1e4,
      growths: [growth(1, 0.5, low, high), growth(1, 1.5, 9, 9)],
    });
  assert.equal(of(-0.1, 0.1).verdict, "confirmed");
  assert.equal(of(0, 0.249).verdict, "confirmed");
  assert.equal(of(0.001, 0.1).verdict, "not confirmed");
  assert.equal(of(-0.1, -0.001).verdict, "not confirmed");
  assert.equal(of(-0.3, 0.251).verdict, "not confirmed");
  assert.equal(of(NaN, NaN).verdict, "not confirmed");
  assert.equal(of(-0.1, 0.1, 1.3 * 1.0099).verdict, "confirmed");
  assert.equal(of(-0.1, 0.1, 1.3 * 0.9899).verdict, "confirmed with a limit");
  assert.throws(() => of(-0.1, 0.1, NaN), /plateaus\[0\].measured is NaN; it must be a finite/);
  assert.equal(of(0.1, 0.2, 1.5).verdict, "not confirmed");
  assert.equal(of(0, 0).mark, "reviewer");
  assert.match(
    of(0, 0.02).evidence,
    /^exponents 0\.01 \[0\.00, 0\.02\] at \(1, 0\.5\) of \(α, δ\); .* and 30 %/,
  );
  const plateaus = [{ measured: 1, foretold: 1, limit: 1 }];
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
      growth(1, 3, ...above),
    ]).verdict;
  assert.equal(of([0.5, 0.6], [0.99, 1]), "confirmed with a limit");
  assert.equal(of([0.4, 0.5], [1, 1.99]), "confirmed with a limit");
  assert.equal(of([0.5, 0.6], [1.9, 2]), "confirmed");
  assert.equal(of([0.501, 0.6], [0.99, 1.01]), "not confirmed");
  assert.equal(of([0.4, 0.499], [0.99, 1.01]), "not confirmed");
  assert.equal(of([-0.1, 0.6], [0.99, 1.01]), "not confirmed");
  assert.equal(of([0.4, 0.6], [1.01, 1.99]), "not confirmed");
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
  assert.equal(of(slope(-0.1, 0.1), slope(0.2, 0.3)).verdict, "confirmed with a limit");
  assert.equal(of(slope(-0.1, 0.1), slope(0.001, 0.3)).verdict, "confirmed with a limit");
  assert.equal(of(slope(-0.1, 0.1), slope(0, 0.3)).verdict, "confirmed");
  assert.equal(of(slope(-0.1, 0.1), slope(-0.3, -0.1)).verdict, "not confirmed");
  assert.equal(of(slope(0.001, 0.1), slope(0.2, 0.3)).verdict, "not confirmed");
  assert.equal(of(slope(0, 0.251), slope(0.2, 0.3)).verdict, "not confirmed");
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
