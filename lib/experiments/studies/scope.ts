/**
 * How far what was found reaches: other depths, activations, convolutional networks, images, classes
 * and labels, each beside its linearized network.
 *
 * @module
 */
import * as v from "valibot";
import { classLabels } from "../../datasets/mod.ts";
import { activationNames, architectureNames } from "../../networks/mod.ts";
import { recordGrid } from "./computations/flow_realization.ts";
import {
  type LabelKind,
  type ScopeInput,
  scopeRealization,
  type ScopeRun,
} from "./computations/scope_realization.ts";
import { checkedConfiguration } from "../study/configuration.ts";
import {
  type FieldNotes,
  type FieldsOf,
  integer,
  number,
  oneOf,
  optional,
} from "../study/fields.ts";
import { nameFrom, tagged } from "../study/file_name.ts";
import {
  entriesField,
  horizonField,
  imagesField,
  seedsField,
  toleranceField,
  widthField,
} from "./flow_fields.ts";
import {
  type NetworkConfiguration,
  networkPart,
  withoutDefaults,
} from "./computations/network_of.ts";
import type { Study } from "../study/study.ts";

/** What decides a study of the scope: one network on one choice of images and labels. */
export interface ScopeConfiguration
  extends Pick<NetworkConfiguration, "architecture" | "width" | "activation"> {
  /** Dense layers of a fully connected network; 1 is linear regression. */
  readonly layers?: number;
  readonly n: number;
  readonly seeds: readonly number[];
  /** Draws the images; the first of the dataset if left out. */
  readonly images?: number;
  /** Labels of the classes that there are; all ten if left out. */
  readonly classes?: readonly number[];
  readonly labels: LabelKind;
  /** Share of the training labels that is changed. */
  readonly noise: number;
  /** T, if the loss is not reached before. */
  readonly horizon: number;
  /** A flow ends where this share of ½‖Y‖² is left. */
  readonly left: number;
  readonly tolerance: number;
  readonly entries: number;
  readonly testImages: number;
}

/** What a study of the scope is given: what it leaves out has a default. */
export interface GivenScope
  extends
    Pick<ScopeConfiguration, "width" | "n">,
    Partial<Omit<ScopeConfiguration, "width" | "n" | "seeds" | "classes">> {
  readonly seeds?: number | readonly number[];
  /** How many, the first of them; or their labels. */
  readonly classes?: number | readonly number[];
}

/** One seed's flow. */
export interface ScopeRealization extends ScopeRun {
  readonly seed: number;
}

/** What the study gives: plain values that JSON keeps. */
export interface ScopeStudy {
  readonly configuration: ScopeConfiguration;
  readonly realizations: readonly ScopeRealization[];
}

const CLASSES_RANGE = "a number of classes from 2 to 10, or a list of two or more of 0 … 9";

/** A number of classes, or their labels. */
const classesField = v.pipe(
  v.custom<number | readonly number[]>((given) => {
    if (typeof given === "number") return Number.isInteger(given) && given >= 2 && given <= 10;
    if (!Array.isArray(given) || given.length < 2) return false;
    try {
      return classLabels(given).length > 1;
    } catch {
      return false;
    }
  }, CLASSES_RANGE),
  v.transform((given): readonly number[] =>
    typeof given === "number" ? Array.from({ length: given }, (_, label) => label) : given
  ),
  v.metadata(
    {
      help: "classes of the images: how many, or their labels (all)",
      ...{ kind: "list", range: CLASSES_RANGE, tag: "classes" },
    } satisfies FieldNotes,
  ),
);

const fields: FieldsOf<GivenScope, ScopeConfiguration> = {
  architecture: optional(oneOf(architectureNames, { help: "the network" }), "fully-connected"),
  width: widthField,
  layers: optional(
    integer({
      help: "dense layers of a fully connected network; 1 is linear regression (3)",
      ...{ most: 65, tag: "layers" },
    }),
  ),
  activation: optional(
    oneOf(activationNames, { help: "of a fully connected network (relu)", tag: "" }),
  ),
  n: imagesField(10_000),
  seeds: seedsField,
  images: optional(
    integer({
      help: "which images: drawn at random by this seed (the first of the dataset)",
      ...{ least: 0, tag: "images" },
    }),
  ),
  classes: optional(classesField),
  labels: optional(
    oneOf(["true", "random"], { help: "the images' own, or drawn anew at random", tag: "labels" }),
    "true",
  ),
  noise: optional(
    number({
      help: "share of the training labels that is changed to another class",
      ...{ least: 0, most: 1, tag: "noise" },
    }),
    0,
  ),
  horizon: horizonField(10, "the last time, if the loss is not reached before"),
  left: optional(
    number({ help: "share of ½‖Y‖² at which a flow ends", ...{ above: 0, tag: "left" } }),
    0.5,
  ),
  tolerance: toleranceField,
  entries: entriesField(48),
  testImages: optional(
    integer({
      help: "test images, the first of the dataset or of the draw",
      ...{ unit: "images", least: 2, most: 10_000, tag: "test", better: "more" },
    }),
    300,
  ),
};

/** The study of the scope, for the table of studies. */
export const scope: Study<GivenScope, ScopeConfiguration, ScopeInput, ScopeRun, ScopeStudy> = {
  name: "scope",
  summary: "T/T_SL of other depths, activations, images, classes and labels, beside its forecast",
  folder: "scope",
  module: import.meta.url,
  fields,
  resolve: (given) => resolved(checkedConfiguration("scope", fields, given)),
  computation: scopeRealization,
  runs: (configuration) =>
    configuration.seeds.map((seed) => ({
      input: inputOf(configuration, seed),
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
    const { architecture, width, n } = configuration;
    return nameFrom([architecture, width, `n${n}`, ...tagged(fields, configuration)]);
  },
  tell: ({ realizations }) =>
    realizations.map(({ seed, time, loss, lossDrop, displacementSquared }) =>
      `seed ${seed}: τ ${time.at(-1)}, L ${loss[0]} → ${loss.at(-1)}, T/T_SL ${
        (time.at(-1)! * lossDrop.at(-1)! / displacementSquared.at(-1)!).toFixed(2)
      }`
    ),
};

/** Layers of a fully connected network where nothing is said. */
const LAYERS = 3;

/** One configuration for one meaning: what is left out and its default written out are the same. */
function resolved(configuration: ScopeConfiguration): ScopeConfiguration {
  const { architecture, activation, layers = LAYERS, classes } = configuration;
  const dense = architecture === "fully-connected";
  if (!dense && (configuration.layers !== undefined || activation !== undefined)) {
    const name = activation === undefined ? "layers" : "activation";
    throw new RangeError(
      `${name} is ${configuration[name]}, and architecture "${architecture}"; ` +
        `only a fully connected network has a choice of ${name}`,
    );
  }
  const { layers: _, classes: __, ...rest } = withoutDefaults(configuration);
  const all = classes === undefined || String(classes) === "0,1,2,3,4,5,6,7,8,9";
  return {
    ...rest,
    ...(dense && layers !== LAYERS && { layers }),
    ...(!all && { classes }),
  };
}

function inputOf(configuration: ScopeConfiguration, seed: number): ScopeInput {
  const { n, testImages, images, classes, labels, noise, horizon, entries, tolerance, left } =
    configuration;
  const { architecture, width, activation, layers = LAYERS } = configuration;
  const depth = architecture === "fully-connected" ? { depth: layers - 1 } : {};
  return {
    ...networkPart({ architecture, width, activation, ...depth }),
    ...{ study: "scope", n, testImages, images, classes, labels, noise },
    ...{ seed, tolerance, left, record: recordGrid(horizon, entries) },
  };
}
