/**
 * Rows of the tables of notebook 11: schedules, and the speed limit of generalization along flows.
 *
 * @module
 */
import {
  generalizationLimits,
  networkName,
  scheduleGains,
  type SchedulesStudy,
  type SeedMean,
  seedMean,
  seedMeanText,
  stepsOver,
} from "../../experiments/mod.ts";
import { checkSchedules } from "../../experiments/checks_of_optimizers.ts";
import { atEdge, descentUnder } from "../../experiments/readings/schedule_readings.ts";
import {
  type ScheduleName,
  SCHEDULES,
} from "../../experiments/studies/computations/scheduled_descent.ts";
import { checkList } from "../../numerics/checks.ts";
import type { TableRows } from "./table_text.ts";

/**
 * Schedules: what the best could gain, and what of it steps of three lengths can have.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../../experiments/mod.ts";
 * import { scheduleRows } from "./schedule_tables.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert.equal(scheduleRows([result]).length, 3);
 * ```
 */
export function scheduleRows(studies: readonly SchedulesStudy[]): TableRows {
  checkList("studies", studies, checkSchedules);
  return studies.flatMap((study) => {
    const { configuration: { architecture, width, n }, realizations } = study;
    const gains = scheduleGains(study);
    const text = (values: readonly number[]) => seedMeanText(seedMean(values), { digits: 2 });
    return [
      { b: "1/max λ_max", have: gains.map(({ half }) => half) },
      { b: "2/max λ_max", have: gains.map(({ whole }) => whole) },
      { b: "tuned constant rate", have: gains.flatMap(({ tuned }) => tuned ?? []) },
    ].map(({ b, have }) => ({
      network: `${networkName({ architecture, width })}, n = ${n}`,
      "steps of b": b,
      seeds: `${have.length} of ${realizations.length}`,
      "b max λ_max": text(have.map(({ length }) => length)),
      "T/T*": text(gains.map(({ spread }) => spread)),
      "gain with bη* ≤ 2/λ_max": text(have.map(({ gain }) => gain)),
      "share of what T* saves": percent(
        seedMean(have.map(({ share }) => share), { geometric: false }),
      ),
    }));
  });
}

/**
 * The flows that schedules are made of: how much |∇L|, λ_max and η*λ_max change along them, the least and the most of
 * the seeds, and what they cost.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../../experiments/mod.ts";
 * import { scheduleFlowRows } from "./schedule_tables.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert.match(String(scheduleFlowRows([result])[0]["λ_max falls"]), /^× [0-9.]+ … [0-9.]+$/);
 * ```
 */
export function scheduleFlowRows(studies: readonly SchedulesStudy[]): TableRows {
  checkList("studies", studies, checkSchedules);
  return studies.map((study) => {
    const { configuration: { architecture, width, n }, realizations } = study;
    const ends = scheduleGains(study).map((one) => one.ends);
    return {
      network: `${networkName({ architecture, width })}, n = ${n}`,
      seeds: realizations.length,
      "|∇L| falls": rangeText(ends.map(({ gradient }) => gradient), 0),
      "λ_max falls": rangeText(ends.map(({ lambdaMax }) => lambdaMax), 1),
      "η*λ_max grows": rangeText(ends.map(({ product }) => product), 0),
      gradients: seedMeanText(seedMean(realizations.map(({ gradients }) => gradients)), {
        digits: 0,
      }),
      "λ_max read": rangeText(realizations.map(({ flow }) => flow.lambdaMax.length), 0, ""),
    };
  });
}

/** The least and the most. */
function rangeText(values: readonly number[], digits: number, sign = "× "): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${sign}${least.toFixed(digits)} … ${most.toFixed(digits)}`;
}

/**
 * Schedules that were run: their steps to the mark over those of the best constant rate, of how many seeds, and over
 * those of c/λ_max; and in how many the best factor is the largest of its grid.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../../experiments/mod.ts";
 * import { scheduleStepRows } from "./schedule_tables.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert.equal(scheduleStepRows([result]).length, 5);
 * ```
 */
export function scheduleStepRows(studies: readonly SchedulesStudy[]): TableRows {
  checkList("studies", studies, checkSchedules);
  return studies.flatMap((study) => {
    const { configuration: { architecture, width, n }, realizations } = study;
    return SCHEDULES.map((schedule) => {
      const came = realizations.flatMap((one) => descentUnder(one, schedule)?.steps ?? []);
      const quotients = stepsOver(study, schedule, "constant");
      return {
        network: `${networkName({ architecture, width })}, n = ${n}`,
        schedule: SCHEDULE_TEXT[schedule],
        seeds: `${came.length} of ${realizations.length}`,
        steps: seedMeanText(seedMean(came)),
        "over the constant rate's": seedMeanText(seedMean(quotients), { digits: 2 }),
        "seeds of the quotient": quotients.length,
        "over c/λ_max's": seedMeanText(seedMean(stepsOver(study, schedule, "stability")), {
          digits: 2,
        }),
        "c the largest tried": `${atEdge(study, schedule)} of ${came.length}`,
      };
    });
  });
}

const SCHEDULE_TEXT: Readonly<Record<ScheduleName, string>> = {
  constant: "constant",
  cosine: "cosine",
  stability: "c/λ_max",
  best: "c η*, below κ/λ_max",
  unbounded: "c η*",
};

/**
 * The speed limit of generalization along flows: the share that is used, by the gradients and by the losses
 * themselves, between which stands the error of the trapezoids; the |g|²-weighted mean of the pointwise cos², which is
 * never below it, and the time mean, which is another number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../../experiments/mod.ts";
 * import { generalizationRows } from "./schedule_tables.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert.equal(generalizationRows([result]).length, 1);
 * ```
 */
export function generalizationRows(studies: readonly SchedulesStudy[]): TableRows {
  checkList("studies", studies, checkSchedules);
  return studies.map((study) => {
    const { configuration: { architecture, width, n, testImages } } = study;
    const limits = generalizationLimits(study);
    return {
      network: `${networkName({ architecture, width })}, n = ${n}`,
      "test images": testImages,
      seeds: limits.length,
      "cos² of the path": shareText(limits.map(({ cosine }) => cosine)),
      "by the losses": shareText(limits.map(({ measured }) => measured)),
      "|g|²-weighted mean of cos²": shareText(limits.map(({ weighted }) => weighted)),
      "time mean of cos²": shareText(limits.map(({ timeMean }) => timeMean)),
    };
  });
}

/** A mean of shares, its interval cut where no share can be. */
export function shareText(shares: readonly number[]): string {
  const mean = seedMean(shares, { geometric: false });
  const interval = mean?.interval && [Math.max(0, mean.interval[0]), Math.min(1, mean.interval[1])];
  return seedMeanText(mean && { ...mean, interval: interval as [number, number] | undefined }, {
    digits: 3,
  });
}

/** A mean of shares in percent. */
export function percent(mean: SeedMean | undefined): string {
  if (!mean) return "not reached";
  const whole = (share: number) => (100 * share).toFixed(1).replace("-", "−");
  return `${whole(mean.mean)}${mean.interval ? ` [${mean.interval.map(whole).join(", ")}]` : ""} %`;
}
