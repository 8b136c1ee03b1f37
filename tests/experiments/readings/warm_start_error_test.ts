import assert from "node:assert/strict";
import {
  ratioByStart,
  ratiosOf,
  type SpeedLimitStudy,
  warmStartWithError,
} from "../../../lib/mod.ts";
import { madeStudy } from "../claims/made.ts";

/** Seeds whose accuracy is 0.12 at these times, and grows with ln τ by 0.01 a unit. */
function crossing(times: readonly number[], n = 500): SpeedLimitStudy {
  const time = [0, ...Array.from({ length: 401 }, (_, i) => 1e-4 * 10 ** (i / 100))];
  const made = madeStudy({ n, cold: times.map(() => 2) });
  return {
    ...made,
    time,
    realizations: made.realizations.map((one, i) => ({
      ...one,
      testAccuracy: time.map((t) => t === 0 ? 0 : 0.12 + 0.01 * Math.log(t / times[i])),
    })),
  };
}

Deno.test("the warm start of the mean is the seeds' geometric mean, with the jackknife's error", () => {
  // For a crossing that is linear in ln τ the jackknife is the standard error of the mean of ln τ.
  const times = [0.01, 0.02, 0.08];
  const { time, logError, interval, leaveOneOut, meanTime, epochs } = warmStartWithError(
    crossing(times),
  );
  const logs = times.map(Math.log);
  const middle = (logs[0] + logs[1] + logs[2]) / 3;
  const variance = logs.reduce((sum, x) => sum + (x - middle) ** 2, 0) / 2;
  assert(Math.abs(Math.log(time!) - middle) < 1e-9);
  assert(Math.abs(logError - Math.sqrt(variance / 3)) < 1e-9);
  assert(Math.abs(leaveOneOut[2]! - Math.sqrt(0.01 * 0.02)) < 1e-9);
  // Student's 97.5 % quantile of two degrees of freedom is 4.3027.
  assert(Math.abs(Math.log(interval![1] / time!) / logError - 4.30265) < 1e-4);
  assert(Math.abs(interval![0] * interval![1] - time! ** 2) < 1e-12);
  assert(Math.abs(meanTime! - 500 * time!) < 1e-12);
  assert(
    Math.abs(epochs!.sum - time! * 1e5) < 1e-6 && Math.abs(epochs!.mean / epochs!.sum - 500) < 1e-9,
  );
});

Deno.test("a warm start that one seed decides has no finite error; none is told as none", () => {
  const one = warmStartWithError(crossing([0.5, 0.9, 8]), { threshold: 0.125 });
  assert.equal(one.time, undefined);
  const decided = warmStartWithError(crossing([0.1, 0.9, 2.4]), { threshold: 0.12 });
  assert.deepEqual([decided.leaveOneOut[0], decided.logError], [undefined, Infinity]);
  assert.deepEqual(decided.interval![1], Infinity);
  const never = warmStartWithError(crossing([9, 9]));
  assert.deepEqual([never.time, never.interval, never.epochs], [undefined, undefined, undefined]);
  assert.throws(() => warmStartWithError(crossing([0.1])), /the study has 1 realizations/);
});

Deno.test("the ratio by its start is that of the path from there, at the mark", () => {
  const time = [0, 1, 2, 4, 8];
  const made = madeStudy();
  // θ' = −θ from 1 for either seed: from θ_s the ratio is (Δt/2) coth(Δt/2).
  const at = (t: number) => Math.exp(-t);
  const study: SpeedLimitStudy = {
    ...made,
    time,
    warmIndex: -1,
    realizations: made.realizations.map((one) => {
      const columns = {
        loss: time.map((t) => at(t) ** 2 / 2),
        lossDrop: time.map((t) => -Math.expm1(-2 * t) / 2),
        displacementSquared: time.map((t) => Math.expm1(-t) ** 2),
        pathLength: time.map((t) => -Math.expm1(-t)),
        lambdaMax: time.map(() => 1),
        testAccuracy: time.map(() => 0.1),
        displacementSquaredFrom: { 1: time.slice(1).map((t) => (at(t) - at(1)) ** 2) },
      };
      const cold = ratiosOf({ time, warmIndex: -1 }, { ...one, ...columns });
      return { ...one, ...columns, cold };
    }),
  };
  const starts = ratioByStart(study, { time: 8 });
  assert.deepEqual(starts.map(({ from }) => from), [0, 1]);
  for (const { from, inefficiency } of starts) {
    const half = (8 - from) / 2;
    assert(Math.abs(inefficiency.mean - half / Math.tanh(half)) < 1e-9);
  }
  assert.deepEqual(ratioByStart(study, { time: 1 }).map(({ from }) => from), [0]);
  assert.deepEqual(ratioByStart(study, { time: 9 }), []);
});
