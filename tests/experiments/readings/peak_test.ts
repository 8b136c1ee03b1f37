import assert from "node:assert/strict";
import fc from "fast-check";
import {
  peakExponents,
  peakFactor,
  peakOf,
  peaksOf,
  recordedStudies,
  type SpeedLimitStudy,
} from "../../../lib/mod.ts";
import { madeStudy } from "../claims/made.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read");

const time = Array.from({ length: 49 }, (_, i) => 1e-3 * 10 ** (i / 12));
const pathOf = (logRatio: (logTime: number) => number) => ({
  time,
  inefficiency: time.map((t) => Math.exp(logRatio(Math.log(t)))),
});

Deno.test("a parabola's peak is found between entries, wherever it lies within", () => {
  const place = fc.double({ min: Math.log(0.003), max: Math.log(5), noNaN: true });
  fc.assert(fc.property(place, fc.double({ min: 0.2, max: 2, noNaN: true }), (x0, curvature) => {
    const { peak, shape } = peakOf(pathOf((x) => 3 - curvature * (x - x0) ** 2 / 2));
    assert.equal(shape, "rises, falls");
    assert(Math.abs(Math.log(peak!.time) - x0) < 1e-9);
    assert(Math.abs(peak!.inefficiency - Math.exp(3)) < 1e-9);
  }));
});

Deno.test("rise, peak, fall and second rise are told apart", () => {
  assert.equal(peakOf(pathOf((x) => x)).shape, "rises");
  assert.equal(peakOf(pathOf((x) => x)).peak, undefined);
  const second = peakOf(pathOf((x) => 2 + Math.sin(x) - 0.1 * x));
  assert.equal(second.shape, "rises, falls, rises again");
  // Where cos x = 0.1: within the parabola's error on a grid of 12 a decade.
  assert(Math.abs(Math.log(second.trough!.time) + Math.acos(0.1)) < 2e-3);
  assert(Math.abs(Math.log(second.peak!.time) + 2 * Math.PI - Math.acos(0.1)) < 2e-3);
});

Deno.test("a turn counts above the threshold, and not below it", () => {
  // A dip by d after a hump at entry 20.
  const dip = (d: number) => ({
    time,
    inefficiency: time.map((_, i) => Math.exp(i <= 20 ? i / 10 : i < 30 ? 2 - d : 2 - d + i / 100)),
  });
  assert.equal(peakOf(dip(0.031)).shape, "rises, falls, rises again");
  assert.equal(peakOf(dip(0.029)).shape, "rises");
  assert.notEqual(peakOf(dip(0.029), { threshold: 0.02 }).shape, "rises");
});

Deno.test("the highest of several peaks is the peak, the lowest place after it the trough", () => {
  const values = [1, 2, 3, 2, 5, 1, 4, 2, 3];
  const { peak, trough } = peakOf({ time: values.map((_, i) => i + 1), inefficiency: values });
  assert(peak!.time > 4 && peak!.time < 6 && peak!.inefficiency >= 5);
  assert(trough!.time > 5 && trough!.time < 7 && trough!.inefficiency <= 1);
});

Deno.test("a path that falls from its first entry on has no peak within, and short ones none", () => {
  assert.equal(peakOf(pathOf((x) => -x)).peak, undefined);
  assert.throws(
    () => peakOf({ time: [0, 1, 2], inefficiency: [1, 1, 1] }),
    /2 entries past its origin/,
  );
  assert.throws(
    () => peakOf({ time: [1, 2, 3], inefficiency: [1, 1] }),
    /inefficiency has 2 numbers/,
  );
  assert.throws(() => peakOf({ time, inefficiency: time }, { threshold: 0 }), /threshold is 0/);
});

/** A study whose seeds peak at these places, a parabola each; `undefined` only rises. */
function peaked(
  n: number,
  places: readonly (number | undefined)[],
  height: number,
): SpeedLimitStudy {
  const made = madeStudy({ n, cold: places.map(() => 1) });
  const all = [0, ...time];
  return {
    ...made,
    time: all,
    realizations: made.realizations.map((one, i) => {
      const x0 = places[i];
      const inefficiency = all.map((t) =>
        t === 0 ? 1 : x0 === undefined ? 1 + t : height * Math.exp(-((Math.log(t / x0)) ** 2) / 10)
      );
      return {
        ...one,
        cold: { inefficiency, tortuosity: inefficiency, speedSpread: inefficiency },
      };
    }),
  };
}

Deno.test("peaks over seeds are means of those that lie within, and say how many do", () => {
  const some = peaksOf(peaked(500, [0.1, 0.4, undefined], 20));
  assert.deepEqual([some.inside, some.again, some.seeds.length], [2, 0, 3]);
  assert(Math.abs(some.time!.mean - 0.2) < 1e-9 && Math.abs(some.inefficiency!.mean - 20) < 1e-9);
  assert(some.fall!.mean > 1);
  assert.equal(peaksOf(peaked(500, [undefined], 20)).time, undefined);
});

Deno.test("how peaks go with n is over paired seeds", () => {
  const [small, large] = [
    peaksOf(peaked(500, [0.1, 0.4, 0.2], 20)),
    peaksOf(peaked(2000, [0.05, 0.2, undefined], 40)),
  ];
  const { time, inefficiency } = peakFactor(large, small)!;
  assert(Math.abs(time.middle - 0.5) < 1e-9 && Math.abs(inefficiency.middle - 2) < 1e-9);
  assert.equal(time.seeds, 2);
  const exponents = peakExponents([small, large])!;
  assert(Math.abs(exponents.time.mean + 0.5) < 1e-9);
  assert(Math.abs(exponents.inefficiency.mean - 0.5) < 1e-9);
  assert.deepEqual(exponents.sizes, [500, 2000]);
  assert.equal(peakFactor(peaksOf(peaked(500, [0.1], 20)), small), undefined);
  assert.equal(peakExponents([small]), undefined);
});

test("the flow of 16 channels that a second program recorded peaks where ours was seen to", async () => {
  const { study } = (await recordedStudies()).find(({ study: { configuration: c } }) =>
    c.width === 16 && c.n === 100
  )!;
  const { seeds: [{ peak }] } = peaksOf(study);
  // theory.md: 35.6 at τ = 2.5, our own flow with a tolerance of 1 %
  assert(Math.abs(peak!.inefficiency / 35.6 - 1) < 0.01);
  assert(peak!.time > 2 && peak!.time < 3);
});
