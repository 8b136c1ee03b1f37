import assert from "node:assert/strict";
import {
  coldAndWarm,
  coldFallsWithSize,
  fullyConnectedHeadline,
  limitHolds,
  nearlyStraight,
  residueSpreads,
} from "../../../lib/mod.ts";
import { madeFactor, madeGrowth, madeResidues, madeStudy } from "./made.ts";

Deno.test("Eq. 8: later entries decide, the first after an origin is told of", () => {
  const descent = { epoch: 370, difference: -0.0031 };
  const judged = (study: ReturnType<typeof madeStudy>) =>
    limitHolds([study], { tolerance: 0.01, descent });
  const { verdict, evidence, mark } = judged(madeStudy({ first: 0.9, cold: [1.3, 0.9901] }));
  assert.equal(verdict, "confirmed");
  assert.equal(
    evidence,
    "least ratio 0.9901, tolerance 0.01 (0.900 at the first entry after an origin, within one " +
      "step); gradient descent agrees to 0.3 % after 370 steps",
  );
  assert.equal(mark, "printed");
  assert.equal(judged(madeStudy({ cold: [1.3, 0.9899] })).verdict, "not confirmed");
  assert.equal(judged(madeStudy({ tortuosity: 0.98 })).verdict, "not confirmed");
  assert.throws(() => limitHolds([], { tolerance: 0.01, descent }), /0 studies have no entry/);
});

Deno.test("cold 30 and warm 2–5 are at most confirmed with a limit, and both must be near", () => {
  const verdict = (cold: number, warm?: number) =>
    coldAndWarm(madeStudy({
      cold: [cold, cold * 1.0001],
      warm: warm === undefined ? undefined : [warm, warm * 1.0001],
    })).verdict;
  assert.equal(verdict(10.01, 2.01), "confirmed with a limit");
  assert.equal(verdict(10.01, 9.99), "confirmed with a limit");
  assert.equal(verdict(9.99, 3), "not confirmed");
  assert.equal(verdict(30, 1.99), "not confirmed");
  assert.equal(verdict(30, 10.01), "not confirmed");
  assert.equal(verdict(30), "not confirmed");
  assert.match(
    coldAndWarm(madeStudy()).evidence,
    /^τ = 0\.2: cold 30\.0 \[.*\], warm not reached; /,
  );
  assert.equal(coldAndWarm(madeStudy()).mark, "reviewer");
  assert.throws(() => coldAndWarm(madeStudy({ cold: [30] })), /values has 1 number/);
});

Deno.test("a fall with n needs the whole interval below 1, at the same τ", () => {
  const mean = madeFactor(0.1, 0.2, 0.3);
  const judged = (high: number) =>
    coldFallsWithSize([madeGrowth(5000, madeFactor(0.5, 0.7, high), mean)]);
  assert.equal(judged(0.999).verdict, "confirmed");
  assert.equal(judged(1).verdict, "not confirmed");
  assert.equal(judged(3).verdict, "not confirmed", "another clock does not make it so");
  assert.match(
    judged(1).evidence,
    /^n = 5000 over n = 500, seed by seed: × 0\.70 \[0\.50, 1\.00\]/,
  );
  assert.equal(judged(1).mark, "reviewer");
  assert.throws(() => coldFallsWithSize([]), /there is no pair of sizes/);
});

Deno.test("a path is nearly straight below 3", () => {
  const judged = (...lengths: number[]) =>
    nearlyStraight(lengths.map((tortuosity) => madeStudy({ tortuosity })));
  assert.deepEqual(judged(1.2, 2.99), {
    claim: "The path is nearly straight: l_γ/l_geo is O(1)",
    mark: "reviewer",
    verdict: "confirmed",
    evidence: "cold 1.20 to 2.99",
  });
  assert.equal(judged(1.2, 3.01).verdict, "not confirmed");
  assert.throws(() => judged(), /there is no study/);
});

Deno.test("the residue spreads where the intervals of its shares do not meet", () => {
  // Of two values the interval is 12.7 times half their distance to either side of their mean.
  const verdict = (cold: readonly number[], warm?: readonly number[]) =>
    residueSpreads(madeResidues(cold, warm)).verdict;
  assert.equal(verdict([0.79, 0.81], [0.39, 0.41]), "confirmed");
  assert.equal(verdict([0.78, 0.82], [0.38, 0.42]), "not confirmed");
  assert.equal(verdict([0.39, 0.41], [0.79, 0.81]), "not confirmed", "the opposite");
  assert.equal(verdict([0.79, 0.81]), "not confirmed");
  assert.match(
    residueSpreads(madeResidues([0.79, 0.81])).evidence,
    /^share on the first ten of 20: 0\.80 \[0\.67, 0\.93\] cold, not reached warm$/,
  );
  assert.equal(residueSpreads(madeResidues([0.79, 0.81])).mark, "reviewer");
  assert.throws(() => residueSpreads(madeResidues([0.8])), /there are 1 realizations/);
});

Deno.test("the headline says what it is of", () => {
  assert.match(
    fullyConnectedHeadline(madeStudy({ n: 1000, horizon: 5, warm: [4, 4.001] })),
    /^T\/T_SL = 30\.0 \[.*\] cold, 4\.00 \[.*\] warm \(n = 1000, 2 seeds, τ = 5\)$/,
  );
});
