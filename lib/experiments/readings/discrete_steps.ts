/**
 * How a study of discrete steps is read: descent beside the flow from the same weights, at the same
 * time.
 *
 * @module
 */
import { checkDiscreteSteps } from "../checks.ts";
import { checkRecord } from "../../numerics/checks.ts";
import type { DiscreteStepsRealization, DiscreteStepsStudy } from "../studies/discrete_steps.ts";
import type { StepsDescent, StepsFlow } from "../studies/computations/steps_realization.ts";

/** A descent after some steps, and the flow at the same time. */
export interface StepsBesideFlow {
  readonly seed: number;
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
  const { learningRate, lambdaStart, batchSize, curvature } = given;
  return time.slice(1).map((t, i) => {
    const at = i + 1, steps = Math.round(t / learningRate);
    const ratio = t * lossDrop[at] / displacementSquared[at];
    return {
      ...{ entry: at, share: learningRate * lambdaStart / 2, learningRate, batchSize, steps },
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
function flowAt({ time, lossDrop, displacementSquared }: StepsFlow, at: number) {
  const i = time.findIndex((t) => Math.abs(t - at) < 1e-5 * at);
  return i < 1 ? undefined : time[i] * lossDrop[i] / displacementSquared[i];
}

/** The noise of minibatches up to an entry, and what it makes of the flow's ratio. */
export interface StepsNoise extends StepsBesideFlow {
  /** ρ = Σ tr C (n−B)/((n−1) B)/Σ|g|², over the steps so far. */
  readonly rho: number;
  /** ι_flow (1 + ρ) */
  readonly foretold: number;
  /** stepInefficiency/foretold */
  readonly quotient: number;
  /** Of the dissipation Σ‖δθ‖²/η the share that went into noise, ρ/(1 + ρ). */
  readonly noiseShare: number;
}

/**
 * Minibatches beside the flow, with the noise that was measured along their paths: sums over steps as
 * integrals by the trapezoid over the recorded entries.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { stepsNoise } from "./discrete_steps.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert(stepsNoise(result).every(({ rho }) => rho >= 0));
 * ```
 */
export function stepsNoise(study: DiscreteStepsStudy): StepsNoise[] {
  const { realizations, configuration: { n } } = checkDiscreteSteps("study", study);
  return realizations.flatMap((one) =>
    one.descents.filter(({ batchSize }) => batchSize < n).flatMap((descent) => {
      const rho = noiseOf(descent, n);
      const alone = { configuration: study.configuration, realizations: [withOnly(one, descent)] };
      const { time } = descent;
      return stepsBesideFlow(alone).map((at) => {
        const entry = time.findIndex((t) => Math.abs(t / descent.learningRate - at.steps) < 0.5);
        const foretold = at.flow * (1 + rho[entry]);
        return {
          ...{ ...at, rho: rho[entry], foretold, quotient: at.stepInefficiency / foretold },
          noiseShare: rho[entry] / (1 + rho[entry]),
        };
      });
    })
  );
}

const withOnly = (one: DiscreteStepsRealization, descent: StepsDescent) => ({
  ...one,
  descents: [descent],
});

/** ρ up to every entry; 0 at the start. */
function noiseOf(
  { time, batchSize, gradientSquared = [], covarianceTrace = [] }: StepsDescent,
  n: number,
): number[] {
  let [noise, signal] = [0, 0];
  return time.map((t, i) => {
    if (i === 0) return 0;
    const mean = (column: readonly number[]) => (t - time[i - 1]) * (column[i] + column[i - 1]) / 2;
    noise += mean(covarianceTrace) * (n - batchSize) / ((n - 1) * batchSize);
    signal += mean(gradientSquared);
    return noise / signal;
  });
}

/** λ_max of the Hessian along a descent, in units of 2/η. */
export interface StepsSharpness {
  readonly seed: number;
  readonly share: number;
  readonly learningRate: number;
  readonly steps: number;
  readonly mark: number;
  /** ηλ_max/2: above 1 the step is beyond the edge of stability. */
  readonly edge: number;
}

/**
 * Where λ_max was looked at: ηλ_max/2 along the descents with all images.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { stepsSharpness } from "./discrete_steps.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert(stepsSharpness(result).every(({ edge }) => edge > 0));
 * ```
 */
export function stepsSharpness(study: DiscreteStepsStudy): StepsSharpness[] {
  const { realizations } = checkDiscreteSteps("study", study);
  return realizations.flatMap(({ seed, descents }) =>
    descents.flatMap(({ sharpness = [], learningRate, lambdaStart, time }) =>
      sharpness.map(({ entry, value }) => ({
        ...{ seed, share: learningRate * lambdaStart / 2, learningRate },
        steps: Math.round(time[entry] / learningRate),
        mark: time[entry] * lambdaStart / 2,
        edge: learningRate * value / 2,
      }))
    )
  );
}
