/**
 * How much of an ensemble's law under Langevin dynamics is owed to the length of a step.
 *
 * @module
 */
import { checkedConfiguration } from "../study/configuration.ts";
import {
  type FieldsOf,
  growing,
  integer,
  number,
  optional,
  times as timesField,
} from "../study/fields.ts";
import { nameFrom, tagged } from "../study/file_name.ts";
import type { Study } from "../study/study.ts";
import {
  type LangevinStepsInput,
  langevinStepsRealization,
  type LangevinStepsRun,
} from "./computations/langevin_steps_realization.ts";
import { seedsField } from "./flow_fields.ts";

/** What decides a study of the steps of Langevin dynamics. */
export interface LangevinStepsConfiguration {
  /** Of the hidden layers. */
  readonly width: number;
  /** Hidden layers; 0 of a linear model, which has no width. */
  readonly depth: number;
  readonly n: number;
  readonly members: number;
  readonly times: readonly number[];
  /** β, the inverse temperature. */
  readonly beta: number;
  /** A step is its length over 1 + the largest eigenvalue of the kernel JJᵀ at the first member, or a little less. */
  readonly lengths: readonly number[];
  readonly seeds: readonly number[];
}

/** What it is given: what it leaves out has a default. */
export interface GivenLangevinSteps extends Partial<Omit<LangevinStepsConfiguration, Lists>> {
  readonly times?: number | readonly number[];
  readonly lengths?: number | readonly number[];
  readonly seeds?: number | readonly number[];
}

type Lists = "times" | "lengths" | "seeds";

/** What the study gives: plain values that JSON keeps. */
export interface LangevinStepsStudy {
  readonly configuration: LangevinStepsConfiguration;
  readonly realizations: readonly (LangevinStepsRun & { readonly seed: number })[];
}

const fields: FieldsOf<GivenLangevinSteps, LangevinStepsConfiguration> = {
  width: optional(integer({ help: "units of every hidden layer", most: 256, tag: "width" }), 8),
  depth: optional(
    integer({ help: "hidden layers; 0 for a linear model", least: 0, most: 4, tag: "depth" }),
    2,
  ),
  n: optional(
    integer({ help: "training images of 2 × 2 pixels", unit: "images", most: 256, tag: "n" }),
    16,
  ),
  members: optional(
    integer({
      help: "networks of an ensemble",
      ...{ least: 2, most: 10_000, tag: "members", better: "more" },
    }),
    256,
  ),
  times: optional(timesField({ help: "times that are recorded", unit: "τ", tag: "tau" }), [
    0.5,
    1,
    4,
  ]),
  beta: optional(
    number({ help: "inverse temperature", unit: "1/loss", above: 0, most: 1e4, tag: "beta" }),
    10,
  ),
  lengths: optional(
    growing({
      help: "lengths of a step, over 1 + the largest eigenvalue of the kernel",
      tag: "lengths",
    }),
    [0.075, 0.15, 0.3],
  ),
  seeds: seedsField,
};

/** The study of the steps of Langevin dynamics, for the table of studies. */
export const langevinSteps: Study<
  GivenLangevinSteps,
  LangevinStepsConfiguration,
  LangevinStepsInput,
  LangevinStepsRun,
  LangevinStepsStudy
> = {
  name: "langevin-steps",
  summary: "ensembles of small networks under Langevin dynamics at several lengths of a step",
  folder: "langevin_steps",
  module: import.meta.url,
  fields,
  resolve: (given) => {
    const configuration = checkedConfiguration("langevin-steps", fields, given);
    const { lengths } = configuration;
    if (lengths.length < 2 || lengths[0] <= 0) {
      throw new RangeError(`lengths is [${lengths}]; it must hold two or more, above 0`);
    }
    return configuration.depth === 0 ? { ...configuration, width: 8 } : configuration;
  },
  computation: langevinStepsRealization,
  runs: ({ seeds, ...others }) =>
    seeds.map((seed) => ({
      input: { study: "langevin steps", ...others, seed },
      note: `seed ${seed}`,
    })),
  gather: (configuration, runs) => {
    const seeds = configuration.seeds.slice(0, runs.length);
    return {
      configuration: { ...configuration, seeds },
      realizations: seeds.map((seed, i) => ({ seed, ...runs[i] })),
    };
  },
  fileName: (configuration) => {
    const named = tagged(fields, configuration);
    return nameFrom(["langevin", ...(named.length > 0 ? named : ["width8"])]);
  },
  tell: ({ realizations }) =>
    realizations.map(({ seed, steps }) =>
      `seed ${seed}: ⟨L⟩ in the end ` +
      steps.map(({ length, meanLoss }) => `${meanLoss.at(-1)} (step ${length})`).join(", ")
    ),
};
