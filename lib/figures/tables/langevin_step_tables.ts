/**
 * Rows of notebook 12's table of the lengths of a step of Langevin dynamics.
 *
 * @module
 */
import { type LangevinStepsStudy, seedMeanText } from "../../experiments/mod.ts";
import { ensembleName } from "../../experiments/readings/ensembles.ts";
import {
  checkLangevinSteps,
  langevinStepsOver,
} from "../../experiments/readings/langevin_steps.ts";
import { checkList, checkNumbers } from "../../numerics/checks.ts";
import type { TableRows } from "./table_text.ts";

/**
 * ⟨L⟩, ⟨|θ|²⟩ and the heat at each length of a step, over those at the shortest.
 *
 * @throws {TypeError} if a study is of another kind
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type LangevinStepsStudy, storedResults } from "../../experiments/mod.ts";
 * import { langevinStepRows } from "./langevin_step_tables.ts";
 * const [{ result }] = await storedResults<LangevinStepsStudy>("langevin_steps");
 * assert.equal(langevinStepRows([result], [1]).length, result.configuration.lengths.length - 1);
 * ```
 */
export function langevinStepRows(
  studies: readonly LangevinStepsStudy[],
  times: readonly number[],
): TableRows {
  checkList("studies", studies, checkLangevinSteps);
  checkNumbers("times", times);
  return studies.flatMap((study) => {
    const { lengths } = study.configuration;
    return Array.from(times).flatMap((time) =>
      lengths.slice(1).flatMap((length) => {
        const found = langevinStepsOver(study, { length, time });
        if (found.length === 0) return [];
        return [{
          network: ensembleName(study),
          "τ": time,
          step: `${length} over ${lengths[0]}`,
          ...Object.fromEntries(
            found.map(({ text, quotient }) => [`${text} ×`, seedMeanText(quotient, { digits: 3 })]),
          ),
        }];
      })
    );
  });
}
