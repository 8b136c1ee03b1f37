/**
 * Readings of studies of the steps of Langevin dynamics.
 *
 * @module
 */
import { checkList, checkPositive, checkRecord, must } from "../../numerics/checks.ts";
import { checkObject } from "../checks.ts";
import type { LangevinStepsStudy } from "../studies/langevin_steps.ts";
import { type SeedMean, seedMean } from "../studies/seed_mean.ts";

/** A study of the steps of Langevin dynamics, if it is one. */
export const checkLangevinSteps = <T>(name: string, study: T): T =>
  checkRecord(name, study, {
    configuration: checkObject,
    realizations: must(checkList, must(checkRecord, { steps: checkList })),
  }, "a study of the steps of Langevin dynamics");

/** The means over an ensemble that are compared. */
export const LANGEVIN_MEANS = {
  meanLoss: "⟨L⟩",
  meanSquare: "⟨|θ|²⟩",
  heat: "the heat",
} as const;

/** One mean over the ensemble at one length of a step. */
export interface LangevinStepMean {
  readonly text: string;
  /** Over seeds, as it is. */
  readonly mean: SeedMean | undefined;
  /** Over that of the shortest step, seed by seed: the members at the start are the same, the noise is not. */
  readonly quotient: SeedMean | undefined;
}

/** The means at a length of a step and a time, beside the shortest step's; none if either was not recorded. */
export function langevinStepsOver(
  study: LangevinStepsStudy,
  { length, time }: { readonly length: number; readonly time: number },
): LangevinStepMean[] {
  const { configuration: { times, lengths }, realizations } = checkLangevinSteps("study", study);
  checkPositive("length", length);
  checkPositive("time", time);
  const [at, step] = [times.indexOf(time), lengths.indexOf(length)];
  if (at < 0 || step < 0) return [];
  return (Object.keys(LANGEVIN_MEANS) as (keyof typeof LANGEVIN_MEANS)[]).map((name) => ({
    text: LANGEVIN_MEANS[name],
    mean: seedMean(realizations.map(({ steps }) => steps[step][name][at]), { geometric: false }),
    quotient: seedMean(
      realizations.map(({ steps }) => steps[step][name][at] / steps[0][name][at]),
      { geometric: false },
    ),
  }));
}
