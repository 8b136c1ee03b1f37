import assert from "node:assert/strict";
import { residueSpreads } from "../../../lib/mod.ts";
import { madeResidues } from "./made.ts";

Deno.test("the residue spreads where the intervals of its shares do not meet", () => {
  // Of two values the interval is 12.7 times half their distance to either side of their mean.
  const verdict = (cold: readonly number[], warm?: readonly number[]) =>
    residueSpreads(madeResidues(cold, warm)).verdict;
  assert.equal(verdict([0.79, 0.81], [0.39, 0.41]), "confirmed");
  assert.equal(verdict([0.78, 0.82], [0.38, 0.42]), "undecided");
  assert.equal(verdict([0.39, 0.41], [0.79, 0.81]), "not confirmed", "the opposite");
  assert.equal(verdict([0.79, 0.81]), "undecided");
  assert.match(
    residueSpreads(madeResidues([0.79, 0.81])).evidence,
    /^The first ten of 20 .* 0\.80 \[0\.67, 0\.93\] at the cold start, and of none that is known at the warm .* 0\.5\.$/,
  );
  assert.equal(residueSpreads(madeResidues([0.79, 0.81])).mark, "reviewer");
  assert.throws(() => residueSpreads(madeResidues([0.8])), /there are 1 realizations/);
});
