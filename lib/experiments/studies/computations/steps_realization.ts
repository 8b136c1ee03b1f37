/**
 * One seed's training in discrete steps, or its gradient flow: gradient descent and minibatches at a
 * rate told in units of 2/λ_max at the start. This module and what it reaches are the code of the run.
 *
 * @module
 */
import { cifar10, targets } from "../../../datasets/mod.ts";
import {
  descend,
  gradientFlow,
  gradientNoise,
  topCurvature,
  type TrainingSet,
  type Trajectory,
} from "../../../dynamics/mod.ts";
import type { Network } from "../../../networks/mod.ts";
import type { Tensor } from "../../../numerics/mod.ts";
import { type NetworkConfiguration, networkOf } from "./network_of.ts";
import type { Computation, RunControl } from "../../study/study.ts";
import { rounded } from "./linearization_record.ts";

/** A learning rate: a multiple of 2/λ_max of the Hessian at the start, or η itself. */
export type StepRate = { readonly share: number } | { readonly eta: number };

/** What a run rests on. Times are in units of 2/λ_max at the start. */
export interface StepsInput extends NetworkConfiguration {
  readonly study: "discrete steps";
  readonly n: number;
  readonly seed: number;
  readonly horizon: number;
  /** Steps of a descent, at most: a small rate does not come to the horizon. */
  readonly mostSteps: number;
  readonly tolerance: number;
  /** Of a flow the rates of all descents that it is the measure of; of a descent its own. */
  readonly rates: readonly StepRate[];
  /** Images of a step; none of a flow. */
  readonly batchSize?: number;
  /** How often λ_max is looked at along a descent with all images. */
  readonly looks: number;
}

/** The columns of a run, an entry for each recorded time. */
export interface StepsColumns {
  /** τ */
  readonly time: number[];
  readonly loss: number[];
  readonly lossDrop: number[];
  readonly displacementSquared: number[];
  readonly pathLength: number[];
}

/** A gradient flow. */
export interface StepsFlow extends StepsColumns {
  readonly kind: "flow";
  readonly lambdaStart: number;
  /** λ_max of the kernel along it. */
  readonly lambdaKernel: number[];
  readonly gradients: number;
}

/** A descent. */
export interface StepsDescent extends StepsColumns {
  readonly kind: "descent";
  readonly lambdaStart: number;
  readonly rate: StepRate;
  /** η */
  readonly learningRate: number;
  readonly batchSize: number;
  /** Σ‖δθ‖² */
  readonly stepSquaredSum: number[];
  /** Of all images: λ̄, the largest curvature along the steps so far, from the first step on. */
  readonly curvature?: number[];
  /** Of all images: λ_max of the Hessian, at some entries. */
  readonly sharpness?: { readonly entry: number; readonly value: number }[];
  /** Of minibatches: |∇L|² and tr C at the entries. */
  readonly gradientSquared?: number[];
  readonly covarianceTrace?: number[];
  /** The step at which loss, gradient or step was no longer finite, if it came to that. */
  readonly diverged: boolean;
}

/** What a run gives. */
export type StepsRun = StepsFlow | StepsDescent;

/** A seed's flow or descent. */
export const stepsRealization: Computation<StepsInput, StepsRun> = {
  module: import.meta.url,
  compute: async (input, control) => {
    const { train } = await cifar10({ train: input.n, test: 2 });
    const network = networkOf(input);
    const data = { images: train.images, targets: targets(train.labels) };
    const parameters = network.init(input.seed);
    const { value } = await topCurvature(network, data, { parameters, tolerance: 0.05 });
    const start = { network, data, parameters, lambdaStart: rounded(value) };
    return input.batchSize === undefined
      ? await flowBeside(input, start, control)
      : await descentFrom(input, start, control);
  },
};

interface Start {
  readonly network: Network;
  readonly data: TrainingSet;
  readonly parameters: Tensor[];
  readonly lambdaStart: number;
}

/** Marks at which rates are compared, in units of 2/λ_max: 1, 2, 5, 10, … up to the horizon. */
export function marksUpTo(horizon: number): number[] {
  const decades = Array.from({ length: 10 }, (_, decade) => 10 ** decade);
  const marks = decades.flatMap((decade) => [1, 2, 5].map((digit) => digit * decade));
  return [...marks.filter((mark) => mark < horizon), horizon];
}

const etaOf = (rate: StepRate, lambdaStart: number) =>
  "eta" in rate ? rate.eta : 2 * rate.share / lambdaStart;

/** The steps of a descent that are nearest to the marks, and how many it takes. */
function stepsAtMarks(
  { horizon, mostSteps }: Pick<StepsInput, "horizon" | "mostSteps">,
  eta: number,
  lambdaStart: number,
): number[] {
  const unit = 2 / lambdaStart / eta;
  const steps = marksUpTo(horizon).map((mark) => Math.round(mark * unit));
  const kept = steps.filter((step) => step >= 1 && step <= mostSteps);
  return [...new Set([...kept, Math.min(mostSteps, Math.max(1, steps.at(-1)!))])];
}

/** The flow, with an entry at every time that a descent has one at a mark. */
async function flowBeside(
  input: StepsInput,
  { network, data, parameters, lambdaStart }: Start,
  { checkpoint, signal, onProgress }: RunControl,
): Promise<StepsFlow> {
  const horizon = input.horizon * 2 / lambdaStart;
  const atSteps = input.rates.flatMap((rate) => {
    const eta = etaOf(rate, lambdaStart);
    return stepsAtMarks(input, eta, lambdaStart).map((step) => step * eta);
  });
  const grid = Array.from({ length: 24 }, (_, i) => horizon * 10 ** (-3 + i / 8));
  const last = Math.max(horizon, ...atSteps);
  const record = [...atSteps, ...grid, horizon].sort((a, b) => a - b).filter((time, i, all) =>
    time > 0 && time < last && (i === 0 || time > all[i - 1] * (1 + 1e-9))
  );
  const { trajectory, gradients } = await gradientFlow(network, data, {
    ...{ horizon: last, record, tolerance: input.tolerance, parameters },
    ...{ checkpoint, signal, onProgress },
  });
  signal?.throwIfAborted();
  return {
    ...{ kind: "flow", lambdaStart, ...columnsOf(trajectory) },
    lambdaKernel: Array.from(trajectory.observed.lambdaMax, (x) => rounded(x, 5)),
    gradients: rounded(gradients),
  };
}

/** A descent, with entries at the marks and at steps between. */
async function descentFrom(
  input: StepsInput,
  { network, data, parameters, lambdaStart }: Start,
  { signal, onProgress }: RunControl,
): Promise<StepsDescent> {
  const { rates: [rate], seed, batchSize = input.n, looks } = input;
  const learningRate = etaOf(rate, lambdaStart);
  const atMarks = stepsAtMarks(input, learningRate, lambdaStart);
  const steps = atMarks.at(-1)!;
  const between = Array.from({ length: 20 }, (_, i) => Math.round(steps ** (i / 20)));
  const record = [...new Set([1, ...atMarks, ...between])].sort((a, b) => a - b);
  const full = batchSize >= input.n;
  const every = Math.ceil(record.length / Math.max(1, looks));
  const sharpness: { entry: number; value: number }[] = [];
  const [gradientSquared, covarianceTrace]: number[][] = [[], []];
  let [entry, from] = [0, undefined as Float64Array | undefined];
  const observe = async (parameters: readonly Tensor[]) => {
    if (!full) {
      const noise = await gradientNoise(network, data, { parameters });
      gradientSquared.push(rounded(noise.gradientSquared));
      covarianceTrace.push(rounded(noise.covarianceTrace));
    } else if (looks > 0 && (record.length - entry) % every === 0) {
      const top = await topCurvature(network, data, { parameters, from, tolerance: 0.03 });
      from = top.vector;
      sharpness.push({ entry, value: rounded(top.value, 5) });
    }
    entry++;
    return {};
  };
  const { trajectory, diverged } = await descend(network, data, {
    ...{ learningRate, steps, batchSize, seed, parameters, record, observe, signal, onProgress },
  }).then(({ trajectory }) => ({ trajectory, diverged: false }), (error) => {
    // What a step beyond the edge of stability ends in; the trajectory up to there is its cause.
    if (!(error instanceof Error && isTrajectory(error.cause))) throw error;
    return { trajectory: error.cause, diverged: true };
  });
  signal?.throwIfAborted();
  const column = (values: ArrayLike<number>, digits = 8) =>
    Array.from(values, (x) => rounded(x, digits));
  return {
    ...{ kind: "descent", lambdaStart, rate, learningRate: rounded(learningRate), batchSize },
    ...columnsOf(trajectory),
    stepSquaredSum: column(trajectory.stepSquaredSum),
    ...(full
      ? { curvature: column(Array.from(trajectory.observed.curvature).slice(1)), sharpness }
      : { gradientSquared, covarianceTrace }),
    diverged,
  };
}

const isTrajectory = (cause: unknown): cause is Trajectory =>
  typeof cause === "object" && cause !== null && "stepSquaredSum" in cause;

function columnsOf(trajectory: Trajectory): StepsColumns {
  const column = (name: keyof StepsColumns) => Array.from(trajectory[name], (x) => rounded(x));
  return {
    time: column("time"),
    loss: column("loss"),
    lossDrop: column("lossDrop"),
    displacementSquared: column("displacementSquared"),
    pathLength: column("pathLength"),
  };
}
