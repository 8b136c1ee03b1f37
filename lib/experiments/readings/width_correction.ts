/**
 * How a width series comes to its limit: the correction in 1/N, and the spread over seeds.
 *
 * @module
 */
import { checkInteger, checkOneOf, checkOptions, maybe, must } from "../../numerics/checks.ts";
import {
  fitInverseSize,
  fitVarianceBySize,
  type InverseSizeFit,
  mean,
  meanAndError,
  type SizeEstimate,
  type SizeGroup,
  variance,
  type VarianceBySize,
} from "../../statistics/mod.ts";
import type { Mark } from "./mark.ts";
import { checkWidthsAtMark, type FlowAtMark, type WidthsAtMark } from "./widths_at_mark.ts";

/** What is compared; its logarithm, for seeds differ by factors. */
export type WidthQuantity = "speedLimit" | "inefficiency" | "tortuosity" | "time";

/** The quantities there are. */
export const WIDTH_QUANTITIES: readonly WidthQuantity[] = [
  "speedLimit",
  "inefficiency",
  "tortuosity",
  "time",
];

/**
 * What is compared to what. "limit": networks to the infinitely wide one from functions of the NNGP, mean
 * against mean. "own": each network to the infinitely wide one that starts from the network's own
 * function, pair by pair. "function": the infinitely wide one from the networks' functions to the same
 * from functions of the NNGP, mean against mean: f_0's part, which with "own" adds to "limit".
 */
export type WidthReference = "limit" | "own" | "function";

/** The references there are. */
export const WIDTH_REFERENCES: readonly WidthReference[] = ["limit", "own", "function"];

/** E ln q(N) − E ln q(∞) = a/N (+ b/N²). */
export interface WidthCorrection {
  readonly mark: Mark;
  readonly quantity: WidthQuantity;
  readonly reference: WidthReference;
  readonly order: 1 | 2;
  /** n, of the images that are learnt. */
  readonly images: number;
  /** The least of L/(½‖Y‖²) at the mark: of the widths' means, and of the limit's. */
  readonly leastLeft: number;
  /** Of the widths of which all networks come to the mark. */
  readonly fit: InverseSizeFit;
  /** a by the fit of the other order: of the other sign, if b/N² is all. Not there for too few widths. */
  readonly otherSlope?: SizeEstimate;
  /**
   * What the finite widths alone, extrapolated to 1/N → 0, have more than the limit, in the logarithm:
   * 0 if the limit is the limit. Not there where the widths are too few for it.
   */
  readonly extrapolated?: SizeEstimate;
  /** E ln q(N) − E ln q(∞) as it was measured, width by width, those too that the fit leaves out. */
  readonly measured: readonly ({ readonly width: number; readonly count: number } & SizeEstimate)[];
}

const logsOf = (list: readonly FlowAtMark[], quantity: WidthQuantity) =>
  list.map((at) => Math.log(at[quantity]));

/** Each width's values: logarithms, of what the reference says is compared. */
function groupsOf(
  { widths }: WidthsAtMark,
  quantity: WidthQuantity,
  reference: WidthReference,
): SizeGroup[] {
  return widths.filter(({ whole, networks }) => whole && networks.length >= 2)
    .map(({ width, networks }) => ({
      size: width,
      values: networks.map((network) => {
        const [own, wide] = [Math.log(network[quantity]), Math.log(network.wide[quantity])];
        return { limit: own, own: own - wide, function: wide }[reference];
      }),
    }));
}

/**
 * The correction of a finite width at a mark, by fits through the limit.
 *
 * Like is compared with like: logarithms of single networks with those of single initial functions of
 * the infinitely wide network, so that what is judged is the geometric mean over seeds, not a ratio of
 * means. With "own" each network is compared with the infinitely wide one from the same function: what
 * is left is the kernel's part, the deviation of the kernel and its motion, with most of the noise gone.
 *
 * @returns `undefined` if fewer widths come to the mark with all networks than the order and one, or
 * not all functions of the limit do
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   storedResult, wideFunctions, widthCorrection, widthsAtMark, type WidthSeries,
 * } from "../mod.ts";
 * const stored = await storedResult<WidthSeries>("width_series/fully_connected_64_128_n64_tau5");
 * const series = stored!.result;
 * const at = widthsAtMark(series, wideFunctions(series, { functions: 50 }), { time: 0.2 });
 * const correction = widthCorrection(at, "speedLimit", { reference: "own", order: 1 })!;
 * assert.deepEqual(correction.fit.sizes, [64, 128]);
 * assert(correction.fit.slope.interval[1] < 0); // at this time T_SL is smaller than the limit's
 * assert.equal(widthCorrection(at, "speedLimit", { order: 2 }), undefined); // two widths are too few
 * ```
 */
export function widthCorrection(
  at: WidthsAtMark,
  quantity: WidthQuantity,
  options: {
    readonly reference?: WidthReference;
    readonly order?: 1 | 2;
    /** The fits leave out narrower ones. */
    readonly from?: number;
  } = {},
): WidthCorrection | undefined {
  checkWidthsAtMark("at", at);
  checkOneOf("quantity", quantity, WIDTH_QUANTITIES);
  const { reference = "limit", order = 2, from = 1 } = checkOptions("options", options, {
    reference: maybe(checkOneOf<WidthReference>, WIDTH_REFERENCES),
    order: maybe(must(checkInteger, { most: 2 })),
    from: maybe(checkInteger),
  });
  const all = groupsOf(at, quantity, reference);
  const groups = all.filter(({ size }) => size >= from);
  if (groups.length < order + 1 || at.limit.length < 2) return undefined;
  const known = meanAndError(logsOf(at.limit, quantity));
  const limit = reference === "own" ? { mean: 0, standardError: 0 } : known;
  const other = order === 1 ? 2 : 1;
  const left = [at.limit, ...at.widths.map(({ networks }) => networks)]
    .filter((list) => list.length > 0)
    .map((list) => mean(list.map(({ lossLeft }) => lossLeft)));
  const free = groups.length < order + 2 ? undefined : fitInverseSize(groups, { order }).limit;
  return {
    ...{ mark: at.mark, quantity, reference, order },
    images: at.configuration.n,
    leastLeft: Math.min(...left),
    fit: fitInverseSize(groups, { order, limit }),
    otherSlope: groups.length < other + 1
      ? undefined
      : fitInverseSize(groups, { order: other, limit }).slope,
    extrapolated: free && less(free, limit),
    measured: all.map(({ size, values }) => {
      const { mean: value, interval } = meanAndError(values);
      return { width: size, count: values.length, ...less({ value, interval }, limit) };
    }),
  };
}

/** An estimate less a known mean, the errors of both in its interval. */
function less(
  { value, interval: [low, high] }: SizeEstimate,
  { mean, standardError }: { readonly mean: number; readonly standardError: number },
): SizeEstimate {
  const reach = Math.hypot((high - low) / 2, 1.96 * standardError);
  return { value: value - mean, interval: [value - mean - reach, value - mean + reach] };
}

/**
 * The variance over seeds of the logarithm of a quantity at a mark, v_∞ + c/N: v_∞ of the infinitely wide
 * network's random initial function.
 *
 * @returns `undefined` as {@link widthCorrection} does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   storedResult, wideFunctions, widthsAtMark, type WidthSeries, widthSpread,
 * } from "../mod.ts";
 * const stored = await storedResult<WidthSeries>("width_series/fully_connected_64_128_n64_tau5");
 * const series = stored!.result;
 * const at = widthsAtMark(series, wideFunctions(series, { functions: 50 }), { time: 0.2 });
 * const { groups, limitShare } = widthSpread(at, "inefficiency")!;
 * assert.equal(groups.length, 2);
 * assert(limitShare(1e9).value > 0.999);
 * ```
 */
export function widthSpread(
  at: WidthsAtMark,
  quantity: WidthQuantity,
): (VarianceBySize & { readonly limitVariance: number }) | undefined {
  checkWidthsAtMark("at", at);
  checkOneOf("quantity", quantity, WIDTH_QUANTITIES);
  const groups = groupsOf(at, quantity, "limit");
  if (groups.length < 2 || at.limit.length < 2) return undefined;
  const logs = logsOf(at.limit, quantity);
  const limitVariance = variance(logs), middle = mean(logs);
  if (!(limitVariance > 0)) return undefined;
  const fourth = mean(logs.map((log) => (log - middle) ** 4));
  const excessKurtosis = fourth / limitVariance ** 2 - 3;
  return {
    ...fitVarianceBySize(groups, { limit: { variance: limitVariance, excessKurtosis } }),
    limitVariance,
  };
}
