/**
 * Claims that every network on CIFAR-10 is asked: on the limit, the lengths, and the residue.
 *
 * @module
 */
import { checkResidues } from "../checks.ts";
import { leastToLargest, withInterval } from "../../statistics/mod.ts";
import { ratiosAt } from "../over_realizations.ts";
import type { ResidueStudy } from "../studies/residues.ts";
import type { SpeedLimitStudy } from "../speed_limit.ts";
import { shareOnFirst } from "../study_readings.ts";
import type { Claim } from "./claim.ts";

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
 * Whether l_γ/l_geo is O(1) at the end of all cold paths: below 3 in the mean of every study.
 *
 * @returns the verdict, and from where to where the means lie
 * @throws {RangeError} if there is no study, or one has fewer than two realizations
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../mod.ts";
 * import { lengthsAlike } from "./paths.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert.equal(lengthsAlike([study]).verdict, "confirmed");
 * ```
 */
export function lengthsAlike(
  studies: readonly SpeedLimitStudy[],
): Pick<Claim, "verdict"> & { readonly range: string } {
  const lengths = atLeastOne(studies, "study").map((study) => ratiosAt(study).cold.tortuosity.mean);
  return {
    verdict: Math.max(...lengths) < ORDER_ONE ? "confirmed" : "not confirmed",
    range: leastToLargest(lengths, { digits: 2, dash: " to " }),
  };
}

/**
 * Panel f: from the cold to the warm start the residue leaves the kernel's first ten eigenvectors.
 * Confirmed if the two intervals of its share there do not meet.
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
 * assert.match(residueSpreads(result).evidence, /^share on the first ten of 500/);
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
    claim: "The residue moves from the top eigenvectors to all",
    mark: "reviewer",
    verdict: warm && cold.interval[0] > warm.interval[1] ? "confirmed" : "not confirmed",
    evidence: `share on the first ten of ${residues.configuration.n}: ` +
      `${withInterval(cold, { digits: 2 })} cold, ${withInterval(warm, { digits: 2 })} warm`,
  };
}
