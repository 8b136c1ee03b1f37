/**
 * Whether steps are small enough: the limits of discrete steps, and descent beside the flow.
 *
 * @module
 */
import { checkList, checkPositive } from "../../numerics/checks.ts";
import { checkDiscreteSteps } from "../checks.ts";
import {
  stepRateText,
  type StepsBesideFlow,
  stepsBesideFlow,
  stepsEntries,
  stepsGroups,
  stepsName,
} from "../readings/discrete_steps.ts";
import { seedMean, seedMeanText } from "../studies/seed_mean.ts";
import type { DiscreteStepsStudy } from "../studies/discrete_steps.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, type Judgement, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** What the columns' digits and float32 losses leave open. */
const ROUNDING = 1e-4;
/** A learning rate is small enough where T/T_SL is within this of the flow's. */
const ENOUGH = 0.05;
/** Up to this share of 2/λ_max a learning rate is a fine one. */
const FINE = 0.2;
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
 * A learning rate is small enough: T/T_SL of descent is within 5 % of the flow's, by the interval of the mean
 * over seeds. A study has two cases: where each seed's descent ends, and at each seed's worst time from
 * step 10 on. One seed alone decides nothing.
 *
 * @param learningRate η, as the study was asked for it
 * @throws {RangeError} if no study has it
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { rateIsSmallEnough } from "./discrete_steps.ts";
 * const studies = (await storedResults<DiscreteStepsStudy>("discrete_steps"))
 *   .map(({ result }) => result);
 * assert.equal(rateIsSmallEnough(studies, 1e-5).mark, "reviewer");
 * ```
 */
export function rateIsSmallEnough(
  studies: readonly DiscreteStepsStudy[],
  learningRate: number,
): Claim {
  checkPositive("learningRate", learningRate);
  const cases = checkedStudies(studies).flatMap((study) => {
    const seeds = rowsAtRate(study, learningRate);
    if (seeds.length === 0) return [];
    const late = seeds.map((rows) => rows.filter(({ steps }) => steps >= FIRST))
      .filter((rows) => rows.length > 0);
    const shares = seeds.map(([{ share }]) => share);
    const [low, high] = [Math.min(...shares), Math.max(...shares)].map((x) => x.toPrecision(2));
    const name = `${stepsName(study)}, ηλ_max/2 = ${low === high ? low : `${low}–${high}`}`;
    return [
      { where: `${name}, in the end`, ...besideFlow(seeds.map((rows) => rows.at(-1)!)) },
      {
        where: `${name}, at the worst from step ${FIRST} on`,
        ...besideFlow(
          late.map((rows) =>
            rows.reduce((a, b) => Math.abs(b.difference) > Math.abs(a.difference) ? b : a)
          ),
        ),
      },
    ];
  });
  return {
    claim: `A learning rate of ${learningRate.toExponential()} is small enough: T/T_SL is within ${
      100 * ENOUGH
    } % of the flow's`,
    mark: "reviewer",
    ...verdictOver(atLeastOne(cases, "descent at this learning rate")),
  };
}

/**
 * The rule in the learning rate: below the edge of stability, η ≤ 2/λ_max at the start, T/T_SL of descent
 * is below the flow's by no more than ηλ_max and above it by no more than ½ηλ_max, what first order gives
 * for any quadratic. A case is a study and a rate, at the time where the mean over seeds is the furthest
 * from 0: it holds where the whole interval of (1 − ι_GD/ι)/(ηλ_max) lies in −½ … 1. Where the flow is not
 * known to ½ηλ_max, there is nothing to compare with.
 *
 * @throws {RangeError} if there is no descent with all images below the edge
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { differenceWithinRate } from "./discrete_steps.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert.match(differenceWithinRate([result]).claim, /ηλ_max/);
 * ```
 */
export function differenceWithinRate(studies: readonly DiscreteStepsStudy[]): Claim {
  return {
    claim: "Below the edge of stability T/T_SL of descent misses the flow's by less than ηλ_max",
    mark: "derived",
    ...verdictOver(atWorst(studies, 1, {
      of: ({ difference, share }) => -difference / (2 * share),
      range: [-0.5, 1],
      text: (mean, at) => `(1 − ι_GD/ι)/ηλ_max = ${mean} at step ${at}`,
    })),
  };
}

/**
 * The rule in the number of steps: at η ≤ 0.2 · 2/λ_max T/T_SL of descent is within 2/N of the flow's after
 * N steps. (On a quadratic, to first order, it is within 0.648/N; three times that leaves room for a kernel
 * that moves.) A case is a study and a rate, at its worst time.
 *
 * @throws {RangeError} if there is no descent with all images at such a rate
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { differenceFallsWithSteps } from "./discrete_steps.ts";
 * const studies = (await storedResults<DiscreteStepsStudy>("discrete_steps"))
 *   .map(({ result }) => result);
 * assert.match(differenceFallsWithSteps(studies).claim, /2\/N/);
 * ```
 */
export function differenceFallsWithSteps(studies: readonly DiscreteStepsStudy[]): Claim {
  return {
    claim: `At η ≤ ${FINE} · 2/λ_max T/T_SL of descent is after N steps within 2/N of the flow's`,
    mark: "derived",
    ...verdictOver(atWorst(studies, FINE, {
      of: ({ difference, steps }) => -difference * steps,
      range: [-2, 2],
      text: (mean, at) => `N (1 − ι_GD/ι) = ${mean} at step ${at}`,
    })),
  };
}

/**
 * T/T_SL is below 1 at the start alone: of a study and a rate it holds where in every seed it is so for the
 * last time at step 10 or earlier, or before τ = 2/λ_max, and was looked at later; fails where in every
 * seed it is below 1 later.
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
      descents.filter(({ batchSize, diverged }) => batchSize >= n && !diverged).map((one) => {
        const entries = stepsEntries(one);
        const below = entries.filter(({ descent }) => descent < 1);
        return {
          ...{ rate: one.rate, share: entries[0]?.share ?? NaN },
          last: below.at(-1)?.steps ?? 0,
          mark: below.at(-1)?.mark ?? 0,
          least: Math.min(...entries.map(({ descent }) => descent)),
          steps: entries.at(-1)?.steps ?? 0,
        };
      })
    );
    return [...Map.groupBy(all, ({ rate }) => stepRateText(rate))].map(([name, rows]): Case => {
      const early = rows.filter(({ last, mark, steps }) =>
        (last <= FIRST || mark <= 1) && steps > last
      );
      const lasts = rows.map(({ last }) => last);
      return {
        where: `${stepsName(study)}, ${name}`,
        judgement: early.length === rows.length
          ? "holds"
          : early.length > 0
          ? "undecided"
          : "fails",
        value: `${
          Math.min(...rows.map(({ least }) => least)).toFixed(3)
        } at the least, below 1 for ` +
          `the last time at step ${Math.min(...lasts)}–${Math.max(...lasts)}`,
      };
    });
  });
  return {
    claim: `T/T_SL of descent is below 1 in the first ${FIRST} steps or before τ = 2/λ_max alone`,
    mark: "derived",
    ...verdictOver(atLeastOne(cases, "descent with all images")),
  };
}

/**
 * The figure to remember: by how much T/T_SL at a learning rate is off the flow's at the last time that both
 * have, and the largest N |1 − ι_GD/ι| of a mean over seeds at rates up to 0.2 · 2/λ_max.
 *
 * @param learningRate η, as the study was asked for it
 * @throws {RangeError} if the study has no descent at that rate, or none at such small ones
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { stepsHeadline } from "./discrete_steps.ts";
 * const study = (await storedResults<DiscreteStepsStudy>("discrete_steps"))
 *   .map(({ result }) => result)
 *   .find(({ configuration }) => configuration.learningRates.includes(1e-5))!;
 * assert.match(stepsHeadline(study, 1e-5), /off the flow's/);
 * ```
 */
export function stepsHeadline(study: DiscreteStepsStudy, learningRate: number): string {
  checkDiscreteSteps("study", study);
  checkPositive("learningRate", learningRate);
  const groups = atLeastOne(fullBatch(study), "descent with all images");
  const rows = atLeastOne(rowsAtRate(study, learningRate), "descent at this learning rate")
    .map((own) => own.at(-1)!);
  const [share, steps] = (["share", "steps"] as const).map((name) =>
    rows.reduce((sum, row) => sum + row[name], 0) / rows.length
  );
  const off = seedMean(rows.map(({ difference }) => 100 * difference), { geometric: false });
  const fine = groups.filter((group) =>
    group.share <= FINE * 1.001 && group.share > study.configuration.tolerance
  );
  const most = fine.reduce((largest, group) => {
    const mean = group.rows.reduce((sum, row) => sum + row.steps * row.difference, 0) /
      group.rows.length;
    return Math.max(largest, Math.abs(mean));
  }, 0);
  return `At η = ${learningRate.toExponential()} (ηλ_max/2 = ${share.toPrecision(2)}) T/T_SL is ${
    seedMeanText(off, { digits: 2 })
  } % off the flow's after ${steps.toFixed(0)} steps; at η ≤ ${FINE} · 2/λ_max it is within ${
    most.toFixed(1)
  }/N after N steps (${stepsName(study)}, ${rows.length} seeds)`;
}

/** A case a study and a rate up to `share`, at the time where the mean over seeds is the furthest from 0. */
function atWorst(
  studies: readonly DiscreteStepsStudy[],
  share: number,
  { of, range, text }: {
    readonly of: (row: StepsBesideFlow) => number;
    readonly range: readonly [number, number];
    readonly text: (mean: string, step: string) => string;
  },
): readonly Case[] {
  const cases = checkedStudies(studies).flatMap((study) => {
    const { tolerance } = study.configuration;
    const groups = fullBatch(study).filter((group) =>
      ("share" in group.rate ? group.rate.share : group.share) <= share &&
      group.share > tolerance &&
      // Rates that are told as η come to other times in each seed.
      ("share" in group.rate || group.rows.length > 1)
    );
    const byRate = Map.groupBy(groups, ({ rate }) => stepRateText(rate));
    return [...byRate].map(([name, times]): Case => {
      const means = times.map((group) => ({
        group,
        mean: seedMean(group.rows.map(of), { geometric: false })!,
      }));
      const { group, mean } = means.reduce((a, b) =>
        Math.abs(b.mean.mean) > Math.abs(a.mean.mean) ? b : a
      );
      return {
        where: `${stepsName(study)}, ${name}`,
        judgement: judgedWithin(mean, range),
        value: text(seedMeanText(mean, { digits: 2 }), group.steps.toFixed(0)),
      };
    });
  });
  return atLeastOne(cases, "descent at such a rate");
}

/** A seed's descent with all images at η, beside its flow, in the order of time; those that there are. */
const rowsAtRate = (study: DiscreteStepsStudy, learningRate: number): StepsBesideFlow[][] => [
  ...Map.groupBy(
    stepsBesideFlow(study).filter(({ rate, batchSize }) =>
      "eta" in rate && rate.eta === learningRate && batchSize >= study.configuration.n
    ),
    ({ seed }) => seed,
  ).values(),
];

/** Whether T/T_SL of descent is within 5 % of the flow's. */
function besideFlow(
  rows: readonly StepsBesideFlow[],
): { readonly judgement: Judgement; readonly value: string } {
  const mean = seedMean(rows.map(({ difference }) => 100 * difference), { geometric: false });
  const steps = [...new Set(rows.map(({ steps }) => steps))].sort((a, b) => a - b);
  return {
    judgement: judgedWithin(mean, [-100 * ENOUGH, 100 * ENOUGH]),
    value: `${seedMeanText(mean, { digits: 1 })} % at step ${
      steps.length > 1 ? `${steps[0]}–${steps.at(-1)}` : steps[0]
    }`,
  };
}

const fullBatch = (study: DiscreteStepsStudy) =>
  stepsGroups(stepsBesideFlow(study).filter(({ batchSize }) => batchSize >= study.configuration.n));

/** The studies, one at least. */
export function checkedStudies(
  studies: readonly DiscreteStepsStudy[],
): readonly DiscreteStepsStudy[] {
  checkList("studies", studies, checkDiscreteSteps);
  return atLeastOne(studies, "study");
}
