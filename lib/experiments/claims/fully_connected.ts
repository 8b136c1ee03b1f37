/**
 * What infinitely wide networks say without a fit, and what the initial scale changes (notebooks 06
 * and 07).
 *
 * @module
 */
import { checkList, checkOptions, checkPositive } from "../../numerics/checks.ts";
import { fitLine } from "../../statistics/mod.ts";
import { checkScalePair, checkWide } from "../checks.ts";
import { factorText, type SeedFactor, seedFactor } from "../size_growth.ts";
import { type AtMark, atMark } from "../at_mark.ts";
import { networkText } from "../network_text.ts";
import type { SpeedLimitStudy } from "../speed_limit.ts";
import { type WideLimit, wideRegimes } from "../wide_limit.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** A factor that is none: within 1.5 both ways. */
const SAME = [1 / 1.5, 1.5] as const;

/** b of n^b for the fall from 30 to 10 over a decade, within half of it both ways. */
const FALL = [-0.72, -0.24] as const;

const numbers = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(", ");

/**
 * The fall from 30 to 10 as the wide limit has it, without a fit: at the same epoch of a mean loss and at
 * the same τ. It holds on a clock where the exponent b of T/T_SL ∝ n^b lies between −0.72 and −0.24.
 *
 * @param flows of one architecture, of two n at least
 * @throws {RangeError} if there are fewer than two
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResults, wideLimit } from "../mod.ts";
 * import { wideLimitFalls } from "./fully_connected.ts";
 * const flows = (await storedResults<KernelStudy>("kernels"))
 *   .filter(({ name }) => name.startsWith("fully_connected_infinite"))
 *   .map(({ result }) => wideLimit(result));
 * const { verdict, evidence } = wideLimitFalls(flows, { meanTime: 2976, time: 5 });
 * assert.equal(verdict, "not confirmed");
 * assert.match(evidence, /^holds at 1 of 2: nτ = 2976: 30\.0/);
 * ```
 */
export function wideLimitFalls(
  flows: readonly WideLimit[],
  options: { readonly meanTime: number; readonly time: number },
): Claim {
  checkList("flows", flows, checkWide);
  const { meanTime, time } = checkOptions("options", options, {
    ...{ meanTime: checkPositive, time: checkPositive },
  });
  if (flows.length < 2) {
    throw new RangeError(`there are ${flows.length} flows; a fall with n needs two at least`);
  }
  const sorted = flows.toSorted((a, b) => a.study.configuration.n - b.study.configuration.n);
  const sizes = sorted.map(({ study }) => study.configuration.n);
  const at = (where: string, clock: (n: number) => number): Case => {
    const ratios = sorted.map((flow, i) => flow.at(clock(sizes[i])).inefficiency);
    const { slope } = fitLine(sizes.map(Math.log), ratios.map(Math.log));
    return {
      where,
      judgement: judgedWithin({ interval: [slope, slope] }, FALL),
      value: `${numbers(ratios)} at n = ${sizes.join(", ")}`,
    };
  };
  return {
    claim: "Infinitely wide: T/T_SL falls from 30 to 10 as n grows from 500 to 5000",
    mark: "derived",
    ...verdictOver([at(`nτ = ${meanTime}`, (n) => meanTime / n), at(`τ = ${time}`, () => time)]),
  };
}

/**
 * Rise, peak, fall and second rise without a fit: of infinitely wide Myrtle-5 and not of fully connected
 * networks. Of each kernel it holds where there is a peak for the one, and none for the other.
 *
 * @throws {RangeError} if there is no flow
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResult, wideLimit } from "../mod.ts";
 * import { wideLimitPeaks } from "./fully_connected.ts";
 * const stored = await storedResult<KernelStudy>("kernels/myrtle_5_infinite_n64_seed0");
 * const { verdict, evidence } = wideLimitPeaks([wideLimit(stored!.result)]);
 * assert.equal(verdict, "confirmed");
 * assert.match(evidence, /a peak of 22\.3 at τ = 3\.3, a trough of 18\.6 at τ = 31/);
 * ```
 */
export function wideLimitPeaks(flows: readonly WideLimit[]): Claim {
  checkList("flows", flows, checkWide);
  const cases = atLeastOne(flows, "flow").map((flow): Case => {
    const { architecture, n } = flow.study.configuration;
    const { peak, trough, leastSlope } = wideRegimes(flow);
    const place = ({ time, inefficiency }: { time: number; inefficiency: number }) =>
      `${inefficiency.toFixed(1)} at τ = ${time.toPrecision(2)}`;
    const expected = architecture !== "fully-connected";
    return {
      where: `${expected ? "Myrtle-5" : "fully connected"}, n = ${n}`,
      judgement: (peak !== undefined) === expected ? "holds" : "fails",
      value: peak
        ? `a peak of ${place(peak)}` + (trough ? `, a trough of ${place(trough)}` : "")
        : `no peak: it grows as T^${leastSlope.slope.toFixed(2)} at least`,
    };
  });
  return {
    claim: "Infinitely wide Myrtle-5 peaks and falls, fully connected networks only rise",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/** Two studies that differ in the initial scale alone. */
export interface ScalePair {
  readonly large: SpeedLimitStudy;
  readonly small: SpeedLimitStudy;
  /** Trainable layers: the kernel goes as W_std^(2 layers). */
  readonly layers: number;
  /** τ of the larger scale; the smaller is read later, at the same λτ. */
  readonly time: number;
}

/**
 * "The initial scale sets the clock, and nothing else": at the same λτ, T/T_SL of the larger scale over
 * that of the smaller, seed by seed. It holds where the interval of the factor lies within 1.5 both ways,
 * and fails where it lies wholly outside.
 *
 * @throws {RangeError} if there is no pair, or layers are no positive number
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { scaleIsAClock } from "./fully_connected.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_16_n500");
 * const same = { large: stored!.result, small: stored!.result, layers: 5, time: 0.2 };
 * assert.equal(scaleIsAClock([same]).verdict, "confirmed");
 * ```
 */
export function scaleIsAClock(pairs: readonly ScalePair[]): Claim {
  checkList("pairs", pairs, checkScalePair);
  const cases = atLeastOne(pairs, "pair of scales").map((pair): Case => {
    const { large, small, time } = pair;
    const { factor } = atSameLambdaTau(pair);
    const interval = factor && { interval: [factor.low, factor.high] as const };
    return {
      where: `${networkText(large.configuration)} over ${networkText(small.configuration)}, ` +
        `λτ of τ = ${time}`,
      judgement: judgedWithin(interval, SAME),
      value: factor ? `× ${factorText(factor)} (${factor.seeds} seeds)` : "not reached",
    };
  });
  return {
    claim: "The initial scale sets the clock, and nothing else",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * T/T_SL of two initial scales at the same λτ, and their factor seed by seed.
 *
 * @returns the factor `undefined` if fewer than two seeds come so far in both
 * @throws {RangeError} if layers is no positive number
 */
export function atSameLambdaTau(
  pair: ScalePair,
): { readonly large: AtMark; readonly small: AtMark; readonly factor: SeedFactor | undefined } {
  const { large, small, layers, time } = checkScalePair("pair", pair);
  const slower = (large.configuration.weightStd / small.configuration.weightStd) ** (2 * layers);
  const [one, other] = [atMark(large, { time }), atMark(small, { time: time * slower })];
  return { large: one, small: other, factor: seedFactor(one, other) };
}
