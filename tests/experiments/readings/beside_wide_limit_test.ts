import assert from "node:assert/strict";
import {
  besideWideLimit,
  besideWideLimitRows,
  followsWideLimit,
  wideLimit,
} from "../../../lib/mod.ts";
import { madeStudy } from "../claims/made.ts";

/** A limit of 500 images with this T/T_SL and share of ½‖Y‖² left at all times. */
function limit(inefficiency: number, lossLeft: number) {
  const flow = wideLimit({
    configuration: { architecture: "myrtle-5", width: "infinite", n: 500 },
    ...{ eigenvalues: [1], startSquares: [2], labelSquares: [1], lossAtStart: 1 },
  });
  return { ...flow, at: (T: number) => ({ ...flow.at(T), inefficiency, lossLeft }) };
}

/** Two seeds or more with these ratios at τ = 0.2, and half of ½‖Y‖² left. */
function finite(cold: readonly number[]) {
  const study = madeStudy({ cold });
  const loss = [900, 450, 225, 0.5 * 0.45 * 500];
  return {
    ...study,
    realizations: study.realizations.map((one, seed) => ({
      ...one,
      loss: loss.map((value) => value * (1 + 1e-4 * seed)),
    })),
  };
}

Deno.test("finite networks are compared with the limit of as many images, where two seeds come", () => {
  const [one, ...others] = besideWideLimit([finite([19, 21])], [limit(20, 0.4)], [0.2, 7]);
  assert.equal(others.length, 0, "no seed comes to τ = 7");
  assert(Math.abs(one.finite.inefficiency!.mean - Math.sqrt(19 * 21)) < 1e-9);
  assert.equal(one.wide.lossLeft, 0.4);
  const more = madeStudy({ n: 5000, cold: [19, 21] });
  assert.deepEqual(besideWideLimit([more], [limit(20, 0.4)], [0.2]), []);
  assert.throws(() => besideWideLimit([more], [limit(20, 0.4)], [0]), /times\[0\] is 0/);
  const [row] = besideWideLimitRows([one]);
  assert.deepEqual(
    [row["of the infinitely wide"], row["L, of ½‖Y‖²"], row["infinitely wide"]],
    ["20.0", "50.0 %", "40.0 %"],
  );
});

Deno.test("a network follows its limit where ratio and loss are near with their whole intervals", () => {
  const judged = (cold: number[], ratio: number, lossLeft = 0.5) =>
    followsWideLimit(besideWideLimit([finite(cold)], [limit(ratio, lossLeft)], [0.2]));
  assert.equal(judged([20, 20.1], 20).verdict, "confirmed");
  assert.equal(judged([20, 20.1], 32).verdict, "not confirmed");
  assert.equal(judged([20, 20.1], 12).verdict, "not confirmed");
  assert.equal(judged([20, 20.1], 20, 0.3).verdict, "not confirmed", "it learns more slowly");
  assert.equal(judged([12, 34], 20).verdict, "undecided");
  assert.equal(judged([12, 34], 20, 0.3).verdict, "not confirmed");
  assert.equal(judged([20, 20.1], 20).mark, "derived");
  assert.match(judged([20, 20.1], 32).evidence, /the limit 32\.0 \(50 % of ½‖Y‖² left, the/);
  assert.throws(() => followsWideLimit([]), /there is no network beside its limit/);
});
