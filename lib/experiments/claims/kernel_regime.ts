/**
 * What notebook 04 judges: the scaling laws of the kernel regime, as reviewers read the paper.
 *
 * @module
 */
import { checkNumbers, checkOptions } from "../../numerics/checks.ts";
import { checkColumn, checkGrowths, checkValue } from "../checks.ts";
import type { MeasuredGrowth } from "../power_law_growth.ts";
import type { Claim } from "./claim.ts";
import { atLeastOne } from "./paths.ts";

/** The largest distance of measured exponents from the predicted ones; 0 if there are none. */
function offBy(growths: readonly MeasuredGrowth[]): number {
  return Math.max(0, ...growths.map(({ measured, predicted }) => Math.abs(measured - predicted)));
}

/**
 * δ < 1: T/T_SL stays O(1): within 5 % of its constant (25 %: with a limit), and measured exponents
 * within 0.1 of 0.
 *
 * @param plateaus T/T_SL late in the window over the constant (1+r)/(4(1−2^−r)), for each α
 * @param at the T of the plateaus
 * @param growths those of δ < 1 are judged
 * @throws {RangeError} if none of the growths has δ < 1
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { plateauClaim } from "./kernel_regime.ts";
 * const growths = [{ alpha: 1, delta: 0.5, measured: 0.02, accuracy: 0.004, predicted: 0 }];
 * const { verdict } = plateauClaim({ plateaus: [1.02, 0.96], at: 1e4, growths });
 * assert.equal(verdict, "confirmed");
 * ```
 */
export function plateauClaim(options: {
  readonly plateaus: readonly number[];
  readonly at: number;
  readonly growths: readonly MeasuredGrowth[];
}): Claim {
  const { plateaus, at, growths } = checkOptions("options", options, {
    ...{ plateaus: checkColumn, at: checkValue, growths: checkGrowths },
  });
  atLeastOne(plateaus, "plateau");
  const flat = growths.filter(({ delta }) => delta < 1);
  if (flat.length === 0) throw new RangeError("growths has none with δ < 1; there must be one");
  const off = Math.max(...plateaus.map((ratio) => Math.abs(ratio - 1)));
  const stays = offBy(flat) < 0.1;
  return {
    claim: "δ < 1: T/T_SL stays O(1)",
    mark: "reviewer",
    verdict: stays && off < 0.05
      ? "confirmed"
      : stays && off < 0.25
      ? "confirmed with a limit"
      : "not confirmed",
    evidence:
      `at T = ${at.toExponential(0).replace("e+", "e")} within ${
        (100 * off).toFixed(1)
      } % of (1+r)/(4(1−2^−r)), which grows without bound as δ → 1; measured exponent ` +
      `${flat[0].measured.toFixed(3)} ± ${flat[0].accuracy.toFixed(3)} (finite spectra)`,
  };
}

/**
 * δ > 1: T/T_SL grows as T^((δ−1)/α): measured exponents within 0.1. Confirmed with a limit: beyond
 * δ = 1 + α the exponent stays 1, and is held against that.
 *
 * @param growths those of δ > 1, off the line δ = 1 + α, are judged
 * @throws {RangeError} if there is none on either side of δ = 1 + α
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthClaim } from "./kernel_regime.ts";
 * const growths = [
 *   { alpha: 1, delta: 1.5, measured: 0.48, accuracy: 0.01, predicted: 0.5 },
 *   { alpha: 1, delta: 3, measured: 0.99, accuracy: 0.01, predicted: 1 },
 * ];
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
  const holds = offBy(rising) < 0.1 && offBy(beyond) < 0.1;
  return {
    claim: "δ > 1: T/T_SL grows as T^((δ−1)/α)",
    mark: "reviewer",
    verdict: holds ? "confirmed with a limit" : "not confirmed",
    evidence: `within ${offBy(rising).toFixed(3)} for 1 < δ < 1 + α; beyond δ = 1 + α the ` +
      `exponent stays 1 (measured ${beyond.map(({ measured }) => measured.toFixed(3)).join(", ")})`,
  };
}

/**
 * Path length and straight line scale alike for every α and δ: not where, on the line δ = 1 + α,
 * their ratio still grows by more than 5 % over the last decade of T.
 *
 * @param tortuosity l_γ/l_geo on the line δ = 1 + α, at the `times`
 * @throws {RangeError} if the times span less than a decade
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lengthsClaim } from "./kernel_regime.ts";
 * const times = [1, 10, 100, 1000];
 * const growing = lengthsClaim({ times, tortuosity: [1, 1.2, 1.4, 1.6] });
 * assert.equal(growing.verdict, "not confirmed");
 * assert.equal(lengthsClaim({ times, tortuosity: [1, 1.2, 1.2, 1.2] }).verdict, "confirmed");
 * ```
 */
export function lengthsClaim(options: {
  readonly times: ArrayLike<number>;
  readonly tortuosity: ArrayLike<number>;
}): Claim {
  const { times, tortuosity } = checkOptions("options", options, {
    ...{ times: checkNumbers, tortuosity: checkColumn },
  });
  const last = times.length - 1;
  if (!(times[last] >= 10 * times[0])) {
    throw new RangeError(`times go from ${times[0]} to ${times[last]}; they must span a decade`);
  }
  // To rounding: a time of 10^(5 − 1) may be a little below a tenth of 10^5.
  const before = Array.from(times).findIndex((T) => T >= times[last] / 10 * (1 - 1e-12));
  const decade = tortuosity[last] / tortuosity[before];
  return {
    claim: "Path length and straight line scale alike for every α and δ",
    mark: "reviewer",
    verdict: decade > 1.05 ? "not confirmed" : "confirmed",
    evidence:
      "alike on both sides of δ = 1 + α (for δ < 1 l_γ/l_geo ≤ 1.2011), but without bound " +
      `towards it, and on it as √ln T (α = 1: ${tortuosity[last].toFixed(2)} by T = ${
        times[last].toExponential(0)
      }, × ${decade.toFixed(2)} over the last decade)`,
  };
}
