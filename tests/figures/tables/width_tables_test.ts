import assert from "node:assert/strict";
import {
  correctionPartRows,
  correctionRows,
  type NamedCorrection,
  type NamedSpread,
  widthBoundRows,
  widthSpreadRows,
} from "../../../lib/mod.ts";
import { seedsNeeded } from "../../../lib/statistics/mod.ts";

const estimate = (low: number, value: number, high: number) => ({
  value,
  interval: [low, high] as const,
});

const made = (
  change: Partial<NonNullable<NamedCorrection["correction"]>> = {},
): NamedCorrection => ({
  where: "Myrtle-5, n = 16, τ = 0.2",
  correction: {
    ...{ mark: { time: 0.2 }, quantity: "inefficiency", reference: "limit", order: 2 },
    ...{ images: 16, leastLeft: 0.9 },
    fit: {
      slope: estimate(1, 2, 3),
      limit: estimate(0, 0, 0),
      sizes: [8, 128],
      excess: () => estimate(Math.log(0.952), Math.log(0.97), Math.log(0.99)),
    },
    otherSlope: estimate(4, 5, 6),
    measured: [{
      ...{ width: 128, count: 6 },
      ...estimate(Math.log(0.755), Math.log(0.9), Math.log(1.1)),
    }],
    ...change,
  },
});

Deno.test("corrections: a with b and without, whichever order the fit is of; columns that differ alone", () => {
  const [row] = correctionRows([made()], 128);
  assert.deepEqual(Object.keys(row), [
    ...["where", "N", "a alone", "a beside b", "limit missed by", "at N = 128"],
  ]);
  assert.deepEqual([row["a alone"], row["a beside b"]], ["5.0 [4.0, 6.0]", "2.0 [1.0, 3.0]"]);
  const [first] = correctionRows([made({ order: 1 })], 128);
  assert.deepEqual([first["a alone"], first["a beside b"]], ["2.0 [1.0, 3.0]", "5.0 [4.0, 6.0]"]);
  const both = correctionRows([made(), made({ reference: "function" }), { where: "FCN" }], 128);
  assert.deepEqual(both.map(({ against }) => against), ["the limit", "f_0's part"]);
  assert.equal(correctionRows([made(), made({ quantity: "time" })], 128)[1].q, "τ at the mark");
});

Deno.test("parts: a place's references in one row, and none twice", () => {
  const own = made({
    reference: "own",
    fit: { ...made().correction!.fit, slope: estimate(5, 6, 7) },
  });
  const [row] = correctionPartRows([own, made()]);
  assert.deepEqual([row.a, row["a from the same f_0"], row["a of f_0's part"]], [
    ...["2.0 [1.0, 3.0]", "6.0 [5.0, 7.0]", "–"],
  ]);
  assert.deepEqual(correctionPartRows([own]), []);
  assert.throws(
    () => correctionPartRows([own, own]),
    /τ = 0.2 has a correction against "own" twice/,
  );
});

Deno.test("bounds: the largest departure that the fit's interval or the measured one allows", () => {
  const [row] = widthBoundRows([made()], 128);
  assert.equal(row["by the fit"], "−3.0 [−4.8, −1.0] %");
  assert.deepEqual([row.seeds, row.within], [6, "25 %"]); // 1 − 0.755 is 24.5 %
  const [none] = widthBoundRows([made()], 64);
  assert.deepEqual([none["measured at 64"], none.seeds, none.within], ["not run", "–", "5 %"]);
});

Deno.test("spreads: seeds for ±20 % at the variance and at both ends of its interval", () => {
  const spread = {
    ...{ rate: estimate(1, 2, 3), limitVariance: 0.01, groups: [] },
    ...{ at: () => estimate(0.02, 0.05, 0.2), limitShare: () => estimate(0.1, 0.2, 0.5) },
  } as unknown as NamedSpread["spread"];
  const [row] = widthSpreadRows([{ where: "FCN", spread }], { width: 128 });
  const seeds = [0.05, 0.02, 0.2].map((v) => seedsNeeded(v, { within: 0.2 }));
  assert.equal(row["seeds for ±20 %"], `${seeds[0]} [${seeds[1]}, ${seeds[2]}]`);
  assert(seeds[1] < seeds[0] && seeds[0] < seeds[2]);
});

Deno.test("seeds needed: the first number whose interval is within, found by trying all", () => {
  // 97.5 % points of Student's law by tables.
  const t = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179];
  for (const variance of [1e-5, 0.003, 0.01, 0.03, 0.05, 0.07]) {
    const first = t.findIndex((quantile, i) =>
      quantile * Math.sqrt(variance / (i + 2)) <= Math.log(1.2)
    );
    assert.equal(seedsNeeded(variance, { within: 0.2 }), first + 2);
  }
  assert.equal(seedsNeeded(0, { within: 0.01 }), 2);
  assert.equal(seedsNeeded(1, { within: 1e-6 }), Infinity);
  assert.throws(() => seedsNeeded(-1, { within: 0.2 }), /variance is -1/);
  assert.throws(() => seedsNeeded(1, { within: 0 }), /within is 0; it must be a positive number/);
});
