import assert from "node:assert/strict";
import {
  highNoiseClaim,
  manyDimensionsClaim,
  manySamplesClaim,
  type MeanAndError,
  stationaryClaim,
} from "../../../lib/mod.ts";

const measured = (mean: number, standardError = 0.01): MeanAndError => ({
  ...{ mean, standardError, count: 8 },
  interval: [mean - 2 * standardError, mean + 2 * standardError],
});

Deno.test("the stationary law: particles, Eq. 6 and the limit must all hold", () => {
  const of = ({ mean = 0.24, error = 0.01, byFlow = 50, least = 1.000001 }) =>
    stationaryClaim({
      ...{ byEq6: 50, byFlow, least },
      simulated: { mean, standardError: error, exact: 0.24 },
    });
  assert.equal(of({}).verdict, "confirmed");
  assert.equal(of({ mean: 0.2799 }).verdict, "confirmed");
  assert.equal(of({ mean: 0.2801 }).verdict, "not confirmed");
  assert.equal(of({ mean: 0.1999 }).verdict, "not confirmed");
  assert.equal(of({ mean: NaN }).verdict, "not confirmed");
  assert.equal(of({ error: 0.0121 }).verdict, "confirmed with a limit");
  assert.equal(of({ byFlow: 50 * (1 + 0.99e-9) }).verdict, "confirmed");
  assert.equal(of({ byFlow: 50 * (1 - 1.01e-9) }).verdict, "not confirmed");
  assert.equal(of({ least: 1 - 1.01e-9 }).verdict, "not confirmed");
  assert.match(
    of({}).evidence,
    /^Particles in d = 2 have T_SL = 0\.240 ± 0\.010, .* 0\.2400; .* 1\.000001\.$/,
  );
  assert.equal(of({}).mark, "derived");
});

Deno.test("many samples: rows at their law, and the law on its way to 2/n", () => {
  const row = (samples: number, law: number, off = 0, error = 1e-3) => ({
    ...{ samples, dimension: 10, limit: 2 * law / samples },
    measured: measured(2 * (law + off) / samples, 2 * error / samples),
  });
  const of = (...rows: Parameters<typeof manySamplesClaim>[0]) => manySamplesClaim(rows);
  assert.equal(of(row(100, 0.9), row(10000, 0.99)).verdict, "confirmed with a limit");
  assert.equal(of(row(100, 0.9), row(10000, 0.9951, 0, 4e-5)).verdict, "confirmed");
  assert.equal(of(row(100, 0.9), row(10000, 0.9951, 0, 6e-5)).verdict, "confirmed with a limit");
  assert.equal(of(row(100, 0.9), row(10000, 0.99, 0.00404)).verdict, "confirmed with a limit");
  assert.equal(of(row(100, 0.9), row(10000, 0.99, 0.00406)).verdict, "not confirmed");
  assert.equal(of(row(100, 0.9), row(10000, 0.99, -0.00406)).verdict, "not confirmed");
  // It is what is measured that must come closer, beyond its error.
  assert.equal(of(row(100, 0.9, 0.008), row(10000, 0.899, 0.008)).verdict, "not confirmed");
  assert.equal(of(row(100, 0.99, 0, 1e-3), row(1000, 0.993, 0, 3e-3)).verdict, "not confirmed");
  assert.equal(
    of(row(100, 0.99, 0, 1e-4), row(1000, 0.993, 0, 1e-4)).verdict,
    "confirmed with a limit",
  );
  assert.equal(of(row(100, 0.9, 0.1), row(10000, 0.99)).verdict, "not confirmed");
  assert.equal(of(row(100, 0.9), row(10000, 0.89)).verdict, "not confirmed");
  assert.equal(of(row(100, 0.9), row(10000, 0.99, 0, 0.05)).verdict, "not confirmed");
  assert.equal(of(row(100, 0.9), row(10000, 0.99, NaN)).verdict, "not confirmed");
  assert.match(
    of(row(100, 0.9), row(10000, 0.99)).evidence,
    /falls as n to the power -0\.500 ± 0\.022\.$/,
  );
  assert.throws(() => of(row(100, 0.9)), /rows has 1; it must have two/);
});

Deno.test("many dimensions: both numbers within four standard errors and 1/d", () => {
  const of = (ratio: number, stationary = 0.001, error = 3e-4) =>
    manyDimensionsClaim({
      ...{ samples: 2000, dimension: 500, limit: 1.4, measured: measured(ratio, error) },
      stationary: { measured: measured(stationary, 1e-6), limit: 0.001 },
    });
  assert.equal(of(1.4 + 3.9 * 3e-4 + 0.0028).verdict, "confirmed");
  assert.equal(of(1.4 - 4.1 * 3e-4 - 0.0028).verdict, "not confirmed");
  assert.equal(of(1.4, 0.0010059).verdict, "confirmed");
  assert.equal(of(1.4, 0.0009939).verdict, "not confirmed");
  assert.equal(of(1.4, 0.001, 0.0701).verdict, "confirmed with a limit");
  assert.equal(of(NaN).verdict, "not confirmed");
  assert.match(of(1.4).evidence, /n T_SL\(∞\)\/2 is 1\.0000 ± 0\.0010, and 1\.0000 by the law\.$/);
});

Deno.test("high noise: T_SL as predicted, and a limit where nothing is learnt", () => {
  const of = (speedLimit: number, learnt = 2.2e-11) =>
    highNoiseClaim({
      ...{ beta: 1e-6, relaxation: 1e-6, speedLimit: { mean: speedLimit, standardError: 1e-9 } },
      ...{ learnt: { mean: learnt }, forecast: { speedLimit: 1e-6 } },
    });
  assert.equal(of(1.0139e-6).verdict, "confirmed with a limit");
  assert.equal(of(1.0141e-6).verdict, "not confirmed");
  assert.equal(of(0.9859e-6).verdict, "not confirmed");
  assert.equal(of(NaN).verdict, "not confirmed");
  assert.equal(of(1e-6, 0.99e-3).verdict, "confirmed with a limit");
  assert.equal(of(1e-6, 1.01e-3).verdict, "confirmed");
  assert.match(of(1e-6).evidence, /is 2\.2e-11: nothing is learnt/);
  assert.equal(of(1e-6).mark, "reviewer");
});
