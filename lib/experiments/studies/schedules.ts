/**
 * The best schedule of a gradient flow, what steps can have of it, and what it gained when it was run; and
 * how fast the test loss can fall along the flow.
 *
 * @module
 */
import { architectureNames } from "../../networks/mod.ts";
import { checkedConfiguration } from "../study/configuration.ts";
import { type FieldsOf, integer, number, oneOf, optional } from "../study/fields.ts";
import type { Study } from "../study/study.ts";
import { recordGrid } from "./computations/flow_realization.ts";
import {
  type NetworkConfiguration,
  networkPart,
  withoutDefaults,
} from "./computations/network_of.ts";
import {
  scheduledDescents,
  type ScheduleInput,
  type ScheduleRun,
} from "./computations/scheduled_descent.ts";
import {
  entriesField,
  horizonField,
  imagesField,
  seedsField,
  testImagesField,
  toleranceField,
  widthField,
} from "./flow_fields.ts";
import { networkFields } from "./network_fields.ts";
import { networkFileName } from "./network_file_name.ts";

/** What decides a study of schedules. */
export interface SchedulesConfiguration extends Omit<NetworkConfiguration, "parametrization"> {
  /** Training images, the first of the dataset. */
  readonly n: number;
  readonly seeds: readonly number[];
  /** The mark: the share of ½‖Y‖² that is left at the end. */
  readonly left: number;
  /** A time by which the flow has come there. */
  readonly horizon: number;
  readonly tolerance: number;
  readonly entries: number;
  /** Learning rates a factor 2 has in the grid. */
  readonly perOctave: number;
  readonly most: number;
  readonly testImages: number;
}

/** What a study of schedules is given: what it leaves out has a default. */
export interface GivenSchedules
  extends
    Pick<SchedulesConfiguration, "width" | "n">,
    Partial<Omit<SchedulesConfiguration, "width" | "n" | "seeds">> {
  readonly seeds?: number | readonly number[];
}

/** What the study gives: plain values that JSON keeps. */
export interface SchedulesStudy {
  readonly configuration: SchedulesConfiguration;
  readonly realizations: readonly ScheduleRun[];
}

const fields: FieldsOf<GivenSchedules, SchedulesConfiguration> = {
  architecture: optional(oneOf(architectureNames, { help: "the network" }), "fully-connected"),
  width: widthField,
  n: imagesField(5000),
  seeds: seedsField,
  ...networkFields,
  left: optional(
    number({ help: "the mark: share of ½‖Y‖² left", above: 0, most: 10, tag: "left" }),
    0.5,
  ),
  horizon: horizonField(20, "a time by which the flow is at the mark"),
  tolerance: toleranceField,
  entries: entriesField(72),
  perOctave: optional(
    integer({
      help: "learning rates a factor 2 has in the grid, from 8/λ_max down",
      most: 64,
      tag: "octave",
    }),
    4,
  ),
  most: optional(integer({ help: "steps of a descent at most", most: 1e6, tag: "most" }), 1000),
  testImages: testImagesField,
};

/** The study of schedules, for the table of studies. */
export const schedules: Study<
  GivenSchedules,
  SchedulesConfiguration,
  ScheduleInput,
  ScheduleRun,
  SchedulesStudy
> = {
  name: "schedules",
  summary: "a flow's best schedule, run against a constant rate and a cosine; test gradients",
  folder: "schedules",
  module: import.meta.url,
  fields,
  resolve: (given) => withoutDefaults(checkedConfiguration("schedules", fields, given)),
  computation: scheduledDescents,
  runs: (configuration) =>
    configuration.seeds.map((seed) => ({
      input: inputOf(configuration, seed),
      note: `seed ${seed}`,
    })),
  gather: (configuration, runs) => ({
    configuration: { ...configuration, seeds: configuration.seeds.slice(0, runs.length) },
    realizations: [...runs],
  }),
  fileName: (configuration) => networkFileName(fields, configuration),
  tell: ({ realizations }) =>
    realizations.map(({ seed, descents }) =>
      `seed ${seed}: ` +
      descents.map(({ schedule, steps }) => `${schedule} ${steps ?? "not there"}`).join(", ")
    ),
};

function inputOf(configuration: SchedulesConfiguration, seed: number): ScheduleInput {
  const { n, testImages, tolerance, left, horizon, entries, perOctave, most } = configuration;
  return {
    ...networkPart(configuration),
    ...{ study: "schedules", n, testImages, tolerance, seed, left, perOctave, most },
    record: recordGrid(horizon, entries),
  };
}
