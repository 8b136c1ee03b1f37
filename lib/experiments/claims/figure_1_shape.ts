/**
 * What is said of the shape of Figure 1: how the inefficiency goes with n, and in time.
 *
 * @module
 */
import { checkList } from "../../numerics/checks.ts";
import { withInterval } from "../../statistics/mod.ts";
import { checkPeaks, checkSizeGrowths } from "../checks.ts";
import { markText } from "../mark.ts";
import { networkAndSize } from "../network_text.ts";
import type { StudyPeaks } from "../peak_over_seeds.ts";
import type { SizeGrowth } from "../size_growth.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, type Judgement, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** b of n^b: from 30 to 10 over a decade of n is −0.48; within half of it both ways. */
const FALL = [-0.72, -0.24] as const;

/** "Roughly constant": within a factor of 1.5 over a decade of n. */
const CONSTANT = [-0.176, 0.176] as const;

/** A path that has fallen by less than this from its peak has not yet shown a good regime. */
const FALLEN = 1.5;

const growthCases = (
  growths: readonly SizeGrowth[],
  range: readonly [number, number],
): Case[] =>
  atLeastOne(growths, "growth with n").map(({ network, mark, start, exponent, factors }) => {
    const last = factors.at(-1);
    return {
      where: `${network}, ${markText(mark)}${start === "warm" ? ", warm" : ""}`,
      judgement: judgedWithin(exponent, range),
      value: exponent
        ? `n^${withInterval(exponent, { digits: 2 })}` +
          (last ? `, n = ${last.from} to ${last.n}` : "")
        : "not reached",
    };
  });

/**
 * The fall from 30 at n = 500 to 10 at n = 5000, as a reviewer read panel d: T/T_SL ∝ n^b with
 * b = −0.48. At each mark it holds where the interval of b, over paired seeds, lies between −0.72 and
 * −0.24, and fails where it lies wholly outside. One rule for all networks.
 *
 * @throws {RangeError} if there is no growth
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthsWithSize, HE, type SpeedLimitStudy, storedResults, studiesWith } from "../mod.ts";
 * import { fallsWithSize } from "./figure_1_shape.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const studies = studiesWith(stored.map(({ result }) => result), { width: 32, ...HE });
 * assert.match(fallsWithSize(growthsWithSize(studies, [{ time: 0.2 }])).evidence, /^holds at none of 1/);
 * ```
 */
export function fallsWithSize(growths: readonly SizeGrowth[]): Claim {
  checkSizeGrowths("growths", growths);
  return {
    claim: "Cold inefficiency falls from 30 to 10 as n grows from 500 to 5000",
    mark: "reviewer",
    ...verdictOver(growthCases(growths, FALL)),
  };
}

/**
 * "Roughly constant" across sizes after a transient, as quoted from the paper: T/T_SL ∝ n^b with b
 * between −0.18 and 0.18, a factor of 1.5 over a decade of n. At each mark it holds where the interval
 * of b, over paired seeds, lies there, and fails where it lies wholly outside.
 *
 * @throws {RangeError} if there is no growth
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthsWithSize, HE, type SpeedLimitStudy, storedResults, studiesWith } from "../mod.ts";
 * import { roughlyConstant } from "./figure_1_shape.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const studies = studiesWith(stored.map(({ result }) => result), { width: 32, ...HE });
 * const growths = growthsWithSize(studies, [{ time: 0.2 }, { meanTime: 100 }]);
 * assert.match(roughlyConstant(growths).evidence, /^holds at 1 of 2: 32 channels, nτ = 100/);
 * ```
 */
export function roughlyConstant(growths: readonly SizeGrowth[]): Claim {
  checkSizeGrowths("growths", growths);
  return {
    claim: "Inefficiency roughly constant across sizes, after a transient",
    mark: "printed",
    ...verdictOver(growthCases(growths, CONSTANT)),
  };
}

/**
 * A short bad regime, then a long good one: T/T_SL rises, peaks and falls. It holds of a study where
 * every seed peaks within the horizon and has fallen by 1.5 there, in the mean; it fails where every seed
 * only rises; what has fallen by less, or differs from seed to seed, is undecided.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { peaksOf, recordedStudies } from "../mod.ts";
 * import { shortBadLongGood } from "./figure_1_shape.ts";
 * const { study } = (await recordedStudies()).at(-1)!;
 * assert.match(shortBadLongGood([peaksOf(study)]).evidence, /1 of 1 seeds peak/);
 * ```
 */
export function shortBadLongGood(list: readonly StudyPeaks[]): Claim {
  checkList("list", list, checkPeaks);
  const cases = atLeastOne(list, "study").map((peaks) => ({
    where: `${networkAndSize(peaks.study)}, to τ = ${peaks.study.configuration.horizon}`,
    judgement: regimesOf(peaks),
    value: regimesText(peaks),
  }));
  return {
    claim: "A short, highly non-optimal regime, then a long one close to optimal",
    mark: "printed",
    ...verdictOver(cases),
  };
}

function regimesOf({ seeds, inside, fall }: StudyPeaks): Judgement {
  if (inside === 0) return "fails";
  return inside === seeds.length && fall!.mean >= FALLEN ? "holds" : "undecided";
}

function regimesText({ seeds, inside, again, time, inefficiency, fall }: StudyPeaks): string {
  if (!time) return `rises all the way (${seeds.length} seeds)`;
  return `${inside} of ${seeds.length} seeds peak, at ${inefficiency!.mean.toFixed(1)} near ` +
    `τ = ${time.mean.toPrecision(2)}, and fall by ${fall!.mean.toFixed(2)}` +
    (again > 0 ? ` (${again} rise again)` : "");
}
