import assert from "node:assert/strict";
import {
  gradientFlowLimitClaim,
  lossFactorClaim,
  preconditionedClaim,
  scheduleClaim,
} from "../../../lib/mod.ts";

Deno.test("Eq. 8 may be undercut by the integration's error, and no more", () => {
  assert.equal(gradientFlowLimitClaim([4, 1 - 0.99e-8], 1e-10).verdict, "confirmed");
  assert.equal(gradientFlowLimitClaim([4, 1 - 1.01e-8], 1e-10).verdict, "not confirmed");
  assert.equal(gradientFlowLimitClaim([4, NaN], 1e-10).verdict, "not confirmed");
  assert.equal(gradientFlowLimitClaim([4], 1e-10).mark, "printed");
  assert.match(gradientFlowLimitClaim([4], 1e-8).evidence, /integrated to 1e-8 a step\.$/);
  assert.throws(() => gradientFlowLimitClaim([4], 0), /^RangeError: tolerance is 0; it must be/);
});

Deno.test("one factor of the loss that changes the ratio is enough", () => {
  const of = (changed: number, split = 4.4e-16) =>
    lossFactorClaim({
      inefficiency: 4,
      scaled: [{ factor: 1, inefficiency: 4 }, { factor: 1e4, inefficiency: changed }],
      split,
    });
  assert.equal(of(4 * (1 + 0.99e-6)).verdict, "confirmed");
  assert.equal(of(4 * (1 - 1.01e-6)).verdict, "not confirmed");
  assert.equal(of(4, 0.99e-12).verdict, "confirmed");
  assert.equal(of(4, 1.01e-12).verdict, "not confirmed");
  assert.match(of(4).evidence, /^Factors up to 1e4 change it by 0\.0e\+0; .* within 4\.4e-16\.$/);
  assert.equal(of(4).mark, "reviewer");
});

Deno.test("a schedule must give the same ratio on its own clock", () => {
  assert.equal(scheduleClaim({ constant: 2, scheduled: 2 + 1.99e-6 }).verdict, "confirmed");
  assert.equal(scheduleClaim({ constant: 2, scheduled: 2 - 2.01e-6 }).verdict, "not confirmed");
  assert.equal(scheduleClaim({ constant: 2, scheduled: NaN }).verdict, "not confirmed");
});

Deno.test("a preconditioned flow needs both its limit and its closed form", () => {
  const of = (own: number, natural: number) =>
    preconditionedClaim({ own, natural, closedForm: 2 }).verdict;
  assert.equal(of(1 - 0.99e-8, 2), "confirmed");
  assert.equal(of(1 - 1.01e-8, 2), "not confirmed");
  assert.equal(of(3, 2 * (1 + 0.99e-7)), "confirmed");
  assert.equal(of(3, 2 * (1 - 1.01e-7)), "not confirmed");
});
