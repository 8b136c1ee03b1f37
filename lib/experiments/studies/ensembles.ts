/**
 * Ensembles of small networks under gradient flow and Langevin dynamics: W2² of their laws between bounds,
 * whether the flow map is a Brenier map, free energy.
 *
 * @module
 */
import type { EnsembleInput } from "./computations/ensemble_ground.ts";
import { ensembleRealization } from "./computations/ensemble_realization.ts";
import type { EnsembleRealization } from "./computations/ensemble_record.ts";
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
import { seedsField } from "./flow_fields.ts";

/** What decides a study of ensembles. */
export interface EnsemblesConfiguration {
  /** Of the hidden layers. */
  readonly width: number;
  /** Hidden layers; 0 of a linear model, which has no width. */
  readonly depth: number;
  /** Training images. */
  readonly n: number;
  /** Networks of an ensemble. */
  readonly members: number;
  readonly times: readonly number[];
  /** β, the inverse temperature. */
  readonly beta: number;
  /** Scales a of lazy training. */
  readonly lazy: readonly number[];
  /** Of a chain at each node of the thermodynamic integration. */
  readonly moves: number;
  /** Seeds of independent ensembles. */
  readonly seeds: readonly number[];
}

/** What a study of ensembles is given: what it leaves out has a default. */
export interface GivenEnsembles extends Partial<Omit<EnsemblesConfiguration, Lists>> {
  readonly times?: number | readonly number[];
  readonly lazy?: number | readonly number[];
  readonly seeds?: number | readonly number[];
}

type Lists = "times" | "lazy" | "seeds";

/** What the study gives: plain values that JSON keeps. */
export interface EnsemblesStudy {
  readonly configuration: EnsemblesConfiguration;
  readonly realizations: readonly EnsembleRealization[];
}

const fields: FieldsOf<GivenEnsembles, EnsemblesConfiguration> = {
  width: optional(integer({ help: "units of every hidden layer", most: 256, tag: "width" }), 8),
  depth: optional(
    integer({
      help: "hidden layers; 0 for a linear model",
      ...{ least: 0, most: 4, tag: "depth" },
    }),
    2,
  ),
  n: optional(
    integer({ help: "training images of 2 × 2 pixels", unit: "images", most: 256, tag: "n" }),
    16,
  ),
  members: optional(
    integer({
      help: "networks of an ensemble",
      ...{ least: 64, most: 2000, tag: "members", better: "more" },
    }),
    128,
  ),
  times: optional(timesField({ help: "times that are recorded", unit: "τ", tag: "tau" }), [
    0.1,
    0.2,
    0.5,
    1,
    2,
    4,
  ]),
  beta: optional(
    number({
      help: "inverse temperature of the Langevin dynamics",
      ...{ unit: "1/loss", above: 0, most: 1e4, tag: "beta" },
    }),
    10,
  ),
  lazy: optional(
    growing({ help: "scales a > 0 of centred networks whose flow maps are tested", tag: "lazy" }),
    [1, 100],
  ),
  moves: optional(
    integer({
      help: "moves of a chain at each node of the integration; stages of annealing by 8",
      ...{ least: 2, most: 10_000, tag: "moves", better: "more" },
    }),
    25,
  ),
  seeds: seedsField,
};

/** The study of ensembles, for the table of studies. */
export const ensembles: Study<
  GivenEnsembles,
  EnsemblesConfiguration,
  EnsembleInput,
  EnsembleRealization,
  EnsemblesStudy
> = {
  name: "ensembles",
  summary: "W2² of ensembles of small networks between bounds, their flow map, ln Z",
  folder: "ensembles",
  module: import.meta.url,
  fields,
  resolve: (given) => {
    const configuration = checkedConfiguration("ensembles", fields, given);
    if (configuration.lazy.includes(0)) {
      throw new RangeError("lazy contains 0; the scales must be above 0");
    }
    return configuration.depth === 0 ? { ...configuration, width: 8 } : configuration;
  },
  computation: ensembleRealization,
  runs: ({ seeds, ...others }) =>
    seeds.map((seed) => ({
      input: { study: "ensembles", ...others, seed },
      note: `seed ${seed}`,
    })),
  gather: (configuration, realizations) => ({
    configuration: { ...configuration, seeds: configuration.seeds.slice(0, realizations.length) },
    realizations: [...realizations],
  }),
  fileName: (configuration) => {
    const named = tagged(fields, configuration);
    return nameFrom(["ensembles", ...(named.length > 0 ? named : ["width8"])]);
  },
  tell: ({ realizations }) =>
    realizations.map(({ seed, dimension, flow, partition }) =>
      `seed ${seed}, ${dimension} weights: E‖Δθ‖² ${flow.above.at(-1)!.value}, Gelbrich's share ${
        flow.share.at(-1)!.value
      }` + (partition ? `, ln Z ${partition.integration.value}` : "")
    ),
};
