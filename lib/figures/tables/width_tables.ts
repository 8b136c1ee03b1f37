/**
 * Tables of width series.
 *
 * @module
 */
import {
  type FlowAtMark,
  markText,
  type WidthCorrection,
  type WidthsAtMark,
} from "../../experiments/mod.ts";
import { checkObject } from "../../experiments/checks.ts";
import { checkWidthsAtMark } from "../../experiments/readings/widths_at_mark.ts";
import { checkList, checkPositive, checkRecord } from "../../numerics/checks.ts";
import { geometricMean, mean, withInterval } from "../../statistics/mod.ts";
import { withMinusSigns } from "../number_text.ts";
import type { TableRows } from "./table_text.ts";

const three = (value: number) => String(Number(value.toPrecision(3)));

/** A geometric mean with its interval to three digits; one value alone. */
function middle(list: readonly FlowAtMark[], of: (at: FlowAtMark) => number): string {
  if (list.length === 0) return "not reached";
  if (list.length === 1) return three(of(list[0]));
  const { mean, interval: [low, high] } = geometricMean(list.map(of));
  return `${three(mean)} [${three(low)}, ${three(high)}]`;
}

/**
 * What the widths of a series say at a mark, and the infinitely wide network: geometric means over seeds
 * or functions, on both clocks.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { widthRows } from "./width_tables.ts";
 * const flow = { time: 1, speedLimit: 0.25, inefficiency: 4, tortuosity: 1.2, lossLeft: 0.5 };
 * const configuration = {
 *   ...{ architecture: "fully-connected" as const, widths: [16], n: 64 },
 *   ...{ seeds: 1, horizon: 5, tolerance: 0.01 },
 * };
 * const networks = [{ ...flow, seed: 0, wide: flow }];
 * const widths = [{ width: 16, of: 2, networks, whole: false }];
 * const [row] = widthRows({ mark: { time: 1 }, configuration, limit: [flow], widths });
 * assert.deepEqual([row.seeds, row["T_SL, τ"], row["T_SL, nτ"]], ["1 of 2", "0.25", "16"]);
 * ```
 */
export function widthRows(at: WidthsAtMark): TableRows {
  const { widths, limit, configuration: { n } } = checkWidthsAtMark("at", at);
  const row = (width: string, seeds: string, list: readonly FlowAtMark[]) => ({
    "width N": width,
    seeds,
    "T_SL, τ": middle(list, ({ speedLimit }) => speedLimit),
    "T_SL, nτ": middle(list, ({ speedLimit }) => n * speedLimit),
    "T/T_SL": middle(list, ({ inefficiency }) => inefficiency),
    "l_γ/l_geo": middle(list, ({ tortuosity }) => tortuosity),
    "τ at the mark": middle(list, ({ time }) => time),
    "left of ½‖Y‖²": list.length > 0
      ? `${three(100 * mean(list.map(({ lossLeft }) => lossLeft)))} %`
      : "–",
  });
  return [
    ...widths.map(({ width, of, networks }) =>
      row(
        String(width),
        networks.length < of ? `${networks.length} of ${of}` : String(of),
        networks,
      )
    ),
    row("∞", `${limit.length} functions`, limit),
  ];
}

const NAMES = {
  speedLimit: "T_SL",
  inefficiency: "T/T_SL",
  tortuosity: "l_γ/l_geo",
  time: "τ at the mark",
} as const;

/**
 * The corrections of finite widths, a row each: a and b of ln q(N)/q(∞) = a/N + b/N², the extrapolation of
 * the finite widths alone, and the change at a width.
 *
 * @param width of which the change is told
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { correctionRows } from "./width_tables.ts";
 * assert.deepEqual(correctionRows([], 128), []);
 * ```
 */
export function correctionRows(
  list: readonly (WidthCorrection | undefined)[],
  width: number,
): TableRows {
  checkList(
    "list",
    list,
    (name: string, one: unknown) =>
      one === undefined ? one : checkRecord(name, one, { mark: checkObject, fit: checkObject }),
  );
  checkPositive("width", width);
  return list.flatMap((one) => {
    if (!one) return [];
    const { mark, quantity, reference, order, fit, extrapolated } = one;
    const text = (
      estimate: { readonly value: number; readonly interval: readonly [number, number] },
      digits: number,
      of = (x: number) => x,
    ) => {
      const { value, interval: [low, high] } = estimate;
      const told = { mean: of(value), interval: [of(low), of(high)] as const };
      return withMinusSigns(withInterval(told, { digits }));
    };
    const inPercent = (log: number) => 100 * Math.expm1(log);
    return [{
      mark: markText(mark),
      quantity: NAMES[quantity],
      against: reference === "own" ? "its own function" : "the NNGP's functions",
      order,
      widths: `${fit.sizes[0]}–${fit.sizes[fit.sizes.length - 1]}`,
      a: text(fit.slope, 1),
      b: fit.curvature ? text(fit.curvature, 0) : "–",
      "extrapolated, off the limit": extrapolated ? `${text(extrapolated, 1, inPercent)} %` : "–",
      [`at N = ${width}`]: `${text(fit.excess(width), 1, inPercent)} %`,
    }];
  });
}
