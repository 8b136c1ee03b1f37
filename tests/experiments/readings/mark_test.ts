import assert from "node:assert/strict";
import {
  type AtMark,
  atMark,
  atMarks,
  growthsWithSize,
  growthWithSize,
  type Mark,
  markText,
  networkAndSize,
  oneOfEach,
  seedFactor,
  seedMean,
  seedMeanText,
  type SpeedLimitStudy,
  timeAtMark,
} from "../../../lib/mod.ts";

const near = (a: number | undefined, b: number, off = 1e-12) =>
  assert(a !== undefined && Math.abs(a / b - 1) < off, `${a} is not ${b}`);

/** ι = c τ^½, L = ½‖Y‖²/τ, λ_max = 6 at all times, on a grid from 0.1 to the horizon. */
function power(
  { n = 500, width = 32, horizon = 10, seeds = [2, 4], warmIndex = -1, weightStd = Math.SQRT2 } =
    {},
): SpeedLimitStudy {
  const time = [0, ...Array.from({ length: 21 }, (_, i) => 0.1 * (horizon / 0.1) ** (i / 20))];
  const path = (factor: number, from: number) => {
    const inefficiency = time.slice(from).map((t, i) => i === 0 ? 1 : factor * Math.sqrt(t));
    return { inefficiency, tortuosity: inefficiency, speedSpread: inefficiency };
  };
  return {
    configuration: {
      ...{ architecture: "myrtle-5", width, n, horizon, seeds: seeds.map((_, seed) => seed) },
      ...{ testImages: 10, weightStd, parametrization: "ntk", tolerance: 0.01 },
      ...{ entries: 21, threshold: 0.12 },
    },
    ...{ time, warmIndex },
    realizations: seeds.map((factor, seed) => ({
      seed,
      loss: time.map((t) => 0.45 * n / (t || 0.01)),
      testAccuracy: time.map((t) => t === 0 ? 0 : 0.1 + 0.1 * Math.log10(t / 0.1)),
      lambdaMax: time.map(() => 6),
      cold: path(factor, 0),
      warm: warmIndex < 0 ? undefined : path(factor / 2, warmIndex),
      ...{ gradients: 1, seconds: 1 },
    })),
  };
}

Deno.test("each kind of mark is where its closed form says, between entries too", () => {
  const study = power();
  const [one] = study.realizations;
  const at = (mark: Mark) => timeAtMark(study, one, mark);
  near(at({ time: 3 }), 3);
  near(at({ meanTime: 1500 }), 3);
  near(at({ lossLeft: 1 / 3 }), 3, 1e-9);
  near(at({ steps: 9 }), 3, 0.02); // ∫ 6 dt/2 = 3 τ, log-linear between entries of a log grid
});

Deno.test("a mark beyond the horizon, or before what was recorded, is not reached", () => {
  const study = power();
  const [one] = study.realizations;
  for (const mark of [{ time: 10.01 }, { time: 0.099 }, { meanTime: 5001 }, { lossLeft: 0.09 }]) {
    assert.equal(timeAtMark(study, one, mark), undefined, markText(mark));
  }
  assert.equal(timeAtMark(study, one, { steps: 31 }), undefined);
  near(timeAtMark(study, one, { time: 10 }), 10);
  near(timeAtMark(study, one, { time: 0.1 }), 0.1);
  near(timeAtMark(study, one, { meanTime: 5000 }), 10);
});

Deno.test("a mark that is none is refused with what it may be", () => {
  const of = (mark: unknown) => () => markText(mark as Mark);
  assert.throws(
    of({ epoch: 3 }),
    /^TypeError: mark is \{ epoch \}; it must be an object with one of/,
  );
  assert.throws(of({ time: 1, steps: 2 }), /mark is \{ time, steps \}/);
  assert.throws(of(undefined), /mark is undefined/);
  assert.throws(of({ time: NaN }), /^RangeError: mark\.time is NaN/);
  assert.throws(of({ lossLeft: "0.5" }), /mark\.lossLeft is "0\.5"/);
});

Deno.test("marks are told by their clock", () => {
  assert.deepEqual(
    [{ time: 0.2 }, { meanTime: 2500 }, { lossLeft: 0.1 }, { steps: 1e6 }].map(markText),
    ["τ = 0.2", "nτ = 2,500", "10 % of ½‖Y‖² left", "time 1,000,000 in units of 2/λ_max"],
  );
});

Deno.test("ratios at a mark are means over the seeds that come so far, warm ones past their start", () => {
  const study = power({ warmIndex: 11 }); // τ = 1
  const { inefficiency, time, lossLeft, testAccuracy, seeds } = atMark(study, { time: 4 });
  near(inefficiency!.mean, Math.sqrt(8) * 2);
  assert.equal(seeds.length, 2);
  near(time!.mean, 4);
  near(lossLeft!.mean, 1 / 4);
  near(testAccuracy!.mean, 0.1 + 0.1 * Math.log10(40));
  near(atMark(study, { time: 4 }, { start: "warm" }).inefficiency!.mean, Math.sqrt(8));
  assert.equal(atMark(study, { time: 0.9 }, { start: "warm" }).inefficiency, undefined);
  assert.equal(atMark(power(), { time: 4 }, { start: "warm" }).inefficiency, undefined);
  assert.throws(() => atMark(study, { time: 4 }, { start: "tepid" as "warm" }), /start is "tepid"/);
});

Deno.test("of several studies that of which the most seeds come so far is read, the shortest of these", () => {
  const [short, long, few] = [
    power({ horizon: 1 }),
    power({ horizon: 10, seeds: [20, 40] }),
    power({ horizon: 100, seeds: [200] }),
  ];
  const all = [few, long, short];
  assert.equal(atMark(all, { time: 0.5 }).study, short);
  assert.equal(atMark(all, { time: 5 }).study, long);
  const { study, inefficiency } = atMark(all, { time: 50 });
  assert.equal(study, few);
  assert.equal(inefficiency!.interval, undefined);
  assert.equal(atMark(all, { time: 500 }).inefficiency, undefined);
  assert.throws(() => atMark([], { time: 1 }), /there is no study/);
  assert.throws(
    () => atMark([short, power({ n: 1000 })], { time: 1 }),
    /myrtle-5, 32 channels, n = 500 and myrtle-5, 32 channels, n = 1000/,
  );
});

Deno.test("several networks are read mark by mark, each with its own n", () => {
  const at = atMarks([power(), power({ n: 1000 })], [{ meanTime: 1000 }, { time: 1 }]);
  assert.deepEqual(at.map(({ time }) => time!.mean.toPrecision(6)), [
    "2.00000",
    "1.00000",
    "1.00000",
    "1.00000",
  ]);
  assert.equal(networkAndSize(power({ weightStd: 1 })), "32 channels, W_std 1, n = 500");
});

Deno.test("one study of each network and n: that of the most seeds, the longest of these", () => {
  const [few, short, long, other] = [
    power({ horizon: 100, seeds: [1] }),
    power({ horizon: 1 }),
    power({ horizon: 10 }),
    power({ n: 1000 }),
  ];
  assert.deepEqual(oneOfEach([few, short, other, long]), [long, other]);
  assert.deepEqual(oneOfEach([few, short, other, long], { prefer: "horizon" }), [few, other]);
  assert.deepEqual(oneOfEach([]), []);
});

Deno.test("growth with n on either clock is that of the power law, seed by seed", () => {
  // ι = c √τ with c ∝ n^0.3: n^0.3 at the same τ, n^(0.3 − 0.5) at the same nτ.
  const studies = [500, 1000, 4000].map((n) =>
    power({ n, horizon: 100, seeds: [1, 5, 30].map((c) => c * (n / 500) ** 0.3) })
  );
  const growth = growthWithSize(studies, { time: 2 });
  near(growth.exponent!.mean, 0.3, 1e-9);
  assert(growth.exponent!.standardError < 1e-9);
  assert.deepEqual(growth.factors.map(({ n, from }) => [n, from]), [[1000, 500], [4000, 500]]);
  near(growth.factors[1].factor.middle, 8 ** 0.3, 1e-9);
  const inMean = growthWithSize(studies, { meanTime: 1000 });
  near(inMean.exponent!.mean, -0.2, 1e-9);
  // L/(½‖Y‖²) = 1/τ = n/s.
  assert.deepEqual(inMean.sizes.map(({ n }) => n), [500, 1000, 4000]);
  inMean.sizes.forEach(({ n, mostLeft }) => near(mostLeft, n / 1000, 1e-9));
});

Deno.test("growth tells which n do not come to the mark, and is of one network", () => {
  const studies = [power(), power({ n: 1000, horizon: 1 }), power({ n: 2000, seeds: [3] })];
  const { factors, exponent, notReached } = growthWithSize(studies, { time: 5 });
  assert.deepEqual([factors, exponent, notReached], [[], undefined, [1000, 2000]]);
  assert.throws(() => growthWithSize([], { time: 1 }), /there is no study/);
  assert.throws(
    () => growthWithSize([power(), power({ width: 16 })], { time: 1 }),
    /32 channels and/,
  );
  const all = growthsWithSize([...studies, power({ width: 16 })], [{ time: 1 }, { time: 5 }]);
  assert.deepEqual(all.map(({ width }) => width), [32, 32]);
});

Deno.test("factors are over common seeds, and need two of them", () => {
  const seeds = (values: readonly number[]) =>
    ({ seeds: values.map((inefficiency, seed) => ({ seed, inefficiency })) }) as unknown as AtMark;
  const factor = seedFactor(seeds([2, 8, 100]), seeds([1, 2]))!;
  near(factor.middle, Math.sqrt(8));
  assert.equal(factor.seeds, 2);
  assert.equal(seedFactor(seeds([2, 8]), seeds([1])), undefined);
});

Deno.test("a mean of some of the seeds says so", () => {
  assert.equal(
    seedMeanText(seedMean([2, 2]), { of: 6, digits: 2 }),
    "2.00 [2.00, 2.00] (2 of 6 seeds)",
  );
  assert.equal(seedMeanText(seedMean([2]), { of: 6 }), "2.0 (1 of 6 seeds)");
  assert.equal(seedMeanText(seedMean([2, 2]), { of: 2 }), "2.0 [2.0, 2.0]");
  near(seedMean([1, 3], { geometric: false })!.mean, 2);
});
