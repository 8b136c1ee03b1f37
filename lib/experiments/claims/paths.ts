/**
 * Claims that every network on CIFAR-10 is asked: on the limit, the lengths, and the residue.
 *
 * @module
 */
import {
  checkList,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
} from "../../numerics/checks.ts";
import { leastToLargest, withInterval } from "../../statistics/mod.ts";
import { checkResidues, checkStudies, checkValue } from "../checks.ts";
import type { DescentBesideFlow } from "../readings/descent_comparison.ts";
import { checkMark, type Mark, markText } from "../readings/mark.ts";
import type { ResidueStudy } from "../studies/residues.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import { networkAndSize } from "../studies/network_text.ts";
import { seedMeanText } from "../studies/seed_mean.ts";
import { leastRatio, shareOnFirst } from "../readings/study_readings.ts";
import { atDistinct } from "./at_distinct.ts";
import type { Claim, Verdict } from "./claim.ts";
import { judgedWithin, verdictOver } from "./judged.ts";

/** l_γ/l_geo below this counts as O(1). */
const ORDER_ONE = 3;

/**
 * Of a list that a claim is judged by, that it is not empty.
 *
 * @throws {RangeError} if it is
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { atLeastOne } from "./paths.ts";
 * assert.deepEqual(atLeastOne([1], "study"), [1]);
 * assert.throws(() => atLeastOne([], "study with n = 500"), /there is no study with n = 500/);
 * ```
 */
export function atLeastOne<T>(list: readonly T[], what: string): readonly [T, ...T[]] {
  if (list.length === 0) throw new RangeError(`there is no ${what}; the claim needs one`);
  return list as readonly [T, ...T[]];
}

/**
 * Panel e: l_γ/l_geo is O(1), at every mark: it holds where the whole interval lies below 3, and fails
 * where it lies wholly above; 1 is the least there can be. One seed alone decides nothing.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { lengthsOfOrderOne } from "./paths.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_128_n500");
 * assert.equal(lengthsOfOrderOne([stored!.result], [{ time: 0.2 }]).verdict, "confirmed");
 * ```
 */
export function lengthsOfOrderOne(
  studies: readonly SpeedLimitStudy[],
  marks: readonly Mark[],
): Claim {
  checkStudies("studies", studies);
  checkList("marks", marks, checkMark);
  const all = atDistinct(atLeastOne(studies, "study"), marks, "cold");
  const cases = all.map(({ study, mark, tortuosity }) => ({
    where: `${networkAndSize(study)}, ${markText(mark)}`,
    judgement: judgedWithin(tortuosity, [0, ORDER_ONE]),
    value: seedMeanText(tortuosity, { of: study.realizations.length, digits: 2 }),
  }));
  const means = all.flatMap(({ tortuosity }) => tortuosity?.mean ?? []);
  const range = means.length > 0
    ? `From the cold start it is ${leastToLargest(means, { digits: 2, dash: " to " })}. `
    : "";
  const { verdict, evidence } = verdictOver(cases);
  return {
    claim: `The lengths' ratio l_γ/l_geo is O(1): within 1–${ORDER_ONE}`,
    mark: "reviewer",
    verdict,
    evidence: range + evidence,
  };
}

/**
 * T ≥ T_SL and l_γ ≥ l_geo wherever they were recorded, cold and warm, within the integrator's tolerance
 * (Eq. 8). The origin, where both are 1 by definition, does not count; the first entry after it lies
 * within one step of the integrator, where its error is larger: it is told of, and does not decide.
 *
 * @param descent gradient descent beside the flow, as an independent check
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { limitHolds } from "./paths.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_128_n500");
 * assert.equal(limitHolds([stored!.result], { tolerance: 0.01 }).verdict, "confirmed");
 * ```
 */
export function limitHolds(
  studies: readonly SpeedLimitStudy[],
  options: {
    readonly tolerance: number;
    readonly descent?: Pick<DescentBesideFlow, "epoch" | "difference">;
  },
): Claim {
  checkStudies("studies", studies);
  const { tolerance, descent } = checkOptions("options", options, {
    tolerance: checkPositive,
    descent: maybe(checkRecord, { epoch: checkValue, difference: checkValue }),
  });
  const least = leastRatio(studies, { from: 2 });
  const first = leastRatio(studies, { from: 1, to: 2 });
  return {
    claim:
      "The integrated flows keep to Eq. 8, T ≥ T_SL and l_γ ≥ l_geo (a check of the integrator)",
    mark: "derived",
    verdict: least >= 1 - tolerance ? "confirmed" : "not confirmed",
    evidence: `The least ratio of ${studies.length} studies is ${least.toFixed(5)}, where the ` +
      `tolerance is ${tolerance} (${first.toFixed(3)} at the first entry after an origin, within ` +
      "one step)" +
      (descent
        ? `; gradient descent agrees to ${
          (100 * Math.abs(descent.difference)).toFixed(1)
        } % after ` +
          `${descent.epoch} steps.`
        : "."),
  };
}

/**
 * Panel f: from the cold to the warm start the residue leaves the kernel's first ten eigenvectors. That it
 * spreads evenly is not asked: the share that would be so is told beside.
 * Confirmed if the interval of its share there lies lower from the warm start, not confirmed if it lies
 * higher, and undecided where the two meet or no warm start was reached.
 *
 * The paper shows the panel; that it says this is a reading.
 *
 * @throws {RangeError} if there are fewer than two realizations
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ResidueStudy, storedResults } from "../mod.ts";
 * import { residueSpreads } from "./paths.ts";
 * const [{ result }] = await storedResults<ResidueStudy>("residues");
 * assert.match(residueSpreads(result).evidence, /^The first ten of 500/);
 * ```
 */
export function residueSpreads(residues: ResidueStudy): Claim {
  checkResidues("residues", residues);
  const [cold, warm] = [shareOnFirst(residues, "cold"), shareOnFirst(residues, "warm")];
  if (!cold) {
    throw new RangeError(
      `there are ${residues.realizations.length} realizations; the claim needs two at least`,
    );
  }
  return {
    claim: `The residue leaves the first ten eigenvectors (${networkAndSize(residues)})`,
    mark: "reviewer",
    verdict: spread(cold.interval, warm?.interval),
    evidence: `The first ten of ${residues.configuration.n} eigenvectors have a share of ` +
      `${withInterval(cold, { digits: 2 })} at the cold start, and ` +
      `${
        warm ? withInterval(warm, { digits: 2 }) : "of none that is known"
      } at the warm start; a uniform residue would have ${
        Number((10 / residues.configuration.n).toPrecision(2))
      }.`,
  };
}

function spread(
  cold: readonly [low: number, high: number],
  warm: readonly [low: number, high: number] | undefined,
): Verdict {
  if (warm && cold[0] > warm[1]) return "confirmed";
  return warm && warm[0] > cold[1] ? "not confirmed" : "undecided";
}
