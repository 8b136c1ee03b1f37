import assert from "node:assert/strict";
import { attainedClaim, langevinLimitClaim, withoutSquareClaim } from "../../../lib/mod.ts";

Deno.test("the limit may be undercut by three times the grid's error, and no more", () => {
  const of = (least: number) =>
    langevinLimitClaim({
      ratios: [3, least],
      exact: [1, 2],
      onGrid: [1, 2.002], // an error of 1e-3
      particles: [{ measured: [{ mean: 2.1, standardError: 0.05 }], expected: [2] }],
    });
  assert.equal(of(1 - 2.99e-3).verdict, "confirmed");
  assert.equal(of(1 - 3.01e-3).verdict, "not confirmed");
  assert.equal(of(0.5).verdict, "not confirmed");
  assert.equal(of(NaN).verdict, "not confirmed");
  assert.match(of(1).evidence, /grid's error is 1e-3\); particles within 2\.0 standard errors/);
  assert.equal(of(1).mark, "printed");
  const sharp = (error: number, far: number) =>
    langevinLimitClaim({
      ...{ ratios: [1], exact: [1], onGrid: [1 + error] },
      particles: [{ measured: [{ mean: 2 + far, standardError: 1 }], expected: [2] }],
    }).verdict;
  assert.equal(sharp(0.0099, -4.9), "confirmed");
  assert.equal(sharp(0.0101, 0), "confirmed with a limit");
  assert.equal(sharp(0, 5.1), "confirmed with a limit");
  assert.equal(sharp(0, -5.1), "confirmed with a limit");
});

Deno.test("a drive attains the limit if it is close to 1 and arrives", () => {
  const of = (inefficiency: number, missed: number) =>
    attainedClaim({ inefficiency, missed, cells: 100 }).verdict;
  assert.equal(of(1.00099, 0.0099), "confirmed");
  assert.equal(of(0.99901, 0.0099), "confirmed");
  assert.equal(of(1.00101, 0.0099), "confirmed with a limit");
  assert.equal(of(1.00099, 0.0101), "confirmed with a limit");
  assert.equal(of(0.9901, 0.099), "confirmed with a limit");
  assert.equal(of(1.0101, 0), "not confirmed");
  assert.equal(of(0.9899, 0), "not confirmed");
  assert.equal(of(1, 0.101), "not confirmed");
  assert.equal(of(NaN, 0), "not confirmed");
  assert.equal(attainedClaim({ inefficiency: 1, missed: 0, cells: 1 }).mark, "derived");
});

Deno.test("W2 without its square fails as soon as one unit breaks it", () => {
  const of = (worst: number) =>
    withoutSquareClaim({
      units: [{ unit: 1, withoutSquare: 0.5 }, { unit: 10, withoutSquare: worst }],
      T: 2,
    });
  assert.equal(of(2.01).verdict, "not confirmed");
  assert.match(of(2.01).evidence, /in a unit 10 times as large W2\/β⁻¹R = 2\.01 exceeds T = 2/);
  assert.equal(of(1.99).verdict, "confirmed with a limit");
  assert.match(of(1.99).evidence, /is below T = 2/);
  assert.throws(() => of(NaN), /W2\/β⁻¹R is NaN; it must be positive/);
  assert.throws(() => withoutSquareClaim({ units: [], T: 1 }), /must be positive/);
});
