/**
 * What notebook 12 says of the length of a step of Langevin dynamics.
 *
 * @module
 */
import { checkList, checkOptions, maybe } from "../../numerics/checks.ts";
import { checkEnsembles, ensembleName } from "../readings/ensembles.ts";
import {
  checkLangevinSteps,
  LANGEVIN_MEANS,
  langevinStepsOver,
} from "../readings/langevin_steps.ts";
import type { EnsemblesStudy } from "../studies/ensembles.ts";
import type { LangevinStepsStudy } from "../studies/langevin_steps.ts";
import { seedMeanText } from "../studies/seed_mean.ts";
import { checkLinearSteps, type LinearLangevinStep } from "../theory/linear_langevin_steps.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** What temperature or time moved counts as unmoved by the step within this factor. */
const UNMOVED = 1.05;

/**
 * Halving the step of the Langevin dynamics does not change what temperature adds to ⟨L⟩, how far ⟨|θ|²⟩ goes from the
 * start, or the heat: at each time the quotient of the second shortest step's over the shortest's has its interval over
 * seeds within ×1.05. Means that hardly move would pass such a rule of themselves; so it is of what moves them. Of a linear
 * model the second shortest step is held to the exact law instead, if that is given. Cases of one study share its paths.
 * Over studies, means and times as `verdictOver` does.
 *
 * @param options ensembles: studies of the same networks, with ⟨L⟩ under gradient flow; exact: what
 * `linearLangevinSteps` gives of the linear model
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
export function langevinStepsFine(
  studies: readonly LangevinStepsStudy[],
  options: {
    readonly ensembles?: readonly EnsemblesStudy[];
    readonly exact?: readonly LinearLangevinStep[];
  } = {},
): Claim {
  checkList("studies", studies, checkLangevinSteps);
  const { ensembles = [], exact = [] } = checkOptions("options", options, {
    ensembles: maybe(checkList, checkEnsembles),
    exact: maybe(checkList, checkLinearSteps),
  });
  const cases = atLeastOne(studies, "study").flatMap((study) => {
    const { depth, lengths: [, length] } = study.configuration;
    const known = depth > 0 ? [] : exact.filter((one) => one.length === length);
    return known.length > 0
      ? known.flatMap((one) => exactCases(ensembleName(study), one))
      : sampledCases(study, ensembles);
  });
  const settings = [
    ...new Set(studies.map(({ configuration: { n, beta } }) => `n = ${n}, β = ${beta}`)),
  ];
  return {
    claim: `Halving the step of the Langevin dynamics moves neither what temperature adds to ` +
      `⟨L⟩, nor how far ⟨|θ|²⟩ goes, nor the heat (within ×${UNMOVED}; ${settings.join("; ")})`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

function sampledCases(study: LangevinStepsStudy, ensembles: readonly EnsemblesStudy[]): Case[] {
  const { lengths: [least, length], times } = study.configuration;
  return times.flatMap((time) =>
    langevinStepsOver(study, { length, time, ensembles }).map(({ text, quotient }): Case => ({
      where: `${ensembleName(study)}, ${text} at τ = ${time}`,
      judgement: judgedWithin(quotient, [1 / UNMOVED, UNMOVED]),
      value: `step ${length} over ${least} × ${seedMeanText(quotient, { digits: 2 })}`,
    }))
  );
}

const exactCases = (name: string, one: LinearLangevinStep): Case[] =>
  (Object.keys(LANGEVIN_MEANS) as (keyof typeof LANGEVIN_MEANS)[]).map((mean) => {
    const { quotient } = one[mean];
    return {
      where: `${name}, ${LANGEVIN_MEANS[mean]} at τ = ${one.time}`,
      judgement: judgedWithin({ interval: [quotient, quotient] }, [1 / UNMOVED, UNMOVED]),
      value: `step ${one.length} over exact × ${quotient.toFixed(4)}`,
    };
  });
