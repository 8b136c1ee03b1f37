import assert from "node:assert/strict";
import fc from "fast-check";
import { warmStart } from "../../../lib/mod.ts";

const run = (testAccuracy: readonly number[]) => ({
  observed: { testAccuracy: Float64Array.from(testAccuracy) },
});

Deno.test("a warm start is where the threshold is passed for good, not by chance before learning", () => {
  assert.equal(warmStart([run([0.14, 0.13, 0.09, 0.11, 0.12, 0.3])]), 4);
  assert.equal(warmStart([run([0.1, 0.2, 0.3])], 0.25), 2);
  assert.equal(warmStart([run([0.2, 0.3])]), 0, "a run that begins above is warm from the start");
});

Deno.test("it is the mean over the runs that counts, so all share one start", () => {
  const [early, late] = [run([0.1, 0.16, 0.2, 0.3]), run([0.06, 0.06, 0.08, 0.2])];
  assert.deepEqual([warmStart([early]), warmStart([late]), warmStart([early, late])], [1, 3, 2]);
});

Deno.test("from the warm start on every mean is at the threshold or above, and not just before it", () => {
  const runs = fc.integer({ min: 1, max: 20 }).chain((entries) =>
    fc.array(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: entries,
        maxLength: entries,
      }),
      { minLength: 1, maxLength: 4 },
    )
  );
  fc.assert(
    fc.property(runs, fc.double({ min: 0, max: 1, noNaN: true }), (accuracies, threshold) => {
      const mean = (i: number) => accuracies.reduce((sum, a) => sum + a[i], 0) / accuracies.length;
      const last = accuracies[0].length - 1;
      if (mean(last) < threshold) {
        assert.throws(() => warmStart(accuracies.map(run), threshold), RangeError);
        return;
      }
      const start = warmStart(accuracies.map(run), threshold);
      for (let i = start; i <= last; i++) assert.ok(mean(i) >= threshold);
      if (start > 0) assert.ok(mean(start - 1) < threshold);
    }),
  );
});

Deno.test("runs that cannot be compared, or never get warm, are refused with what to do", () => {
  assert.throws(() => warmStart([]), /needs runs with a test accuracy/);
  assert.throws(() => warmStart([{ observed: {} }]), /give the runs a test set/);
  assert.throws(
    () => warmStart([run([1]), run([1, 1])]),
    /the runs have 1,2 entries; they must agree/,
  );
  assert.throws(
    () => warmStart([run([0.3, 0.11])]),
    /ends at 0\.11, below the threshold 0\.12; run longer or lower the threshold/,
  );
});

Deno.test("a threshold or an accuracy that is none is refused, not passed over", () => {
  const warm = [run([0.1, 0.2])];
  assert.throws(() => warmStart(warm, NaN), /^RangeError: threshold is NaN/);
  assert.throws(() => warmStart(warm, "0.1" as never), /threshold is "0.1"/);
  assert.throws(() => warmStart([run([0.1, NaN, 0.2])]), /testAccuracy\[1\] of run 0 is NaN/);
});
