/**
 * How a variance goes with the size of a system: v(N) = v_∞ + c/N.
 *
 * @module
 */
import {
  checkNumber,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
  must,
} from "../numerics/checks.ts";
import { normalQuantile } from "../numerics/mod.ts";
import { variance } from "./descriptive.ts";
import { checkSizeGroups, type SizeEstimate, type SizeGroup } from "./size_groups.ts";

/** Options of {@link fitVarianceBySize}. */
export interface VarianceBySizeOptions {
  /** v_∞, and the excess kurtosis of the values there: 0 for normal ones. */
  readonly limit: { readonly variance: number; readonly excessKurtosis?: number };
  readonly level?: number;
}

/** v(N) = v_∞ + c/N, N the size. */
export interface VarianceBySize {
  /** c */
  readonly rate: SizeEstimate;
  /** Each size's own variance. */
  readonly groups: readonly ({ readonly size: number; readonly count: number } & SizeEstimate)[];
  /** v(N) by the fit. */
  at(size: number): SizeEstimate;
  /** v_∞/v(N): what of the variance stays however wide. */
  limitShare(size: number): SizeEstimate;
}

/**
 * Variances of independent values at several sizes by v_∞ + c/N with a known v_∞, by maximum
 * likelihood of normal values, with the interval where twice the log-likelihood falls by χ²'s quantile,
 * widened for a kurtosis other than the normal law's: (k − 1)s²/v has the variance 2(k − 1) for normal
 * values and (1 + κ/2) as much for an excess κ.
 *
 * c may be below 0: narrow systems may vary less.
 *
 * @param groups two values at least at each of two sizes or more
 * @throws {RangeError} if there are too few, all values of a size are the same, or v_∞ is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitVarianceBySize } from "./variance_by_size.ts";
 * // Two values ±√v have the sample variance 2v.
 * const groups = [16, 64].map((size) => {
 *   const half = Math.sqrt((1 + 32 / size) / 2);
 *   return { size, values: [-half, half] };
 * });
 * const { rate, limitShare } = fitVarianceBySize(groups, { limit: { variance: 1 } });
 * assert(Math.abs(rate.value - 32) < 1e-4 && rate.interval[0] < 32 && rate.interval[1] > 32);
 * assert(Math.abs(limitShare(32).value - 0.5) < 1e-6);
 * ```
 */
export function fitVarianceBySize(
  groups: readonly SizeGroup[],
  options: VarianceBySizeOptions,
): VarianceBySize {
  const { limit, level = 0.95 } = checkOptions("options", options, {
    limit: must(checkRecord, {
      variance: checkPositive,
      excessKurtosis: maybe(checkNumber, { above: -2 }),
    }),
    level: maybe(checkNumber, { above: 0, below: 1 }),
  });
  const sorted = checkSizeGroups("groups", groups, 2);
  const found = sorted.map(({ size, values }) => {
    const square = variance(values);
    if (square > 0) return { size, count: values.length, square };
    throw new RangeError(`all values of size ${size} are ${values[0]}; they must vary`);
  });
  const { variance: least, excessKurtosis = 0 } = limit;
  const cut = normalQuantile((1 + level) / 2) ** 2 * (1 + excessKurtosis / 2);
  const within = (rate: (c: number, size: number) => number, of: typeof found) => (c: number) =>
    of.reduce((sum, { size, count, square }) => {
      const ratio = square / rate(c, size);
      return sum + (count - 1) * (ratio - Math.log(ratio));
    }, 0);
  const lawAt = (c: number, size: number) => least + c / size;
  // In ln v of the smallest size, which the variance there bounds on both sides.
  const [{ size: unit }] = found;
  const rateOf = (log: number) => unit * (Math.exp(log) - least);
  const rate = mapped(bounded((log) => within(lawAt, found)(rateOf(log)), cut, found), rateOf);
  const at = (size: number) => mapped(rate, (c) => lawAt(c, checkPositive("size", size)));
  return {
    rate,
    groups: found.map((group) => ({
      ...{ size: group.size, count: group.count },
      ...mapped(
        bounded((log) => within((c) => c, [group])(Math.exp(log)), cut, [group]),
        Math.exp,
      ),
    })),
    at,
    limitShare: (size) => {
      const { value, interval: [low, high] } = at(size);
      return { value: least / value, interval: [least / high, least / low] };
    },
  };
}

const mapped = (
  { value, interval: [low, high] }: SizeEstimate,
  by: (x: number) => number,
): SizeEstimate => ({
  value: by(value),
  interval: [by(low), by(high)],
});

/** Where a function with one minimum is least, and where it is `cut` above that. */
function bounded(
  f: (log: number) => number,
  cut: number,
  found: readonly { readonly square: number }[],
): SizeEstimate {
  const logs = found.map(({ square }) => Math.log(square));
  let [a, b] = [Math.min(...logs) - 40, Math.max(...logs) + 40];
  const [from, to] = [a, b];
  // Where the law would be negative at a size there is no likelihood.
  const value = (log: number) => {
    const found = f(log);
    return Number.isNaN(found) ? Infinity : found;
  };
  while (b - a > 1e-9) {
    const [left, right] = [a + (b - a) / 3, b - (b - a) / 3];
    if (value(left) < value(right)) b = right;
    else a = left;
  }
  const middle = (a + b) / 2;
  const edge = (end: number) => {
    let [inside, outside] = [middle, end];
    while (Math.abs(outside - inside) > 1e-9) {
      const half = (inside + outside) / 2;
      if (value(half) - value(middle) <= cut) inside = half;
      else outside = half;
    }
    return inside;
  };
  return { value: middle, interval: [edge(from), edge(to)] };
}
