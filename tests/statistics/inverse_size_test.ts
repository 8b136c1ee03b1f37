import assert from "node:assert/strict";
import {
  fitInverseSize,
  fitSizePower,
  fitVarianceBySize,
  type SizeEstimate,
  type SizeGroup,
} from "../../lib/statistics/mod.ts";
import { randomStream } from "../../lib/numerics/mod.ts";

const TRIALS = 500;
const SIZES = [16, 32, 64, 128, 512, 4096];
/** As the stored series have them: many narrow networks, few wide ones. */
const countOf = (size: number) => size <= 128 ? 24 : size <= 512 ? 12 : 6;

/** ln of values whose mean and spread go with the size; noise of variance 1. */
function drawn(
  seed: number,
  law: { mean: (size: number) => number; variance: (size: number) => number },
  noise: (normal: () => number) => number = (normal) => normal(),
): SizeGroup[] {
  const { normal } = randomStream(seed, "tests/inverse size");
  return SIZES.map((size) => ({
    size,
    values: Array.from(
      { length: countOf(size) },
      () => law.mean(size) + Math.sqrt(law.variance(size)) * noise(normal),
    ),
  }));
}

/** How often of {@link TRIALS} an interval holds the truth. */
function coverage(of: (seed: number) => SizeEstimate, truth: number): number {
  let held = 0;
  for (let seed = 0; seed < TRIALS; seed++) {
    const { interval: [low, high] } = of(seed);
    if (low <= truth && truth <= high) held++;
  }
  return held / TRIALS;
}

const LAW = {
  mean: (size: number) => -1.5 + 6 / size - 20 / size ** 2,
  variance: (size: number) => 0.05 + 3 / size,
};
/** Of variance 1 and excess kurtosis 1.5: ln of χ² is skewed to the left so. */
const skewed = (normal: () => number) => {
  let square = 0;
  for (let i = 0; i < 8; i++) square += normal() ** 2;
  return (8 - square) / 4;
};

/** 95 % of 500: within three standard deviations of it. */
const assertHolds = (share: number, what: string) =>
  assert(share > 0.92 && share < 0.98, `${what}: ${share} of the intervals hold the truth`);

Deno.test("a fit in 1/N holds a, b and the limit as often as it says, spreads differing", () => {
  const limit = { mean: -1.5, standardError: 0 };
  const fit = (seed: number) => fitInverseSize(drawn(seed, LAW), { order: 2 });
  const through = (seed: number) => fitInverseSize(drawn(seed, LAW), { order: 2, limit });
  assertHolds(coverage((seed) => fit(seed).slope, 6), "a");
  assertHolds(coverage((seed) => fit(seed).limit, -1.5), "the limit");
  assertHolds(coverage((seed) => through(seed).slope, 6), "a through the limit");
  assertHolds(coverage((seed) => through(seed).curvature!, -20), "b through the limit");
  const excess = LAW.mean(128) + 1.5;
  assertHolds(coverage((seed) => through(seed).excess(128), excess), "the excess at 128");
});

Deno.test("a fit in 1/N holds a where the values are skewed", () => {
  const limit = { mean: -1.5, standardError: 0 };
  const fit = (seed: number) => fitInverseSize(drawn(seed, LAW, skewed), { order: 2, limit });
  assertHolds(coverage((seed) => fit(seed).slope, 6), "a, skewed");
});

Deno.test("the error of a known limit is in every interval", () => {
  // The limit is measured anew each time, with an error as large as the groups'.
  const held = coverage((seed) => {
    const error = 0.1 * randomStream(seed, "tests/the limit's error").normal();
    const limit = { mean: -1.5 + error, standardError: 0.1 };
    return fitInverseSize(drawn(seed, LAW), { order: 2, limit }).slope;
  }, 6);
  assertHolds(held, "a with an uncertain limit");
  const limit = { mean: -1.5, standardError: 0.1 };
  const { limit: { interval } } = fitInverseSize(drawn(0, LAW), { limit });
  assert(Math.abs(interval[1] - interval[0] - 2 * 1.959964 * 0.1) < 1e-5);
});

Deno.test("first order misses a where 1/N² matters, so that it is worth telling both", () => {
  const limit = { mean: -1.5, standardError: 0 };
  const law = { ...LAW, mean: (size: number) => -1.5 + 6 / size - 80 / size ** 2 };
  const share = coverage((seed) => fitInverseSize(drawn(seed, law), { limit }).slope, 6);
  assert(share < 0.7, `${share}`);
});

Deno.test("powers of the size are held as often as they say", () => {
  const law = { mean: (size: number) => -0.5 * Math.log(size), variance: () => 0.04 };
  const of = (seed: number) =>
    fitSizePower(
      drawn(seed, law).map(({ size, values }) => ({ size, values: values.map(Math.exp) })),
    );
  assertHolds(coverage(of, -0.5), "the exponent");
});

Deno.test("c of the variance is held as often as the interval says, for normal values and others", () => {
  const of = (excessKurtosis: number, noise?: typeof skewed) => (seed: number) =>
    fitVarianceBySize(drawn(seed, LAW, noise), { limit: { variance: 0.05, excessKurtosis } }).rate;
  assertHolds(coverage(of(0), 3), "c");
  assertHolds(coverage(of(1.5, skewed), 3), "c, skewed");
  // Taken for normal, values of heavier tails have intervals that are too narrow.
  assert(coverage(of(0, skewed), 3) < 0.92);
  const share = (seed: number) =>
    fitVarianceBySize(drawn(seed, LAW), { limit: { variance: 0.05 } }).limitShare(128);
  assertHolds(coverage(share, 0.05 / LAW.variance(128)), "the share at 128");
  const group = (seed: number) =>
    fitVarianceBySize(drawn(seed, LAW), { limit: { variance: 0.05 } }).groups[0];
  assertHolds(coverage(group, LAW.variance(16)), "the variance of one size");
});

Deno.test("narrow systems that vary less have a rate below 0", () => {
  const law = { mean: () => 0, variance: (size: number) => 1 - 12 / size };
  const { rate } = fitVarianceBySize(drawn(3, law), { limit: { variance: 1 } });
  assert(rate.interval[1] < 0 && rate.interval[0] < -12 && rate.interval[1] > -16, `${rate.value}`);
});

Deno.test("too few sizes, sizes that are none and values that do not do are told", () => {
  const groups = drawn(0, LAW);
  const two = groups.slice(0, 2);
  assert.throws(
    () => fitInverseSize(two, { order: 2 }),
    /^RangeError: groups has 2 sizes, \[16,32\]; this fit needs 3 at least$/,
  );
  assert.throws(() => fitInverseSize(groups.slice(0, 1)), /groups has 1 size, \[16\]; .* needs 2/);
  assert.throws(
    () => fitInverseSize([...two, { size: -8, values: [1, 2] }]),
    /groups\[2\].size is -8; it must be a positive number/,
  );
  assert.throws(() => fitInverseSize([...two, two[0]]), /has the size 16 twice/);
  assert.throws(
    () => fitInverseSize([...two, { size: 8, values: [1] }]),
    /the number of groups\[2\].values is 1; it must be an integer from 2 up/,
  );
  assert.throws(() => fitInverseSize(groups, { order: 3 as 2 }), /order is 3/);
  assert.throws(() => fitSizePower([...two, { size: 8, values: [1, -1] }]), /of size 8 is -1/);
  const limit = { variance: 0.05 };
  assert.throws(() => fitVarianceBySize(groups.slice(0, 1), { limit }), /needs 2 at least/);
  assert.throws(() => fitVarianceBySize(groups, { limit: { variance: 0 } }), /variance is 0/);
  const same = [...two, { size: 8, values: [1, 1] }];
  assert.throws(() => fitVarianceBySize(same, { limit }), /all values of size 8 are 1/);
});
