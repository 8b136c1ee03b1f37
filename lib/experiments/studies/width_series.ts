/**
 * The study of widths: networks of growing width on the same images, seeds independent across widths,
 * beside the infinitely wide one.
 *
 * @module
 */
import * as v from "valibot";
import { architectureNames } from "../../networks/mod.ts";
import {
  checkFunction,
  checkInstance,
  checkOptions,
  checkText,
  maybe,
} from "../../numerics/checks.ts";
import {
  type WidthInput,
  type WidthLimitRun,
  widthRealization,
  type WidthRun,
} from "./computations/width_realization.ts";
import { checkedConfiguration } from "../study/configuration.ts";
import { type FieldNotes, type FieldsOf, integer, oneOf, optional } from "../study/fields.ts";
import { nameFrom, tagged } from "../study/file_name.ts";
import { horizonField, imagesField, toleranceField } from "./flow_fields.ts";
import { networkFields } from "./network_fields.ts";
import { networkPart, withoutDefaults } from "./computations/network_of.ts";
import { conduct, type ConductOptions, type Study } from "../study/study.ts";
import type { WidthSeries, WidthSeriesConfiguration } from "./width_series_result.ts";
import { besideLimit, limitOf } from "./width_series_parts.ts";

/** What a study of widths is given: what it leaves out has a default. */
export interface GivenWidthSeries
  extends
    Pick<WidthSeriesConfiguration, "n">,
    Partial<Omit<WidthSeriesConfiguration, "n" | "widths">> {
  /** Growing; one of them may stand alone. */
  readonly widths: number | readonly number[];
}

const isWidth = (width: unknown): width is number =>
  Number.isSafeInteger(width) && (width as number) >= 1 && (width as number) <= 8192;

const WIDTHS = "a width from 1 to 8192, an integer, or a list of them, growing";

const widthsField: v.GenericSchema<number | readonly number[], readonly number[]> = v.pipe(
  v.custom<number | readonly number[]>((given) => {
    const list: unknown[] = Array.isArray(given) ? given : [given];
    return list.length > 0 && list.every(isWidth) &&
      list.every((width, i) => i === 0 || width as number > (list[i - 1] as number));
  }, WIDTHS),
  v.transform((given): readonly number[] => typeof given === "number" ? [given] : given),
  v.metadata(
    {
      help: "channels, or widths of all hidden layers",
      ...{ range: WIDTHS, kind: "list" },
    } satisfies FieldNotes,
  ),
);

/** A width's seeds are this many apart from those of the next: no two networks share theirs. */
const APART = 1000;

const fields: FieldsOf<GivenWidthSeries, WidthSeriesConfiguration> = {
  architecture: optional(oneOf(architectureNames, { help: "the network" }), "fully-connected"),
  widths: widthsField,
  n: imagesField(2000),
  seeds: optional(
    integer({ help: "realizations of each width", most: APART, better: "more" }),
    6,
  ),
  ...networkFields,
  horizon: horizonField(1),
  tolerance: toleranceField,
};

/** The study of widths, for the table of studies. */
export const widthSeries: Study<
  GivenWidthSeries,
  WidthSeriesConfiguration,
  WidthInput,
  WidthRun | WidthLimitRun,
  WidthSeries
> = {
  name: "width-series",
  summary:
    "T_SL and T/T_SL of networks of growing width beside the infinitely wide one: notebook 09",
  folder: "width_series",
  module: import.meta.url,
  fields,
  resolve: (given) => withoutDefaults(checkedConfiguration("width-series", fields, given)),
  computation: widthRealization,
  runs: (configuration) => {
    const { n, horizon, tolerance } = configuration;
    const of = (width: number | "infinite") => ({
      ...networkPart({ ...configuration, width }),
      ...{ study: "width series" as const, n },
    });
    return [
      { input: of("infinite"), note: "the infinite width" },
      ...networksOf(configuration).map(({ width, seed }) => ({
        input: { ...of(width), horizon, tolerance, seed },
        note: `width ${width}, seed ${seed}`,
        share: 1 + (width / 256) ** 2,
      })),
    ];
  },
  gather: (configuration, [limitRun, ...runs]) => {
    const { limit, pairs } = limitOf(limitRun as WidthLimitRun);
    const of = networksOf(configuration);
    const networks = runs.map((run, i) => besideLimit(run as WidthRun, of[i], pairs));
    return { configuration, limit, networks };
  },
  fileName: (configuration) => {
    const { architecture, widths, n } = configuration;
    return nameFrom([
      architecture,
      ...widths,
      `n${n}`,
      ...tagged(fields, withoutDefaults(configuration)),
    ]);
  },
};

/** Widths and seeds of a series: no two widths have a seed in common. */
const networksOf = ({ widths, seeds }: WidthSeriesConfiguration) =>
  widths.flatMap((width) =>
    Array.from({ length: seeds }, (_, i) => ({ width, seed: APART * width + i }))
  );

/**
 * Networks of growing width on the same images, each from weights of its own, beside the infinitely
 * wide network: its kernel, the law of its initial functions, and its flow from each network's own
 * initial function. Runs that were made before are read.
 *
 * @throws {RangeError} if a value of the configuration is out of range, or a network has no gradient at
 * its initial weights, as narrow ones may
 * @throws the signal's reason, when it is aborted; what was computed is kept
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { widthSeriesStudy } from "./width_series.ts";
 * const { networks, limit } = await widthSeriesStudy(
 *   { widths: [8, 32], n: 10, seeds: 2, horizon: 0.1 },
 *   { cache: await Deno.makeTempDir() },
 * );
 * assert.deepEqual(networks.map(({ seed }) => seed), [8000, 8001, 32000, 32001]);
 * // The initial functions are the networks' own, so that the limit starts from their losses.
 * for (const { flow, wide } of networks) assert(Math.abs(wide.loss[0] / flow.loss[0] - 1) < 1e-5);
 * assert.equal(limit.covariance.length, 55);
 * ```
 */
export function widthSeriesStudy(
  configuration: GivenWidthSeries,
  options: Omit<ConductOptions<WidthSeries>, "onPart"> = {},
): Promise<WidthSeries> {
  checkOptions("options", options, {
    cache: maybe(checkText),
    ...{ onProgress: maybe(checkFunction), signal: maybe(checkInstance, AbortSignal) },
  });
  return conduct(widthSeries, configuration, options);
}
