/**
 * What binds discrete steps: their limits, and where T/T_SL as read off descent is below 1.
 *
 * @module
 */
import { checkList } from "../../numerics/checks.ts";
import { checkDiscreteSteps } from "../checks.ts";
import { stepRateText, stepsEntries, stepsName } from "../readings/discrete_steps.ts";
import type { DiscreteStepsStudy } from "../studies/discrete_steps.ts";
import type { Claim } from "./claim.ts";
import { type Case, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** What the columns' digits and float32 losses leave open. */
const ROUNDING = 1e-4;
/** T/T_SL is below 1 at the start alone if for the last time at this step or before τ = 2/λ_max. */
const FIRST = 10;

/**
 * Both limits of discrete steps hold: N ≥ ‖Δθ‖²/Σ‖δθ‖² for every descent, and Nη ≥ (1 − ηλ̄/2) T_SL for
 * those with all images, at every entry, to 1e-4. A theorem: what is tested is that the numbers keep to
 * it. A case is a study.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { stepLimitsHold } from "./discrete_steps.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert.match(stepLimitsHold([result]).verdict, /^confirmed/);
 * ```
 */
export function stepLimitsHold(studies: readonly DiscreteStepsStudy[]): Claim {
  const cases = checkedStudies(studies).map((study): Case => {
    const entries = study.realizations.flatMap(({ descents }) => descents.flatMap(stepsEntries));
    const least = Math.min(...entries.map(({ stepInefficiency }) => stepInefficiency));
    const shares = entries.flatMap(({ limitShare }) => limitShare ?? []);
    const most = Math.max(...shares);
    const kept = least >= 1 - ROUNDING && !(most > 1 + ROUNDING);
    return {
      where: stepsName(study),
      judgement: entries.length === 0 ? "not reached" : kept ? "holds" : "fails",
      value: `N Σ‖δθ‖²/‖Δθ‖² ≥ ${least.toFixed(4)} at ${entries.length} entries, ` +
        `(1 − ηλ̄/2) T_SL ≤ ${most.toFixed(4)} N η at ${shares.length}`,
    };
  });
  return {
    claim: "No descent is faster than the limits of discrete steps, at any learning rate",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * T/T_SL is below 1 at the start alone: of a study and a rate it holds where in every seed it is so for the
 * last time at step 10 or earlier, or before τ = 2/λ_max, and was looked at later. One seed that is below 1
 * later, or diverges, is a counterexample.
 *
 * @throws {RangeError} if there is no descent with all images
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { belowOneAtFirst } from "./discrete_steps.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert.match(belowOneAtFirst([result]).evidence, /step/);
 * ```
 */
export function belowOneAtFirst(studies: readonly DiscreteStepsStudy[]): Claim {
  const cases = checkedStudies(studies).flatMap((study) => {
    const { realizations, configuration: { n } } = study;
    const all = realizations.flatMap(({ descents }) =>
      descents.filter(({ batchSize }) => batchSize >= n).map((one) => {
        const entries = stepsEntries(one);
        const below = entries.filter(({ descent }) => descent < 1);
        const [last, mark] = [below.at(-1)?.steps ?? 0, below.at(-1)?.mark ?? 0];
        return {
          ...{ rate: one.rate, diverged: one.diverged, last },
          least: Math.min(...entries.map(({ descent }) => descent)),
          early: !one.diverged && (last <= FIRST || mark <= 1) &&
            (entries.at(-1)?.steps ?? 0) > last,
        };
      })
    );
    return [...Map.groupBy(all, ({ rate }) => stepRateText(rate))].map(([name, rows]): Case => {
      const ended = rows.filter(({ diverged }) => diverged).length;
      const late = rows.filter(({ early }) => !early).length;
      const lasts = rows.map(({ last }) => last);
      const least = Math.min(...rows.map((row) => row.least)).toFixed(3);
      return {
        where: `${stepsName(study)}, ${name}`,
        judgement: late === 0 ? "holds" : "fails",
        value: `${least} at the least, below 1 for the last time at step ` +
          `${Math.min(...lasts)}–${Math.max(...lasts)}` +
          (late > 0 ? `, too late in ${late} of ${rows.length} seeds` : "") +
          (ended > 0 ? `, of which ${ended} diverge` : ""),
      };
    });
  });
  return {
    claim: `T/T_SL of descent is below 1 in the first ${FIRST} steps or before τ = 2/λ_max alone`,
    mark: "derived",
    ...verdictOver(atLeastOne(cases, "descent with all images")),
  };
}

/** The studies, one at least. */
export function checkedStudies(
  studies: readonly DiscreteStepsStudy[],
): readonly DiscreteStepsStudy[] {
  checkList("studies", studies, checkDiscreteSteps);
  return atLeastOne(studies, "study");
}
