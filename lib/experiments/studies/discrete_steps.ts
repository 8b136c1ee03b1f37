/**
 * Training in discrete steps beside the gradient flow from the same weights: gradient descent from far
 * below the edge of stability to beyond it, and minibatches.
 *
 * @module
 */
import { architectureNames } from "../../networks/mod.ts";
import {
  type StepRate,
  type StepsDescent,
  type StepsFlow,
  type StepsInput,
  stepsRealization,
  type StepsRun,
} from "./computations/steps_realization.ts";
import { checkedConfiguration } from "../study/configuration.ts";
import { type FieldsOf, growing, integer, number, oneOf, optional } from "../study/fields.ts";
import { imagesField, seedsField, widthField } from "./flow_fields.ts";
import { networkFields } from "./network_fields.ts";
import { networkFileName } from "./network_file_name.ts";
import {
  type NetworkConfiguration,
  networkPart,
  withoutDefaults,
} from "./computations/network_of.ts";
import type { Study, StudyRun } from "../study/study.ts";

/** What decides a study of discrete steps. */
export interface DiscreteStepsConfiguration extends Omit<NetworkConfiguration, "parametrization"> {
  /** Training images, the first of the dataset. */
  readonly n: number;
  readonly seeds: readonly number[];
  /** Learning rates with all images, in units of 2/λ_max at the start. */
  readonly rates: readonly number[];
  /** Further ones, η itself. */
  readonly learningRates: readonly number[];
  /** Images of a minibatch. */
  readonly batches: readonly number[];
  /** Their learning rates, in units of 2/λ_max at the start. */
  readonly batchRates: readonly number[];
  /** The last time, in units of 2/λ_max at the start. */
  readonly horizon: number;
  readonly mostSteps: number;
  readonly tolerance: number;
  readonly looks: number;
}

/** What a study of discrete steps is given: what it leaves out has a default. */
export interface GivenDiscreteSteps
  extends
    Pick<DiscreteStepsConfiguration, "width" | "n">,
    Partial<
      Omit<
        DiscreteStepsConfiguration,
        "width" | "n" | "seeds" | "rates" | "learningRates" | "batches" | "batchRates"
      >
    > {
  readonly seeds?: number | readonly number[];
  readonly rates?: number | readonly number[];
  readonly learningRates?: number | readonly number[];
  readonly batches?: number | readonly number[];
  readonly batchRates?: number | readonly number[];
}

/** One seed's flow and descents. */
export interface DiscreteStepsRealization {
  readonly seed: number;
  readonly flow: StepsFlow;
  readonly descents: readonly StepsDescent[];
}

/** What the study gives: plain values that JSON keeps. */
export interface DiscreteStepsStudy {
  readonly configuration: DiscreteStepsConfiguration;
  readonly realizations: readonly DiscreteStepsRealization[];
}

const fields: FieldsOf<GivenDiscreteSteps, DiscreteStepsConfiguration> = {
  architecture: optional(oneOf(architectureNames, { help: "the network" }), "fully-connected"),
  width: widthField,
  n: imagesField(50_000),
  seeds: seedsField,
  rates: optional(
    growing({ help: "learning rates, in units of 2/λ_max at the start", tag: "rates" }),
    [0.02, 0.05, 0.1, 0.2, 0.5, 1, 1.5, 2, 4],
  ),
  learningRates: optional(
    growing({ help: "further learning rates, η itself", tag: "eta" }),
    [],
  ),
  batches: optional(
    growing({ help: "images of a minibatch, below n", tag: "batches" }),
    [],
  ),
  batchRates: optional(
    growing({ help: "their learning rates, in units of 2/λ_max at the start", tag: "batchrates" }),
    [0.1],
  ),
  ...networkFields,
  horizon: optional(
    number({
      help: "the last time, in units of 2/λ_max at the start",
      ...{ least: 1, most: 1e6, tag: "to", better: "more" },
    }),
    100,
  ),
  mostSteps: optional(
    integer({
      help: "steps of a descent, at most: small rates do not come to the horizon",
      ...{ most: 1e7, tag: "steps", better: "more" },
    }),
    500,
  ),
  tolerance: optional(
    number({
      help: "relative accuracy of the flow's T/T_SL, l_γ/l_geo and L",
      ...{ least: 1e-6, most: 0.2, tag: "tol", better: "less" },
    }),
    0.003,
  ),
  looks: optional(
    integer({
      help: "looks at λ_max of the Hessian along each descent from half of 2/λ_max on",
      ...{ least: 0, most: 1000, tag: "looks", better: "more" },
    }),
    8,
  ),
};

/** The study of discrete steps, for the table of studies. */
export const discreteSteps: Study<
  GivenDiscreteSteps,
  DiscreteStepsConfiguration,
  StepsInput,
  StepsRun,
  DiscreteStepsStudy
> = {
  name: "discrete-steps",
  summary: "gradient descent below and beyond the edge of stability, and SGD, beside the flow",
  folder: "discrete_steps",
  module: import.meta.url,
  fields,
  resolve(given) {
    const configuration = withoutDefaults(checkedConfiguration("discrete-steps", fields, given));
    checkBatches(configuration);
    return configuration;
  },
  computation: stepsRealization,
  runs: (configuration) => configuration.seeds.flatMap((seed) => runsOf(configuration, seed)),
  gather(configuration, runs) {
    const each = runsOf(configuration, 0).length;
    const seeds = configuration.seeds.slice(0, Math.floor(runs.length / each));
    return {
      configuration: { ...configuration, seeds },
      realizations: seeds.map((seed, i) => {
        const own = runs.slice(i * each, (i + 1) * each);
        return {
          ...{ seed, flow: own.find((run): run is StepsFlow => run.kind === "flow")! },
          descents: own.filter((run): run is StepsDescent => run.kind === "descent"),
        };
      }),
    };
  },
  fileName: (configuration) => networkFileName(fields, configuration),
  tell: ({ realizations }) =>
    realizations.map(({ seed, flow, descents }) =>
      `seed ${seed}: λ_max ${flow.lambdaStart.toPrecision(4)}, T/T_SL ${
        ratioAtEnd(flow).toFixed(2)
      }; ` + descents.map((one) => `${noteOf(one)} ${ratioAtEnd(one).toFixed(2)}`).join(", ")
    ),
};

const ratioAtEnd = ({ time, lossDrop, displacementSquared }: StepsRun) =>
  time.at(-1)! * lossDrop.at(-1)! / displacementSquared.at(-1)!;

const noteOf = ({ rate, batchSize }: Pick<StepsDescent, "rate" | "batchSize">) =>
  `${"eta" in rate ? `η ${rate.eta}` : `${rate.share}·2/λ`}, B ${batchSize}`;

/**
 * A batch of all images is no minibatch: such a descent is among the others.
 *
 * @throws {RangeError} naming the batch of zero, of part of an image or beyond n − 1, or the rate 0
 */
function checkBatches(
  { batches, batchRates, rates, learningRates, n }: DiscreteStepsConfiguration,
) {
  const bad = batches.find((size) => !Number.isInteger(size) || size < 1 || size >= n);
  if (bad !== undefined) {
    throw new RangeError(
      `batches contains ${bad}; it must hold integers from 1 to ${n - 1}, below n`,
    );
  }
  for (const [name, list] of Object.entries({ rates, learningRates, batchRates })) {
    if (list.includes(0)) throw new RangeError(`${name} contains 0; rates are positive numbers`);
  }
}

/** λ_max is looked at from this rate on. */
const LOOKED_AT = 0.5;

/** A seed's flow, then its descents with all images, then those with minibatches. */
function runsOf(configuration: DiscreteStepsConfiguration, seed: number): StudyRun<StepsInput>[] {
  const { n, horizon, mostSteps, tolerance, looks } = configuration;
  const { rates, learningRates, batches, batchRates } = configuration;
  const shared = {
    ...networkPart(configuration),
    ...{ study: "discrete steps", n, seed, horizon, mostSteps, tolerance } as const,
  };
  const inUnits = (share: number): StepRate => ({ share });
  const full = [...learningRates.map((eta): StepRate => ({ eta })), ...rates.map(inUnits)];
  const descent = (rate: StepRate, batchSize: number) => ({
    input: {
      ...{ ...shared, rates: [rate], batchSize },
      looks: batchSize === n && "share" in rate && rate.share >= LOOKED_AT ? looks : 0,
    },
    note: `seed ${seed}, ${noteOf({ rate, batchSize })}`,
  });
  const all = [...full, ...batchRates.map(inUnits)];
  const unique = [...new Map(all.map((rate) => [JSON.stringify(rate), rate])).values()];
  return [
    { input: { ...shared, rates: unique, looks: 0 }, note: `seed ${seed}, flow` },
    ...full.map((rate) => descent(rate, n)),
    ...batchRates.flatMap((share) => batches.map((size) => descent({ share }, size))),
  ];
}
