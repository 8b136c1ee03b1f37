/**
 * Rows of long descents, seed by seed: geometric means over few seeds hide errors that cancel.
 *
 * @module
 */
import {
  type DiscreteStepsStudy,
  stepRateText,
  type StepsBesideFlow,
  stepsBesideFlow,
  stepsName,
  stepsSharpness,
} from "../../experiments/mod.ts";
import { checkDiscreteSteps } from "../../experiments/checks.ts";
import { checkInteger, checkList } from "../../numerics/checks.ts";
import type { TableRows } from "./table_text.ts";

/**
 * Descents with all images beside the flow from a step on, a row for each seed and time: T/T_SL of both, the
 * difference in percent and N (1 − ι_GD/ι); and, at the steps where it was looked at, ηλ_max/2 of the Hessian, with
 * that of the flow's kernel at the same time, and the loss. Nothing where no descent goes so far.
 *
 * @param from the least number of steps
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../../experiments/mod.ts";
 * import { stepsLongRows } from "./long_steps_table.ts";
 * const studies = (await storedResults<DiscreteStepsStudy>("discrete_steps"))
 *   .map(({ result }) => result);
 * assert(stepsLongRows(studies, 300).every((row) => Number(row.N) >= 300));
 * ```
 */
export function stepsLongRows(studies: readonly DiscreteStepsStudy[], from: number): TableRows {
  checkList("studies", studies, checkDiscreteSteps);
  checkInteger("from", from);
  return studies.flatMap((study) => {
    const looks = stepsSharpness(study);
    return stepsBesideFlow(study)
      .filter(({ steps, batchSize }) => steps >= from && batchSize >= study.configuration.n)
      .sort((a, b) => asked(a) - asked(b) || a.seed - b.seed || a.steps - b.steps)
      .map(({ rate, seed, steps, mark, descent, flow, difference }) => {
        const name = stepRateText(rate);
        const look = looks.find((one) =>
          one.seed === seed && one.steps === steps && stepRateText(one.rate) === name
        );
        return {
          ...{ network: stepsName(study), "η": name, seed, N: steps },
          "τ in 2/λ_max": mark.toFixed(0),
          ...{ "T/T_SL": descent.toFixed(2), "of the flow": flow.toFixed(2) },
          "difference, %": (100 * difference).toFixed(1),
          "N (1 − ι_GD/ι)": (-steps * difference).toFixed(0),
          "ηλ_max/2": look?.edge.toFixed(2) ?? "",
          "of the flow's kernel": look?.flowKernel?.toFixed(2) ?? "",
          L: look?.loss.toPrecision(3) ?? "",
        };
      });
  });
}

/** The rate as it was asked for: λ_max is rounded, and with it what a seed's share comes to. */
const asked = ({ rate, share }: StepsBesideFlow) => "share" in rate ? rate.share : share;
