/**
 * How far the tangent kernel moves along the flow, of a network as it is, with its initial function
 * subtracted, or scaled up to be lazy, and what the flow of its linearization is beside.
 *
 * @module
 */
import { architectureNames } from "../../networks/mod.ts";
import { type DriftInput, driftRealization } from "./computations/drift_realization.ts";
import type { DriftRealization } from "./computations/drift_record.ts";
import { recordGrid } from "./computations/flow_realization.ts";
import { checkedConfiguration } from "../study/configuration.ts";
import { type FieldsOf, integer, number, oneOf, optional } from "../study/fields.ts";
import { nameFrom, tagged } from "../study/file_name.ts";
import type { DriftConfiguration, DriftStudy } from "./kernel_drift_result.ts";
import {
  entriesField,
  horizonField,
  imagesField,
  seedsField,
  toleranceField,
  widthField,
} from "./flow_fields.ts";
import { networkFields } from "./network_fields.ts";
import { networkPart, withoutDefaults } from "./computations/network_of.ts";
import type { Study } from "../study/study.ts";

/** What a drift study is given: what it leaves out has a default. */
export interface GivenDrift
  extends
    Pick<DriftConfiguration, "width" | "n">,
    Partial<Omit<DriftConfiguration, "width" | "n" | "seeds" | "parametrization">> {
  /** Seeds of the realizations, or how many, from 0 on. */
  readonly seeds?: number | readonly number[];
}

type Checked = Omit<DriftConfiguration, "parametrization">;

const fields: FieldsOf<GivenDrift, Checked> = {
  architecture: optional(oneOf(architectureNames, { help: "the network" }), "myrtle-5"),
  width: widthField,
  n: imagesField(1000),
  seeds: seedsField,
  ...networkFields,
  scale: optional(
    number({
      help: "a of the network a·f, with the loss over a²: large is lazy",
      ...{ above: 0, most: 1e6, tag: "a" },
    }),
    1,
  ),
  kept: optional(
    number({
      help: "share of the initial function that is kept: 1 all of it, 0 none",
      ...{ least: -1e3, most: 1e3, tag: "kept" },
    }),
    1,
  ),
  horizon: horizonField(0.2),
  tolerance: toleranceField,
  entries: entriesField(24),
  kernels: optional(
    integer({
      help: "recorded times at which the kernel is looked at, besides the start",
      ...{ least: 1, most: 1000, tag: "kernels", better: "more" },
    }),
    8,
  ),
  further: optional(
    number({
      help: "the linearization alone is followed to so many times the horizon, for equal losses",
      ...{ least: 1, most: 1e4, tag: "further", better: "more" },
    }),
    1,
  ),
  testImages: optional(
    integer({
      help: "test images of whose accuracy the warm start is told; 0 for none",
      ...{ unit: "images", least: 0, most: 10_000, tag: "test", better: "more" },
    }),
    0,
  ),
  spectra: optional(
    oneOf(["no", "yes"], {
      help: "whether spectrum and residue of the averaged kernel are kept",
      tag: "spectra_",
    }),
    "no",
  ),
};

/** The study of kernel drift, for the table of studies. */
export const kernelDrift: Study<
  GivenDrift,
  DriftConfiguration,
  DriftInput,
  DriftRealization,
  DriftStudy
> = {
  name: "kernel-drift",
  summary: "how far the kernel of all outputs moves, lazy or not, with f_0 or without",
  folder: "kernel_drift",
  module: import.meta.url,
  fields,
  resolve: (given) => {
    const configuration = checkedConfiguration("kernel-drift", fields, given);
    if (configuration.kernels > configuration.entries) {
      throw new RangeError(
        `kernels is ${configuration.kernels}; there are ${configuration.entries} entries to look at`,
      );
    }
    return withoutDefaults(configuration);
  },
  computation: driftRealization,
  runs: (configuration) => {
    const { n, testImages, horizon, tolerance, entries, kernels, further = 1, scale, kept } =
      configuration;
    return configuration.seeds.map((seed) => ({
      input: {
        ...networkPart(configuration),
        ...{ study: "kernel drift", n, testImages, horizon, tolerance, entries, kernels, further },
        ...{ scale, kept, seed, spectra: configuration.spectra === "yes" },
      },
      note: `seed ${seed}`,
    }));
  },
  gather: (configuration, found) => ({
    configuration: { ...configuration, seeds: configuration.seeds.slice(0, found.length) },
    time: [0, ...recordGrid(configuration.horizon, configuration.entries)],
    realizations: [...found],
  }),
  fileName: (configuration) => {
    const { architecture, width, n } = configuration;
    return nameFrom([architecture, width, `n${n}`, ...tagged(fields, configuration)]);
  },
  tell: ({ realizations }) =>
    realizations.map(({ seed, at, gap, gradients }) => {
      const { change, time, largest } = at[at.length - 1];
      return `seed ${seed}: by τ ${time.toPrecision(2)} the kernel moved by ${
        change[0].toPrecision(2)
      } of itself, λ_1 to ${(largest / at[0].largest).toPrecision(3)} times; outputs ${
        gap.outputs.toPrecision(2)
      } from the linearization's; ${gradients} gradients`;
    }),
};
