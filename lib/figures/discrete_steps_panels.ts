/**
 * Panels of studies of discrete steps: T/T_SL beside the flow's, its difference, the limits, λ_max
 * against 2/η, and noise.
 *
 * @module
 */
import {
  type DiscreteStepsStudy,
  firstOrderRange,
  stepRateText,
  type StepsBesideFlow,
  stepsBesideFlow,
  stepsEntries,
  type StepsGroup,
  stepsGroups,
  stepsName,
  stepsNoise,
  stepsSharpness,
} from "../experiments/mod.ts";
import { checkDiscreteSteps } from "../experiments/checks.ts";
import { checkList, checkOneOf, checkOptions, checkPositive, maybe } from "../numerics/checks.ts";
import { geometricMean, mean } from "../statistics/mod.ts";
import { COLORS, INK, orderedColors } from "./look.ts";
import { band, line } from "./marks.ts";
import type { Panel } from "./panels.ts";

const MARK = "time τ, in units of 2/λ_{max}";

const middle = (values: readonly number[]) =>
  values.length > 1 && values.every((value) => value > 0)
    ? geometricMean(values).mean
    : mean(values);

/** The descents with all images at rates in units of 2/λ_max, a list for each rate. */
function byRate<R extends { readonly rate: StepsBesideFlow["rate"] }>(rows: readonly R[]): R[][] {
  return [...Map.groupBy(rows, ({ rate }) => stepRateText(rate)).values()];
}

/** Options of panels that draw rates. */
export interface StepsPanelOptions {
  /** Studies in the other panels of the figure; the legend is one, so a rate has one colour in all. */
  readonly beside?: readonly DiscreteStepsStudy[];
}

function besideOf(options: StepsPanelOptions): readonly DiscreteStepsStudy[] {
  const { beside = [] } = checkOptions("options", options, {
    beside: maybe(checkList, checkDiscreteSteps),
  });
  return beside;
}

/** The colour of a rate in units of 2/λ_max, among those of all the studies. */
function rateColors(studies: readonly DiscreteStepsStudy[]) {
  const shares = [...new Set(studies.flatMap(({ configuration: { rates } }) => rates))]
    .sort((a, b) => a - b);
  const colors = orderedColors(Math.max(1, shares.length));
  return (rate: StepsBesideFlow["rate"]) =>
    "share" in rate ? colors[shares.indexOf(rate.share)] : INK;
}

const fullBatch = (study: DiscreteStepsStudy) =>
  stepsGroups(
    stepsBesideFlow(study).filter(({ batchSize, rate }) =>
      batchSize >= study.configuration.n && "share" in rate
    ),
  );

/**
 * T/T_SL of descents with all images, as the flow's formula reads it, and the flow's own: geometric means
 * over seeds, the flow's in a band of all of them.
 *
 * @param options `beside` are the studies in the other panels of the figure: a rate has one colour in all
 * @throws {RangeError} if the study has no such descent
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../experiments/mod.ts";
 * import { stepsRatioPanel } from "./discrete_steps_panels.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert.equal(stepsRatioPanel(result).log, "xy");
 * ```
 */
export function stepsRatioPanel(
  study: DiscreteStepsStudy,
  options: StepsPanelOptions = {},
): Panel {
  checkDiscreteSteps("study", study);
  const beside = besideOf(options);
  const rates = byRate(fullBatch(study));
  if (rates.length === 0) throw new RangeError("the study has no descent at a rate of 2/λ_max");
  const colorOf = rateColors([study, ...beside]);
  const every = rates.flat().toSorted((a, b) => a.mark - b.mark);
  const flow = every.map(({ rows }) => rows.map((row) => row.flow));
  const [low, high] = [Math.min, Math.max].map((end) => flow.map((list) => end(...list)));
  const marks = every.map(({ mark }) => mark);
  return {
    marks: [
      band(marks, flow.map(middle), low, high, { name: "flow", color: INK }),
      ...rates.map((groups) =>
        line(groups.map(({ mark }) => mark), groups.map(({ rows }) => middle(ratios(rows))), {
          ...{ name: `η = ${stepRateText(groups[0].rate)}`, color: colorOf(groups[0].rate) },
          mode: "lines+markers",
        })
      ),
      line([marks[0], marks[marks.length - 1]], [1, 1], { color: INK, dash: "dot", width: 1 }),
    ],
    ...{ x: MARK, y: "T/T_{SL}", log: "xy", title: stepsName(study) },
  };
}

const ratios = (rows: readonly StepsBesideFlow[]) => rows.map(({ descent }) => descent);

/**
 * How far T/T_SL of descent is from the flow's, |ι_GD/ι − 1|, mean over seeds: against the number of
 * steps, with the line 0.648/N of first order, or against ηλ_max/2 at the same times, with ½ηλ_max.
 *
 * @param options `beside` are the studies in the other panels of the figure: a rate has one colour in all
 * @throws {RangeError} if the study has no such descents, at rates in units of 2/λ_max
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../experiments/mod.ts";
 * import { stepsDifferencePanel } from "./discrete_steps_panels.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert.equal(stepsDifferencePanel(result, "steps").x, "steps N");
 * ```
 */
export function stepsDifferencePanel(
  study: DiscreteStepsStudy,
  by: "steps" | "share",
  options: StepsPanelOptions = {},
): Panel {
  checkDiscreteSteps("study", study);
  checkOneOf("by", by, ["steps", "share"]);
  const beside = besideOf(options);
  const groups = fullBatch(study);
  const difference = (group: StepsGroup<StepsBesideFlow>) =>
    Math.abs(mean(group.rows.map((row) => row.difference)));
  const drawn = by === "steps" ? byRate(groups) : atMarks(groups);
  if (drawn.length === 0) throw new RangeError("the study has no descents to draw at such rates");
  const colorOf = rateColors([study, ...beside]);
  const colors = by === "steps"
    ? drawn.map(([{ rate }]) => colorOf(rate))
    : orderedColors(drawn.length);
  const all = groups.map((group) => group[by]);
  const ends = [Math.min(...all), Math.max(...all)];
  const theory = by === "steps"
    ? ends.map((steps) =>
      -firstOrderRange({ learningRate: 1, curvature: 1e9, steps: Math.ceil(steps) })[0]
    )
    : ends;
  return {
    marks: [
      ...drawn.map((list, i) =>
        line(list.map((group) => group[by]), list.map(difference), {
          name: by === "steps"
            ? `η = ${stepRateText(list[0].rate)}`
            : `τ = ${Number(list[0].mark.toPrecision(2))} · 2/λ_max`,
          ...{ color: colors[i], mode: "lines+markers" },
        })
      ),
      line(ends, theory, {
        ...{ name: by === "steps" ? "0.648/N" : "½ηλ_max", color: INK, dash: "dash" },
      }),
    ],
    x: by === "steps" ? "steps N" : "ηλ_{max}/2 at the start",
    ...{ y: "|ι_{GD}/ι − 1|", log: "xy", title: stepsName(study) },
  };
}

/** Groups of all rates at one mark, for marks that three rates have. */
const atMarks = (groups: readonly StepsGroup<StepsBesideFlow>[]) =>
  [...Map.groupBy(groups, ({ mark }) => mark.toPrecision(3)).values()]
    .filter((list) => list.length > 2)
    .map((list) => list.toSorted((a, b) => a.share - b.share))
    .sort((a, b) => a[0].mark - b[0].mark);

/**
 * What share of the time that a descent takes each limit says it needs: T_SL of the flow's formula, which
 * need not keep below 1; (1 − ηλ̄/2) T_SL; and ‖Δθ‖²/Σ‖δθ‖² of N steps. Means over seeds.
 *
 * @param share the rate, in units of 2/λ_max
 * @throws {RangeError} if the study has no such descent with all images
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../experiments/mod.ts";
 * import { stepsLimitsPanel } from "./discrete_steps_panels.ts";
 * const studies = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * const study = studies.find(({ result }) => result.configuration.rates.includes(1))!;
 * assert.equal(stepsLimitsPanel(study.result, 1).marks.length, 5);
 * ```
 */
export function stepsLimitsPanel(study: DiscreteStepsStudy, share: number): Panel {
  const { realizations, configuration: { n } } = checkDiscreteSteps("study", study);
  checkPositive("share", share);
  const entries = realizations.flatMap(({ seed, descents }) =>
    descents.filter(({ rate, batchSize }) =>
      "share" in rate && rate.share === share && batchSize >= n
    ).flatMap((one) => stepsEntries(one).map((entry) => ({ ...entry, seed })))
  );
  if (entries.length === 0) throw new RangeError(`the study has no descent at ${share} · 2/λ_max`);
  const groups = stepsGroups(entries);
  const steps = groups.map((group) => group.steps);
  // Where the loss has risen there is no T_SL: a gap.
  const drawn = (of: (entry: typeof entries[number]) => number | undefined) =>
    groups.map(({ rows }) => {
      const there = rows.flatMap((row) => of(row) ?? []);
      return there.length > 0 ? mean(there) : NaN;
    });
  const beside = stepsGroups(
    stepsBesideFlow(study).filter(({ rate, batchSize }) =>
      "share" in rate && rate.share === share && batchSize >= n
    ),
  );
  return {
    marks: [
      line(beside.map((group) => group.steps), beside.map(({ rows }) => mean(rows.map(shareOf))), {
        ...{ name: "T_{SL}/T of the flow", color: INK },
      }),
      line(steps, drawn(({ descent }) => descent > 0 ? 1 / descent : undefined), {
        ...{ name: "T_{SL}/T read off descent", color: COLORS[1], dash: "dash" },
      }),
      line(steps, drawn(({ limitShare }) => limitShare), {
        ...{ name: "(1 − ηλ̄/2) T_{SL}/T", color: COLORS[2] },
      }),
      line(steps, drawn(({ stepInefficiency }) => 1 / stepInefficiency), {
        ...{ name: "‖Δθ‖^{2}/(N Σ‖δθ‖^{2})", color: COLORS[0] },
      }),
      line([1, steps[steps.length - 1]], [1, 1], { color: INK, dash: "dot", width: 1 }),
    ],
    ...{ x: "steps N", y: "share of the time taken", log: "xy" },
    title: `${stepsName(study)}, η = ${stepRateText({ share })}`,
  };
}

const shareOf = ({ flow }: StepsBesideFlow) => 1 / flow;

/**
 * ηλ_max/2 along descents, λ_max of the Hessian: geometric means over the seeds that go on, in bands of
 * all of them; the edge of stability is at 1.
 *
 * @param options `beside` are the studies in the other panels of the figure: a rate has one colour in all
 * @throws {RangeError} if λ_max was not looked at
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../experiments/mod.ts";
 * import { stepsEdgePanel } from "./discrete_steps_panels.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert.equal(stepsEdgePanel(result).y, "ηλ_{max}/2");
 * ```
 */
export function stepsEdgePanel(
  study: DiscreteStepsStudy,
  options: StepsPanelOptions = {},
): Panel {
  checkDiscreteSteps("study", study);
  const beside = besideOf(options);
  const looks = stepsSharpness(study).map((look) => ({ ...look, steps: Math.max(1, look.steps) }));
  if (looks.length === 0) throw new RangeError("the study has no look at λ_max of the Hessian");
  const rates = byRate(stepsGroups(looks));
  const colorOf = rateColors([study, ...beside]);
  const edges = ({ rows }: typeof rates[number][number]) => rows.map(({ edge }) => edge);
  return {
    marks: [
      ...rates.map((groups) =>
        band(
          groups.map(({ steps }) => steps),
          groups.map((group) => middle(edges(group))),
          groups.map((group) => Math.min(...edges(group))),
          groups.map((group) => Math.max(...edges(group))),
          {
            ...{ name: `η = ${stepRateText(groups[0].rate)}`, color: colorOf(groups[0].rate) },
            mode: "lines+markers",
          },
        )
      ),
      line([1, Math.max(...looks.map(({ steps }) => steps))], [1, 1], {
        ...{ color: INK, dash: "dot", width: 1 },
      }),
    ],
    ...{ x: "steps N", y: "ηλ_{max}/2", log: "xy", title: stepsName(study) },
  };
}

/**
 * N Σ‖δθ‖²/‖Δθ‖² of minibatches (points, geometric means over seeds) and ι (1 + ρ), what theory makes of
 * the flow's T/T_SL and of the noise measured (dashed).
 *
 * @throws {RangeError} if the study has no minibatches
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../experiments/mod.ts";
 * import { stepsNoisePanel } from "./discrete_steps_panels.ts";
 * const studies = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * const noisy = studies.find(({ result }) => result.configuration.batches.length > 0)!;
 * assert.equal(stepsNoisePanel(noisy.result).log, "xy");
 * ```
 */
export function stepsNoisePanel(study: DiscreteStepsStudy): Panel {
  checkDiscreteSteps("study", study);
  const groups = stepsGroups(stepsNoise(study));
  if (groups.length === 0) throw new RangeError("the study has no minibatches beside a flow");
  const series = [
    ...Map.groupBy(groups, ({ batchSize, rate }) => `B = ${batchSize}, ${stepRateText(rate)}`),
  ];
  const colors = orderedColors(series.length);
  return {
    marks: series.flatMap(([name, list], i) => {
      const steps = list.map((group) => group.steps);
      const of = (name: "stepInefficiency" | "foretold") =>
        list.map(({ rows }) => middle(rows.map((row) => row[name])));
      return [
        line(steps, of("stepInefficiency"), { name, color: colors[i], mode: "lines+markers" }),
        line(steps, of("foretold"), { name: `${name}: ι (1 + ρ)`, color: colors[i], dash: "dash" }),
      ];
    }),
    ...{ x: "steps N", y: "N Σ‖δθ‖^{2}/‖Δθ‖^{2}", log: "xy", title: stepsName(study) },
  };
}
