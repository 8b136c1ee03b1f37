import assert from "node:assert/strict";
import { growthClaim, lengthsClaim, type MeasuredGrowth, plateauClaim } from "../../../lib/mod.ts";

const growth = (alpha: number, delta: number, predicted: number, off = 0): MeasuredGrowth => ({
  ...{ alpha, delta, predicted, measured: predicted + off, accuracy: 0.01 },
});

Deno.test("a plateau: 5 % confirms, 25 % with a limit, and the ratio must not grow", () => {
  const of = (ratio: number, off = 0) =>
    plateauClaim({ plateaus: [1, ratio], at: 1e4, growths: [growth(1, 0.5, 0, off)] }).verdict;
  assert.equal(of(1.049), "confirmed");
  assert.equal(of(0.949), "confirmed with a limit");
  assert.equal(of(1.249), "confirmed with a limit");
  assert.equal(of(0.749), "not confirmed");
  assert.equal(of(1, 0.099), "confirmed");
  assert.equal(of(1, -0.101), "not confirmed");
  assert.equal(of(NaN), "not confirmed");
  // Those of δ ≥ 1 are not its business; without any there is nothing to judge.
  const growths = [growth(1, 0.5, 0), growth(1, 1.5, 0.5, 0.4)];
  const { verdict, mark } = plateauClaim({ plateaus: [1], at: 1e4, growths });
  assert.deepEqual([verdict, mark], ["confirmed", "reviewer"]);
  assert.throws(
    () => plateauClaim({ plateaus: [1], at: 1e4, growths: growths.slice(1) }),
    /none with δ < 1/,
  );
});

Deno.test("growth: within 0.1 on both sides of δ = 1 + α", () => {
  const of = (below: number, above: number) =>
    growthClaim([
      growth(1, 0.5, 0, 9), // δ < 1 and the line itself are not its business
      growth(1, 2, 1, 9),
      growth(1, 1.5, 0.5, below),
      growth(1, 3, 1, above),
    ]).verdict;
  assert.equal(of(0.099, -0.099), "confirmed with a limit");
  assert.equal(of(0.101, 0), "not confirmed");
  assert.equal(of(0, -0.101), "not confirmed");
  assert.throws(() => growthClaim([growth(1, 1.5, 0.5)]), /some with δ > 1 \+ α/);
});

Deno.test("lengths: a ratio that grows by 5 % in the last decade is growing", () => {
  const times = [1, 10, 100];
  const of = (factor: number) => lengthsClaim({ times, tortuosity: [1, 2, 2 * factor] });
  assert.equal(of(1.051).verdict, "not confirmed");
  assert.equal(of(1.049).verdict, "confirmed");
  assert.match(of(1.1).evidence, /2\.20 by T = 1e\+2, × 1\.10 over the last decade/);
  assert.throws(() => lengthsClaim({ times: [1, 9], tortuosity: [1, 1] }), /must span a decade/);
});
