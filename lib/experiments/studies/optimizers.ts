/**
 * Optimizers from the same weights to the same loss, each at the learning rate that one rule finds on one
 * grid, with all that the limits on their steps read.
 *
 * @module
 */
import { architectureNames } from "../../networks/mod.ts";
import { checkedConfiguration } from "../study/configuration.ts";
import {
  type FieldsOf,
  growing,
  integer,
  number,
  oneOf,
  optional,
  seeds,
} from "../study/fields.ts";
import type { Study } from "../study/study.ts";
import {
  type NetworkConfiguration,
  networkPart,
  withoutDefaults,
} from "./computations/network_of.ts";
import {
  type OptimizerInput,
  type OptimizerRun,
  optimizerRuns,
} from "./computations/optimizer_runs.ts";
import { RULES } from "./computations/step_rule.ts";
import { imagesField, widthField } from "./flow_fields.ts";
import { networkFields } from "./network_fields.ts";
import { networkFileName } from "./network_file_name.ts";

/** What decides a study of optimizers. */
export interface OptimizersConfiguration extends Omit<NetworkConfiguration, "parametrization"> {
  /** Training images, the first of the dataset. */
  readonly n: number;
  readonly seeds: readonly number[];
  /** Seeds on which the learning rates are chosen, others than the seeds. */
  readonly tuningSeeds: readonly number[];
  /** The grid of learning rates. */
  readonly rates: readonly number[];
  /** The mark: the share of ½‖Y‖² that is left at the end. */
  readonly left: number;
  readonly most: number;
  readonly damping: number;
  readonly testImages: number;
}

/** What a study of optimizers is given: what it leaves out has a default. */
export interface GivenOptimizers
  extends
    Pick<OptimizersConfiguration, "width" | "n">,
    Partial<Omit<OptimizersConfiguration, "width" | "n" | "seeds" | "tuningSeeds" | "rates">> {
  readonly seeds?: number | readonly number[];
  readonly tuningSeeds?: number | readonly number[];
  readonly rates?: number | readonly number[];
}

/** What the study gives: plain values that JSON keeps. */
export interface OptimizersStudy {
  readonly configuration: OptimizersConfiguration;
  readonly optimizers: readonly OptimizerRun[];
}

/** Powers of two. */
const GRID = Array.from({ length: 21 }, (_, i) => 2 ** (i - 16));

const fields: FieldsOf<GivenOptimizers, OptimizersConfiguration> = {
  architecture: optional(oneOf(architectureNames, { help: "the network" }), "fully-connected"),
  width: widthField,
  n: imagesField(500),
  seeds: optional(
    seeds({ help: "realizations that are compared", better: "more" }),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  ),
  tuningSeeds: optional(
    seeds({ help: "realizations on which the learning rates are chosen", tag: "tuning" }),
    [100, 101],
  ),
  rates: optional(
    growing({
      help: "grid of learning rates, by default powers of two from 2^−16 to 16: the one with the " +
        "fewest steps to the mark over the tuning seeds is taken, of those that never raise the loss above its start",
      tag: "rates",
    }),
    GRID,
  ),
  ...networkFields,
  left: optional(
    number({ help: "the mark: share of ½‖Y‖² left", above: 0, most: 10, tag: "left" }),
    0.5,
  ),
  most: optional(integer({ help: "steps of a walk at most", most: 1e6, tag: "most" }), 1000),
  damping: optional(
    number({
      help: "ε of natural gradient, as a share of the kernel's mean eigenvalue",
      ...{ above: 0, most: 1e6, tag: "damping" },
    }),
    1e-3,
  ),
  testImages: optional(
    integer({
      help: "test images, whose loss has a gradient at every step",
      ...{ unit: "images", least: 2, most: 10_000, tag: "test", better: "more" },
    }),
    200,
  ),
};

/** The study of optimizers, for the table of studies. */
export const optimizers: Study<
  GivenOptimizers,
  OptimizersConfiguration,
  OptimizerInput,
  OptimizerRun,
  OptimizersStudy
> = {
  name: "optimizers",
  summary: "optimizers to the same loss: steps, paths and T/T_SL in their own metrics",
  folder: "optimizers",
  module: import.meta.url,
  fields,
  resolve: (given) => {
    const configuration = checkedConfiguration("optimizers", fields, given);
    const { seeds, tuningSeeds, rates } = configuration;
    if (!(rates[0] > 0)) {
      throw new RangeError(
        `rates begins with ${rates[0]}; it must be a growing list of positive ones`,
      );
    }
    const both = seeds.find((seed) => tuningSeeds.includes(seed));
    if (both !== undefined) {
      throw new RangeError(
        `tuningSeeds contains ${both}, which is among the seeds; rates must be chosen on others`,
      );
    }
    return withoutDefaults(configuration);
  },
  computation: optimizerRuns,
  runs: (configuration) =>
    RULES.map((optimizer) => ({ input: inputOf(configuration, optimizer), note: optimizer })),
  gather: (configuration, runs) => ({ configuration, optimizers: [...runs] }),
  fileName: (configuration) => networkFileName(fields, configuration),
  tell: ({ optimizers }) =>
    optimizers.map(({ optimizer, rate, atEdge, walks }) =>
      rate === undefined
        ? `${optimizer}: no rate of the grid comes to the mark`
        : `${optimizer}: η = ${rate}${atEdge ? " (an end of the grid)" : ""}, ${
          walks.map(({ step, end }) => end === "mark" ? step.at(-1)! : end).join(", ")
        } steps`
    ),
};

function inputOf(
  configuration: OptimizersConfiguration,
  optimizer: OptimizerInput["optimizer"],
): OptimizerInput {
  const { n, testImages, left, most, seeds, tuningSeeds, rates, damping } = configuration;
  return {
    ...networkPart(configuration),
    ...{ study: "optimizers", optimizer, n, testImages, left, most, seeds, tuningSeeds },
    rates: rates.toReversed(),
    damping: optimizer === "natural" ? damping : 0,
  };
}
