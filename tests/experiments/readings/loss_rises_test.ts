import assert from "node:assert/strict";
import { lossRises, peaksOf, recordedStudies } from "../../../lib/mod.ts";
import { risenEntries } from "../../../lib/experiments/readings/loss_rises.ts";
import { madeStudy } from "../claims/made.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read");

/** A study of one seed with these losses. */
const withLoss = (loss: number[], inefficiency: number[] = loss.map(() => 1)) => {
  const made = madeStudy({ cold: [1] });
  const cold = { inefficiency, tortuosity: inefficiency, speedSpread: inefficiency };
  return {
    ...made,
    time: loss.map((_, i) => i),
    realizations: [{ ...made.realizations[0], loss, cold }],
  };
};

Deno.test("what lies above an earlier loss has risen, by more than the tolerance", () => {
  assert.deepEqual(risenEntries([5, 4, 3], { tolerance: 0 }), []);
  assert.deepEqual(risenEntries([5, 4, 4.039, 4.041, 3], { tolerance: 0.01 }), [3]);
  // Below the entry before it, and still above an earlier one.
  assert.deepEqual(risenEntries([5, 1, 4, 2, 0.5], { tolerance: 0.01 }), [2, 3]);
  assert.throws(() => risenEntries([1], { tolerance: -1 }), /tolerance is -1/);
});

Deno.test("a study's largest rise is told with its place, and what was left before the first", () => {
  const { seeds, largest, seed, time, below } = lossRises(withLoss([450, 225, 230, 90, 180]));
  assert.deepEqual([seeds, largest, seed, time, below], [1, 2, 0, 4, 1]);
  const none = lossRises(withLoss([450, 225, 100]));
  assert.deepEqual([none.seeds, none.largest, none.below], [0, 1, undefined]);
  assert.equal(lossRises(withLoss([450, 225, 230]), { tolerance: 0.03 }).seeds, 0);
});

Deno.test("an entry whose loss has risen makes no turn of T/T_SL", () => {
  const ratios = [1, 5, 10, 6, 4, 5];
  const { seeds: [falling] } = peaksOf(withLoss([9, 8, 7, 6, 5, 4], ratios));
  assert.equal(falling.shape, "rises, falls, rises again");
  const { seeds: [risen] } = peaksOf(withLoss([9, 8, 7, 5, 6, 4.9], [1, 5, 10, 6, 4, 5.9]));
  assert.equal(risen.shape, "rises, falls");
});

test("where the second program's losses rise is where little of them is left", async () => {
  const studies = (await recordedStudies({ architecture: "fully-connected" }))
    .map(({ study }) => lossRises(study));
  assert(studies.some(({ seeds }) => seeds > 0));
  assert(studies.every(({ below }) => below === undefined || below < 0.02));
});
