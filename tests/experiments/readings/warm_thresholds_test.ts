// The warm T/T_SL against the threshold of its start, on a flow whose every displacement is known.
import assert from "node:assert/strict";
import {
  type SpeedLimitStudy,
  thresholdAlike,
  warmAtThresholds,
  warmWithinAtThresholds,
} from "../../../lib/mod.ts";
import { madeStudy } from "../claims/made.ts";

const DROP = [0, 10, 20, 30, 40, 50];

/** From entry s T/T_SL at the end is ratios[s], of all seeds; the accuracy climbs by 2 % an entry. */
function madeWarm(ratios: Readonly<Record<number, number>>, second = 2): SpeedLimitStudy {
  const TIME = [0, 1, second, 4, 8, 16];
  const made = madeStudy({ cold: [30, 30.001], horizon: 16 });
  const from = (s: number, ratio: number) =>
    TIME.slice(s).map((t, i) => (t - TIME[s]) * (DROP[s + i] - DROP[s]) / ratio);
  return {
    ...made,
    time: TIME,
    warmIndex: -1,
    realizations: made.realizations.map((one, seed) => ({
      ...one,
      loss: DROP.map((drop) => 60 - drop),
      lossDrop: DROP,
      testAccuracy: TIME.map((_, i) => 0.1 + 0.02 * i),
      lambdaMax: TIME.map(() => 1),
      displacementSquared: from(0, 30),
      pathLength: from(0, 30).map((square) => 2 * Math.sqrt(square)),
      displacementSquaredFrom: Object.fromEntries(
        Object.entries(ratios).map(([s, ratio]) => [s, from(Number(s), ratio * (1 + 1e-4 * seed))]),
      ),
    })),
  };
}

Deno.test("the recorded start next after a threshold stands for it, if it is near", () => {
  const found = warmAtThresholds(madeWarm({ 1: 5, 3: 3 }), [0.11, 0.12, 0.15, 0.19, 0.9], {
    time: 16,
  });
  // 0.11 and 0.12 are reached by entry 1, 0.15 between entries 2 and 3, 0.19 after 4: none is there.
  assert.deepEqual(found.map(({ threshold }) => threshold), [0.11, 0.12, 0.15]);
  assert.deepEqual(found.map(({ from }) => from), [1, 1, 4]);
  assert(Math.abs(found[0].inefficiency[0] - 5) < 1e-9);
  assert(Math.abs(found[2].inefficiency[0] - 3) < 1e-9);
  // From entry 4 on, a start at 8 is later than 2.5 times the 2 of 14 %.
  assert.deepEqual(warmAtThresholds(madeWarm({ 4: 3 }), [0.14], { time: 16 }), []);
  assert.deepEqual(warmAtThresholds(madeWarm({ 1: 5 }), [0.11], { time: 17 }), []);
});

Deno.test("warm ratios are alike within 1.5, and a reviewer's 2–5 is judged at each threshold", () => {
  // The starts are at 1 and 1.6: a tenth of the time, and no more.
  const early = (late: number, time = 16) =>
    thresholdAlike([madeWarm({ 1: 3, 2: late }, 1.6)], [0.11, 0.13, 0.9], [{ time }]);
  const alike = (late: number) => early(late).verdict;
  assert.equal(alike(2.01), "confirmed");
  assert.equal(alike(1.99), "not confirmed");
  assert.equal(alike(4.49), "confirmed");
  assert.equal(alike(4.51), "not confirmed");
  assert.match(early(3).claim, /of 11 to 13 %/, "those that were compared");
  const later = thresholdAlike([madeWarm({ 1: 3, 2: 3 }, 1.61)], [0.11, 0.13], [{ time: 16 }]);
  assert.equal(later.verdict, "undecided", "a start past a tenth of the time is none");
  const same = thresholdAlike([madeWarm({ 1: 3 })], [0.11, 0.12], [{ time: 16 }]);
  assert.equal(same.verdict, "undecided", "one start tells nothing of thresholds");
  const within = (early: number) =>
    warmWithinAtThresholds([madeWarm({ 1: early, 3: 3 })], [0.11, 0.15], [{ time: 16 }]);
  assert.equal(within(4.99).verdict, "confirmed");
  assert.equal(within(5.01).verdict, "not confirmed");
  assert.match(within(5.01).evidence, /It fails in 1: .* from 11 %: 5\.01/);
  assert.throws(() => thresholdAlike([], [0.1], [{ time: 1 }]), /there is no study/);
});
