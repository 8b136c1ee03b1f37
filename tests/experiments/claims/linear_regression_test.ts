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

Deno.test("Eq. 6 and the flow must agree to 1e-9", () => {
  const of = (byFlow: number) => stationaryClaim({ byEq6: 50, byFlow, least: 1.000001 });
  assert.equal(of(50 * (1 + 0.99e-9)).verdict, "confirmed");
  assert.equal(of(50 * (1 - 1.01e-9)).verdict, "not confirmed");
  assert.match(of(50).evidence, /flow agree; .* \(least 1\.000001\)/);
  assert.match(of(40).evidence, /flow differ;/);
  assert.equal(of(50).mark, "derived");
});

Deno.test("many samples: within 2 % of the limit's law", () => {
  const of = (mean: number) =>
    manySamplesClaim({ samples: 100, dimension: 5, measured: measured(mean), limit: 0.0198 });
  assert.equal(of(0.0198 * 1.0199).verdict, "confirmed with a limit");
  assert.equal(of(0.0198 * 0.9799).verdict, "not confirmed");
  assert.match(of(0.0198).evidence, /n T_SL\/2 is still 0\.990,/);
});

Deno.test("many dimensions: within four standard errors", () => {
  const of = (mean: number) =>
    manyDimensionsClaim({
      ...{ samples: 2000, dimension: 500, limit: 1.4 },
      measured: measured(mean, 0.0003),
    });
  assert.equal(of(1.4 + 3.9 * 0.0003).verdict, "confirmed");
  assert.equal(of(1.4 - 4.1 * 0.0003).verdict, "not confirmed");
  assert.equal(of(1.4).evidence, "d = 500: 1.4000 [1.3994, 1.4006] for 1.4000");
});

Deno.test("high noise: within 10 % of the forecast, and always with a limit", () => {
  const of = (speedLimit: number) =>
    highNoiseClaim({
      speedLimit: { mean: speedLimit },
      learnt: { mean: 2.2e-11 },
      forecast: { speedLimit: 1e-6 },
    });
  assert.equal(of(1.099e-6).verdict, "confirmed with a limit");
  assert.equal(of(0.899e-6).verdict, "not confirmed");
  assert.match(of(1e-6).evidence, /is 2\.2e-11: nothing is learnt/);
  assert.equal(of(1e-6).mark, "reviewer");
});
