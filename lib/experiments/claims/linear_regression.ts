/**
 * What notebook 03 judges: the stationary law and its three limits. That they are the paper's
 * Eqs. 10–12 is a reader's account; their text was not at hand, and what is judged here was derived
 * for this companion.
 *
 * @module
 */
import { checkList, checkOptions, checkRecord, must } from "../../numerics/checks.ts";
import { type MeanAndError, withError } from "../../statistics/mod.ts";
import { checkDimensionRow, checkMean, checkMeasuredAndLimit, checkValue } from "../checks.ts";
import type { SimulatedRegression } from "../theory/regression_by_particles.ts";
import type { DimensionRow, MeasuredAndLimit, NoisyRow } from "../theory/regression_rows.ts";
import type { Claim } from "./claim.ts";

type Estimate = Pick<MeanAndError, "mean" | "standardError">;

/** Within four standard errors, and what finite sizes are allowed. */
const agrees = ({ mean, standardError }: Estimate, law: number, allowance = 0) =>
  Math.abs(mean - law) <= 4 * standardError + allowance;

/** An estimate that would agree with anything says nothing. */
const isSharp = ({ standardError }: Estimate, law: number) => standardError < 0.05 * Math.abs(law);

/**
 * T_SL at the stationary law, a reader's Eq. 10: particles within four standard errors of the exact
 * T_SL, Eq. 6 within 10⁻⁹ of the exact flow's end, and no T/T_SL below 1 by more than 10⁻⁹; else not
 * confirmed. With a limit where the particles' standard error is 5 % or more.
 *
 * @param least the least T/T_SL at any finite time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stationaryClaim } from "./linear_regression.ts";
 * const simulated = { mean: 0.241, standardError: 0.008, exact: 0.239 };
 * const { verdict } = stationaryClaim({ byEq6: 50, byFlow: 50, least: 1, simulated });
 * assert.equal(verdict, "confirmed");
 * ```
 */
export function stationaryClaim(options: {
  readonly byEq6: number;
  readonly byFlow: number;
  readonly least: number;
  readonly simulated: Pick<SimulatedRegression, "mean" | "standardError" | "exact">;
}): Claim {
  const { byEq6, byFlow, least, simulated } = checkOptions("options", options, {
    ...{ byEq6: checkValue, byFlow: checkValue, least: checkValue },
    simulated: must(checkRecord, {
      mean: checkValue,
      standardError: checkValue,
      exact: checkValue,
    }),
  });
  const { exact } = simulated;
  const off = Math.abs(byFlow / byEq6 - 1);
  const holds = off < 1e-9 && least > 1 - 1e-9 && agrees(simulated, exact);
  return {
    claim: "T_SL of linear regression at the stationary law (Eq. 10 by a reader's account)",
    mark: "derived",
    verdict: !holds
      ? "not confirmed"
      : isSharp(simulated, exact)
      ? "confirmed"
      : "confirmed with a limit",
    evidence: `Particles in d = 2 have T_SL = ${withError(simulated)}, where the exact value is ` +
      `${exact.toPrecision(4)}; Eq. 6 is ${off.toExponential(0)} off the exact flow; the least ` +
      `T/T_SL at finite T is ${least.toFixed(6)}.`,
  };
}

/**
 * Many samples, T_SL → 2/n, a reader's Eq. 11: each row within four standard errors and a share
 * 0.05 d/n of the limit's law, and the measured n T_SL/2 closer to 1 from row to row, by a power of n
 * whose interval (two standard errors) ends below 0; else not confirmed. With a limit as long as the
 * last row's n T_SL/2, two standard errors included, is more than ½ % from 1. (By Marchenko and Pastur's
 * law the means of finite problems are 0.03 d/n or less off the limit's law.)
 *
 * @param rows from the smallest n to the largest
 * @throws {RangeError} if there are fewer than two
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meanAndError } from "../../statistics/mod.ts";
 * import { manySamplesClaim } from "./linear_regression.ts";
 * const row = (samples: number, x: number) => ({
 *   ...{ samples, dimension: 5, limit: 2 * x / samples },
 *   measured: meanAndError([1.999 * x / samples, 2.001 * x / samples]),
 * });
 * const { verdict } = manySamplesClaim([row(100, 0.96), row(400, 0.98)]);
 * assert.equal(verdict, "confirmed with a limit");
 * ```
 */
export function manySamplesClaim(rows: readonly MeasuredAndLimit[]): Claim {
  checkList("rows", rows, checkMeasuredAndLimit);
  if (rows.length < 2) throw new RangeError(`rows has ${rows.length}; it must have two at least`);
  const holds = rows.every(({ samples, dimension, measured, limit }) =>
    agrees(measured, limit, 0.05 * limit * dimension / samples) && isSharp(measured, limit)
  );
  const gaps = rows.map(({ samples, measured: { mean, standardError } }) => ({
    mean: Math.abs(1 - mean * samples / 2),
    standardError: standardError * samples / 2,
  }));
  const [first, last] = [rows[0], rows[rows.length - 1]];
  const [begin, end] = [gaps[0], gaps[gaps.length - 1]];
  const span = Math.log(last.samples / first.samples);
  const rate = {
    mean: Math.log(end.mean / begin.mean) / span,
    standardError: Math.hypot(
      begin.standardError / begin.mean,
      end.standardError / end.mean,
    ) / span,
  };
  const closer = gaps.every(({ mean }, i) => i === 0 || mean < gaps[i - 1].mean) &&
    rate.mean + 2 * rate.standardError < 0;
  const scale = last.samples / 2;
  const scaled = {
    mean: last.measured.mean * scale,
    standardError: last.measured.standardError * scale,
  };
  return {
    claim: "Many samples: T_SL → 2/n (Eq. 11 by a reader's account)",
    mark: "derived",
    verdict: !(holds && closer)
      ? "not confirmed"
      : end.mean + 2 * end.standardError < 0.005
      ? "confirmed"
      : "confirmed with a limit",
    evidence: `At n = ${last.samples}, n T_SL/2 is ${withError(scaled)}, and by the limit's law ${
      (last.limit * scale).toFixed(4)
    }; what is missing from 1 falls as n to the power ${withError(rate)}.`,
  };
}

/**
 * Many dimensions, a reader's Eq. 12: T/T_SL at T = 2/n and T_SL(∞), each within four standard errors
 * and a share 1/d of the law of many dimensions; else not confirmed. With a limit where a standard
 * error is 5 % or more.
 *
 * @param row of the largest d
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meanAndError } from "../../statistics/mod.ts";
 * import { manyDimensionsClaim } from "./linear_regression.ts";
 * const stationary = { measured: meanAndError([0.00099, 0.00101]), limit: 0.001 };
 * const ratio = { measured: meanAndError([1.46, 1.47]), limit: 1.46 };
 * const row = { samples: 2000, dimension: 500, ...ratio, stationary };
 * assert.equal(manyDimensionsClaim(row).verdict, "confirmed");
 * assert.equal(manyDimensionsClaim({ ...row, limit: 1.4 }).verdict, "not confirmed");
 * ```
 */
export function manyDimensionsClaim(row: DimensionRow): Claim {
  const { samples, dimension, measured, limit, stationary } = checkDimensionRow("row", row);
  const both = [{ measured, limit }, stationary];
  const holds = both.every((row) => agrees(row.measured, row.limit, row.limit / dimension));
  const scale = samples / 2;
  const scaled = {
    mean: stationary.measured.mean * scale,
    standardError: stationary.measured.standardError * scale,
  };
  return {
    claim: "Many dimensions: T_SL by Marchenko and Pastur's law (Eq. 12 by a reader's account)",
    mark: "derived",
    verdict: !holds
      ? "not confirmed"
      : both.every((row) => isSharp(row.measured, row.limit))
      ? "confirmed"
      : "confirmed with a limit",
    evidence: `At d = ${dimension}, n = ${samples}, T/T_SL at T = 2/n is ${
      withError(measured)
    }, and ${limit.toFixed(4)} by the law; n T_SL(∞)/2 is ${withError(scaled)}, and ${
      (stationary.limit * scale).toFixed(4)
    } by the law.`,
  };
}

/**
 * High noise learns in zero time: T_SL is within four standard errors and 1 % of the forecast, which
 * falls as β; else not confirmed. With a limit where what is learnt vanishes too, |mean|²/|θ*|² below
 * 10⁻³: then nothing is learnt.
 *
 * @param row of the highest noise
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { noisyRow } from "../theory/regression_rows.ts";
 * import { highNoiseClaim } from "./linear_regression.ts";
 * const row = noisyRow({ samples: 50, dimension: 10, beta: 1e-8 }, [0, 1, 2, 3, 4, 5]);
 * assert.equal(highNoiseClaim(row).verdict, "confirmed with a limit");
 * ```
 */
export function highNoiseClaim(
  row: {
    readonly beta: number;
    readonly relaxation: number;
    readonly speedLimit: Estimate;
    readonly learnt: Pick<MeanAndError, "mean">;
    readonly forecast: Pick<NoisyRow["forecast"], "speedLimit">;
  },
): Claim {
  const { beta, relaxation, speedLimit, learnt, forecast } = checkRecord("row", row, {
    ...{ beta: checkValue, relaxation: checkValue, speedLimit: checkMean },
    learnt: must(checkRecord, { mean: checkValue }),
    forecast: must(checkRecord, { speedLimit: checkValue }),
  });
  const holds = agrees(speedLimit, forecast.speedLimit, 0.01 * forecast.speedLimit);
  const nothing = learnt.mean < 1e-3;
  return {
    claim: "High noise learns in zero time",
    mark: "reviewer",
    verdict: !holds ? "not confirmed" : nothing ? "confirmed with a limit" : "confirmed",
    evidence: `At β = ${beta.toExponential(0)}, T_SL(∞) is ${withError(speedLimit)}, predicted ${
      forecast.speedLimit.toPrecision(4)
    }. It is ${
      (speedLimit.mean / relaxation).toFixed(2)
    } of the relaxation time βs², which vanishes with it. |mean|²/|θ*|² is ${
      learnt.mean.toExponential(1)
    }${nothing ? ": nothing is learnt" : ""}.`,
  };
}
