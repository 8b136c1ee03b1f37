import assert from "node:assert/strict";
import {
  atSameLambdaTau,
  type KernelStudy,
  scaleIsAClock,
  type SpeedLimitStudy,
  wideLimit,
  wideLimitFalls,
  wideLimitPeaks,
} from "../../../lib/mod.ts";
import { madeStudy } from "./made.ts";

/** One mode of n images: ι = (λT/2) coth(λT/2), which is λT/2 for λT ≫ 1. */
const oneMode = (n: number, eigenvalue: number) =>
  wideLimit({
    configuration: { architecture: "fully-connected", width: "infinite", n },
    ...{ eigenvalues: [eigenvalue], startSquares: [2], labelSquares: [1], lossAtStart: 1 },
  });

Deno.test("the wide limit's fall is judged on both clocks by its exponent", () => {
  // At the same nτ, ι ∝ λ/n: with λ ∝ n^½ it falls as n^−½; at the same τ it grows as n^½.
  const falling = [500, 5000].map((n) => oneMode(n, 10 * n ** 0.5));
  const { verdict, evidence, mark } = wideLimitFalls(falling, { meanTime: 3000, time: 5 });
  assert.equal(verdict, "not confirmed");
  assert.match(evidence, /^holds at 1 of 2: nτ = 3000: .* at n = 500, 5000\. Fails at 1: τ = 5/);
  assert.equal(mark, "derived");
  const both = [500, 5000].map((n) => oneMode(n, 1e6 * n ** -0.25));
  assert.match(
    wideLimitFalls(both, { meanTime: 3000, time: 5 }).evidence,
    /^holds at 1 of 2: τ = 5/,
  );
  assert.throws(() => wideLimitFalls([falling[0]], { meanTime: 1, time: 1 }), /there are 1 flows/);
});

const spectrum = (
  architecture: "myrtle-5" | "fully-connected",
  initial: readonly number[],
): KernelStudy => ({
  configuration: { architecture, width: "infinite", n: 64 },
  eigenvalues: initial.map((_, k) => (k + 1) ** -1.5),
  startSquares: initial.map((f, k) => f + (k + 1) ** -0.2),
  labelSquares: initial.map((_, k) => (k + 1) ** -0.2),
  lossAtStart: 1,
});
const steep = Array.from({ length: 1000 }, (_, k) => 100 * (k + 1) ** -3);
const flat = Array.from({ length: 1000 }, (_, k) => 100 * (k + 1) ** -0.3);

Deno.test("a peak is asked of Myrtle-5, and its absence of fully connected networks", () => {
  const judged = (architecture: "myrtle-5" | "fully-connected", initial: readonly number[]) =>
    wideLimitPeaks([wideLimit(spectrum(architecture, initial))]);
  assert.equal(judged("myrtle-5", steep).verdict, "confirmed");
  assert.equal(judged("myrtle-5", flat).verdict, "not confirmed");
  assert.equal(judged("fully-connected", flat).verdict, "confirmed");
  assert.equal(judged("fully-connected", steep).verdict, "not confirmed");
  assert.match(judged("myrtle-5", steep).evidence, /Myrtle-5, n = 64: a peak of .* a trough of/);
  assert.match(
    judged("fully-connected", flat).evidence,
    /no peak: it grows as T\^0\.\d\d at least$/,
  );
  assert.throws(() => wideLimitPeaks([]), /there is no flow/);
});

/** Two scales, the larger of √2, that are read with one layer: twice the time. */
const pair = (large: readonly number[], small: readonly number[], layers = 1) => {
  const scaled = (study: SpeedLimitStudy, weightStd: number) => ({
    ...study,
    configuration: { ...study.configuration, weightStd },
  });
  return {
    large: scaled(madeStudy({ cold: large, horizon: 0.2 }), Math.SQRT2),
    small: scaled(madeStudy({ cold: small, horizon: 0.4 }), 1),
    ...{ layers, time: 0.2 },
  };
};

Deno.test("the scale is a clock where the factor at the same λτ is within 1.5, both ways", () => {
  const verdict = (factor: number) =>
    scaleIsAClock([pair([10 * factor, 20 * factor], [10, 20])]).verdict;
  assert.equal(verdict(1.49), "confirmed");
  assert.equal(verdict(1.51), "not confirmed");
  assert.equal(verdict(1 / 1.49), "confirmed");
  assert.equal(verdict(1 / 1.51), "not confirmed");
  const { evidence } = scaleIsAClock([pair([20, 40], [10, 20])]);
  assert.match(
    evidence,
    /Fails at 1: 32 channels over 32 channels, W_std 1, λτ of τ = 0\.2: × 2\.00 \[2\.00, 2\.00\] \(2 seeds\)/,
  );
  assert.throws(() => scaleIsAClock([]), /there is no pair of scales/);
});

Deno.test("the smaller scale is read later, by W_std to twice the layers", () => {
  const { large, small, factor } = atSameLambdaTau(pair([20, 40], [10, 20]));
  assert.equal(large.time!.mean, 0.2);
  assert(Math.abs(small.time!.mean - 0.4) < 1e-12);
  assert(Math.abs(factor!.middle - 2) < 1e-12);
  // Two layers ask for four times the time, beyond the horizon.
  assert.equal(atSameLambdaTau(pair([20, 40], [10, 20], 2)).factor, undefined);
  assert.match(scaleIsAClock([pair([20, 40], [10, 20], 2)]).evidence, /Not reached at 1/);
  assert.throws(() => atSameLambdaTau(pair([1, 1], [1, 1], 0)), /layers is 0/);
});
