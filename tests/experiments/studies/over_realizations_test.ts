import assert from "node:assert/strict";
import {
  inefficiencyRatio,
  overRealizations,
  ratiosAt,
  type SpeedLimitStudy,
} from "../../../lib/experiments/mod.ts";

/** A study with T/T_SL = factor · (1 + time) for each seed's factor, warm from entry 1 on. */
function made(n: number, factors: readonly number[]): SpeedLimitStudy {
  const time = [0, 0.1, 0.2, 0.4];
  const path = (factor: number, from: number) => {
    const inefficiency = time.slice(from).map((t, i) => i === 0 ? 1 : factor * (1 + t));
    const ones = inefficiency.map(() => 1);
    return { inefficiency, tortuosity: ones, speedSpread: inefficiency };
  };
  return {
    configuration: {
      architecture: "myrtle-5",
      width: 4,
      n,
      seeds: factors.map((_, i) => i),
      horizon: 0.4,
      testImages: 10,
      weightStd: 1,
      parametrization: "ntk",
      tolerance: 0.01,
      entries: 3,
      threshold: 0.12,
    },
    time,
    warmIndex: 1,
    realizations: factors.map((factor, seed) => ({
      seed,
      loss: time.map((t) => factor * Math.exp(-t)),
      testAccuracy: time.map(() => 0.2),
      lambdaMax: time.map(() => 1),
      cold: path(factor, 0),
      warm: path(factor / 2, 1),
      gradients: 1,
      seconds: 1,
    })),
  };
}

Deno.test("ratios at a time are geometric means with intervals, the warm ones at the same clock", () => {
  const study = made(10, [2, 4]);
  const end = ratiosAt(study);
  assert.equal(end.time, 0.4);
  assert(Math.abs(end.cold.inefficiency.mean - Math.sqrt(8) * 1.4) < 1e-12);
  assert(Math.abs(end.warm!.inefficiency.mean - Math.sqrt(2) * 1.4) < 1e-12);
  assert(Math.abs(end.cold.inefficiency.arithmetic - 3 * 1.4) < 1e-12);
  const middle = ratiosAt(study, { time: 0.19 });
  assert.equal(middle.time, 0.2);
  assert(Math.abs(middle.warm!.inefficiency.mean - Math.sqrt(2) * 1.2) < 1e-12);
  assert.equal(ratiosAt(study, { time: 0.1 }).warm, undefined);
  assert.throws(() => ratiosAt(study, { time: 0.5 }), /time is 0.5/);
  assert.throws(() => ratiosAt(made(10, [2])), /values has 1 number/);
});

Deno.test("curves are geometric means over realizations, past the origin", () => {
  const study = made(10, [2, 8]);
  const { time, middle, low, high } = overRealizations(study, "cold", "inefficiency");
  assert.deepEqual(time, [0.1, 0.2, 0.4]);
  assert(Math.abs(middle[2] - 4 * 1.4) < 1e-12);
  assert(Math.abs(low[2] - 2 * 1.4) < 1e-12 && Math.abs(high[2] - 8 * 1.4) < 1e-12);
  const warm = overRealizations(study, "warm", "loss");
  assert.equal(warm.time.length, 2);
  assert(Math.abs(warm.middle[1] - 4 * Math.exp(-0.4)) < 1e-12);
  const never = { ...study, warmIndex: -1, realizations: [{ ...study.realizations[0] }] };
  assert.deepEqual(overRealizations({ ...never, realizations: [] }, "warm", "loss").time, []);
});

Deno.test("two studies are compared seed by seed", () => {
  const ratio = inefficiencyRatio(made(20, [4, 12, 40]), made(10, [2, 6, 20]), "cold");
  assert(Math.abs(ratio.middle - 2) < 1e-12 && Math.abs(ratio.low - 2) < 1e-9);
  assert.equal(ratio.seeds, 3);
  const earlier = inefficiencyRatio(made(20, [4, 12]), made(10, [2, 6]), "warm", {
    times: [0.4, 0.2],
  });
  assert(Math.abs(earlier.middle - 2 * 1.4 / 1.2) < 1e-12);
  assert.throws(
    () => inefficiencyRatio(made(20, [4]), made(10, [2, 6]), "cold"),
    /share 1 seeds/,
  );
  assert.throws(
    () => inefficiencyRatio({ ...made(20, [4, 2]), warmIndex: -1 }, made(10, [2, 6]), "warm"),
    /n = 20 has no warm start/,
  );
});
