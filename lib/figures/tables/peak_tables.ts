/**
 * Tables of peaks: of studies, and of infinitely wide networks.
 *
 * @module
 */
import {
  type BesideWideLimit,
  factorText,
  markText,
  networkAndSize,
  peakFactor,
  seedMeanText,
  type StudyPeaks,
  type WideLimit,
  wideRegimes,
} from "../../experiments/mod.ts";
import { checkBesideWide, checkPeaks, checkWide } from "../../experiments/checks.ts";
import { checkList, checkOptions, checkPositive, must } from "../../numerics/checks.ts";
import { percent, withMinusSigns } from "../number_text.ts";
import type { TableRows } from "./table_text.ts";

const two = { digits: 2 };

/**
 * The peaks of studies, a row each, on both clocks.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { peaksOf, recordedStudies } from "../../experiments/mod.ts";
 * import { peakRows } from "./peak_tables.ts";
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
      "to τ": Number(horizon.toPrecision(3)),
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
 * import { peaksOf, recordedStudies } from "../../experiments/mod.ts";
 * import { peakFactorRows } from "./peak_tables.ts";
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
 * Finite networks beside their infinitely wide limit, a row a time: T/T_SL, and what is left of the loss.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   besideWideLimit, type KernelStudy, type SpeedLimitStudy, storedResult, wideLimit,
 * } from "../../experiments/mod.ts";
 * import { besideWideLimitRows } from "./peak_tables.ts";
 * const study = await storedResult<SpeedLimitStudy>("speed_limit/fully_connected_256_n500_tau20");
 * const kernel = await storedResult<KernelStudy>("kernels/fully_connected_infinite_n500_seed0");
 * const beside = besideWideLimit([study!.result], [wideLimit(kernel!.result)], [1]);
 * const [row] = besideWideLimitRows(beside);
 * assert.deepEqual([row["L, of ½‖Y‖²"], row["infinitely wide"]], ["38.9 %", "10.4 %"]);
 * ```
 */
export function besideWideLimitRows(list: readonly BesideWideLimit[]): TableRows {
  checkList("list", list, checkBesideWide);
  return list.map(({ finite: { study, mark, inefficiency, lossLeft }, wide }) => ({
    "network": networkAndSize(study),
    "mark": markText(mark),
    "T/T_SL cold": seedMeanText(inefficiency, { of: study.realizations.length }),
    "of the infinitely wide": wide.inefficiency.toFixed(1),
    "L, of ½‖Y‖²": percent(lossLeft!.mean, 3),
    "infinitely wide": percent(wide.lossLeft, 3),
  }));
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
 * import { type KernelStudy, storedResult, wideLimit } from "../../experiments/mod.ts";
 * import { wideLimitRows } from "./peak_tables.ts";
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
      [`T/T_SL at ${markText({ meanTime })}`]: one.inefficiency.toFixed(1),
      [`at ${markText({ time })}`]: other.inefficiency.toFixed(1),
      "there ι_f, ι_y": `${other.initial.toFixed(1)}, ${other.labels.toFixed(1)}`,
      "weight of ι_f": other.initialWeight.toFixed(2),
      peak: place(peak),
      trough: place(trough),
      "smallest d ln ι/d ln T": withMinusSigns(
        `T^${leastSlope.slope.toFixed(2)} at τ = ${leastSlope.time.toPrecision(2)}`,
      ),
      "∝ T from τ": Number(lateFrom.toPrecision(2)),
    };
  });
}
