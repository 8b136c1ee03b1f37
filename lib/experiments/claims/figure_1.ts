/**
 * What is said of the paper's Figure 1, held against studies at stated marks (notebooks 06 and 07).
 *
 * The paper's text could not be had. Printed, as quoted from it, are "roughly constant" across sizes
 * after a transient, and a short bad regime before a long good one; "cold about 30 at n = 500, about 10
 * at n = 5000, warm 2–5, about epoch 2000" is how a reviewer read its panels, and when in training they
 * are taken is not known. So each sentence is judged at every mark, and the evidence says where it holds.
 *
 * @module
 */
import { checkList, checkOneOf } from "../../numerics/checks.ts";
import { withInterval } from "../../statistics/mod.ts";
import { checkAtMark, checkPeaks, checkStudies } from "../checks.ts";
import type { AtMark } from "../readings/at_mark.ts";
import { checkMark, type Mark, markText } from "../readings/mark.ts";
import { networkAndSize } from "../studies/network_text.ts";
import type { StudyPeaks } from "../readings/peak_over_seeds.ts";
import { seedMean, seedMeanText } from "../studies/seed_mean.ts";
import { TRANSIENT_LEFT } from "../readings/size_growth.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import { lossesAt, silentLoss, studiesWith } from "../readings/study_readings.ts";
import { warmStartWithError } from "../readings/warm_start_error.ts";
import { atDistinct } from "./at_distinct.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** Images of the smallest size in the figure, where a reviewer read 30. */
const SMALLEST = 500;

/** "About": within a factor of two, both ways. */
const ABOUT_30 = [15, 60] as const;
const WARM = [2, 5] as const;
const ABOUT_EPOCH_2000 = [1000, 4000] as const;

/** The marks at which sentences on Figure 1 are judged: all four clocks. */
export const FIGURE_1_MARKS: readonly Mark[] = [
  ...[0.2, 1, 5, 20].map((time) => ({ time })),
  ...[100, 1000, 2500].map((meanTime) => ({ meanTime })),
  ...[0.5, 0.2, 0.1].map((lossLeft) => ({ lossLeft })),
  ...[100, 1000].map((steps) => ({ steps })),
];

/** The studies of sizes that the figure shows. */
const inFigure = (studies: readonly SpeedLimitStudy[]) =>
  atLeastOne(
    studies.filter(({ configuration: { n } }) => n >= SMALLEST),
    `study with n ≥ ${SMALLEST}`,
  );

/** Where a reading was taken. */
const placeOf = ({ study, mark }: AtMark) => `${networkAndSize(study)}, ${markText(mark)}`;

/**
 * The figure to remember: T/T_SL at a mark, from both starts.
 *
 * @param warm the same from the warm start, if there is one
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { atMark, type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { ratioHeadline } from "./figure_1.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_128_n500");
 * const text = ratioHeadline(atMark(stored!.result, { time: 0.2 }));
 * assert.match(text, /^T\/T_SL = .* cold \(128 channels, n = 500, τ = 0.2, 6 seeds\)$/);
 * ```
 */
export function ratioHeadline(cold: AtMark, warm?: AtMark): string {
  checkAtMark("cold", cold);
  if (warm !== undefined) checkAtMark("warm", warm);
  const of = cold.study.realizations.length;
  return `T/T_SL = ${seedMeanText(cold.inefficiency, { of })} cold` +
    (warm ? `, ${seedMeanText(warm.inefficiency, { of, digits: 2 })} warm` : "") +
    ` (${placeOf(cold)}, ${of} seed${of === 1 ? "" : "s"})`;
}

/**
 * The figure to remember: where T/T_SL peaks, how high, by which factor it has fallen at the horizon, and
 * what is left of the loss there.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { peaksOf, recordedStudies } from "../mod.ts";
 * import { peakHeadline } from "./figure_1.ts";
 * const { study } = (await recordedStudies()).at(-3)!;
 * assert.match(peakHeadline(peaksOf(study)), /^T\/T_SL peaks at 41\.\d .* near τ = 2\.\d .* 6 of 6 seeds/);
 * ```
 */
export function peakHeadline(peaks: StudyPeaks): string {
  const { study, inside, time, inefficiency, fall } = checkPeaks("peaks", peaks);
  const where = `${networkAndSize(study)}, to τ = ${study.configuration.horizon}`;
  if (!time) return `T/T_SL rises all the way (${where})`;
  const left = seedMean(lossesAt(study, "end"))!.mean / silentLoss(study.configuration.n);
  return `T/T_SL peaks at ${seedMeanText(inefficiency)} near τ = ${time.mean.toPrecision(2)} and ` +
    `falls by ${seedMeanText(fall, { digits: 2 })}, with ${
      (100 * left).toFixed(0)
    } % of ½‖Y‖² left ` +
    `(${where}, ${inside} of ${study.realizations.length} seeds)`;
}

/**
 * Cold T/T_SL about 30 at n = 500, as a reviewer read panel d: at each mark it holds where the whole
 * interval lies between 15 and 60, and fails where it lies wholly outside; where not all seeds come to
 * the mark it is undecided. What is read before each seed has learnt a tenth of ½‖Y‖² is not judged.
 *
 * @param studies of any sizes; those with n = 500 are judged
 * @throws {RangeError} if none has n = 500
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { coldAbout30 } from "./figure_1.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/fully_connected_256_n500_tau20");
 * assert.equal(coldAbout30([stored!.result], [{ time: 5 }]).verdict, "confirmed");
 * // [56, 84] holds 60, and does not lie in it.
 * assert.equal(coldAbout30([stored!.result], [{ time: 20 }]).verdict, "undecided");
 * ```
 */
export function coldAbout30(
  studies: readonly SpeedLimitStudy[],
  marks: readonly Mark[] = FIGURE_1_MARKS,
): Claim {
  checkStudies("studies", studies);
  checkList("marks", marks, checkMark);
  const smallest = atLeastOne(studiesWith(studies, { n: SMALLEST }), `study with n = ${SMALLEST}`);
  return {
    claim: `Cold inefficiency about 30 (within 15–60) at n = ${SMALLEST}`,
    mark: "reviewer",
    ...verdictOver(ratioCases(atDistinct(smallest, marks, "cold"), ABOUT_30, 1)),
  };
}

/**
 * Warm T/T_SL of 2–5, as a reviewer read the figure: at each mark it holds where the whole interval lies
 * between 2 and 5, and fails where it lies wholly outside; where not all seeds come to the mark it is
 * undecided. What is read before each seed has learnt a tenth of ½‖Y‖² is not judged.
 *
 * @param studies those with n ≥ 500, as in the figure, are judged
 * @throws {RangeError} if none has n ≥ 500
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { warm2To5 } from "./figure_1.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/fully_connected_256_n500_tau20");
 * const at = (time: number) => warm2To5([stored!.result], [{ time }]);
 * assert.equal(at(5).verdict, "confirmed");
 * assert.equal(at(20).verdict, "not confirmed"); // after interpolation it grows as T
 * assert.match(at(0.2).evidence, /^It cannot be judged for width 256.* \(in the transient\)/);
 * ```
 */
export function warm2To5(
  studies: readonly SpeedLimitStudy[],
  marks: readonly Mark[] = FIGURE_1_MARKS,
): Claim {
  checkStudies("studies", studies);
  checkList("marks", marks, checkMark);
  const all = atDistinct(inFigure(studies), marks, "warm");
  return {
    claim: `Warm inefficiency 2–5, n ≥ ${SMALLEST}`,
    mark: "reviewer",
    ...verdictOver(ratioCases(all, WARM, 2)),
  };
}

/**
 * What is not of all seeds is of those that come so far the fastest: it decides nothing. Nor does what is
 * read in the transient, before each seed has learnt a tenth of ½‖Y‖².
 */
const ratioCases = (
  all: readonly AtMark[],
  range: readonly [number, number],
  digits: number,
): Case[] =>
  all.map((one) => {
    const { inefficiency, seeds, study: { realizations } } = one;
    const some = seeds.length > 0 && seeds.length < realizations.length;
    if (seeds.some(({ lossLeft }) => lossLeft > TRANSIENT_LEFT)) {
      return {
        where: `${placeOf(one)} (in the transient)`,
        judgement: "not reached",
        value: "in the transient",
      };
    }
    return {
      where: placeOf(one),
      judgement: some ? "undecided" : judgedWithin(inefficiency, range),
      value: seedMeanText(inefficiency, { of: realizations.length, digits }),
    };
  });

/**
 * 12 % test accuracy at about epoch 2000 of a learning rate of 1e-5, as a reviewer read it: of each
 * network and n, for a loss that is a sum or a mean over images. It holds where the interval of the
 * jackknife over seeds lies between epochs 1000 and 4000, and fails where it lies wholly outside.
 *
 * @param studies those with n ≥ 500, as in the figure, are judged, all with two realizations at least
 * @param loss what L is over images: it says by which clock an epoch counts
 * @throws {RangeError} if none has n ≥ 500, or one of these has fewer than two realizations
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { warmByEpoch2000 } from "./figure_1.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_128_n500");
 * const judged = (loss: "sum" | "mean") => warmByEpoch2000([stored!.result], loss);
 * assert.match(judged("sum").evidence, /undecided for 128 channels, n = 500: 2328 /);
 * assert.equal(judged("mean").verdict, "not confirmed");
 * ```
 */
export function warmByEpoch2000(
  studies: readonly SpeedLimitStudy[],
  loss: "sum" | "mean",
): Claim {
  checkStudies("studies", studies);
  checkOneOf("loss", loss, ["sum", "mean"]);
  const cases = inFigure(studies).map((study): Case => {
    const { epochs, time, interval } = warmStartWithError(study);
    const where = networkAndSize(study);
    if (!epochs) return { where, judgement: "not reached", value: "not reached" };
    const scale = epochs[loss] / time!;
    const range = [interval![0] * scale, interval![1] * scale] as const;
    return {
      where,
      judgement: judgedWithin({ interval: range }, ABOUT_EPOCH_2000),
      value: Number.isFinite(range[1])
        ? withInterval({ mean: epochs[loss], interval: range }, { digits: 0 })
        : `${epochs[loss].toFixed(0)}, or never without one of the seeds`,
    };
  });
  return {
    claim: `12 % test accuracy at about epoch 2000 (1000–4000) of η = 1e-5, if L is a ${loss}, ` +
      `n ≥ ${SMALLEST}`,
    mark: "reviewer",
    ...verdictOver(cases),
  };
}
