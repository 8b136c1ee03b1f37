/**
 * What notebook 01 judges: the limit, whether it can be attained, and the square of W2.
 *
 * @module
 */
import {
  checkLength,
  checkList,
  checkOptions,
  checkPositive,
  checkRecord,
  must,
} from "../../numerics/checks.ts";
import { checkColumn, checkMean, checkValue } from "../checks.ts";
import type { Claim } from "./claim.ts";
import { atLeastOne } from "./paths.ts";

/** Ratios by particles, and what they should be. */
export interface ParticlesAndLaw {
  readonly measured: readonly { readonly mean: number; readonly standardError: number }[];
  readonly expected: readonly number[];
}

const checkParticles = (name: string, beside: ParticlesAndLaw): ParticlesAndLaw => {
  checkRecord(name, beside, { measured: must(checkList, checkMean), expected: checkColumn });
  checkLength(`${name}.expected`, beside.expected, beside.measured.length);
  return beside;
};

/**
 * T ≥ T_SL = W2²/β⁻¹R: no ratio T/T_SL is below 1 by more than three times the grid's error (and
 * rounding); else not confirmed. With a limit where the grid's error is 1 % or more, or particles lie
 * more than five standard errors off exact laws and densities.
 *
 * @param ratios all T/T_SL of exact laws and densities on grids
 * @param exact T/T_SL of a law that is known exactly, and `onGrid` of the same: the grid's error
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { langevinLimitClaim } from "./speed_limits.ts";
 * const grids = { exact: [1.2], onGrid: [1.2], particles: [] };
 * assert.equal(langevinLimitClaim({ ratios: [1, 1.2], ...grids }).verdict, "confirmed");
 * assert.equal(langevinLimitClaim({ ratios: [0.99, 1.2], ...grids }).verdict, "not confirmed");
 * ```
 */
export function langevinLimitClaim(options: {
  readonly ratios: readonly number[];
  readonly exact: readonly number[];
  readonly onGrid: readonly number[];
  readonly particles: readonly ParticlesAndLaw[];
}): Claim {
  const { ratios, exact, onGrid, particles } = checkOptions("options", options, {
    ...{ ratios: checkColumn, exact: checkColumn, onGrid: checkColumn },
    particles: must(checkList, checkParticles),
  });
  checkLength("onGrid", onGrid, atLeastOne(exact, "ratio of an exact law").length);
  const least = Math.min(...atLeastOne(ratios, "ratio"));
  const gridError = Math.max(...exact.map((ratio, i) => Math.abs(onGrid[i] / ratio - 1)));
  const far = Math.max(0, ...particles.map(farthest));
  return {
    claim: "T ≥ T_SL = W2²/β⁻¹R for Langevin dynamics",
    mark: "printed",
    verdict: !(least > 1 - 3 * gridError - 1e-9)
      ? "not confirmed"
      : gridError < 0.01 && far < 5
      ? "confirmed"
      : "confirmed with a limit",
    evidence: `The least T/T_SL is ${least.toFixed(5)} (the grid's error is ${
      gridError.toExponential(0)
    }); particles lie within ${far.toFixed(1)} standard errors of exact laws and densities.`,
  };
}

/**
 * How many standard errors the farthest of the particles' ratios is from what it should be.
 *
 * @throws {TypeError} if they are no such ratios
 * @throws {RangeError} if there are not as many measured as expected
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { farthest } from "./speed_limits.ts";
 * const measured = [{ mean: 2, standardError: 0.5 }, { mean: 3, standardError: 1 }];
 * assert.equal(farthest({ measured, expected: [1, 3] }), 2);
 * ```
 */
export function farthest(beside: ParticlesAndLaw): number {
  const { measured, expected } = checkParticles("beside", beside);
  return Math.max(
    ...measured.map(({ mean, standardError }, i) => Math.abs(mean - expected[i]) / standardError),
  );
}

/**
 * The limit can be attained: confirmed if a drive has T/T_SL within 10⁻³ of 1 and misses the goal by
 * less than 10⁻² of probability, with a limit if within 10⁻² and 10⁻¹ (a coarse grid), else not.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { attainedClaim } from "./speed_limits.ts";
 * const { verdict } = attainedClaim({ inefficiency: 1.0007, missed: 4e-5, cells: 400 });
 * assert.equal(verdict, "confirmed");
 * ```
 */
export function attainedClaim(options: {
  /** T/T_SL of the drive. */
  readonly inefficiency: number;
  /** ∫ |p_T − goal| dx. */
  readonly missed: number;
  /** Of the grid. */
  readonly cells: number;
}): Claim {
  const { inefficiency, missed, cells } = checkOptions("options", options, {
    ...{ inefficiency: checkValue, missed: checkValue, cells: checkValue },
  });
  const off = inefficiency - 1;
  const within = (ratio: number, probability: number) =>
    Math.abs(off) < ratio && missed < probability;
  return {
    claim: "The limit can be attained",
    mark: "derived",
    verdict: within(1e-3, 1e-2)
      ? "confirmed"
      : within(1e-2, 1e-1)
      ? "confirmed with a limit"
      : "not confirmed",
    evidence: `A drive between the double well's laws has T/T_SL − 1 = ${off.toExponential(1)} ` +
      `on ${cells} cells and misses the goal by ${missed.toExponential(1)} of probability.`,
  };
}

/** W2²/β⁻¹R and W2/β⁻¹R of one motion, measured in one unit of length. */
export interface InOneUnit {
  readonly unit: number;
  readonly withSquare: number;
  readonly withoutSquare: number;
}

const checkUnit = must(checkRecord, {
  ...{ unit: checkPositive, withSquare: checkPositive, withoutSquare: checkPositive },
});

/**
 * The erratum, W2 has its square: judged by what a change of the unit of length does to a bound on a
 * time, which must be nothing. Confirmed if W2²/β⁻¹R is the same in all units, to 10⁻⁹, and W2/β⁻¹R goes
 * as the unit; not confirmed if W2²/β⁻¹R changes or W2/β⁻¹R does not.
 *
 * @param units two different ones at least
 * @throws {RangeError} if there are fewer, or a value is not positive, as where the law does not move
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withoutSquareClaim } from "./speed_limits.ts";
 * const of = (unit: number) => ({ unit, withSquare: 1.4, withoutSquare: 0.8 * unit });
 * assert.equal(withoutSquareClaim([of(1), of(100)]).verdict, "confirmed");
 * ```
 */
export function withoutSquareClaim(units: readonly InOneUnit[]): Claim {
  checkList("units", units, checkUnit);
  const [first, ...others] = units;
  if (new Set(units.map(({ unit }) => unit)).size < 2) {
    throw new RangeError(`units has ${units.length}; there must be two different ones at least`);
  }
  const last = others[others.length - 1];
  const off = (of: (own: InOneUnit) => number) =>
    Math.max(...others.map((own) => Math.abs(of(own) / of(first) - 1)));
  const still = off(({ withSquare }) => withSquare) < 1e-9;
  const scales = off(({ withoutSquare, unit }) => withoutSquare / unit) < 1e-9;
  return {
    claim: "T_SL = W2²/β⁻¹R has the square that is missing in two places of the text (erratum)",
    mark: "reviewer",
    verdict: still && scales ? "confirmed" : "not confirmed",
    evidence: `In a unit of length ${last.unit / first.unit} times as large W2²/β⁻¹R is × ${
      (last.withSquare / first.withSquare).toPrecision(4)
    } and W2/β⁻¹R × ${
      (last.withoutSquare / first.withoutSquare).toPrecision(4)
    }: only the first bounds a time in all units.`,
  };
}
