/**
 * Tables of width series.
 *
 * @module
 */
import type {
  FlowAtMark,
  NamedCorrection,
  NamedSpread,
  WidthsAtMark,
} from "../../experiments/mod.ts";
import { checkCorrections } from "../../experiments/claims/finite_width.ts";
import { checkSpreads } from "../../experiments/claims/finite_width_spread.ts";
import { checkWidthsAtMark } from "../../experiments/readings/widths_at_mark.ts";
import { checkInteger, checkOptions, checkPositive, maybe } from "../../numerics/checks.ts";
import { studentQuantile } from "../../numerics/mod.ts";
import { geometricMean, mean, type SizeEstimate, withInterval } from "../../statistics/mod.ts";
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
 * @param list those that are not there have no row
 * @param width of which the change is told
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { correctionRows } from "./width_tables.ts";
 * assert.deepEqual(correctionRows([{ where: "FCN" }], 128), []);
 * ```
 */
export function correctionRows(list: readonly NamedCorrection[], width: number): TableRows {
  checkCorrections("list", list);
  checkPositive("width", width);
  return list.flatMap(({ where, correction }) => {
    if (!correction) return [];
    const { quantity, reference, order, fit, extrapolated } = correction;
    return [{
      where,
      quantity: NAMES[quantity],
      against: reference === "own" ? "its own function" : "the NNGP's functions",
      order,
      widths: `${fit.sizes[0]}–${fit.sizes[fit.sizes.length - 1]}`,
      a: text(fit.slope, 1),
      b: fit.curvature ? text(fit.curvature, 0) : "–",
      "extrapolated, off the limit": extrapolated ? inPercent(extrapolated) : "–",
      [`at N = ${width}`]: inPercent(fit.excess(width)),
    }];
  });
}

function text({ value, interval }: SizeEstimate, digits: number): string {
  return withMinusSigns(withInterval({ mean: value, interval }, { digits }));
}

function inPercent({ value, interval: [low, high] }: SizeEstimate): string {
  const of = (log: number) => 100 * Math.expm1(log);
  return `${text({ value: of(value), interval: [of(low), of(high)] }, 1)} %`;
}

/**
 * The variance over seeds of ln(T/T_SL), v_∞ + c/N, a row each, and what it makes of a mean over a few
 * networks of a width: the factor of its 95 % interval.
 *
 * @param options `width`: of which it is told; `seeds`: so many the mean is over, 6 in the paper
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { widthSpreadRows } from "./width_tables.ts";
 * assert.deepEqual(widthSpreadRows([{ where: "FCN" }], { width: 128 }), []);
 * ```
 */
export function widthSpreadRows(
  list: readonly NamedSpread[],
  options: { readonly width: number; readonly seeds?: number },
): TableRows {
  checkSpreads("list", list);
  const { width, seeds = 6 } = checkOptions("options", options, {
    width: checkPositive,
    seeds: maybe(checkInteger, { least: 2 }),
  });
  return list.flatMap(({ where, spread }) => {
    if (!spread) return [];
    const { rate, at, limitShare, limitVariance } = spread;
    const there = at(width);
    const factor = (variance: number) =>
      Math.exp(studentQuantile(0.975, seeds - 1) * Math.sqrt(variance / seeds)).toFixed(2);
    return [{
      where,
      "v_∞": three(limitVariance),
      c: text(rate, 1),
      [`variance at N = ${width}`]: text(there, 3),
      "share of v_∞": text(limitShare(width), 2),
      [`interval of ${seeds} seeds`]: `×/÷ ${factor(there.value)}`,
      "however wide": `×/÷ ${factor(limitVariance)}`,
    }];
  });
}
