/**
 * What is said of the shape of Figure 1: how the inefficiency goes with n, and in time.
 *
 * @module
 */
import { checkList } from "../../numerics/checks.ts";
import { withInterval } from "../../statistics/mod.ts";
import type { AtMark } from "../readings/at_mark.ts";
import { checkPeaks, checkSizeGrowths, checkStudies } from "../checks.ts";
import { checkMark, type Mark, markText } from "../readings/mark.ts";
import { networkAndSize } from "../studies/network_text.ts";
import type { StudyPeaks } from "../readings/peak_over_seeds.ts";
import { seedMeanText } from "../studies/seed_mean.ts";
import { inTransient, type SizeGrowth, TRANSIENT_LEFT } from "../readings/size_growth.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import { atDistinct } from "./at_distinct.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, type Judgement, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** b of n^b: from 30 to 10 over a decade of n is −0.48; within half of it both ways. */
const FALL = [-0.72, -0.24] as const;

/** "Roughly constant": within a factor of 1.5 over a decade of n. */
const CONSTANT = [-0.176, 0.176] as const;

/** Images of the smallest size in the figure, and what is close to optimal in it: warm, at most. */
const SMALLEST = 500;
const CLOSE = 5;

/** A path that has fallen by less than this from its peak has not yet shown a good regime. */
const FALLEN = 1.5;

/** The largest n over the smallest, below which a growth says little. */
const SPAN = 4;

const growthCases = (
  growths: readonly SizeGrowth[],
  range: readonly [number, number],
): Case[] =>
  atLeastOne(growths, "growth with n").map((growth) => {
    const { network, mark, start, exponent, sizes } = growth;
    const place = `${network}, ${markText(mark)}${start === "warm" ? ", warm" : ""}`;
    if (!exponent) return { where: place, judgement: "not reached", value: "not reached" };
    const used = `n = ${sizes.map(({ n }) => n).join(", ")}`;
    if (inTransient(growth)) {
      const most = Math.max(...sizes.map(({ mostLeft }) => 100 * mostLeft));
      const where = `${place} (in the transient: up to ${
        most.toFixed(0)
      } % of ½‖Y‖² left, ${used})`;
      return { where, judgement: "not reached", value: "in the transient" };
    }
    const spans = sizes[sizes.length - 1].n >= SPAN * sizes[0].n;
    return {
      where: place,
      judgement: spans ? judgedWithin(exponent, range) : "undecided",
      value: `n^${withInterval(exponent, { digits: 2 })}, ${used}` + (spans ? "" : " only"),
    };
  });

/**
 * The fall from 30 at n = 500 to 10 at n = 5000, as a reviewer read panel d: T/T_SL ∝ n^b with
 * b = −0.48. At each mark it holds where the interval of b, over paired seeds, lies between −0.72 and
 * −0.24, and fails where it lies wholly outside. One rule for all networks. A mark counts where the loss
 * of all n is below ½‖Y‖²; n that span less than a factor of 4 decide nothing.
 *
 * @throws {RangeError} if there is no growth
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthsWithSize, HE, type SpeedLimitStudy, storedResults, studiesWith } from "../mod.ts";
 * import { fallsWithSize } from "./figure_1_shape.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const studies = studiesWith(stored.map(({ result }) => result), { width: 256, ...HE });
 * // The initial function is not unlearnt by then.
 * const { verdict, evidence } = fallsWithSize(growthsWithSize(studies, [{ time: 0.2 }]));
 * assert.equal(verdict, "undecided");
 * assert.match(evidence, /^It cannot be judged for .* \(in the transient/);
 * ```
 */
export function fallsWithSize(growths: readonly SizeGrowth[]): Claim {
  checkSizeGrowths("growths", growths);
  return {
    claim: "Cold inefficiency falls from 30 to 10 as n grows from 500 to 5000 " +
      "(as n^−0.48, within −0.72 to −0.24)",
    mark: "reviewer",
    ...verdictOver(growthCases(growths, FALL)),
  };
}

/**
 * "Roughly constant" across sizes after a transient, as quoted from the paper: T/T_SL ∝ n^b with b
 * between −0.18 and 0.18, a factor of 1.5 over a decade of n. At each mark it holds where the interval
 * of b, over paired seeds, lies there, and fails where it lies wholly outside. After the transient: a
 * mark counts where at all n each seed has learnt a tenth of ½‖Y‖²; n that span less than a factor of 4 decide nothing.
 *
 * @throws {RangeError} if there is no growth
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthsWithSize, HE, type SpeedLimitStudy, storedResults, studiesWith } from "../mod.ts";
 * import { roughlyConstant } from "./figure_1_shape.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const studies = studiesWith(stored.map(({ result }) => result), { width: 256, ...HE });
 * const growths = growthsWithSize(studies, [{ lossLeft: 0.5 }, { steps: 1000 }]);
 * assert.match(roughlyConstant(growths).evidence, /^It holds in 1 of 2 cases: width 256, time 1,000/);
 * ```
 */
export function roughlyConstant(growths: readonly SizeGrowth[]): Claim {
  checkSizeGrowths("growths", growths);
  return {
    claim: "Inefficiency roughly constant across sizes, after a transient " +
      "(here: within a factor of 1.5 over a decade of n)",
    mark: "printed",
    ...verdictOver(growthCases(growths, CONSTANT)),
  };
}

/**
 * T/T_SL rises, peaks and falls again. It holds of a study where every seed peaks within the horizon and
 * has fallen by 1.5 there, in the mean; it fails where every seed only rises; what has fallen by less, or
 * differs from seed to seed, is undecided: how far a path falls hangs on how long it was run.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { peaksOf, recordedStudies } from "../mod.ts";
 * import { peaksAndFalls } from "./figure_1_shape.ts";
 * const { study } = (await recordedStudies()).at(-1)!;
 * assert.match(peaksAndFalls([peaksOf(study)]).evidence, /1 of 1 seeds peak/);
 * ```
 */
export function peaksAndFalls(list: readonly StudyPeaks[]): Claim {
  checkList("list", list, checkPeaks);
  const cases = atLeastOne(list, "study").map((peaks) => ({
    where: `${networkAndSize(peaks.study)}, to τ = ${
      Number(peaks.study.configuration.horizon.toPrecision(3))
    }`,
    judgement: regimesOf(peaks),
    value: regimesText(peaks),
  }));
  return {
    claim:
      `T/T_SL rises, peaks and falls again by ${FALLEN} at least, within the time that was run`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * "A short, highly non-optimal regime, then a long one close to optimal", as quoted from the paper, by
 * what it says at a mark: from the warm start T/T_SL is below 5, the largest that was read off the
 * figure, and from initialization above. It holds where both intervals lie there, and fails where one lies
 * wholly on the other side; where not all seeds come to the mark it is undecided. What is read before each
 * seed has learnt a tenth of ½‖Y‖² is not judged: shortly after any start T/T_SL is near 1.
 *
 * @param studies those with n ≥ 500, as in the figure, are judged
 * @throws {RangeError} if none has n ≥ 500
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { recordedStudies } from "../mod.ts";
 * import { shortBadLongGood } from "./figure_1_shape.ts";
 * const { study } = (await recordedStudies()).find(({ study: { configuration: c } }) =>
 *   c.width === 128 && c.n === 500
 * )!;
 * const { verdict, evidence } = shortBadLongGood([study], [{ time: 5 }]);
 * assert.equal(verdict, "confirmed");
 * assert.match(evidence, /τ = 5: 2\.1\d .* warm, 3\d\.\d .* cold\.$/);
 * assert.match(shortBadLongGood([study], [{ time: 0.2 }]).evidence, /\(in the transient\)/);
 * ```
 */
export function shortBadLongGood(
  studies: readonly SpeedLimitStudy[],
  marks: readonly Mark[],
): Claim {
  checkStudies("studies", studies);
  checkList("marks", marks, checkMark);
  const shown = atLeastOne(
    studies.filter(({ configuration: { n } }) => n >= SMALLEST),
    `study with n ≥ ${SMALLEST}`,
  );
  const [cold, warm] = (["cold", "warm"] as const).map((start) => atDistinct(shown, marks, start));
  return {
    claim: "A short, highly non-optimal regime, then a long one close to optimal: " +
      `here, T/T_SL below ${CLOSE} from the warm start, above ${CLOSE} from initialization, n ≥ ${SMALLEST}`,
    mark: "printed",
    ...verdictOver(warm.map((one, i) => closeCase(one, cold[i]))),
  };
}

function closeCase(warm: AtMark, cold: AtMark): Case {
  const where = `${networkAndSize(warm.study)}, ${markText(warm.mark)}`;
  if (!warm.inefficiency) return { where, judgement: "not reached", value: "not reached" };
  const of = warm.study.realizations.length;
  if (warm.seeds.some(({ lossLeft }) => lossLeft > TRANSIENT_LEFT)) {
    return {
      where: `${where} (in the transient)`,
      judgement: "not reached",
      value: "in the transient",
    };
  }
  const [good, bad] = [
    judgedWithin(warm.inefficiency, [0, CLOSE]),
    judgedWithin(cold.inefficiency, [CLOSE, Number.MAX_VALUE]),
  ];
  const both = good === "holds" && bad === "holds" ? "holds" : "undecided";
  const judgement = good === "fails" || bad === "fails" ? "fails" : both;
  return {
    where,
    // Those that come so far are the fastest.
    judgement: warm.seeds.length < of ? "undecided" : judgement,
    value: `${seedMeanText(warm.inefficiency, { of, digits: 2 })} warm, ` +
      `${seedMeanText(cold.inefficiency, { of })} cold`,
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
