/**
 * A width series: networks of growing width on the same images, each beside the infinitely wide one.
 *
 * @module
 */
import { checkColumn, checkObject, checkValue } from "../checks.ts";
import type { FlowColumns } from "./computations/width_realization.ts";
import type { NetworkConfiguration } from "./computations/network_of.ts";
import { checkInteger, checkList, checkRecord, checkText, must } from "../../numerics/checks.ts";

/** What decides a width series. */
export interface WidthSeriesConfiguration
  extends Omit<NetworkConfiguration, "width" | "parametrization"> {
  /** Channels, or widths of all hidden layers, growing. */
  readonly widths: readonly number[];
  /** Training images, the first of the dataset. */
  readonly n: number;
  /** Realizations of each width. */
  readonly seeds: number;
  /** T, the last time τ. */
  readonly horizon: number;
  /** Relative accuracy of T/T_SL, l_γ/l_geo and L. */
  readonly tolerance: number;
}

/**
 * The infinitely wide network: its kernel, and the law of its initial function, along the kernel's
 * eigenvectors. Every output has this kernel and this law; f_0 has mean 0.
 */
export interface WidthLimit {
  /** λ_k of the kernel of one output, largest first. */
  readonly eigenvalues: number[];
  /** The labels' components, index k · outputs + output. */
  readonly labels: number[];
  /** The covariance of f_0's components, row by row up to the diagonal. */
  readonly covariance: number[];
}

/** A network of a series. */
export interface WidthRealization {
  readonly width: number;
  readonly seed: number;
  /** 0 and the recorded times. */
  readonly time: number[];
  readonly flow: FlowColumns;
  /** The infinitely wide network's flow from this network's own initial function, at these times. */
  readonly wide: FlowColumns;
  readonly lambdaMax: number[];
  readonly kernel: {
    /** ‖K̄_0 − K_∞‖/‖K_∞‖, of the mean over outputs. */
    readonly distance: number;
    /** tr K̄_0/tr K_∞ */
    readonly trace: number;
    /** ‖K̄_T − K̄_0‖/‖K̄_0‖ at the last recorded time. */
    readonly change: number;
  };
  /** Work in full gradients, and the seconds it took here. */
  readonly gradients: number;
  readonly seconds: number;
}

/** What a study of widths gives: plain values that JSON keeps. */
export interface WidthSeries {
  readonly configuration: WidthSeriesConfiguration;
  readonly limit: WidthLimit;
  /** By growing width. */
  readonly networks: WidthRealization[];
}

/** The series, if it is one. */
export const checkWidthSeries = <T>(name: string, series: T): T =>
  checkRecord(name, series, {
    configuration: checkObject,
    limit: must(checkRecord, {
      ...{ eigenvalues: checkColumn, labels: checkColumn, covariance: checkColumn },
    }),
    networks: must(
      checkList,
      must(checkRecord, {
        ...{ width: checkValue, seed: must(checkInteger, { least: 0 }), time: checkColumn },
        ...{ flow: checkObject, wide: checkObject, lambdaMax: checkColumn, kernel: checkObject },
      }),
    ),
  }, "a width series");

/**
 * Series of one architecture and the same images as one: more widths, more seeds of a width, or other
 * horizons. Of a network that is in two of them the longer flow stays.
 *
 * @throws {RangeError} if there is none, or they are of different networks, n or tolerances
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { joinWidthSeries, type WidthSeries } from "./width_series_result.ts";
 * const limit = { eigenvalues: [1], labels: [1], covariance: [1] };
 * const of = (widths: number[]): WidthSeries => ({
 *   configuration: {
 *     ...{ architecture: "fully-connected", widths, n: 1 },
 *     ...{ seeds: 2, horizon: 1, tolerance: 0.01 },
 *   },
 *   ...{ limit, networks: [] },
 * });
 * assert.deepEqual(joinWidthSeries([of([16]), of([4, 64])]).configuration.widths, [4, 16, 64]);
 * ```
 */
export function joinWidthSeries(list: readonly WidthSeries[]): WidthSeries {
  checkList("list", list, checkWidthSeries, 1);
  const [{ configuration, limit }] = list;
  const told = list.map(({ configuration: { widths: _, seeds: __, horizon: ___, ...rest } }) =>
    JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => a < b ? -1 : 1))
  );
  const other = told.findIndex((text) => text !== told[0]);
  if (other >= 0) {
    throw new RangeError(
      `list[${other}] is of ${told[other]}, list[0] of ${told[0]}; widths are compared of one ` +
        "network, on the same images",
    );
  }
  const networks = list.flatMap((series) => series.networks)
    .toSorted((a, b) => a.width - b.width || a.seed - b.seed || lastTime(b) - lastTime(a))
    .filter(({ width, seed }, i, all) =>
      i === 0 || all[i - 1].width !== width || all[i - 1].seed !== seed
    );
  const widths = new Set(list.flatMap((series) => series.configuration.widths));
  return {
    configuration: {
      ...configuration,
      widths: [...widths].sort((a, b) => a - b),
      seeds: Math.max(...list.map((series) => series.configuration.seeds)),
      horizon: Math.max(...list.map((series) => series.configuration.horizon)),
    },
    ...{ limit, networks },
  };
}

/** The last recorded time of a network. */
export const lastTime = ({ time }: Pick<WidthRealization, "time">): number => time[time.length - 1];

/**
 * Series of several networks, those of one architecture and one number of images joined, by growing n.
 *
 * @throws as {@link joinWidthSeries} does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type WidthSeries, widthSeriesByNetwork } from "./width_series_result.ts";
 * const of = (n: number, widths: number[]): WidthSeries => ({
 *   configuration: {
 *     ...{ architecture: "myrtle-5", widths, n },
 *     ...{ seeds: 2, horizon: 1, tolerance: 0.01 },
 *   },
 *   limit: { eigenvalues: [1], labels: [1], covariance: [1] },
 *   networks: [],
 * });
 * const [small, large] = widthSeriesByNetwork([of(64, [8]), of(16, [8]), of(64, [4])]);
 * assert.deepEqual([small.configuration.n, large.configuration.widths], [16, [4, 8]]);
 * ```
 */
export function widthSeriesByNetwork(list: readonly WidthSeries[]): WidthSeries[] {
  checkList("list", list, checkWidthSeries);
  const groups = Map.groupBy(
    list,
    ({ configuration: { architecture, n } }) => `${architecture}, ${n}`,
  );
  return [...groups.values()].map(joinWidthSeries)
    .sort((a, b) => a.configuration.n - b.configuration.n);
}

/** A network in short, with its number of images: "FCN, n = 64". */
export function widthSeriesName(
  { architecture, n }: Pick<WidthSeriesConfiguration, "architecture" | "n">,
): string {
  const name = architecture === "fully-connected"
    ? "FCN"
    : architecture.replace("myrtle", "Myrtle");
  return `${name}, n = ${n}`;
}

/**
 * How far the kernels of a series lie from the infinitely wide one at initialization, width by width.
 *
 * @returns widths of two networks or more
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { widthDistances, widthSeriesStudy } from "../mod.ts";
 * const series = await widthSeriesStudy(
 *   { widths: 16, n: 4, seeds: 2, horizon: 0.01 },
 *   { cache: await Deno.makeTempDir() },
 * );
 * const { where, groups: [{ size, values }] } = widthDistances(series);
 * assert.deepEqual([where, size, values.length], ["FCN, n = 4", 16, 2]);
 * ```
 */
export function widthDistances(
  series: WidthSeries,
): {
  readonly where: string;
  readonly groups: { readonly size: number; readonly values: number[] }[];
} {
  const { configuration, networks } = checkWidthSeries("series", series);
  checkText("architecture", configuration.architecture);
  const widths = Map.groupBy(networks, ({ width }) => width);
  return {
    where: widthSeriesName(configuration),
    groups: [...widths].map(([size, of]) => ({
      size,
      values: of.map(({ kernel }) => kernel.distance),
    })).filter(({ values }) => values.length > 1),
  };
}
