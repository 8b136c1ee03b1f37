/**
 * Times to a training loss and to a test loss.
 *
 * @module
 */
import { checkList, checkOneOf, checkPositive } from "../../numerics/checks.ts";
import { correlation, mean } from "../../statistics/mod.ts";
import { checkScope } from "../checks.ts";
import type { ScopeStudy } from "../studies/scope.ts";
import { timeAtMark } from "./mark.ts";
import { distinctNetworks, scopeAt } from "./scope.ts";

/** When one seed comes to a loss. */
export interface TimeToLoss {
  readonly seed: number;
  readonly time: number;
}

/**
 * When each seed first comes to a loss, as a share of that of a network that says nothing, linear in
 * ln τ and ln L between entries: ½‖Y‖² = 0.45 n for the training images, 0.45 an image for the test
 * images.
 *
 * @param of "training" or "test"
 * @param share above 1 for a loss above it, as all random networks begin
 * @returns none for a seed that does not come so far, or is there at the first recorded time
 * @throws {RangeError} if the share is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { timesToLoss } from "./scope_times.ts";
 * const [{ result }] = await storedResults<ScopeStudy>("scope");
 * const [early, late] = [3, 1].map((share) => timesToLoss(result, "training", share));
 * late.forEach(({ seed, time }) =>
 *   assert(early.every((other) => other.seed !== seed || other.time < time))
 * );
 * ```
 */
export function timesToLoss(
  study: ScopeStudy,
  of: "training" | "test",
  share: number,
): TimeToLoss[] {
  const { configuration: { n }, realizations } = checkScope("study", study);
  checkOneOf("of", of, ["training", "test"]);
  checkPositive("share", share);
  return realizations.flatMap((one) => {
    const losses = of === "training" ? one.loss : one.testLoss.map((loss) => n * loss);
    const time = timeAtMark(
      { time: one.time, configuration: { n } },
      { loss: losses, lambdaMax: one.lambdaMax },
      { lossLeft: share },
    );
    return time === undefined ? [] : [{ seed: one.seed, time }];
  });
}

/** How T/T_SL goes with the time to a loss, over networks. */
export interface TimeCorrelation {
  /** Pearson's, of ln T/T_SL with ln T. */
  readonly r: number;
  readonly networks: number;
}

/**
 * Over distinct networks that come to a training loss: the correlation of ln T/T_SL there with ln T, of
 * geometric means over seeds. It describes these networks, which were chosen and not drawn: it has no interval.
 *
 * @param share of ½‖Y‖²
 * @throws {RangeError} if fewer than four networks come there, or the share is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { timeCorrelation } from "./scope_times.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * assert(timeCorrelation(stored, 0.5).r < 0);
 * ```
 */
export function timeCorrelation(studies: readonly ScopeStudy[], share: number): TimeCorrelation {
  checkList("studies", studies, checkScope);
  checkPositive("share", share);
  const points = distinctNetworks(studies, "all")
    .map((study) => scopeAt(study, { lossLeft: share })).filter(({ length }) => length > 0);
  if (points.length < 4) {
    throw new RangeError(`${points.length} networks come to ${share} of ½‖Y‖²; it takes four`);
  }
  const logs = (of: "time" | "inefficiency") =>
    points.map((own) => mean(own.map((at) => Math.log(at[of]))));
  return { r: correlation(logs("time"), logs("inefficiency")), networks: points.length };
}
