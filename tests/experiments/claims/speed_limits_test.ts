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
  assert.match(of(1).evidence, /grid's error is 1e-3\); particles lie within 2\.0 standard errors/);
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

Deno.test("the square is told from none by what a change of unit does, to 1e-9", () => {
  const of = (withSquare: number, withoutSquare: number) =>
    withoutSquareClaim([
      { unit: 1, withSquare: 1.4, withoutSquare: 0.8 },
      { unit: 10, withSquare: 1.4, withoutSquare: 8 },
      { unit: 100, withSquare, withoutSquare },
    ]);
  assert.equal(of(1.4 * (1 + 0.9e-9), 80).verdict, "confirmed");
  assert.equal(of(1.4 * (1 - 1.1e-9), 80).verdict, "not confirmed");
  assert.equal(of(1.4, 80 * (1 - 0.9e-9)).verdict, "confirmed");
  assert.equal(of(1.4, 80 * (1 + 1.1e-9)).verdict, "not confirmed");
  assert.equal(of(1.4, 0.8).verdict, "not confirmed");
  assert.match(
    of(1.4, 80).evidence,
    /100 times as large W2²\/β⁻¹R is × 1\.000 and W2\/β⁻¹R × 100\.0:/,
  );
  assert.equal(of(1.4, 80).mark, "reviewer");
  assert.throws(() => of(NaN, 80), /^RangeError: units\[2\]\.withSquare is NaN; it must be/);
  const one = { unit: 1, withSquare: 1, withoutSquare: 1 };
  assert.throws(() => withoutSquareClaim([one, one]), /two different ones at least/);
});
