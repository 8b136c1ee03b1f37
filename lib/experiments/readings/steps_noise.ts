/**
 * Along descents: the noise of minibatches with what theory makes of it, and λ_max against 2/η.
 *
 * @module
 */
import { checkDiscreteSteps } from "../checks.ts";
import type { DiscreteStepsRealization, DiscreteStepsStudy } from "../studies/discrete_steps.ts";
import type { StepRate, StepsDescent } from "../studies/computations/steps_realization.ts";
import { flowEntry, type StepsBesideFlow, stepsBesideFlow } from "./discrete_steps.ts";

/** The noise of minibatches up to an entry, and what it makes of the flow's ratio. */
export interface StepsNoise extends StepsBesideFlow {
  /** ρ = Σ tr C (n−|b|)/((n−1) |b|)/Σ|g|², over the steps so far, |b| the images of a step. */
  readonly rho: number;
  /** ι_flow (1 + ρ) */
  readonly foretold: number;
  /** stepInefficiency/foretold */
  readonly quotient: number;
  /** Of the dissipation Σ‖δθ‖²/η the share that went into noise, ρ/(1 + ρ). */
  readonly noiseShare: number;
}

/**
 * Minibatches beside the flow, with the noise that was measured along their paths: sums over the steps,
 * each with its own number of images (the last of an epoch has what is left over), tr C and |g|² between the
 * recorded entries by straight lines.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { stepsNoise } from "./steps_noise.ts";
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
  { time, learningRate, batchSize, gradientSquared = [], covarianceTrace = [] }: StepsDescent,
  n: number,
): number[] {
  let [noise, signal] = [0, 0];
  const steps = time.map((t) => Math.round(t / learningRate));
  return steps.map((end, i) => {
    if (i === 0) return 0;
    const start = steps[i - 1];
    for (let step = start; step < end; step++) {
      const part = (step - start) / (end - start);
      const at = (column: readonly number[]) => column[i - 1] + part * (column[i] - column[i - 1]);
      const images = imagesOf(step, { n, batchSize });
      noise += at(covarianceTrace) * (n - images) / ((n - 1) * images);
      signal += at(gradientSquared);
    }
    return noise / signal;
  });
}

/** How many images a step sees: an epoch's last step has what is left over. */
const imagesOf = (step: number, { n, batchSize }: { n: number; batchSize: number }) =>
  Math.min(batchSize, n - (step % Math.ceil(n / batchSize)) * batchSize);

/** λ_max of the Hessian along a descent, in units of 2/η. */
export interface StepsSharpness {
  readonly seed: number;
  readonly rate: StepRate;
  readonly share: number;
  readonly learningRate: number;
  readonly steps: number;
  readonly mark: number;
  /** ηλ_max/2: above 1 the step is beyond the edge of stability. */
  readonly edge: number;
  readonly loss: number;
  /** ηλ_max/2 of the flow's kernel (not of its Hessian) at the same τ, where the flow has an entry there. */
  readonly flowKernel?: number;
}

/**
 * Where λ_max was looked at: ηλ_max/2 along the descents with all images.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { stepsSharpness } from "./steps_noise.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert(stepsSharpness(result).every(({ edge }) => edge > 0));
 * ```
 */
export function stepsSharpness(study: DiscreteStepsStudy): StepsSharpness[] {
  const { realizations } = checkDiscreteSteps("study", study);
  return realizations.flatMap(({ seed, flow, descents }) =>
    descents.flatMap(({ sharpness = [], rate, learningRate, lambdaStart, time, loss }) =>
      sharpness.map(({ entry, value }) => {
        const at = flowEntry(flow, time[entry]);
        return {
          ...{ seed, rate, share: learningRate * lambdaStart / 2, learningRate },
          steps: Math.round(time[entry] / learningRate),
          mark: time[entry] * lambdaStart / 2,
          ...{ edge: learningRate * value / 2, loss: loss[entry] },
          ...(at >= 0 && { flowKernel: learningRate * flow.lambdaKernel[at] / 2 }),
        };
      })
    )
  );
}
