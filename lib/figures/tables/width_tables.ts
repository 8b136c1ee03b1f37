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
import {
  geometricMean,
  mean,
  seedsNeeded,
  type SizeEstimate,
  withInterval,
} from "../../statistics/mod.ts";
import { withMinusSigns } from "../number_text.ts";
import type { TableRows } from "./table_text.ts";

const three = (value: number) => String(Number(value.toPrecision(3)));

const geometric = (values: readonly number[]) => Math.exp(mean(values.map(Math.log)));

/** A geometric mean with its interval to three digits; one value alone. */
function middle(list: readonly FlowAtMark[], of: (at: FlowAtMark) => number): string {
  if (list.length === 0) return "not reached";
  if (list.length === 1) return three(of(list[0]));
  const { mean, interval: [low, high] } = geometricMean(list.map(of));
  return `${three(mean)} [${three(low)}, ${three(high)}]`;
}

/**
 * What the widths of a series say at a mark, and the infinitely wide network: geometric means over seeds
 * or functions, T_SL on both clocks. At a mark in time what is left of ½‖Y‖² is told, at one in the loss
 * the time.
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
 * assert.deepEqual([row.seeds, row["T_SL"], row["n T_SL"]], ["1 of 2", "0.25", "16"]);
 * ```
 */
export function widthRows(at: WidthsAtMark): TableRows {
  const { widths, limit, mark, configuration: { n } } = checkWidthsAtMark("at", at);
  const row = (width: string, seeds: string, list: readonly FlowAtMark[]) => ({
    N: width,
    seeds,
    "T_SL": middle(list, ({ speedLimit }) => speedLimit),
    "n T_SL": list.length > 0
      ? three(n * geometric(list.map(({ speedLimit }) => speedLimit)))
      : "–",
    "T/T_SL": middle(list, ({ inefficiency }) => inefficiency),
    "l_γ/l_geo": middle(list, ({ tortuosity }) => tortuosity),
    ...("lossLeft" in mark ? { τ: middle(list, ({ time }) => time) } : {
      "left of ½‖Y‖²": list.length > 0
        ? `${three(100 * mean(list.map(({ lossLeft }) => lossLeft)))} %`
        : "–",
    }),
  });
  return [
    ...widths.map(({ width, of, networks }) =>
      row(
        String(width),
        networks.length < of ? `${networks.length} of ${of}` : String(of),
        networks,
      )
    ),
    row("∞", limit.length > 0 ? `${limit.length} f_0` : "–", limit),
  ];
}

const NAMES = {
  speedLimit: "T_SL",
  inefficiency: "T/T_SL",
  tortuosity: "l_γ/l_geo",
  time: "τ at the mark",
} as const;

const AGAINST = {
  limit: "the limit",
  own: "from the same f_0",
  function: "f_0's part",
} as const;

/**
 * The corrections of finite widths, a row each: a of ln q(N)/q(∞) = a/N + b/N², with b and without, what
 * the finite widths alone, extrapolated, miss the limit by, and the change at a width. What is the same in
 * all rows, quantity or reference, has no column.
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
  const there = list.flatMap(({ where, correction }) => correction ? [{ where, correction }] : []);
  const several = (of: "quantity" | "reference") =>
    new Set(there.map(({ correction }) => correction[of])).size > 1;
  const [quantities, references] = [several("quantity"), several("reference")];
  return there.map(({ where, correction }) => {
    const { quantity, reference, order, fit, otherSlope, extrapolated } = correction;
    const [first, second] = order === 1 ? [fit.slope, otherSlope] : [otherSlope, fit.slope];
    return {
      where,
      ...(quantities && { q: NAMES[quantity] }),
      ...(references && { against: AGAINST[reference] }),
      N: `${fit.sizes[0]}–${fit.sizes[fit.sizes.length - 1]}`,
      "a alone": first ? text(first, 1) : "–",
      "a beside b": second ? text(second, 1) : "–",
      "limit missed by": extrapolated ? inPercent(extrapolated) : "–",
      [`at N = ${width}`]: inPercent(fit.excess(width)),
    };
  });
}

/**
 * a of ln q(N)/q(∞) = a/N + b/N² in its two parts, a row each place: of networks against the limit; of
 * each against the limit from the same f_0, with what these miss it by if they do not know it; and of the
 * functions f_0 alone.
 *
 * @param list corrections of one quantity and order by their references; where the first is not there, there
 * is no row
 * @throws {RangeError} if a place has one reference twice
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { correctionPartRows } from "./width_tables.ts";
 * assert.deepEqual(correctionPartRows([{ where: "FCN" }]), []);
 * ```
 */
export function correctionPartRows(list: readonly NamedCorrection[]): TableRows {
  checkCorrections("list", list);
  return [...Map.groupBy(list, ({ where }) => where)].flatMap(([where, of]) => {
    const there = of.flatMap(({ correction }) => correction ?? []);
    const by = Map.groupBy(there, ({ reference }) => reference);
    const twice = [...by].find(([, found]) => found.length > 1);
    if (twice) throw new RangeError(`${where} has a correction against "${twice[0]}" twice`);
    const [whole, own, part] = (["limit", "own", "function"] as const).map((key) =>
      by.get(key)?.[0]
    );
    if (!whole) return [];
    const { sizes } = whole.fit;
    const free = (own ?? whole).extrapolated;
    return [{
      where,
      N: `${sizes[0]}–${sizes[sizes.length - 1]}`,
      a: text(whole.fit.slope, 1),
      "a from the same f_0": own ? text(own.fit.slope, 1) : "–",
      "a of f_0's part": part ? text(part.fit.slope, 1) : "–",
      "limit missed by": free ? inPercent(free) : "–",
    }];
  });
}

/**
 * How far a width is from the limit, a row each: by the fit of all widths, and as that width itself was
 * measured; "within" is the largest departure that either interval allows.
 *
 * @param list those that are not there have no row
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { widthBoundRows } from "./width_tables.ts";
 * assert.deepEqual(widthBoundRows([{ where: "FCN" }], 128), []);
 * ```
 */
export function widthBoundRows(list: readonly NamedCorrection[], width: number): TableRows {
  checkCorrections("list", list);
  checkPositive("width", width);
  return list.flatMap(({ where, correction }) => {
    if (!correction) return [];
    const { fit, measured } = correction;
    const [byFit, own] = [fit.excess(width), measured.find((one) => one.width === width)];
    const ends = [byFit, ...(own ? [own] : [])].flatMap(({ interval }) => interval);
    const most = Math.max(...ends.map((log) => Math.abs(Math.expm1(log))));
    return [{
      where,
      "widths of the fit": `${fit.sizes[0]}–${fit.sizes[fit.sizes.length - 1]}`,
      "by the fit": inPercent(byFit),
      [`measured at ${width}`]: own ? inPercent(own) : "not run",
      seeds: own ? own.count : "–",
      within: `${Math.ceil(100 * most)} %`,
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
 * networks of a width: the factor of its 95 % interval, and how many seeds make it ±20 %.
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
      [`v at N = ${width}`]: text(there, 3),
      "v_∞/v": text(limitShare(width), 2),
      [`${seeds} seeds`]: `×/÷ ${factor(there.value)}`,
      [`${seeds}, N = ∞`]: `×/÷ ${factor(limitVariance)}`,
      [`seeds for ±${100 * WITHIN} %`]: seedsText(there),
    }];
  });
}

/** An interval of a factor 1.2 up and down. */
const WITHIN = 0.2;

/** Seeds for ±20 %, of a variance and the ends of its interval. */
function seedsText({ value, interval: [low, high] }: SizeEstimate): string {
  const [middle, least, most] = [value, low, high].map((one) =>
    seedsNeeded(Math.max(0, one), { within: WITHIN })
  );
  return `${middle} [${least}, ${most}]`;
}
