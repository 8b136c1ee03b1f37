/**
 * What is owed to where training starts: the same networks with a share of their initial function,
 * as antisymmetric pairs, from smaller weights, and linearized.
 *
 * @module
 */
import { architectureNames } from "../../networks/mod.ts";
import { recordGrid } from "./computations/flow_realization.ts";
import {
  type FlowFromStart,
  type LinearizedParts,
  type StartInput,
  type StartKind,
  startRealization,
  type StartRun,
} from "./computations/start_realization.ts";
import { checkedConfiguration } from "../study/configuration.ts";
import { type FieldsOf, growing, number, oneOf, optional } from "../study/fields.ts";
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
import {
  type NetworkConfiguration,
  networkOf,
  networkPart,
  withoutDefaults,
} from "./computations/network_of.ts";
import type { Study } from "../study/study.ts";

/** What decides a study of initial weights. */
export interface InitialWeightsConfiguration extends Omit<NetworkConfiguration, "parametrization"> {
  /** Training images, the first of the dataset. */
  readonly n: number;
  readonly seeds: readonly number[];
  /** Shares c of the initial function. */
  readonly shares: readonly number[];
  /** Factors of the initial weights. */
  readonly factors: readonly number[];
  /** T; of smaller weights as much later as their kernel is smaller. */
  readonly horizon: number;
  /** A flow from smaller weights ends where this share of ½‖Y‖² is left. */
  readonly left: number;
  readonly tolerance: number;
  readonly entries: number;
  readonly testImages: number;
}

/** What a study of initial weights is given: what it leaves out has a default. */
export interface GivenInitialWeights
  extends
    Pick<InitialWeightsConfiguration, "width" | "n">,
    Partial<Omit<InitialWeightsConfiguration, "width" | "n" | "seeds" | "shares" | "factors">> {
  readonly seeds?: number | readonly number[];
  readonly shares?: number | readonly number[];
  readonly factors?: number | readonly number[];
}

/** One seed's flows. */
export interface InitialWeightsRealization {
  readonly seed: number;
  /** One for each share, the antisymmetric one, one for each factor. */
  readonly flows: readonly FlowFromStart[];
  readonly linearized: Omit<LinearizedParts, "start">;
}

/** What the study gives: plain values that JSON keeps. */
export interface InitialWeightsStudy {
  readonly configuration: InitialWeightsConfiguration;
  readonly realizations: readonly InitialWeightsRealization[];
}

const fields: FieldsOf<GivenInitialWeights, InitialWeightsConfiguration> = {
  architecture: optional(oneOf(architectureNames, { help: "the network" }), "myrtle-5"),
  width: widthField,
  n: imagesField(50_000),
  seeds: seedsField,
  shares: optional(
    growing({ help: "shares c of the initial function", tag: "shares" }),
    [0, 0.5, 1, 2],
  ),
  factors: optional(
    growing({ help: "factors of all initial weights", below: 1, tag: "factors" }),
    [0.5],
  ),
  ...networkFields,
  horizon: horizonField(6),
  left: optional(
    number({
      help: "share of ½‖Y‖² at which a flow from smaller weights ends",
      ...{ above: 0, below: 1, tag: "left" },
    }),
    0.8,
  ),
  tolerance: toleranceField,
  entries: entriesField(48),
  testImages: testImagesField,
};

/** The study of initial weights, for the table of studies. */
export const initialWeights: Study<
  GivenInitialWeights,
  InitialWeightsConfiguration,
  StartInput,
  StartRun,
  InitialWeightsStudy
> = {
  name: "initial-weights",
  summary: "T/T_SL with a share of the initial function, antisymmetric, from smaller weights",
  folder: "initial_weights",
  module: import.meta.url,
  fields,
  resolve: (given) => withoutDefaults(checkedConfiguration("initial-weights", fields, given)),
  computation: startRealization,
  runs: (configuration) =>
    configuration.seeds.flatMap((seed) =>
      startsOf(configuration).map(({ start, share }) => ({
        input: inputOf(configuration, { seed, start, share }),
        note: `seed ${seed}, ${noteOf(start, share)}`,
        share: start === "linearized" ? 0.2 : start === "antisymmetric" ? 2 : 1,
      }))
    ),
  gather: (configuration, runs) => {
    const each = startsOf(configuration).length;
    const whole = Math.floor(runs.length / each);
    const seeds = configuration.seeds.slice(0, whole);
    return {
      configuration: { ...configuration, seeds },
      realizations: seeds.map((seed, i) => {
        const own = runs.slice(i * each, (i + 1) * each);
        const { start: _, ...linearized } = own.find((run) => run.start === "linearized")!;
        return { seed, linearized, flows: own.flatMap((run) => isFlow(run) ? [run] : []) };
      }),
    };
  },
  fileName: (configuration) => networkFileName(fields, configuration),
  tell: ({ realizations }) =>
    realizations.map(({ seed, flows }) =>
      `seed ${seed}: ` +
      flows.map((flow) =>
        `${noteOf(flow.start, flow.share)} T/T_SL ${
          (flow.time.at(-1)! * flow.lossDrop.at(-1)! / flow.displacementSquared.at(-1)!).toFixed(2)
        }`
      ).join(", ")
    ),
};

/** Linearized, the shares, the antisymmetric one, the factors. */
function startsOf({ shares, factors }: InitialWeightsConfiguration) {
  const of = (start: StartKind) => (share: number) => ({ start, share });
  return [
    ...[of("linearized")(1), ...shares.map(of("function"))],
    ...[of("antisymmetric")(1), ...factors.map(of("weights"))],
  ];
}

/**
 * Weights smaller by ε make the outputs smaller by ε^L and their derivatives by ε^(L−1), L being the
 * layers with weights: at first time goes slower by ε^(2(L−1)).
 */
function inputOf(
  configuration: InitialWeightsConfiguration,
  run: Pick<StartInput, "seed" | "start" | "share">,
): StartInput {
  const { n, testImages, tolerance, horizon, entries, left } = configuration;
  const layers = networkOf(configuration).shapes.filter(({ length }) => length > 1).length;
  const smaller = run.start === "weights";
  const slower = smaller && run.share > 0 ? run.share ** (2 * (layers - 1)) : 1;
  return {
    ...networkPart(configuration),
    ...{ study: "initial weights", n, testImages, tolerance, ...run },
    record: recordGrid(horizon / slower, entries),
    ...(smaller && { left }),
  };
}

function noteOf(start: StartKind, share: number): string {
  return start === "function" ? `c = ${share}` : start === "weights" ? `weights × ${share}` : start;
}

const isFlow = (run: StartRun): run is FlowFromStart => run.start !== "linearized";
