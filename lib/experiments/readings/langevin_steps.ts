/**
 * Readings of studies of the steps of Langevin dynamics.
 *
 * @module
 */
import { checkList, checkPositive, checkRecord, must } from "../../numerics/checks.ts";
import { randomStream } from "../../numerics/mod.ts";
import { checkObject } from "../checks.ts";
import type { EnsemblesStudy } from "../studies/ensembles.ts";
import type { LangevinStepsStudy } from "../studies/langevin_steps.ts";
import { type SeedMean, seedMean } from "../studies/seed_mean.ts";
import { ensemblesAt } from "./ensembles.ts";

/** A study of the steps of Langevin dynamics, if it is one. */
export const checkLangevinSteps = <T>(name: string, study: T): T =>
  checkRecord(name, study, {
    configuration: checkObject,
    realizations: must(checkList, must(checkRecord, { steps: checkList })),
  }, "a study of the steps of Langevin dynamics");

/** What is compared: how far temperature or time has moved a mean over the ensemble. */
export const LANGEVIN_MEANS = {
  meanLoss: "what temperature adds to ⟨L⟩",
  meanSquare: "⟨|θ|²⟩ less that at the start",
  heat: "the heat",
} as const;

/** How far one mean was moved, at one length of a step. */
export interface LangevinStepMean {
  readonly text: string;
  /** Over seeds, by the shortest step; of ⟨L⟩ by the study of ensembles. `undefined` where that is not there. */
  readonly moved: SeedMean | undefined;
  /**
   * The same by this step over `moved`: that of the seed for the heat, the mean over seeds for the others, which of one
   * seed may be near 0. The members at the start are the same at every length, the noise is not.
   */
  readonly quotient: SeedMean | undefined;
}

/**
 * The means at a length of a step and a time, beside the shortest step's; none if either was not recorded. What
 * temperature adds to ⟨L⟩ is ⟨L⟩ under Langevin dynamics less that of the same members under gradient flow, in the study
 * of ensembles of the same network and temperature.
 */
export function langevinStepsOver(
  study: LangevinStepsStudy,
  { length, time, ensembles = [] }: {
    readonly length: number;
    readonly time: number;
    readonly ensembles?: readonly EnsemblesStudy[];
  },
): LangevinStepMean[] {
  const { configuration, realizations } = checkLangevinSteps("study", study);
  const { times, lengths, members } = configuration;
  checkPositive("length", length);
  checkPositive("time", time);
  const [at, step] = [times.indexOf(time), lengths.indexOf(length)];
  if (at < 0 || step < 0) return [];
  const over = (values: readonly number[]) => seedMean(values, { geometric: false });
  const changes = (name: "meanLoss" | "meanSquare", moved: SeedMean | undefined) => ({
    ...{ text: LANGEVIN_MEANS[name], moved },
    quotient: moved && over(
      realizations.map(({ steps }) =>
        1 + (steps[step][name][at] - steps[0][name][at]) / moved.mean
      ),
    ),
  });
  const temperature = ensembles.filter((one) => sameEnsemble(one, study))
    .flatMap((one) => ensemblesAt(one, time))
    .map(({ at, realization: { flow, langevin } }) => langevin.meanLoss[at] - flow.loss[at]);
  const sinceStart = realizations.map(({ seed, dimension, steps }) =>
    steps[0].meanSquare[at] - startSquare({ seed, dimension, members })
  );
  return [
    changes("meanLoss", over(temperature)),
    changes("meanSquare", over(sinceStart)),
    {
      text: LANGEVIN_MEANS.heat,
      moved: over(realizations.map(({ steps }) => steps[0].heat[at])),
      quotient: over(realizations.map(({ steps }) => steps[step].heat[at] / steps[0].heat[at])),
    },
  ];
}

/** Steps of one length: h, and how many there are, of each seed. */
export function langevinStepSizes(
  { configuration: { times, lengths }, realizations }: LangevinStepsStudy,
  length: number,
): { readonly step: number; readonly count: number }[] {
  const at = lengths.indexOf(length);
  return realizations.flatMap(({ steps }) =>
    at < 0 ? [] : [{ step: times[times.length - 1] / steps[at].count, count: steps[at].count }]
  );
}

/** Whether a study of ensembles is of a study's network, images and temperature. */
const sameEnsemble = (
  { configuration: one }: EnsemblesStudy,
  { configuration: other }: LangevinStepsStudy,
) =>
  one.depth === other.depth && (one.depth === 0 || one.width === other.width) &&
  one.n === other.n && one.beta === other.beta;

/** ⟨|θ|²⟩ of the members at the start, drawn again as the study drew them. */
function startSquare(
  { seed, dimension, members }: {
    readonly seed: number;
    readonly dimension: number;
    readonly members: number;
  },
): number {
  const drawn = randomStream(seed, "ensembles/members").normal(members * dimension);
  return drawn.reduce((total, x) => total + x * x, 0) / members;
}
