/**
 * Ratios of means over a study's seeds, with jackknife intervals: what the split of an infinitely wide
 * network speaks of. Seeds that had more to unlearn count more than in a mean of their ratios.
 *
 * @module
 */
import { checkNumber, checkOptions, checkPositive, maybe, must } from "../../numerics/checks.ts";
import { studentQuantile } from "../../numerics/mod.ts";
import { checkInitialWeights } from "../checks.ts";
import type { SeedMean } from "../studies/seed_mean.ts";
import type { InitialWeightsStudy } from "../studies/initial_weights.ts";
import { flowFrom, linearizedPartition, startPoint } from "./initial_weights.ts";

/** A numerator and a denominator of each seed, both above 0. */
type Pair = readonly [over: number, under: number];

/**
 * Σ over/Σ under over seeds, with Student's interval of its logarithm by the jackknife.
 *
 * @returns `undefined` of none; of one, without an interval
 */
function quotientOfSums(pairs: readonly Pair[]): SeedMean | undefined {
  const count = pairs.length;
  if (count === 0) return undefined;
  const total = (some: readonly Pair[], i: 0 | 1) => some.reduce((sum, pair) => sum + pair[i], 0);
  const logarithm = (some: readonly Pair[]) => Math.log(total(some, 0) / total(some, 1));
  const whole = logarithm(pairs);
  if (count === 1) return { mean: Math.exp(whole), count };
  const without = pairs.map((_, i) => logarithm(pairs.filter((_, j) => j !== i)));
  const middle = without.reduce((sum, value) => sum + value, 0) / count;
  const squares = without.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const reach = Math.sqrt(squares * (count - 1) / count) * studentQuantile(0.975, count - 1);
  return {
    mean: Math.exp(whole),
    interval: [Math.exp(whole - reach), Math.exp(whole + reach)],
    count,
  };
}

/**
 * T ΣΔL/Σ‖Δθ‖² over a study's seeds with a share of f_0: T/T_SL as a ratio of means, which the split of the
 * infinitely wide network foretells.
 *
 * @param options `share` c of f_0; `time`, or none, for the largest up to the horizon
 * @returns `undefined` if no seed comes there; of one seed, without an interval
 * @throws {RangeError} if the time is not positive or the share negative
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { ratioOfMeans } from "./share_means.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * const at = ratioOfMeans(result, { share: 1, time: 1 })!;
 * assert(1 < at.mean && at.mean <= ratioOfMeans(result, { share: 1 })!.mean);
 * ```
 */
export function ratioOfMeans(
  study: InitialWeightsStudy,
  options: { readonly share: number; readonly time?: number },
): SeedMean | undefined {
  const { realizations } = checkInitialWeights("study", study);
  const { share, time } = checkOptions("options", options, {
    share: must(checkNumber, { least: 0 }),
    time: maybe(checkPositive),
  });
  const flows = realizations.flatMap((one) => flowFrom(one, "function", share) ?? []);
  const at = (T: number) =>
    quotientOfSums(flows.flatMap((flow): Pair[] => {
      const point = startPoint(flow, { time: T });
      return point ? [[T * point.lossDrop, point.displacementSquared]] : [];
    }));
  if (time !== undefined) return at(time);
  if (flows.length === 0) return undefined;
  // Only times that all seeds reach, or the mean would be of others at its end.
  return flows[0].time.slice(1).flatMap((t) => at(t) ?? []).filter(({ count }) =>
    count === flows.length
  ).toSorted((a, b) => b.mean - a.mean)[0];
}

/** What of a study's training is owed to f_0, as shares of means over seeds. */
export interface OwedOfMeans {
  /** 1 − ΣΔL without f_0/ΣΔL: of β⁻¹R; measured, and of the linearized networks. */
  readonly dissipated: SeedMean;
  readonly dissipatedLinearized: SeedMean;
  /** Of Σ‖Δθ‖². Below 0 where the weights move farther without f_0. */
  readonly moved: SeedMean;
  readonly movedLinearized: SeedMean;
  /** Σ‖f_0‖²/Σ‖Y‖². */
  readonly size: number;
}

/**
 * What is owed to f_0 up to a time: 1 − (mean without it)/(mean with it), over seeds, with the jackknife's
 * interval of the quotient's logarithm, so that no end exceeds 1.
 *
 * @returns `undefined` if no seed has flows of the shares 0 and 1 that come there
 * @throws {RangeError} if the time is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { owedOfMeans } from "./share_means.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * const { dissipated: { mean, interval } } = owedOfMeans(result, 1)!;
 * assert(interval![0] < mean && mean < interval![1] && interval![1] < 1);
 * ```
 */
export function owedOfMeans(study: InitialWeightsStudy, time: number): OwedOfMeans | undefined {
  const { realizations, configuration: { n } } = checkInitialWeights("study", study);
  checkPositive("time", time);
  const rows = realizations.flatMap((one) => {
    const [flow, none] = [1, 0].map((share) => flowFrom(one, "function", share));
    const [whole, without] = [flow, none].map((some) => some && startPoint(some, { time }));
    const split = linearizedPartition(one.linearized, { time });
    return flow && whole && without && split
      ? [{ whole, without, split, square: flow.initialSquared }]
      : [];
  });
  if (rows.length === 0) return undefined;
  const owed = (pairOf: (row: typeof rows[number]) => Pair): SeedMean => {
    const { mean, interval, count } = quotientOfSums(rows.map(pairOf))!;
    return {
      mean: 1 - mean,
      ...(interval && { interval: [1 - interval[1], 1 - interval[0]] as const }),
      count,
    };
  };
  return {
    dissipated: owed(({ whole, without }) => [without.lossDrop, whole.lossDrop]),
    dissipatedLinearized: owed(({ split: { lossDrop: l } }) => [l.labels, l.whole]),
    moved: owed(({ whole, without }) => [without.displacementSquared, whole.displacementSquared]),
    movedLinearized: owed(({ split: { displacementSquared: d } }) => [d.labels, d.whole]),
    size: rows.reduce((sum, { square }) => sum + square, 0) / (0.9 * n * rows.length),
  };
}
