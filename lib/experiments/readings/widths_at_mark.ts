/**
 * What a width series says at a mark: each network beside the infinitely wide one.
 *
 * @module
 */
import { checkList, checkRecord, must } from "../../numerics/checks.ts";
import { checkColumn, checkObject, checkValue } from "../checks.ts";
import type { FlowColumns } from "../studies/computations/width_realization.ts";
import { checkMark, columnAt, type Mark, timeAtMark } from "./mark.ts";
import { silentLoss } from "./study_readings.ts";
import type { WideFunctions } from "./wide_functions.ts";
import {
  checkWidthSeries,
  lastTime,
  type WidthRealization,
  type WidthSeries,
  type WidthSeriesConfiguration,
} from "../studies/width_series_result.ts";

/** A flow at a mark. */
export interface FlowAtMark {
  /** τ */
  readonly time: number;
  /** T_SL, in τ; times n on the clock of a mean loss. */
  readonly speedLimit: number;
  /** T/T_SL */
  readonly inefficiency: number;
  /** l_γ/l_geo */
  readonly tortuosity: number;
  /** L/(½‖Y‖²) */
  readonly lossLeft: number;
}

/** A network at a mark, beside the infinitely wide one that starts from the same function. */
export interface NetworkAtMark extends FlowAtMark {
  readonly seed: number;
  readonly wide: FlowAtMark;
}

/** A width at a mark. */
export interface WidthAtMark {
  readonly width: number;
  /** So many networks there are: all of them, or those run longest if others end before the mark. */
  readonly of: number;
  /** Those of which both flows come so far. */
  readonly networks: readonly NetworkAtMark[];
  /** Whether all do: a mean of some is one of those that are fast. */
  readonly whole: boolean;
}

/** A series at a mark. */
export interface WidthsAtMark {
  readonly mark: Mark;
  readonly configuration: WidthSeriesConfiguration;
  /** The infinitely wide network, one each initial function; empty if one does not come so far. */
  readonly limit: readonly FlowAtMark[];
  readonly widths: readonly WidthAtMark[];
}

/** What widthsAtMark gives, if it is. */
export const checkWidthsAtMark = <T>(name: string, at: T): T =>
  checkRecord(name, at, {
    ...{ mark: checkMark, configuration: checkObject, limit: must(checkList, checkObject) },
    widths: must(
      checkList,
      must(checkRecord, {
        ...{ width: checkValue, of: checkValue },
        networks: must(checkList, must(checkRecord, { wide: checkObject })),
      }),
    ),
  }, "what widthsAtMark gives");

/**
 * T_SL, T/T_SL and l_γ/l_geo of the networks of a series at a mark, of the infinitely wide network from
 * each one's own initial function, and of it from functions drawn from the NNGP. All are read in the
 * same way off the same times. Where not all networks of a width come to the mark, those that were run
 * longest alone are asked for it: a choice that does not look at what they did.
 *
 * @param functions of this series: `wideFunctions(series)`
 * @throws as `markOf` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { storedResult, wideFunctions, widthsAtMark, type WidthSeries } from "../mod.ts";
 * const stored = await storedResult<WidthSeries>("width_series/fully_connected_64_128_n64_tau5");
 * const series = stored!.result;
 * const functions = wideFunctions(series, { functions: 50 });
 * const { limit, widths: [, { networks: [one] }] } = widthsAtMark(series, functions, { time: 0.2 });
 * assert.equal(limit.length, 50);
 * assert(one.inefficiency > 1 && Math.abs(Math.log(one.speedLimit / one.wide.speedLimit)) < 0.5);
 * ```
 */
export function widthsAtMark(
  series: WidthSeries,
  functions: WideFunctions,
  mark: Mark,
): WidthsAtMark {
  checkMark("mark", mark);
  const { configuration, networks } = checkWidthSeries("series", series);
  const { time, lambdaMax, flows } = checkRecord("functions", functions, {
    ...{ time: checkColumn, lambdaMax: checkValue, flows: must(checkList, checkObject) },
  }, "what wideFunctions gives");
  const { n } = configuration;
  const limit = flows.map((flow) => flowAt(flow, { time, n, lambdaMax }, mark));
  const widths = configuration.widths.map((width) => {
    const own = networks.filter((network) => network.width === width);
    const read = (list: readonly WidthRealization[]): WidthAtMark => {
      const found = list.flatMap((network): NetworkAtMark[] => {
        const { seed, time } = network;
        const at = flowAt(network.flow, { time, n, lambdaMax: network.lambdaMax }, mark);
        const wide = flowAt(network.wide, { time, n, lambdaMax }, mark);
        return at && wide ? [{ ...at, seed, wide }] : [];
      });
      const whole = list.length > 0 && found.length === list.length;
      return { width, of: list.length, networks: found, whole };
    };
    const all = read(own);
    const longest = Math.max(...own.map(lastTime));
    return all.whole ? all : read(own.filter((network) => lastTime(network) === longest));
  });
  const there = limit.filter((at) => at !== undefined);
  return { mark, configuration, limit: there.length === limit.length ? there : [], widths };
}

function flowAt(
  { loss, lossDrop, displacementSquared, pathLength }: FlowColumns,
  { time, n, lambdaMax }: {
    readonly time: readonly number[];
    readonly n: number;
    readonly lambdaMax: number | readonly number[];
  },
  mark: Mark,
): FlowAtMark | undefined {
  const largest = typeof lambdaMax === "number" ? time.map(() => lambdaMax) : lambdaMax;
  const T = timeAtMark({ time, configuration: { n } }, { loss, lambdaMax: [...largest] }, mark);
  if (T === undefined) return undefined;
  const at = (column: readonly number[]) => columnAt(time, column, T)!;
  const [drop, square] = [at(lossDrop), at(displacementSquared)];
  return {
    time: T,
    speedLimit: square / drop,
    inefficiency: T * drop / square,
    tortuosity: at(pathLength) / Math.sqrt(square),
    lossLeft: at(loss) / silentLoss(n),
  };
}
