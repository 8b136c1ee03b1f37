/**
 * The study of the paper's section 4: the inefficiency of gradient flow on CIFAR-10, over several
 * realizations of the initial weights, from a cold and from a warm start.
 *
 * @module
 */
import { architectureNames } from "../../networks/mod.ts";
import { type FlowInput, flowRealization, type FlowRun } from "./computations/flow_realization.ts";
import {
  checkFunction,
  checkInstance,
  checkOptions,
  checkText,
  maybe,
} from "../../numerics/checks.ts";
import { checkedConfiguration } from "../study/configuration.ts";
import { type FieldsOf, number, oneOf, optional } from "../study/fields.ts";
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
import { nameFrom, tagged } from "../study/file_name.ts";
import { networkPart, withoutDefaults } from "./computations/network_of.ts";
import { ratiosAt } from "./over_realizations.ts";
import { conduct, type ConductOptions, type Study } from "../study/study.ts";
import {
  readSpeedLimit,
  type SpeedLimitConfiguration,
  speedLimitOf,
  type SpeedLimitStudy,
  type StoredSpeedLimit,
  writtenSpeedLimit,
} from "./speed_limit_result.ts";

/** What a speed limit study is given: what it leaves out has a default. */
export interface GivenSpeedLimit
  extends
    Pick<SpeedLimitConfiguration, "width" | "n">,
    Partial<Omit<SpeedLimitConfiguration, "width" | "n" | "seeds">> {
  /** Seeds of the realizations, or how many, from 0 on. */
  readonly seeds?: number | readonly number[];
}

type Checked = Omit<SpeedLimitConfiguration, "weightStd"> & { readonly weightStd?: number };

const fields: FieldsOf<GivenSpeedLimit, Checked> = {
  architecture: optional(oneOf(architectureNames, { help: "the network" }), "myrtle-5"),
  width: widthField,
  n: imagesField(50_000),
  seeds: seedsField,
  ...networkFields,
  parametrization: optional(
    oneOf(["ntk", "standard"], { help: "of the weights", tag: "" }),
    "ntk",
  ),
  horizon: horizonField(0.2, "the last time; lr 1e-5 comes to 0.2 after 20,000 epochs"),
  tolerance: toleranceField,
  testImages: testImagesField,
  entries: entriesField(48),
  threshold: optional(
    number({
      help: "mean test accuracy at the warm start",
      ...{ above: 0, below: 1, tag: "warm" },
    }),
    0.12,
  ),
};

/** The speed limit study, for the table of studies. */
export const speedLimit: Study<
  GivenSpeedLimit,
  SpeedLimitConfiguration,
  FlowInput,
  FlowRun,
  SpeedLimitStudy
> = {
  name: "speed-limit",
  summary: "T/T_SL of gradient flow on CIFAR-10, from a cold and a warm start: Figure 1, a–e",
  folder: "speed_limit",
  module: import.meta.url,
  fields,
  resolve: (given) => {
    const configuration = checkedConfiguration("speed-limit", fields, given);
    // Stored results tell these two always; every architecture has a W_std of its own.
    const weightStd = networkPart(configuration).weightStd!;
    return withoutDefaults({ ...configuration, weightStd }, ["weightStd", "parametrization"]);
  },
  computation: flowRealization,
  runs: (configuration) => {
    const { n, testImages, horizon, tolerance, entries } = configuration;
    return configuration.seeds.map((seed) => ({
      input: {
        ...networkPart(configuration),
        ...{ study: "speed limit", n, testImages, horizon, tolerance, entries, seed },
      },
      note: `seed ${seed}`,
    }));
  },
  gather: speedLimitOf,
  fileName: speedLimitName,
  read: (stored) => readSpeedLimit(stored as StoredSpeedLimit),
  write: writtenSpeedLimit,
  tell: toldOf,
};

/**
 * The name under which a study is stored.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { storedResults, type SpeedLimitStudy } from "../mod.ts";
 * import { speedLimitName } from "./speed_limit.ts";
 * for (const { name, result } of await storedResults<SpeedLimitStudy>("speed_limit")) {
 *   assert.equal(speedLimitName(result.configuration), name);
 * }
 * ```
 */
export function speedLimitName(configuration: SpeedLimitConfiguration): string {
  const { architecture, width, n } = configuration;
  return nameFrom([
    architecture,
    width,
    `n${n}`,
    ...tagged(fields, withoutDefaults(configuration)),
  ]);
}

/**
 * Runs the study, or reads what of it was run before; goes on where a run was cut off.
 *
 * @param options `onRealization` is called with the study as far as it is, after every realization
 * @throws {RangeError} if a value of the configuration is out of range, or a realization has no
 * gradient at its initial weights, as narrow networks may
 * @throws the signal's reason, when it is aborted; what was computed is kept
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ratiosAt, speedLimitStudy } from "../mod.ts";
 * const study = await speedLimitStudy({
 *   ...{ architecture: "fully-connected", width: 8, n: 20, seeds: [0, 1], horizon: 0.01 },
 *   ...{ testImages: 20, entries: 4 },
 * }, { cache: await Deno.makeTempDir() });
 * assert(ratiosAt(study).cold.inefficiency.mean > 1);
 * ```
 */
export function speedLimitStudy(
  configuration: GivenSpeedLimit,
  options: Omit<ConductOptions<SpeedLimitStudy>, "onPart"> & {
    readonly onRealization?: (study: SpeedLimitStudy) => void | Promise<void>;
  } = {},
): Promise<SpeedLimitStudy> {
  const { onRealization, ...others } = checkOptions("options", options, {
    ...{ onRealization: maybe(checkFunction), cache: maybe(checkText) },
    ...{ onProgress: maybe(checkFunction), signal: maybe(checkInstance, AbortSignal) },
  });
  return conduct(speedLimit, configuration, { ...others, onPart: onRealization });
}

function toldOf(study: SpeedLimitStudy): string[] {
  if (study.realizations.length < 2) return [];
  const { cold, warm } = ratiosAt(study);
  const text = (m?: { mean: number; interval: readonly [number, number] }) =>
    m ? `${m.mean.toFixed(2)} [${m.interval.map((x) => x.toFixed(2)).join(", ")}]` : "not reached";
  return [
    `T/T_SL cold ${text(cold.inefficiency)}, warm ${text(warm?.inefficiency)}`,
    `l_γ/l_geo cold ${text(cold.tortuosity)}, warm ${text(warm?.tortuosity)}`,
  ];
}
