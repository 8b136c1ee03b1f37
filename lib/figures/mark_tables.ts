/**
 * Tables of what studies say at marks: ratios, growth with n, peaks, the initial scale, agreement.
 *
 * @module
 */
import {
  type Agreement,
  type AtMark,
  atSameLambdaTau,
  factorText,
  markText,
  networkAndSize,
  peakFactor,
  type ScalePair,
  seedMeanText,
  type SizeGrowth,
  type StudyPeaks,
  type WideLimit,
  wideRegimes,
} from "../experiments/mod.ts";
import {
  checkAtMark,
  checkPeaks,
  checkScalePair,
  checkSizeGrowths,
  checkValue,
  checkWide,
} from "../experiments/checks.ts";
import {
  checkLength,
  checkList,
  checkOptions,
  checkPositive,
  checkRecord,
  checkText,
  checkThat,
  must,
} from "../numerics/checks.ts";
import { withInterval } from "../statistics/mod.ts";
import type { TableRows } from "./show.ts";

const two = { digits: 2 };

/**
 * T/T_SL, lengths and test accuracy at marks, a row a mark.
 *
 * @param warm the same from the warm start, entry by entry
 * @throws {RangeError} if `warm` is of another length
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { atMark, type SpeedLimitStudy, storedResult } from "../experiments/mod.ts";
 * import { markRows } from "./mark_tables.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500");
 * const [row] = markRows([atMark(stored!.result, { time: 0.2 })]);
 * assert.match(String(row["T/T_SL cold"]), /^28\.7 /);
 * ```
 */
export function markRows(cold: readonly AtMark[], warm: readonly AtMark[] = []): TableRows {
  checkList("cold", cold, checkAtMark);
  checkList("warm", warm, checkAtMark);
  if (warm.length > 0) checkLength("warm", warm, cold.length);
  return cold.map(({ study, mark, time, inefficiency, tortuosity, lossLeft, testAccuracy }, i) => {
    const of = study.realizations.length;
    const percent = (share: number, digits: number) => `${(100 * share).toPrecision(digits)} %`;
    return {
      "network": networkAndSize(study),
      "mark": markText(mark),
      "τ": time?.mean.toPrecision(3) ?? "not reached",
      "nτ": time ? Number((study.configuration.n * time.mean).toPrecision(3)) : "not reached",
      "T/T_SL cold": seedMeanText(inefficiency, { of }),
      ...(warm.length > 0
        ? { "T/T_SL warm": seedMeanText(warm[i].inefficiency, { ...two, of }) }
        : {}),
      "l_γ/l_geo cold": seedMeanText(tortuosity, { ...two, of }),
      "L, of ½‖Y‖²": lossLeft ? percent(lossLeft.mean, 3) : "not reached",
      "test accuracy": testAccuracy ? percent(testAccuracy.mean, 3) : "not reached",
    };
  });
}

/**
 * The growth of T/T_SL with n, a row a network and mark: factors seed by seed, and the exponent.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthRows } from "./mark_tables.ts";
 * const factor = { middle: 2.2, low: 2.1, high: 2.3, seeds: 6 };
 * const [row] = growthRows([{
 *   ...{ architecture: "myrtle-5", width: 32, network: "32 channels", mark: { time: 0.2 } },
 *   ...{ start: "cold", factors: [{ n: 1000, from: 500, factor }], notReached: [5000] },
 * }]);
 * assert.equal(row["by a factor of"], "500 → 1000: 2.20 [2.10, 2.30]");
 * ```
 */
export function growthRows(growths: readonly SizeGrowth[]): TableRows {
  checkSizeGrowths("growths", growths);
  return growths.map(({ network, mark, start, factors, exponent, notReached }) => ({
    network,
    "T/T_SL": start,
    "at the same": markText(mark),
    "by a factor of": factors.length > 0
      ? factors.map(({ n, from, factor }) => `${from} → ${n}: ${factorText(factor)}`).join("; ")
      : "not reached by two n",
    "as n to the power": exponent ? withInterval(exponent, two) : "–",
    "seeds": factors.map(({ factor }) => factor.seeds).join(", ") || "–",
    "not reached by two seeds at n": notReached.join(", ") || "–",
  }));
}

/**
 * The peaks of studies, a row each, on both clocks.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { peaksOf, recordedStudies } from "../experiments/mod.ts";
 * import { peakRows } from "./mark_tables.ts";
 * const { study } = (await recordedStudies()).at(-3)!;
 * assert.equal(peakRows([peaksOf(study)])[0]["seeds that peak"], "6 of 6");
 * ```
 */
export function peakRows(list: readonly StudyPeaks[]): TableRows {
  checkList("list", list, checkPeaks);
  return list.map(({ study, inside, again, time, inefficiency, fall, trough, troughTime }) => {
    const { n, horizon } = study.configuration;
    const inMean = time && {
      ...time,
      mean: n * time.mean,
      interval: time.interval && [n * time.interval[0], n * time.interval[1]] as const,
    };
    return {
      "network": networkAndSize(study),
      "to τ": horizon,
      "seeds that peak": `${inside} of ${study.realizations.length}`,
      "at τ": time ? seedMeanText(time, two) : "–",
      "at nτ": inMean ? seedMeanText(inMean, { digits: 0 }) : "–",
      "T/T_SL there": inefficiency ? seedMeanText(inefficiency) : "–",
      "falls by": fall ? seedMeanText(fall, two) : "–",
      "rise again": again > 0
        ? `${again}, from ${trough!.mean.toFixed(1)} at τ = ${troughTime!.mean.toPrecision(2)}`
        : "0",
    };
  });
}

/**
 * Place and height of peaks over those of another study, seed by seed.
 *
 * @param pairs each two studies' peaks; those that share fewer than two seeds are left out
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { peaksOf, recordedStudies } from "../experiments/mod.ts";
 * import { peakFactorRows } from "./mark_tables.ts";
 * const [few, many] = (await recordedStudies()).slice(-3, -1).map(({ study }) => peaksOf(study));
 * assert.equal(peakFactorRows([[many, few]])[0].seeds, 6);
 * ```
 */
export function peakFactorRows(
  pairs: readonly (readonly [StudyPeaks, StudyPeaks])[],
): TableRows {
  checkList("pairs", pairs, must(checkList, checkPeaks, 2));
  return pairs.flatMap(([one, other]) => {
    const factor = peakFactor(one, other);
    if (!factor) return [];
    const n = one.study.configuration.n / other.study.configuration.n;
    const { time, inefficiency } = factor;
    const inMean = { ...time, middle: n * time.middle, low: n * time.low, high: n * time.high };
    return [{
      "peak of": networkAndSize(one.study),
      "over that of": networkAndSize(other.study),
      "height": factorText(inefficiency),
      "place in τ": factorText(time),
      "place in nτ": factorText(inMean),
      "seeds": time.seeds,
    }];
  });
}

/**
 * Infinitely wide networks without a fit, a row each: T/T_SL at the same epoch of a mean loss and at the
 * same τ, its parts there, and its regimes.
 *
 * @param meanTime s = nτ of the one, `time` τ of the other
 * @throws {RangeError} if they are not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResult, wideLimit } from "../experiments/mod.ts";
 * import { wideLimitRows } from "./mark_tables.ts";
 * const stored = await storedResult<KernelStudy>("kernels/myrtle_5_infinite_n64_seed0");
 * const [row] = wideLimitRows([wideLimit(stored!.result)], { meanTime: 100, time: 5 });
 * assert.equal(row.peak, "22.3 at τ = 3.3");
 * ```
 */
export function wideLimitRows(
  flows: readonly WideLimit[],
  options: { readonly meanTime: number; readonly time: number },
): TableRows {
  checkList("flows", flows, checkWide);
  const { meanTime, time } = checkOptions("options", options, {
    ...{ meanTime: checkPositive, time: checkPositive },
  });
  return flows.map((flow) => {
    const { n } = flow.study.configuration;
    const { peak, trough, leastSlope, lateFrom } = wideRegimes(flow);
    const [one, other] = [flow.at(meanTime / n), flow.at(time)];
    const place = (at?: { readonly time: number; readonly inefficiency: number }) =>
      at ? `${at.inefficiency.toFixed(1)} at τ = ${at.time.toPrecision(2)}` : "none";
    return {
      n,
      [`T/T_SL at nτ = ${meanTime}`]: one.inefficiency.toFixed(1),
      [`at τ = ${time}`]: other.inefficiency.toFixed(1),
      "there ι_f, ι_y": `${other.initial.toFixed(1)}, ${other.labels.toFixed(1)}`,
      "weight of ι_f": other.initialWeight.toFixed(2),
      peak: place(peak),
      trough: place(trough),
      "least slope": `T^${leastSlope.slope.toFixed(2)} at τ = ${leastSlope.time.toPrecision(2)}`,
      "∝ T from τ": lateFrom.toPrecision(2),
    };
  });
}

/**
 * What the initial scale does at the same λτ, seed by seed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../experiments/mod.ts";
 * import { scaleRows } from "./mark_tables.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_16_n500");
 * const same = { large: stored!.result, small: stored!.result, layers: 5, time: 0.2 };
 * assert.match(String(scaleRows([same])[0]["factor, seed by seed"]), /^1\.00 /);
 * ```
 */
export function scaleRows(pairs: readonly ScalePair[]): TableRows {
  checkList("pairs", pairs, checkScalePair);
  return pairs.map((pair) => {
    const { large, small, factor } = atSameLambdaTau(pair);
    const ratio = (one: AtMark) =>
      seedMeanText(one.inefficiency, { of: one.study.realizations.length });
    const where = ({ study: { configuration }, mark }: AtMark) =>
      `${Number(configuration.weightStd.toPrecision(3))}, ${markText(mark)}`;
    return {
      "network": networkAndSize(large.study),
      "W_std and τ": where(large),
      "T/T_SL cold": ratio(large),
      "the same λτ": where(small),
      "T/T_SL cold there": ratio(small),
      "factor, seed by seed": factor ? factorText(factor) : "not reached",
    };
  });
}

/**
 * How far two programs agree, a row a pair of studies.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { agreementRows } from "./mark_tables.ts";
 * const one = { largest: 0.004, seed: 3, time: 0.1, typical: 0.002, seeds: 6 };
 * assert.equal(agreementRows([["128 channels", one]])[0]["largest difference"], "0.40 %");
 * ```
 */
export function agreementRows(
  list: readonly (readonly [what: string, agreement: Agreement])[],
): TableRows {
  checkList("list", list, (name, pair: readonly [string, Agreement]) => {
    checkThat(name, pair, Array.isArray(pair) && pair.length === 2, "a name and an agreement");
    checkText(`${name}[0]`, pair[0]);
    checkRecord(`${name}[1]`, pair[1], {
      ...{ largest: checkValue, seed: checkValue, time: checkValue },
      ...{ typical: checkValue, seeds: checkValue },
    });
  });
  return list.map(([what, { largest, seed, time, typical, seeds }]) => ({
    "flows": what,
    "seeds": seeds,
    "largest difference": `${(100 * largest).toFixed(2)} %`,
    "at seed": seed,
    "and τ": Number(time.toPrecision(2)),
    "typical": `${(100 * typical).toFixed(2)} %`,
  }));
}
