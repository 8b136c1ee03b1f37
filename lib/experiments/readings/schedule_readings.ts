/**
 * How a study of schedules is read: what the best schedule could save, what steps can have of it, what
 * it saved when run; and the speed limit of generalization along the flow.
 *
 * @module
 */
import { bestSchedule, pathCosine } from "../../bounds/mod.ts";
import { checkOneOf } from "../../numerics/checks.ts";
import { checkSchedules } from "../checks_of_optimizers.ts";
import {
  type ScheduleName,
  type ScheduleRun,
  SCHEDULES,
} from "../studies/computations/scheduled_descent.ts";
import type { SchedulesStudy } from "../studies/schedules.ts";

/** One seed's schedule. */
export interface ScheduleGain {
  readonly seed: number;
  /** T/T*, the spread of speed of the flow. */
  readonly spread: number;
  /**
   * What steps of a time b can have of it with bη* ≤ 2/λ_max: of b = 1/max λ_max, of 2/max λ_max, where a
   * constant rate meets the same limit, and of the tuned constant rate, where one came to the mark.
   */
  readonly half: StepsHave;
  readonly whole: StepsHave;
  readonly tuned?: StepsHave;
  readonly ends: FlowEnds;
}

/** How much changes along a flow, from its start to its end. */
export interface FlowEnds {
  /** Start over end of |∇L|. */
  readonly gradient: number;
  /** Start over end of the kernel's λ_max. */
  readonly lambdaMax: number;
  /** End over start of η*λ_max, of the last and the first recorded interval. */
  readonly product: number;
}

/** What steps of some time can have of the best schedule. */
export interface StepsHave {
  /** b max λ_max */
  readonly length: number;
  /** The share of T − T* that is saved; below 0 where the limit costs more than η* saves. */
  readonly share: number;
  /** T over the time under the rate that is allowed: what such steps should gain. */
  readonly gain: number;
}

/**
 * What the best schedule of each seed's flow could gain, what of it steps of three lengths can have, and how
 * much |∇L|, λ_max and η*λ_max change along the flow.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../mod.ts";
 * import { scheduleGains } from "./schedule_readings.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert(scheduleGains(result).every(({ spread }) => spread >= 1));
 * ```
 */
export function scheduleGains(study: SchedulesStudy): ScheduleGain[] {
  return checkSchedules("study", study).realizations.map((one) => {
    const { time, lambdaMax } = one.flow;
    const top = Math.max(...lambdaMax);
    const of = (step: number): StepsHave => {
      const { share, allowedTime } = bestSchedule(one.flow, { step });
      const gain = (time[time.length - 1] - time[0]) / allowedTime;
      return { length: step * top, share, gain };
    };
    const step = descentUnder(one, "constant")?.factor;
    return {
      ...{ seed: one.seed, spread: bestSchedule(one.flow).gain, half: of(1 / top) },
      ...{ whole: of(2 / top), ...(step !== undefined && { tuned: of(step) }) },
      ends: endsOf(one),
    };
  });
}

function endsOf({ flow }: ScheduleRun): FlowEnds {
  const { lambdaMax, gradientSquared } = flow;
  const { rate } = bestSchedule(flow);
  const last = lambdaMax.length - 1;
  const product = (i: number) => rate[i] * Math.max(lambdaMax[i], lambdaMax[i + 1]);
  return {
    gradient: Math.sqrt(gradientSquared[0] / gradientSquared[last]),
    lambdaMax: lambdaMax[0] / lambdaMax[last],
    product: product(last - 1) / product(0),
  };
}

/**
 * How many seeds' best factor is the largest of the grid, where a larger one is another schedule: what such a schedule
 * could do is not known.
 */
export function atEdge({ realizations }: SchedulesStudy, schedule: ScheduleName): number {
  return realizations.filter((one) => descentUnder(one, schedule)?.atEdge === true).length;
}

/** A seed's descent under a schedule, if it came to the mark. */
export function descentUnder({ descents }: ScheduleRun, schedule: ScheduleName) {
  const found = descents.find((one) => one.schedule === schedule);
  return found?.steps === undefined ? undefined : found;
}

/**
 * Steps to the mark under one schedule over those under another, a quotient a seed.
 *
 * @throws {RangeError} if there is no such schedule
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../mod.ts";
 * import { stepsOver } from "./schedule_readings.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert(stepsOver(result, "constant", "constant").every((one) => one === 1));
 * ```
 */
export function stepsOver(
  study: SchedulesStudy,
  schedule: ScheduleName,
  other: ScheduleName,
): number[] {
  checkSchedules("study", study);
  checkOneOf("schedule", schedule, SCHEDULES);
  checkOneOf("other", other, SCHEDULES);
  return study.realizations.flatMap((one) => {
    const [a, b] = [descentUnder(one, schedule), descentUnder(one, other)];
    return a && b ? [a.steps! / b.steps!] : [];
  });
}

/** The speed limit of generalization along a flow, at its end. */
export interface GeneralizationLimit {
  readonly seed: number;
  /** (∫g·h)²/(∫|g|²∫|h|²), the share of the limit that is used. */
  readonly cosine: number;
  /** (ΔL_test)²/(ΔL ∫|∇L_test|²dt) from the losses themselves: what the trapezoids miss shows here. */
  readonly measured: number;
  /** The |g|²-weighted mean of the pointwise cos², above it, and the time mean, which may be either. */
  readonly weighted: number;
  readonly timeMean: number;
}

/**
 * The squared cosine of training and test gradient as functions of time along each seed's flow.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../mod.ts";
 * import { generalizationLimits } from "./schedule_readings.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert(generalizationLimits(result).every(({ cosine, weighted }) => cosine <= weighted + 1e-9));
 * ```
 */
export function generalizationLimits(study: SchedulesStudy): GeneralizationLimit[] {
  const { realizations, configuration: { testImages } } = checkSchedules("study", study);
  return realizations.map(({ seed, flow }) => {
    const { time, products, gradientSquared, testGradientSquared, testLoss, lossDrop } = flow;
    const last = time.length - 1;
    const columns = { time, products, squares: gradientSquared, otherSquares: testGradientSquared };
    const integral = (of: (i: number) => number) =>
      time.reduce(
        (sum, t, i) => i === 0 ? 0 : sum + (t - time[i - 1]) * (of(i) + of(i - 1)) / 2,
        0,
      );
    const pointwise = (i: number) =>
      products[i] ** 2 / (gradientSquared[i] * testGradientSquared[i]);
    const change = testImages * (testLoss[last] - testLoss[0]);
    return {
      seed,
      cosine: pathCosine(columns)[last],
      measured: change ** 2 / (lossDrop[last] * integral((i) => testGradientSquared[i])),
      weighted: integral((i) => gradientSquared[i] * pointwise(i)) /
        integral((i) => gradientSquared[i]),
      timeMean: integral(pointwise) / (time[last] - time[0]),
    };
  });
}
