/**
 * What notebook 04 judges: the scaling laws of the kernel regime, as reviewers read the paper.
 *
 * @module
 */
import { checkList, checkNumber, checkOptions, checkRecord, must } from "../../numerics/checks.ts";
import { withInterval } from "../../statistics/mod.ts";
import { checkGrowths, checkScaledLengths, checkValue } from "../checks.ts";
import type { LateSlope, MeasuredGrowth, MeasuredLengths } from "../theory/power_law_growth.ts";
import type { Claim } from "./claim.ts";

/** An interval of an exponent says something only if it reaches no farther to either side. */
const SHARP = 0.1;

/** T/T_SL so far from its constant has not reached it. */
const REACHED = 0.05;

/** T/T_SL of a finite spectrum late in the window, and the constant that it should come to. */
export interface LatePlateau {
  readonly alpha: number;
  readonly delta: number;
  readonly measured: number;
  /** (1 + r)/(4(1 − 2^−r)), of infinitely many modes and T → ∞. */
  readonly limit: number;
}

const checkPlateau = must(checkRecord, {
  ...{ alpha: checkNumber, delta: checkNumber, measured: checkNumber, limit: checkNumber },
});

const holds = ({ interval: [low, high] }: LateSlope, value: number) =>
  low <= value && value <= high;

const sharp = ({ interval: [low, high] }: LateSlope) => high - low < 2 * SHARP;

/** Holds 0, and ends close to it on either side. */
const flat = (slope: LateSlope) =>
  holds(slope, 0) && slope.interval.every((end) => Math.abs(end) < SHARP);

const listed = (
  growths: readonly (LateSlope & { readonly alpha: number; readonly delta: number })[],
) =>
  growths.map((growth) =>
    `${withInterval(growth, { digits: 2 })} at (${growth.alpha}, ${growth.delta})`
  ).join(", ");

/** T as 1e4 is written. */
const power = (T: number) => T.toExponential(0).replace("e+", "e");

/**
 * δ < 1: T/T_SL stays O(1). The intervals of all measured exponents must hold 0, else it is not
 * confirmed; where one reaches 0.1 to either side it is undecided. Confirmed with a limit if one of the
 * T/T_SL is more than 5 % from its constant, which is then not reached in the window.
 *
 * @param at the T of the plateaus
 * @param growths those of δ < 1 are judged
 * @throws {RangeError} if none of the growths has δ < 1, or there is no plateau
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { plateauClaim } from "./kernel_regime.ts";
 * const slope = { mean: 0.02, interval: [-0.01, 0.05] as const, predicted: 0 };
 * const growths = [{ alpha: 1, delta: 0.5, ...slope, slope }];
 * const of = (limit: number) => [{ alpha: 1, delta: 0.5, measured: 1.3, limit }];
 * assert.equal(plateauClaim({ plateaus: of(1.28), at: 1e4, growths }).verdict, "confirmed");
 * const { verdict } = plateauClaim({ plateaus: of(1.5), at: 1e4, growths });
 * assert.equal(verdict, "confirmed with a limit");
 * ```
 */
export function plateauClaim(options: {
  readonly plateaus: readonly LatePlateau[];
  readonly at: number;
  readonly growths: readonly MeasuredGrowth[];
}): Claim {
  const { plateaus, at, growths } = checkOptions("options", options, {
    plateaus: must(checkList, checkPlateau),
    ...{ at: checkValue, growths: checkGrowths },
  });
  const below = growths.filter(({ delta }) => delta < 1);
  if (below.length === 0) throw new RangeError("growths has none with δ < 1; there must be one");
  if (plateaus.length === 0) throw new RangeError("plateaus is empty; there must be one");
  const off = Math.max(...plateaus.map(({ measured, limit }) => Math.abs(measured / limit - 1)));
  return {
    claim: "δ < 1: T/T_SL stays O(1)",
    mark: "reviewer",
    verdict: !below.every((growth) => holds(growth, 0))
      ? "not confirmed"
      : !below.every(flat)
      ? "undecided"
      : off < REACHED
      ? "confirmed"
      : "confirmed with a limit",
    evidence: `The exponents, each at its (α, δ), are ${listed(below)}. T/T_SL at T = ${
      power(at)
    } is ${
      plateaus.map(({ alpha, delta, measured, limit }) =>
        `${measured.toFixed(2)} where ι∞ = ${limit.toFixed(2)} at (${alpha}, ${delta})`
      ).join(", ")
    }. The constant grows without bound as δ → 1, and is reached the later.`,
  };
}

/**
 * δ > 1: T/T_SL grows as T^((δ−1)/α). For 1 < δ < 1 + α the intervals of all measured exponents must
 * hold (δ−1)/α and no 0; else it is not confirmed. Beyond δ = 1 + α the formula's exponent exceeds 1, and
 * the slope of ln T/T_SL itself is judged: confirmed where the intervals hold the formula there too, with
 * a limit where they hold 1 instead. Undecided where one interval reaches 0.1 or more to either side.
 *
 * @param growths those of δ > 1, off the line δ = 1 + α, are judged
 * @throws {RangeError} if there is none on either side of δ = 1 + α
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthClaim } from "./kernel_regime.ts";
 * const growths = [
 *   { alpha: 1, delta: 1.5, mean: 0.48, interval: [0.45, 0.51] as const, predicted: 0.5 },
 *   { alpha: 1, delta: 3, mean: 1, interval: [1, 1] as const, predicted: 1 },
 * ].map((growth) => ({ ...growth, slope: { mean: 1, interval: [0.97, 1.03] as const } }));
 * assert.equal(growthClaim(growths).verdict, "confirmed with a limit");
 * ```
 */
export function growthClaim(growths: readonly MeasuredGrowth[]): Claim {
  checkGrowths("growths", growths);
  const rising = growths.filter(({ alpha, delta }) => delta > 1 && delta < 1 + alpha);
  const beyond = growths.filter(({ alpha, delta }) => delta > 1 + alpha);
  if (rising.length === 0 || beyond.length === 0) {
    throw new RangeError("growths must have some with 1 < δ < 1 + α and some with δ > 1 + α");
  }
  const formula = ({ alpha, delta }: MeasuredGrowth) => (delta - 1) / alpha;
  const within = rising.every((growth) => holds(growth, formula(growth)) && !holds(growth, 0));
  const goesOn = beyond.every((growth) => holds(growth.slope, formula(growth)));
  const stops = beyond.every((growth) =>
    holds(growth.slope, 1) && !holds(growth.slope, formula(growth))
  );
  const tells = rising.every(sharp) && beyond.every(({ slope }) => sharp(slope));
  const values = (of: readonly MeasuredGrowth[], which: (growth: MeasuredGrowth) => LateSlope) =>
    of.map((growth) =>
      `${withInterval(which(growth), { digits: 2 })} where the formula says ${
        Number(formula(growth).toFixed(3))
      }`
    ).join(", ");
  return {
    claim: "δ > 1: T/T_SL grows as T^((δ−1)/α)",
    mark: "reviewer",
    verdict: !(within && (goesOn || stops))
      ? "not confirmed"
      : !tells
      ? "undecided"
      : goesOn
      ? "confirmed"
      : "confirmed with a limit",
    evidence: `For 1 < δ < 1 + α the exponents are ${
      values(rising, (growth) => growth)
    }. Beyond δ = 1 + α the slopes are ${values(beyond, ({ slope }) => slope)}${
      stops ? ": there the exponent stays 1" : ""
    }.`,
  };
}

/**
 * Path length and straight line scale alike for every α and δ. Not confirmed if off the line
 * δ = 1 + α the interval of the exponent of l_γ/l_geo ∝ T^p does not hold 0, or reaches 0.1. On the line
 * (l_γ/l_geo)² may still gain with ln T: confirmed if its gain holds 0, with a limit where it is
 * above.
 *
 * @throws {RangeError} if there are none on the line, or none off it
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lengthsClaim } from "./kernel_regime.ts";
 * const none = { mean: 0, interval: [-0.01, 0.01] as const };
 * const grows = { mean: 0.25, interval: [0.24, 0.26] as const };
 * const off = { alpha: 1, delta: 1.5, exponent: none, gain: none };
 * const on = { alpha: 1, delta: 2, exponent: none, gain: grows };
 * assert.equal(lengthsClaim([off, on]).verdict, "confirmed with a limit");
 * assert.equal(lengthsClaim([off, { ...on, gain: none }]).verdict, "confirmed");
 * ```
 */
export function lengthsClaim(lengths: readonly MeasuredLengths[]): Claim {
  checkScaledLengths("lengths", lengths);
  const isOn = ({ alpha, delta }: MeasuredLengths) => Math.abs(delta - 1 - alpha) < 1e-9;
  const [on, off] = [lengths.filter(isOn), lengths.filter((own) => !isOn(own))];
  if (on.length === 0 || off.length === 0) {
    throw new RangeError("lengths must have some with δ = 1 + α and some with another δ");
  }
  const alike = off.every(({ exponent }) => flat(exponent));
  const gains = on.map(({ gain }) => gain);
  const grows = gains.every(({ interval: [low] }) => low > 0);
  const still = gains.every((gain) => holds(gain, 0));
  return {
    claim: "Path length and straight line scale alike for every α and δ",
    mark: "reviewer",
    verdict: alike && still
      ? "confirmed"
      : alike && grows
      ? "confirmed with a limit"
      : "not confirmed",
    evidence: `Off δ = 1 + α the exponents of l_γ/l_geo, each at its (α, δ), are ${
      listed(off.map(({ exponent, ...laws }) => ({ ...laws, ...exponent })))
    }. On that line (l_γ/l_geo)² gains ${
      gains.map((gain) => withInterval(gain, { digits: 3 })).join(", ")
    } for each e-fold of T, where ½ √ln T would gain ¼.`,
  };
}
