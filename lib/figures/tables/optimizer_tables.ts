/**
 * Rows of the tables of notebook 11: optimizers at equal losses, how their rates were found, schedules.
 *
 * @module
 */
import {
  generalizationLimits,
  networkName,
  optimizersAt,
  type OptimizersStudy,
  scheduleGains,
  type SchedulesStudy,
  type SeedMean,
  seedMean,
  seedMeanText,
  stepsOver,
  type WalkAtMark,
  type WalkMark,
} from "../../experiments/mod.ts";
import { checkOptimizers, checkSchedules } from "../../experiments/checks_of_optimizers.ts";
import { MOMENTUM } from "../../experiments/studies/computations/step_rule.ts";
import { OPTIMIZER_TEXT } from "../../experiments/readings/optimizer_readings.ts";
import { checkList } from "../../numerics/checks.ts";
import type { TableRows } from "./table_text.ts";

/** η as a power of two where it is one. */
function rateText(rate: number | undefined): string {
  if (rate === undefined) return "none";
  const power = Math.log2(rate);
  return Number.isInteger(power) ? `2^${String(power).replace("-", "−")}` : rate.toPrecision(3);
}

/**
 * Every optimizer where the same training loss is left, or where the test loss is the same: steps, gradients, lengths,
 * ratios in its own metric and in steps, test accuracy. Geometric means over the seeds that come there; of accuracy
 * the mean.
 *
 * @throws {RangeError} if the mark is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../../experiments/mod.ts";
 * import { optimizerRows } from "./optimizer_tables.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * const { left } = result.configuration;
 * assert.equal(optimizerRows(result, { left }).length, result.optimizers.length);
 * ```
 */
export function optimizerRows(study: OptimizersStudy, mark: WalkMark): TableRows {
  return optimizersAt(checkOptimizers("study", study), mark).map(({ optimizer, of, seeds }) => {
    const mean = (name: keyof WalkAtMark, digits = 1) =>
      seedMeanText(seedMean(seeds.map((seed) => seed[name])), { digits });
    const momentum = optimizer === "heavy-ball" || optimizer === "nesterov";
    return {
      optimizer: OPTIMIZER_TEXT[optimizer],
      seeds: `${seeds.length} of ${of}`,
      "steps, gradients": mean("steps"),
      "Gram matrices": optimizer === "natural" ? mean("steps") : "none",
      "path Σ‖δθ‖": mean("pathLength", 2),
      "straight ‖Δθ‖": mean("distance", 2),
      "own T/T_SL": mean("own", 2),
      "clock": optimizer === "natural"
        ? "Nη, outputs"
        : momentum
        ? `Nη or Nη/${(1 - MOMENTUM).toFixed(1)}`
        : optimizer === "constant-speed"
        ? "Σ η/|∇L|"
        : optimizer === "gradient-descent"
        ? "Nη"
        : "none: ∫M dt",
      "N Σ‖δθ‖²/‖Δθ‖²": mean("discrete"),
      "cos²": shareText(seeds.map(({ cosine }) => cosine)),
      "test accuracy": shareText(seeds.map(({ testAccuracy }) => testAccuracy)),
      "test loss": mean("testLoss", 3),
    };
  });
}

/**
 * How each learning rate was found: the rate, how many of the grid were tried, whether it is an end of the grid, its
 * steps on the tuning seeds, and how many of the seeds then came to the mark.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../../experiments/mod.ts";
 * import { tuningRows } from "./optimizer_tables.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * assert.equal(tuningRows(result).length, result.optimizers.length);
 * ```
 */
export function tuningRows(study: OptimizersStudy): TableRows {
  const { optimizers } = checkOptimizers("study", study);
  return optimizers.map(({ optimizer, rate, atEdge, tried, walks }) => {
    const chosen = tried.find((one) => one.rate === rate);
    return {
      optimizer: OPTIMIZER_TEXT[optimizer],
      "η": rateText(rate),
      "rates tried": tried.length,
      "an end of the grid": atEdge ? "yes" : "no",
      "steps, tuning seeds": chosen?.steps.join(", ") ?? "",
      "came to the mark": `${walks.filter(({ end }) => end === "mark").length} of ${walks.length}`,
    };
  });
}

/**
 * Schedules: what the best could gain, what steps can have of it, and steps over those of the best constant rate.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../../experiments/mod.ts";
 * import { scheduleRows } from "./optimizer_tables.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert.equal(scheduleRows([result]).length, 1);
 * ```
 */
export function scheduleRows(studies: readonly SchedulesStudy[]): TableRows {
  checkList("studies", studies, checkSchedules);
  return studies.map((study) => {
    const { configuration: { architecture, width, n }, realizations } = study;
    const gains = scheduleGains(study);
    const text = (values: readonly number[], digits = 2) =>
      seedMeanText(seedMean(values), { digits });
    const constants = realizations.flatMap(({ descents }) =>
      descents.find(({ schedule }) => schedule === "constant")?.steps ?? []
    );
    return {
      network: `${networkName({ architecture, width })}, n = ${n}`,
      seeds: realizations.length,
      "T/T*": text(gains.map(({ spread }) => spread)),
      "share that steps have": percent(
        seedMean(gains.map(({ share }) => share), { geometric: false }),
      ),
      "steps, constant": text(constants, 1),
      "η* below 2/λ_max, ×": text(stepsOver(study, "best", "constant")),
      "c η*, ×": text(stepsOver(study, "unbounded", "constant")),
      "c/λ_max, ×": text(stepsOver(study, "stability", "constant")),
      "cosine, ×": text(stepsOver(study, "cosine", "constant")),
      "gradients of the flow": text(realizations.map(({ gradients }) => gradients), 0),
    };
  });
}

/**
 * The speed limit of generalization along flows: the share that is used, by the gradients and by the losses
 * themselves, between which stands the error of the trapezoids; the |g|²-weighted mean of the pointwise cos², which is
 * never below it, and the time mean, which is another number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../../experiments/mod.ts";
 * import { generalizationRows } from "./optimizer_tables.ts";
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
function shareText(shares: readonly number[]): string {
  const mean = seedMean(shares, { geometric: false });
  const interval = mean?.interval && [Math.max(0, mean.interval[0]), Math.min(1, mean.interval[1])];
  return seedMeanText(mean && { ...mean, interval: interval as [number, number] | undefined }, {
    digits: 3,
  });
}

function percent(mean: SeedMean | undefined): string {
  if (!mean) return "not reached";
  const whole = (share: number) => (100 * share).toFixed(1).replace("-", "−");
  return `${whole(mean.mean)}${mean.interval ? ` [${mean.interval.map(whole).join(", ")}]` : ""} %`;
}
