/**
 * What is said of the paper's fully connected networks, held against studies of them (notebook 06).
 *
 * @module
 */
import { checkNumber, checkOptions, checkRecord, must } from "../../numerics/checks.ts";
import { checkSizeGrowths, checkStudies, checkStudy, checkValue } from "../checks.ts";
import { withInterval } from "../../statistics/mod.ts";
import type { DescentBesideFlow } from "../descent_comparison.ts";
import { ratiosAt } from "../over_realizations.ts";
import { factorText, type SizeGrowth } from "../size_growth.ts";
import type { SpeedLimitStudy } from "../speed_limit.ts";
import { leastRatio } from "../study_readings.ts";
import type { Claim } from "./claim.ts";
import { atLeastOne, lengthsAlike } from "./paths.ts";

const starts = (study: SpeedLimitStudy) => {
  const { cold, warm } = ratiosAt(study);
  return {
    cold: cold.inefficiency,
    warm: warm?.inefficiency,
    text: `cold ${withInterval(cold.inefficiency)}, ` +
      `warm ${withInterval(warm?.inefficiency, { digits: 2 })}`,
  };
};

/**
 * The figure to remember: T/T_SL from both starts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../mod.ts";
 * import { fullyConnectedHeadline } from "./fully_connected.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert.match(fullyConnectedHeadline(study), /^T\/T_SL = .* cold, .* warm \(n = 1000/);
 * ```
 */
export function fullyConnectedHeadline(study: SpeedLimitStudy): string {
  checkStudy("study", study);
  const { cold, warm } = starts(study);
  const { n, horizon } = study.configuration;
  return `T/T_SL = ${withInterval(cold)} cold, ${withInterval(warm, { digits: 2 })} warm ` +
    `(n = ${n}, ${study.realizations.length} seeds, τ = ${horizon})`;
}

/**
 * Eq. 8 on every path, within the integrator's tolerance. The first entry after an origin lies within
 * one step of the integrator, where its error is larger: it is told of, and does not decide.
 *
 * @param descent gradient descent beside the flow, as an independent check
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../mod.ts";
 * import { limitHolds } from "./fully_connected.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * const descent = { epoch: 370, difference: -0.003 };
 * assert.match(limitHolds([study], { tolerance: 0.01, descent }).evidence, /to 0.3 % after 370/);
 * ```
 */
export function limitHolds(
  studies: readonly SpeedLimitStudy[],
  options: {
    readonly tolerance: number;
    readonly descent: Pick<DescentBesideFlow, "epoch" | "difference">;
  },
): Claim {
  checkStudies("studies", studies);
  const { tolerance, descent: { epoch, difference } } = checkOptions("options", options, {
    tolerance: must(checkNumber, { least: 0 }),
    descent: must(checkRecord, { epoch: checkValue, difference: checkValue }),
  });
  const least = leastRatio(studies, { from: 2 });
  const first = leastRatio(studies, { from: 1, to: 2 });
  return {
    claim: "T ≥ T_SL and l_γ ≥ l_geo (Eq. 8)",
    mark: "printed",
    verdict: least >= 1 - tolerance ? "confirmed" : "not confirmed",
    evidence:
      `least ratio ${least.toFixed(4)}, tolerance ${tolerance} (${first.toFixed(3)} at the ` +
      "first entry after an origin, within one step); gradient descent agrees to " +
      `${(100 * Math.abs(difference)).toFixed(1)} % after ${epoch} steps`,
  };
}

/**
 * Cold T/T_SL about 30 and warm 2–5 at n = 500, as a reviewer read Figure 1: at most confirmed with a
 * limit, where cold is above 10 and warm between 2 and 10 (these are not Myrtle-5).
 *
 * @throws {RangeError} if the study has fewer than two realizations
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../mod.ts";
 * import { coldAndWarm } from "./fully_connected.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const { result } = stored.find(({ name }) => name === "fully_connected_256_n500_tau5")!;
 * assert.equal(coldAndWarm(result).verdict, "confirmed with a limit");
 * ```
 */
export function coldAndWarm(study: SpeedLimitStudy): Claim {
  checkStudy("study", study);
  const { cold, warm, text } = starts(study);
  const near = cold.mean > 10 && warm !== undefined && warm.mean > 2 && warm.mean < 10;
  return {
    claim: "Cold inefficiency about 30 at n = 500, warm 2–5",
    mark: "reviewer",
    verdict: near ? "confirmed with a limit" : "not confirmed",
    evidence: `τ = ${study.configuration.horizon}: ${text}; it grows with the horizon, and with ` +
      "He's scale only: see the variants",
  };
}

/**
 * Its fall with n, as a reviewer read Figure 1: confirmed where the factor between the largest and the
 * smallest n, at the same τ, is below 1 with its whole interval.
 *
 * @throws {RangeError} if there is no pair of sizes
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { coldFallsWithSize } from "./fully_connected.ts";
 * const factor = { middle: 2.2, low: 2.1, high: 2.3, seeds: 6 };
 * const growth = { width: 256, n: 5000, from: 500, sum: factor, mean: factor };
 * assert.equal(coldFallsWithSize([growth]).verdict, "not confirmed");
 * ```
 */
export function coldFallsWithSize(growth: readonly SizeGrowth[]): Claim {
  checkSizeGrowths("growth", growth);
  const { n, from, sum, mean } = atLeastOne(growth, "pair of sizes")
    .reduce((a, b) => b.n > a.n ? b : a);
  return {
    claim: "Cold inefficiency falls with n",
    mark: "reviewer",
    verdict: sum.high < 1 ? "confirmed" : "not confirmed",
    evidence: `n = ${n} over n = ${from}, seed by seed: × ${factorText(sum)} at the same τ, ` +
      `× ${factorText(mean)} at the same epoch of a mean loss`,
  };
}

/**
 * l_γ/l_geo is O(1): the path is nearly straight.
 *
 * @throws {RangeError} as {@link lengthsAlike} does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../mod.ts";
 * import { nearlyStraight } from "./fully_connected.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert.match(nearlyStraight([study]).evidence, /^cold 1\.\d\d to 1\.\d\d$/);
 * ```
 */
export function nearlyStraight(studies: readonly SpeedLimitStudy[]): Claim {
  checkStudies("studies", studies);
  const { verdict, range } = lengthsAlike(studies);
  return {
    claim: "The path is nearly straight: l_γ/l_geo is O(1)",
    mark: "reviewer",
    verdict,
    evidence: `cold ${range}`,
  };
}
