/**
 * Rows of notebook 12's table of the lengths of a step of Langevin dynamics.
 *
 * @module
 */
import {
  type EnsemblesStudy,
  type LangevinStepsStudy,
  type LinearLangevinStep,
  seedMeanText,
} from "../../experiments/mod.ts";
import { checkEnsembles, ensembleName } from "../../experiments/readings/ensembles.ts";
import {
  checkLangevinSteps,
  langevinStepSizes,
  langevinStepsOver,
} from "../../experiments/readings/langevin_steps.ts";
import { checkLinearSteps } from "../../experiments/theory/linear_langevin_steps.ts";
import { checkList, checkNumbers } from "../../numerics/checks.ts";
import type { TableRows } from "./table_text.ts";

/**
 * What temperature adds to ⟨L⟩, ⟨|θ|²⟩ less that at the start, and the heat: by the shortest step, and at each other
 * length over that.
 *
 * @param ensembles studies of the same networks: without them what temperature adds is not known
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
  ensembles: readonly EnsemblesStudy[] = [],
): TableRows {
  checkList("studies", studies, checkLangevinSteps);
  checkNumbers("times", times);
  checkList("ensembles", ensembles, checkEnsembles);
  return studies.flatMap((study) => {
    const { lengths } = study.configuration;
    return Array.from(times).flatMap((time) =>
      lengths.slice(1).flatMap((length) => {
        const found = langevinStepsOver(study, { length, time, ensembles });
        if (found.length === 0) return [];
        return [{
          network: ensembleName(study),
          "τ": time,
          step: `${length} over ${lengths[0]}`,
          ...Object.fromEntries(
            found.map(({ text, moved, quotient }) => [
              text,
              quotient === undefined
                ? ""
                : `${seedMeanText(moved, { digits: 2 })} × ${seedMeanText(quotient, { digits: 3 })}`
                  .replaceAll("-", "−"),
            ]),
          ),
        }];
      })
    );
  });
}

/**
 * h and the numbers of steps at each length, over seeds from least to most.
 *
 * @throws {TypeError} if a study is of another kind
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type LangevinStepsStudy, storedResults } from "../../experiments/mod.ts";
 * import { langevinStepSizeRows } from "./langevin_step_tables.ts";
 * const [{ result }] = await storedResults<LangevinStepsStudy>("langevin_steps");
 * assert.equal(langevinStepSizeRows([result]).length, result.configuration.lengths.length);
 * ```
 */
export function langevinStepSizeRows(studies: readonly LangevinStepsStudy[]): TableRows {
  checkList("studies", studies, checkLangevinSteps);
  const over = (values: readonly number[], digits: number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)].map((x) => x.toFixed(digits));
    return low === high ? low : `${low} to ${high}`;
  };
  return studies.flatMap((study) =>
    study.configuration.lengths.flatMap((length) => {
      const sizes = langevinStepSizes(study, length);
      if (sizes.length === 0) return [];
      return [{
        ...{ network: ensembleName(study), length },
        h: over(sizes.map(({ step }) => step), 4),
        steps: over(sizes.map(({ count }) => count), 0),
      }];
    })
  );
}

/**
 * A linear model's means by Heun's steps over those of the exact law, without a sample.
 *
 * @throws {TypeError} if a row is not one of what `linearLangevinSteps` gives
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearLangevinStepRows } from "./langevin_step_tables.ts";
 * assert.deepEqual(linearLangevinStepRows([]), []);
 * ```
 */
export function linearLangevinStepRows(rows: readonly LinearLangevinStep[]): TableRows {
  checkList("rows", rows, checkLinearSteps);
  return rows.map(({ time, length, stiffness, meanLoss, meanSquare, heat }) => ({
    ...{ "τ": time, length, "h × the largest curvature of U": stiffness.toFixed(3) },
    "what temperature adds to ⟨L⟩ ×": meanLoss.quotient.toFixed(4),
    "⟨|θ|²⟩ less that at the start ×": meanSquare.quotient.toFixed(4),
    "heat ×": heat.quotient.toFixed(4),
  }));
}
