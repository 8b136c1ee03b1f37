/**
 * Whether steps are small enough: descent beside the flow from the same weights.
 *
 * @module
 */
import { checkPositive } from "../../numerics/checks.ts";
import {
  stepRateText,
  type StepsBesideFlow,
  stepsBesideFlow,
  type StepsGroup,
  stepsGroups,
  stepsName,
} from "../readings/discrete_steps.ts";
import { type SeedMean, seedMean, seedMeanText } from "../studies/seed_mean.ts";
import type { DiscreteStepsStudy } from "../studies/discrete_steps.ts";
import type { Claim } from "./claim.ts";
import { checkedStudies } from "./discrete_steps.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** A learning rate is small enough where T/T_SL is within this of the flow's. */
const ENOUGH = 0.05;
/** The first steps are judged by themselves, up to before this one. */
const FIRST = 10;
/** Images of the paper's largest runs. */
const IMAGES = 5000;
/** Up to this share of 2/λ_max ηλ_max is a bound that a difference can break: at a rate of 1 it is 2. */
const SMALL = 0.2;
/** Rates, times in units of 2/λ_max and steps for which N times the difference was found below 2. */
const FEW = { share: 0.5, mark: 40, steps: 3 } as const;

/**
 * A learning rate is small enough: T/T_SL of descent is within 5 % of the flow's, by the interval of the mean
 * over seeds, widened by the flow's tolerance. A study has two cases, each at every seed's worst entry: of all
 * steps, and from step 10 on. A third, that cannot be judged, says what ηλ_max/2 would be at the paper's 5000
 * images, λ_max ∝ n. One seed alone decides nothing.
 *
 * @param learningRate η, as the study was asked for it
 * @throws {RangeError} if no study has it
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { rateIsSmallEnough } from "./steps_beside_flow.ts";
 * const studies = (await storedResults<DiscreteStepsStudy>("discrete_steps"))
 *   .map(({ result }) => result);
 * assert.notEqual(rateIsSmallEnough(studies, 1e-5).verdict, "confirmed");
 * ```
 */
export function rateIsSmallEnough(
  studies: readonly DiscreteStepsStudy[],
  learningRate: number,
): Claim {
  checkPositive("learningRate", learningRate);
  const run = checkedStudies(studies).map((study) => ({
    study,
    seeds: rowsAtRate(study, learningRate),
  })).filter(({ seeds }) => seeds.length > 0);
  const most = Math.max(...run.flatMap(({ seeds }) => seeds.map((rows) => rows.at(-1)!.steps)));
  const measured = run.flatMap(({ study, seeds }) => {
    const name = `${stepsName(study)}, ηλ_max/2 = ${sharesText(seeds, 1)}`;
    return [1, FIRST].map((from): Case => {
      const { mean, steps } = worstOf(study, seeds, from);
      return {
        where: `${name}, at the worst ${from === 1 ? "of all steps" : `from step ${from} on`}`,
        judgement: judgedWithin(mean, [-100 * ENOUGH, 100 * ENOUGH]),
        value: `${seedMeanText(mean)} % at step ${steps}`,
      };
    });
  });
  const larger = run.filter(({ study }) => study.configuration.n < IMAGES)
    .map(({ study, seeds }) => {
      const times = IMAGES / study.configuration.n;
      return {
        share: times * Math.max(...seeds.map(([{ share }]) => share)),
        where: `${stepsName(study)}, with n = ${IMAGES} and λ_max ∝ n (not run), ηλ_max/2 = ${
          sharesText(seeds, times)
        }`,
      };
    }).sort((a, b) => b.share - a.share)
    .map(({ where }): Case => ({ where, judgement: "not reached", value: "" }));
  return {
    claim:
      `A learning rate of ${learningRate.toExponential()} is small enough in the networks and ` +
      `the up to ${most} steps run: T/T_SL is within ${100 * ENOUGH} % of the flow's`,
    mark: "derived",
    ...verdictOver([...atLeastOne(measured, "descent at this learning rate"), ...larger]),
  };
}

/**
 * The rule in the learning rate: at η ≤ 0.2 · 2/λ_max at the start T/T_SL of descent is below the flow's by no
 * more than ηλ_max and above it by no more than ½ηλ_max, what first order gives for any quadratic. (At larger
 * rates hardly any difference could break it.) A case is a study and a rate, at the time where the interval
 * of (1 − ι_GD/ι)/(ηλ_max), widened by the flow's tolerance, reaches the furthest from 0: it holds where the
 * whole interval lies in −½ … 1.
 *
 * @throws {RangeError} if there is no descent with all images at such a rate
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { differenceWithinRate } from "./steps_beside_flow.ts";
 * const studies = (await storedResults<DiscreteStepsStudy>("discrete_steps"))
 *   .map(({ result }) => result);
 * assert.match(differenceWithinRate(studies).claim, /ηλ_max/);
 * ```
 */
export function differenceWithinRate(studies: readonly DiscreteStepsStudy[]): Claim {
  return {
    claim: `At η ≤ ${SMALL} · 2/λ_max T/T_SL of descent misses the flow's by less than ηλ_max`,
    mark: "derived",
    ...verdictOver(atWorst(studies, {
      ...{ share: SMALL, scale: ({ share }) => 1 / (2 * share), range: [-0.5, 1] },
      text: (mean, at) => `(1 − ι_GD/ι)/ηλ_max = ${mean} at step ${at}`,
    })),
  };
}

/**
 * The rule in the number of steps: at η ≤ 0.5 · 2/λ_max T/T_SL of descent is from step 3 on and up to
 * τ = 40 · 2/λ_max within 2/N of the flow's after N steps. (On a quadratic, to first order, it is within
 * 0.648/N; of a network N times the difference grows with τ, and past that time beyond 2.) A case is a study
 * and a rate, at the time where the interval of N (1 − ι_GD/ι), widened by N times the flow's tolerance,
 * reaches the furthest from 0.
 *
 * @throws {RangeError} if there is no descent with all images at such a rate and time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { differenceFallsWithSteps } from "./steps_beside_flow.ts";
 * const studies = (await storedResults<DiscreteStepsStudy>("discrete_steps"))
 *   .map(({ result }) => result);
 * assert.match(differenceFallsWithSteps(studies).claim, /2\/N/);
 * ```
 */
export function differenceFallsWithSteps(studies: readonly DiscreteStepsStudy[]): Claim {
  return {
    claim: `At η ≤ ${FEW.share} · 2/λ_max, up to τ = ${FEW.mark} · 2/λ_max, T/T_SL of descent is ` +
      `after N ≥ ${FEW.steps} steps within 2/N of the flow's`,
    mark: "derived",
    ...verdictOver(atWorst(studies, {
      ...{ share: FEW.share, scale: ({ steps }) => steps, range: [-2, 2] },
      keep: ({ mark, steps }) => mark <= FEW.mark * 1.001 && steps >= FEW.steps,
      text: (mean, at) => `N (1 − ι_GD/ι) = ${mean} at step ${at}`,
    })),
  };
}

/**
 * The figure to remember: how far T/T_SL at a learning rate is off the flow's at the worst from step 10 on, of
 * the study where that is most, and of the one where it is least.
 *
 * @param learningRate η, as the studies were asked for it
 * @throws {RangeError} if no study has a descent at that rate with so many steps
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { stepsHeadline } from "./steps_beside_flow.ts";
 * const studies = (await storedResults<DiscreteStepsStudy>("discrete_steps"))
 *   .map(({ result }) => result);
 * assert.match(stepsHeadline(studies, 1e-5), /n = 5000.* and .*the flow's own tolerance is 0\.3 %/);
 * ```
 */
export function stepsHeadline(
  studies: readonly DiscreteStepsStudy[],
  learningRate: number,
): string {
  checkPositive("learningRate", learningRate);
  const found = checkedStudies(studies).flatMap((study) => {
    const seeds = rowsAtRate(study, learningRate);
    const { off, steps } = worstOf(study, seeds, FIRST);
    return off ? [{ study, seeds, off, steps }] : [];
  }).sort((a, b) => Math.abs(b.off.mean) - Math.abs(a.off.mean));
  const [worst, ...others] = atLeastOne(found, "descent at this learning rate");
  const text = ({ study, seeds, off, steps }: typeof worst) =>
    `${seedMeanText(off)} % (${stepsName(study)}, ηλ_max/2 = ${sharesText(seeds, 1)}, ` +
    `step ${steps}, ${off.count} seeds)`;
  const tolerance = Math.max(...found.map(({ study }) => study.configuration.tolerance));
  const least = others.at(-1);
  return `From step ${FIRST} on T/T_SL at η = ${learningRate.toExponential()} is off the flow's by ` +
    `${text(worst)} at the worst${
      least ? `, and by ${text(least)} in the network where that is least` : ""
    }; the flow's own tolerance is ${100 * tolerance} %`;
}

/** A mean over seeds with its interval widened by what the measure itself may be off. */
const widened = (mean: SeedMean, by: number): SeedMean => ({
  ...mean,
  ...(mean.interval && { interval: [mean.interval[0] - by, mean.interval[1] + by] as const }),
});

/** A case a study and a rate up to `share`, at the time where the interval reaches furthest from 0. */
function atWorst(
  studies: readonly DiscreteStepsStudy[],
  { share, keep = () => true, scale, range, text }: {
    readonly share: number;
    readonly keep?: (group: StepsGroup<StepsBesideFlow>) => boolean;
    /** What the difference is told in. */
    readonly scale: (row: Pick<StepsBesideFlow, "steps" | "share">) => number;
    readonly range: readonly [number, number];
    readonly text: (mean: string, step: string) => string;
  },
): readonly Case[] {
  const cases = checkedStudies(studies).flatMap((study) => {
    const groups = fullBatch(study).filter((group) =>
      ("share" in group.rate ? group.rate.share : group.share) <= share && keep(group) &&
      // Rates that are told as η come to other times in each seed.
      ("share" in group.rate || group.rows.length > 1)
    );
    const byRate = Map.groupBy(groups, ({ rate }) => stepRateText(rate));
    return [...byRate].map(([name, times]): Case => {
      const means = times.map(({ rows, steps }) => {
        const own = seedMean(rows.map((row) => -row.difference * scale(row)), {
          geometric: false,
        })!;
        const mean = widened(own, study.configuration.tolerance * Math.max(...rows.map(scale)));
        return { mean, steps, far: Math.max(...(mean.interval ?? [mean.mean]).map(Math.abs)) };
      });
      const { mean, steps } = means.reduce((a, b) => b.far > a.far ? b : a);
      return {
        where: `${stepsName(study)}, ${name}`,
        judgement: judgedWithin(mean, range),
        value: text(seedMeanText(mean, { digits: 2 }), steps.toFixed(0)),
      };
    });
  });
  return atLeastOne(cases, "descent at such a rate");
}

type Seeds = readonly (readonly StepsBesideFlow[])[];

/** A seed's descent with all images at η, beside its flow, in the order of time; those that there are. */
const rowsAtRate = (study: DiscreteStepsStudy, learningRate: number): Seeds => [
  ...Map.groupBy(
    stepsBesideFlow(study).filter(({ rate, batchSize }) =>
      "eta" in rate && rate.eta === learningRate && batchSize >= study.configuration.n
    ),
    ({ seed }) => seed,
  ).values(),
];

/** The difference in percent at each seed's worst entry from a step on, and that with the flow's own error. */
function worstOf(study: DiscreteStepsStudy, seeds: Seeds, from: number) {
  const rows = seeds.map((rows) => rows.filter(({ steps }) => steps >= from))
    .filter((rows) => rows.length > 0)
    .map((rows) => rows.reduce((a, b) => Math.abs(b.difference) > Math.abs(a.difference) ? b : a));
  const off = seedMean(rows.map(({ difference }) => 100 * difference), { geometric: false });
  return {
    off,
    mean: off && widened(off, 100 * study.configuration.tolerance),
    steps: rangeText(rows.map(({ steps }) => steps), String),
  };
}

const sharesText = (seeds: Seeds, times: number) =>
  rangeText(seeds.map(([{ share }]) => times * share), (share) => share.toPrecision(2));

function rangeText(values: readonly number[], text: (value: number) => string): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map(text);
  return low === high ? low : `${low}–${high}`;
}

const fullBatch = (study: DiscreteStepsStudy) =>
  stepsGroups(stepsBesideFlow(study).filter(({ batchSize }) => batchSize >= study.configuration.n));
