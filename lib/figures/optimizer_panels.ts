/**
 * Optimizers in pictures: their ratios on the way down, against their steps, and what schedules and test
 * gradients are along a flow.
 *
 * @module
 */
import { bestSchedule, pathCosine } from "../bounds/mod.ts";
import { optimizersAt, type OptimizersStudy, type SchedulesStudy } from "../experiments/mod.ts";
import { checkOptimizers, checkSchedules } from "../experiments/checks_of_optimizers.ts";
import { OPTIMIZER_TEXT } from "../experiments/readings/optimizer_readings.ts";
import { checkOneOf, checkOptions, checkText, maybe } from "../numerics/checks.ts";
import { geometricMean } from "../statistics/mod.ts";
import { COLORS } from "./look.ts";
import { line } from "./marks.ts";
import type { Panel } from "./panels.ts";

/** Marks of the loss between start and end at which ratios are drawn. */
const MARKS = 20;

const RATIOS = {
  own: "T/T_{SL}, each in its own metric",
  discrete: "N Σ‖δθ‖^{2}/‖Δθ‖^{2}",
  testShare: "share of the limit of ΔL_{test}",
} as const;

/** What may be drawn of an optimizer. */
export type OptimizerRatio = keyof typeof RATIOS;

/** One look an optimizer; there are more of them than colours. */
const lookOf = (i: number) => ({
  color: COLORS[i % COLORS.length],
  ...(i >= COLORS.length && { dash: "dash" as const }),
});

/**
 * A ratio of every optimizer against the loss that is left, geometric means over the seeds.
 *
 * @throws {RangeError} if there is no such ratio, or no walk
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../experiments/mod.ts";
 * import { optimizerRatioPanel } from "./optimizer_panels.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * assert.equal(optimizerRatioPanel(result, "own").marks.length, result.optimizers.length);
 * ```
 */
export function optimizerRatioPanel(
  study: OptimizersStudy,
  ratio: OptimizerRatio,
  options: { readonly title?: string } = {},
): Panel {
  const { optimizers, configuration: { left, n } } = checkOptimizers("study", study);
  checkOneOf("ratio", ratio, Object.keys(RATIOS) as OptimizerRatio[]);
  const { title } = checkOptions("options", options, { title: maybe(checkText) });
  const starts = optimizers.flatMap(({ walks }) => walks.map(({ loss }) => loss[0] / (0.45 * n)));
  if (starts.length === 0) throw new RangeError("the study has no walk to draw");
  const top = Math.min(...starts);
  const shares = Array.from(
    { length: MARKS },
    (_, i) => top * (left / top) ** ((i + 1) / MARKS),
  );
  const at = shares.map((share) => optimizersAt(study, { left: share }));
  const marks = optimizers.map(({ optimizer }, i) =>
    line(
      shares,
      at.map((all) => meanOf(all[i].seeds.map((seed) => seed[ratio]))),
      { name: OPTIMIZER_TEXT[optimizer], ...lookOf(i) },
    )
  );
  return { marks, x: "L/(½‖Y‖^{2}), the loss left", y: RATIOS[ratio], log: "xy", title };
}

function meanOf(values: readonly number[]): number {
  const good = values.filter((value) => value > 0 && Number.isFinite(value));
  return good.length > 1 ? geometricMean(good).mean : good[0] ?? NaN;
}

/**
 * Steps to the mark against a ratio there, a point a seed and optimizer: on a rising line the ratio would judge
 * optimizers.
 *
 * @throws {RangeError} if there is no such ratio
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../experiments/mod.ts";
 * import { stepsAgainstRatioPanel } from "./optimizer_panels.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * assert(stepsAgainstRatioPanel(result, "discrete").marks.length > 0);
 * ```
 */
export function stepsAgainstRatioPanel(
  study: OptimizersStudy,
  ratio: OptimizerRatio,
  options: { readonly title?: string } = {},
): Panel {
  checkOptimizers("study", study);
  checkOneOf("ratio", ratio, Object.keys(RATIOS) as OptimizerRatio[]);
  const { title } = checkOptions("options", options, { title: maybe(checkText) });
  const marks = optimizersAt(study, { left: study.configuration.left }).flatMap(
    ({ optimizer, seeds }, i) =>
      seeds.length === 0 ? [] : [line(
        seeds.map((seed) => seed[ratio]),
        seeds.map(({ steps }) => steps),
        {
          ...{ name: OPTIMIZER_TEXT[optimizer], mode: "markers" as const },
          color: i < COLORS.length ? COLORS[i] : "#8b1a1a",
        },
      )],
  );
  return { marks, x: RATIOS[ratio], y: "steps to the mark", log: "xy", title };
}

/**
 * The best schedule of the first seed's flow in time, what 2/λ_max lets a step of b = 2/max λ_max have of it, and b and
 * the tuned constant rate: learning rates.
 *
 * @throws {RangeError} if no seed's constant rate came to the mark
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../experiments/mod.ts";
 * import { schedulePanel } from "./optimizer_panels.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert.equal(schedulePanel(result).marks.length, 4);
 * ```
 */
export function schedulePanel(
  study: SchedulesStudy,
  options: { readonly title?: string } = {},
): Panel {
  const { realizations } = checkSchedules("study", study);
  const { title } = checkOptions("options", options, { title: maybe(checkText) });
  const one = realizations.find(({ descents }) =>
    descents.some(({ schedule, factor }) => schedule === "constant" && factor !== undefined)
  );
  if (!one) throw new RangeError("the study has no constant rate that came to the mark");
  const tuned = one.descents.find(({ schedule }) => schedule === "constant")!.factor!;
  const { time, lambdaMax } = one.flow;
  const step = 2 / Math.max(...lambdaMax);
  const { rate, allowed } = bestSchedule(one.flow, { step });
  const middle = Array.from(rate, (_, i) => (time[i] + time[i + 1]) / 2).slice(1);
  const of = (values: ArrayLike<number>) => Array.from(values, (value) => step * value).slice(1);
  const limits = Array.from(rate, (_, i) => 2 / Math.max(lambdaMax[i], lambdaMax[i + 1])).slice(1);
  return {
    marks: [
      line(middle, middle.map(() => tuned), { name: "the tuned constant rate", color: COLORS[5] }),
      line(middle, of(rate), { name: "b η*, b = 2/max λ_{max}", color: COLORS[0] }),
      line(middle, of(allowed), {
        name: "b η*, kept below 2/λ_{max}",
        color: COLORS[2],
        dash: "dash",
      }),
      line(middle, limits, { name: "2/λ_{max}", color: COLORS[1], dash: "dot" }),
    ],
    ...{ x: "time τ", y: "learning rate", log: "xy", title },
  };
}

/**
 * The speed limit of generalization along each seed's flow: the squared cosine of training and test gradients as
 * functions from the start to each time, and dotted that of the two gradients at each time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../experiments/mod.ts";
 * import { generalizationPanel } from "./optimizer_panels.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert.equal(generalizationPanel(result).marks.length, 2 * result.realizations.length);
 * ```
 */
export function generalizationPanel(
  study: SchedulesStudy,
  options: { readonly title?: string } = {},
): Panel {
  const { realizations } = checkSchedules("study", study);
  const { title } = checkOptions("options", options, { title: maybe(checkText) });
  const marks = realizations.flatMap(({ flow }) => {
    const { time, products, gradientSquared, testGradientSquared } = flow;
    const whole = pathCosine({
      ...{ time, products, squares: gradientSquared, otherSquares: testGradientSquared },
    });
    const here = products.map((value, i) =>
      value ** 2 / (gradientSquared[i] * testGradientSquared[i])
    );
    return [
      line(time.slice(1), whole.slice(1), { name: "of the path up to τ", color: COLORS[0] }),
      line(time.slice(1), here.slice(1), { name: "at τ", color: COLORS[1], dash: "dot", width: 1 }),
    ];
  });
  return { marks, x: "time τ", y: "cos^{2} of ∇L_{test} and ∇L", log: "x", title };
}
