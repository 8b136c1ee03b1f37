/**
 * What notebook 12 says of the length of a step of Langevin dynamics.
 *
 * @module
 */
import { checkList } from "../../numerics/checks.ts";
import { ensembleName } from "../readings/ensembles.ts";
import { checkLangevinSteps, langevinStepsOver } from "../readings/langevin_steps.ts";
import type { LangevinStepsStudy } from "../studies/langevin_steps.ts";
import { seedMeanText } from "../studies/seed_mean.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** A mean over the ensemble that moves by less than this factor counts as unmoved. */
const UNMOVED = 1.05;

/**
 * Halving the step of the Langevin dynamics moves no mean over the ensemble: of ⟨L⟩, ⟨|θ|²⟩ and the heat at each time the
 * quotient of the second shortest step's over the shortest's has its interval over seeds within ×1.05. Over studies,
 * means and times as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type LangevinStepsStudy, storedResults } from "../mod.ts";
 * import { langevinStepsFine } from "./langevin_steps.ts";
 * const found = (await storedResults<LangevinStepsStudy>("langevin_steps")).map(({ result }) => result);
 * assert.match(langevinStepsFine(found).evidence, /step 0.15 over 0.075/);
 * ```
 */
export function langevinStepsFine(studies: readonly LangevinStepsStudy[]): Claim {
  checkList("studies", studies, checkLangevinSteps);
  const cases = atLeastOne(studies, "study").flatMap((study) => {
    const { configuration: { lengths, times } } = study;
    return times.flatMap((time) =>
      langevinStepsOver(study, { length: lengths[1], time }).map(({ text, quotient }): Case => ({
        where: `${ensembleName(study)}, ${text} at τ = ${time}`,
        judgement: judgedWithin(quotient, [1 / UNMOVED, UNMOVED]),
        value: `step ${lengths[1]} over ${lengths[0]} × ${seedMeanText(quotient, { digits: 3 })}`,
      }))
    );
  });
  return {
    claim:
      `Halving the step of the Langevin dynamics moves neither ⟨L⟩ nor ⟨|θ|²⟩ nor the heat (within ×${UNMOVED})`,
    mark: "derived",
    ...verdictOver(cases),
  };
}
