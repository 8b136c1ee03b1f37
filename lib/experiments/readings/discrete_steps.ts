/**
 * How a study of discrete steps is read: descent beside the flow from the same weights, at the same
 * time.
 *
 * @module
 */
import { checkDiscreteSteps, checkObject } from "../checks.ts";
import { checkList, checkRecord } from "../../numerics/checks.ts";
import { networkName } from "./kernel_exponents.ts";
import type { DiscreteStepsStudy } from "../studies/discrete_steps.ts";
import type {
  StepRate,
  StepsDescent,
  StepsFlow,
} from "../studies/computations/steps_realization.ts";

/** A descent after some steps, and the flow at the same time. */
export interface StepsBesideFlow {
  readonly seed: number;
  /** As it was asked for. */
  readonly rate: StepRate;
  /** ηλ_max/2 at the start: the learning rate in units of the edge of stability there. */
  readonly share: number;
  readonly learningRate: number;
  readonly batchSize: number;
  /** N */
  readonly steps: number;
  /** N η λ_max/2 at the start. */
  readonly mark: number;
  /** T/T_SL as the flow's formula reads it off the descent. */
  readonly descent: number;
  readonly flow: number;
  /** descent/flow − 1 */
  readonly difference: number;
  /** N Σ‖δθ‖²/‖Δθ‖² */
  readonly stepInefficiency: number;
  /** ηΔL/Σ‖δθ‖²: by which the two ratios of the descent differ; 1 − ½ηκ of one step. */
  readonly lossShare: number;
}

/** A descent at one of its entries past the start. */
export interface StepsEntry extends Omit<StepsBesideFlow, "flow" | "difference" | "seed"> {
  readonly entry: number;
  readonly loss: number;
  /** (1 − ηλ̄/2) T_SL/(Nη) ≤ 1, of all images. */
  readonly limitShare?: number;
}

/**
 * The entries of a descent past its start.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stepsEntries } from "./discrete_steps.ts";
 * // One step of η = ½ on L = θ²/2, from 1 to ½.
 * const [one] = stepsEntries({
 *   ...{ kind: "descent", lambdaStart: 1, rate: { share: 0.25 }, learningRate: 0.5, batchSize: 4 },
 *   ...{ time: [0, 0.5], loss: [0.5, 0.125], lossDrop: [0, 0.375], displacementSquared: [0, 0.25] },
 *   ...{ pathLength: [0, 0.5], stepSquaredSum: [0, 0.25], curvature: [1], diverged: false },
 * });
 * assert.equal(one.steps, 1);
 * assert.equal(one.descent, 0.75);
 * assert.equal(one.stepInefficiency, 1);
 * assert.equal(one.limitShare, 1);
 * ```
 */
export function stepsEntries(descent: StepsDescent): StepsEntry[] {
  const { time, loss, lossDrop, displacementSquared, stepSquaredSum, ...given } = checkRecord(
    "descent",
    descent,
    {},
    "a descent of a study of discrete steps",
  );
  const { learningRate, lambdaStart, batchSize, curvature, rate } = given;
  return time.slice(1).map((t, i) => {
    const at = i + 1, steps = Math.round(t / learningRate);
    const ratio = t * lossDrop[at] / displacementSquared[at];
    return {
      ...{ entry: at, rate, share: learningRate * lambdaStart / 2, learningRate, batchSize, steps },
      ...{ mark: t * lambdaStart / 2, loss: loss[at], descent: ratio },
      stepInefficiency: steps * stepSquaredSum[at] / displacementSquared[at],
      lossShare: learningRate * lossDrop[at] / stepSquaredSum[at],
      // ΔL ≤ 0 has no T_SL: there the limit says nothing.
      ...(curvature && lossDrop[at] > 0 && {
        limitShare: (1 - learningRate * curvature[i] / 2) / ratio,
      }),
    };
  });
}

/**
 * All descents of a study beside its flows, at the marks.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { stepsBesideFlow } from "./discrete_steps.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert(stepsBesideFlow(result).every(({ flow }) => flow >= 0.99));
 * ```
 */
export function stepsBesideFlow(study: DiscreteStepsStudy): StepsBesideFlow[] {
  const { realizations } = checkDiscreteSteps("study", study);
  return realizations.flatMap((one) =>
    one.descents.flatMap((descent) =>
      stepsEntries(descent).flatMap(({ entry: _, loss: __, limitShare: ___, ...at }) => {
        const flow = flowAt(one.flow, at.steps * at.learningRate);
        return flow === undefined
          ? []
          : [{ seed: one.seed, ...at, flow, difference: at.descent / flow - 1 }];
      })
    )
  );
}

/** The flow's T/T_SL at a time that it has an entry at; `undefined` at others. */
function flowAt(flow: StepsFlow, at: number) {
  const i = flowEntry(flow, at);
  return i < 1 ? undefined : flow.time[i] * flow.lossDrop[i] / flow.displacementSquared[i];
}

/** Which entry of a flow is at a time, to the digits that are stored; −1 where there is none. */
export const flowEntry = ({ time }: StepsFlow, at: number): number =>
  time.findIndex((t) => Math.abs(t - at) <= 1e-5 * at);

/** Rows of several seeds at one rate, batch size and number of steps (or time, of a rate told as η). */
export interface StepsGroup<R> {
  readonly rate: StepRate;
  readonly batchSize?: number;
  /** Means over the seeds. */
  readonly share: number;
  readonly steps: number;
  readonly mark: number;
  readonly rows: readonly R[];
}

type Groupable = Pick<StepsBesideFlow, "seed" | "rate" | "share" | "steps" | "mark"> & {
  readonly batchSize?: number;
};

/**
 * Rows with those of the other seeds, in the order of rates and times. Rates in units of 2/λ_max take
 * the same steps in every seed; of rates told as η rows at the nearest of 1, 2, 5, 10, … go together.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stepsGroups } from "./discrete_steps.ts";
 * const row = (seed: number) => ({ seed, rate: { share: 1 }, share: 1, steps: 2, mark: 2 });
 * assert.equal(stepsGroups([row(0), row(1)])[0].rows.length, 2);
 * ```
 */
export function stepsGroups<R extends Groupable>(rows: readonly R[]): StepsGroup<R>[] {
  checkList("rows", rows, checkObject);
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const place = "eta" in row.rate ? `at ${nominal(row.mark)}` : `${row.steps} steps`;
    const key = JSON.stringify([row.rate, row.batchSize, place]);
    const group = groups.get(key) ?? [];
    const same = group.findIndex(({ seed }) => seed === row.seed);
    const off = ({ mark }: R) => Math.abs(Math.log(mark / nominal(mark)));
    if (same < 0) group.push(row);
    else if (off(row) < off(group[same])) group[same] = row;
    groups.set(key, group);
  }
  const found = [...groups.values()].map((rows) => {
    const mean = (of: "share" | "steps" | "mark") =>
      rows.reduce((sum, row) => sum + row[of], 0) / rows.length;
    const { rate, batchSize } = rows[0];
    return {
      ...{ rate, batchSize, share: mean("share"), steps: mean("steps"), mark: mean("mark"), rows },
    };
  });
  return found.sort((a, b) =>
    (b.batchSize ?? 0) - (a.batchSize ?? 0) || a.share - b.share || a.mark - b.mark
  );
}

/** The nearest of 1, 2, 5, 10, … */
function nominal(mark: number): number {
  const decade = 10 ** Math.floor(Math.log10(mark));
  const near = [1, 2, 5, 10].map((digit) => digit * decade);
  const off = near.map((value) => Math.abs(Math.log(mark / value)));
  return near[off.indexOf(Math.min(...off))];
}

/**
 * A learning rate in words: "0.1 · 2/λ_max" or "η = 0.00001".
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stepRateText } from "./discrete_steps.ts";
 * assert.equal(stepRateText({ share: 0.1 }), "0.1 · 2/λ_max");
 * assert.equal(stepRateText({ eta: 1e-5 }), "η = 1e-5");
 * ```
 */
export function stepRateText(rate: StepRate): string {
  checkRecord("rate", rate, {}, "{ share } or { eta }");
  return "eta" in rate ? `η = ${rate.eta.toExponential()}` : `${rate.share} · 2/λ_max`;
}

/**
 * A study's network and n in words.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { stepsName } from "./discrete_steps.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert.match(stepsName(result), /, n = /);
 * ```
 */
export function stepsName(study: Pick<DiscreteStepsStudy, "configuration">): string {
  const { configuration } = checkRecord("study", study, { configuration: checkObject });
  const { architecture, width, n } = configuration;
  return `${networkName({ architecture, width })}, n = ${n}`;
}
