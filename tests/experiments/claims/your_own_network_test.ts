import assert from "node:assert/strict";
import { limitHoldsElsewhere, recordedHeadline } from "../../../lib/mod.ts";

const run = (ratios: readonly number[], clock = 1) => ({
  columns: {
    inefficiency: Float64Array.from(ratios),
    tortuosity: Float64Array.from(ratios, () => 1.1),
    speedSpread: Float64Array.from(ratios, (ratio) => ratio / 1.21),
  },
  clock,
});

Deno.test("a recorded run: steps may undercut the limit by 2 %, and its clock must be the flow's", () => {
  const verdict = (ratios: readonly number[], clock?: number) =>
    limitHoldsElsewhere(run(ratios, clock)).verdict;
  assert.equal(verdict([1, 0.9801, 1.5]), "confirmed");
  assert.equal(verdict([1, 0.98, 1.5]), "not confirmed");
  assert.equal(verdict([1, 1.5], 1.249), "confirmed");
  assert.equal(verdict([1, 1.5], 1.25), "not confirmed");
  assert.equal(verdict([1, 1.5], 0.751), "confirmed");
  assert.equal(verdict([1, 1.5], 0.75), "not confirmed");
  assert.equal(verdict([1, 1.5], NaN), "not confirmed");
  assert.equal(verdict([1, NaN, 1.5]), "confirmed", "an entry above the start's loss is no ratio");
});

Deno.test("its evidence has the factors' product; a run that never descends is named", () => {
  const { evidence, mark } = limitHoldsElsewhere(run([1, 0.996, 1.5], 0.997));
  assert.equal(
    evidence,
    "The least T/T_SL is 0.9960 (2 % below 1 are allowed: steps undercut the flow's limit by O(ηλ)); " +
      "ΔL Δt/δs² is 0.997; T/T_SL divided by its two factors is 1.000000.",
  );
  assert.equal(mark, "derived");
  assert.throws(
    () => limitHoldsElsewhere(run([1, NaN, NaN])),
    /nowhere is the loss below its start/,
  );
  assert.equal(
    recordedHeadline(run([1, 1.5]), "a run"),
    "a run: T/T_SL = 1.500, l_γ/l_geo = 1.100",
  );
});
