/**
 * What notebook 03 judges: the stationary law and its three limits. That they are
 * the paper's Eqs. 10–12 is a reader's account; their text was not at hand, and what is judged here was
 * derived for this companion.
 *
 * @module
 */
import { checkOptions, checkRecord, must } from "../../numerics/checks.ts";
import { checkMeasuredAndLimit, checkValue } from "../checks.ts";
import { type MeanAndError, withInterval } from "../../statistics/mod.ts";
import type { MeasuredAndLimit, NoisyRow } from "../regression_rows.ts";
import type { Claim } from "./claim.ts";

/**
 * Eq. 10: Eq. 6 gives the entropy production of the exact flow at its end, to 10⁻⁹.
 *
 * @param least the least T/T_SL at any finite time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stationaryClaim } from "./linear_regression.ts";
 * const { verdict } = stationaryClaim({ byEq6: 50, byFlow: 50, least: 1 });
 * assert.equal(verdict, "confirmed");
 * ```
 */
export function stationaryClaim(options: {
  readonly byEq6: number;
  readonly byFlow: number;
  readonly least: number;
}): Claim {
  const { byEq6, byFlow, least } = checkOptions("options", options, {
    ...{ byEq6: checkValue, byFlow: checkValue, least: checkValue },
  });
  const agree = Math.abs(byFlow / byEq6 - 1) < 1e-9;
  return {
    claim: "Eq. 10: T_SL of linear regression at the stationary law",
    mark: "derived",
    verdict: agree ? "confirmed" : "not confirmed",
    evidence: `Eq. 6 and the exact flow ${agree ? "agree" : "differ"}; T ≥ T_SL at all finite T ` +
      `(least ${least.toFixed(6)})`,
  };
}

/**
 * Eq. 11: T_SL is within 2 % of the limit's law. Confirmed with a limit: that law tends to 2/n only
 * as n^−½.
 *
 * @param row of the largest n
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meanAndError } from "../../statistics/mod.ts";
 * import { manySamplesClaim } from "./linear_regression.ts";
 * const measured = meanAndError([0.0199, 0.0201]);
 * const row = { samples: 100, dimension: 5, measured, limit: 0.02 };
 * assert.equal(manySamplesClaim(row).verdict, "confirmed with a limit");
 * assert.equal(manySamplesClaim({ ...row, limit: 0.021 }).verdict, "not confirmed");
 * ```
 */
export function manySamplesClaim(row: MeasuredAndLimit): Claim {
  const { samples, measured, limit } = checkMeasuredAndLimit("row", row);
  const off = Math.abs(measured.mean / limit - 1);
  return {
    claim: "Eq. 11: many samples, T_SL → 2/n",
    mark: "derived",
    verdict: off < 0.02 ? "confirmed with a limit" : "not confirmed",
    evidence: `n = ${samples}: within ${(100 * off).toFixed(2)} % of the limit's law; ` +
      `n T_SL/2 is still ${(limit * samples / 2).toFixed(3)}, for it tends to 1 only as n^−½`,
  };
}

/**
 * Eq. 12: T/T_SL is within four standard errors of the law of many dimensions.
 *
 * @param row of the largest d
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meanAndError } from "../../statistics/mod.ts";
 * import { manyDimensionsClaim } from "./linear_regression.ts";
 * const measured = meanAndError([1.46, 1.47]); // a standard error of .005
 * const row = { samples: 2000, dimension: 500, measured, limit: 1.46 };
 * assert.equal(manyDimensionsClaim(row).verdict, "confirmed");
 * assert.equal(manyDimensionsClaim({ ...row, limit: 1.4 }).verdict, "not confirmed");
 * ```
 */
export function manyDimensionsClaim(row: MeasuredAndLimit): Claim {
  const { dimension, measured, limit } = checkMeasuredAndLimit("row", row);
  const errors = Math.abs(measured.mean - limit) / measured.standardError;
  return {
    claim: "Eq. 12: many dimensions",
    mark: "derived",
    verdict: errors < 4 ? "confirmed" : "not confirmed",
    evidence: `d = ${dimension}: ${withInterval(measured, { digits: 4 })} for ${limit.toFixed(4)}`,
  };
}

/**
 * High noise: T_SL falls as its forecast to 10 %, and nothing is learnt. Confirmed with a limit: the
 * relaxation time falls with it.
 *
 * @param row of the highest noise
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { noisyRow } from "../regression_rows.ts";
 * import { highNoiseClaim } from "./linear_regression.ts";
 * const row = noisyRow({ samples: 50, dimension: 10, beta: 1e-8 }, [0, 1, 2, 3, 4, 5]);
 * assert.equal(highNoiseClaim(row).verdict, "confirmed with a limit");
 * ```
 */
export function highNoiseClaim(
  row: {
    readonly speedLimit: Pick<MeanAndError, "mean">;
    readonly learnt: Pick<MeanAndError, "mean">;
    readonly forecast: Pick<NoisyRow["forecast"], "speedLimit">;
  },
): Claim {
  const mean = must(checkRecord, { mean: checkValue });
  const { speedLimit, learnt, forecast } = checkRecord("row", row, {
    ...{ speedLimit: mean, learnt: mean },
    forecast: must(checkRecord, { speedLimit: checkValue }),
  });
  const off = Math.abs(speedLimit.mean / forecast.speedLimit - 1);
  return {
    claim: "High noise learns in zero time",
    mark: "reviewer",
    verdict: off < 0.1 ? "confirmed with a limit" : "not confirmed",
    evidence: `T_SL falls as β (${(100 * off).toFixed(1)} % off the forecast), and so does the ` +
      `relaxation time; |mean|²/|θ*|² is ${learnt.mean.toExponential(1)}: nothing is learnt`,
  };
}
