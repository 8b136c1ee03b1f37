/**
 * What T/T_SL does and does not rank, over the scope of notebook 14; and the threshold of the warm start.
 *
 * @module
 */
import { checkList, checkNumbers } from "../../numerics/checks.ts";
import { correlation } from "../../statistics/mod.ts";
import { checkScope, checkStudies } from "../checks.ts";
import { checkMark, type Mark, markText } from "../readings/mark.ts";
import {
  checkScopeMark,
  distinctNetworks,
  scopeAt,
  type ScopeMark,
  scopeMarkText,
  scopeName,
} from "../readings/scope.ts";
import { scopeComparisons } from "../readings/scope_comparisons.ts";
import { warmAtThresholds } from "../readings/warm_thresholds.ts";
import { networkAndSize } from "../studies/network_text.ts";
import { RATIO, seedMean, seedMeanText } from "../studies/seed_mean.ts";
import type { ScopeStudy } from "../studies/scope.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** A warm start counts as early up to this share of the time at which it is read. */
const EARLY = 0.1;
/** Two warm T/T_SL that differ by less than this factor count as one. */
const WARM_ALIKE = 1.5;
/** Of Fisher's z: 95 % of the normal law. */
const NORMAL = 1.959963984540054;

/** Pearson's correlation with Fisher's 95 % interval; without one of fewer than four points. */
export function correlationWithInterval(
  x: readonly number[],
  y: readonly number[],
): {
  readonly mean: number;
  readonly interval?: readonly [number, number];
  readonly count: number;
} {
  const r = correlation(x, y);
  if (x.length < 4) return { mean: r, count: x.length };
  const reach = NORMAL / Math.sqrt(x.length - 3);
  const z = Math.atanh(Math.max(-1, Math.min(1, r)));
  return { mean: r, interval: [Math.tanh(z - reach), Math.tanh(z + reach)], count: x.length };
}

const told = (r: ReturnType<typeof correlationWithInterval>, what: string) =>
  `r = ${seedMeanText(r, { digits: 2 }).replaceAll("-", "−")} over ${r.count} ${what}`;

/**
 * From seed to seed T/T_SL follows the size of the initial function: the correlation of ln T/T_SL with
 * ln ‖f_0‖² over a study's seeds has Fisher's interval above 0. Over distinct networks, as `distinctNetworks`
 * has them, and marks, as `verdictOver` does: with other labels one network has the same f_0 again.
 *
 * @throws {RangeError} if there is no network with the usual images and labels, or no mark
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { followsInitialFunction } from "./scope_ranks.ts";
 * const [{ result }] = await storedResults<ScopeStudy>("scope");
 * assert.match(followsInitialFunction([result], [{ time: 0.2 }]).claim, /seed to seed/);
 * ```
 */
export function followsInitialFunction(
  studies: readonly ScopeStudy[],
  marks: readonly ScopeMark[],
): Claim {
  checkList("studies", studies, checkScope);
  checkList("marks", marks, checkScopeMark);
  atLeastOne(marks, "mark");
  const cases = atLeastOne(distinctNetworks(studies, "all"), "network").flatMap((study) =>
    marks.map((mark): Case => {
      const points = scopeAt(study, mark);
      const where = `${scopeName(study)}, ${scopeMarkText(mark)}`;
      if (points.length < 2) return { where, judgement: "not reached", value: "" };
      const r = correlationWithInterval(
        points.map(({ size }) => Math.log(size)),
        points.map(({ inefficiency }) => Math.log(inefficiency)),
      );
      return { where, judgement: judgedWithin(r, [0, 1]), value: told(r, "seeds") };
    })
  );
  return {
    claim: "From seed to seed T/T_SL follows the size of the initial function, ‖f_0‖²",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * The warm T/T_SL does not hang on the threshold: from the least to the largest whose starts are early, at no
 * more than a tenth of the time of the mark, seed by seed, it changes by less than ×1.5, by the interval of the
 * geometric mean. Over studies and marks as `verdictOver` does; where fewer than two such thresholds have starts
 * of their own, it cannot be judged. A later start would leave so short a path that its T/T_SL is near 1
 * whatever the threshold. The claim names the least and the largest threshold that were compared.
 *
 * @param thresholds of the mean test accuracy, growing
 * @throws {RangeError} if there is no study or no mark
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { thresholdAlike } from "./scope_ranks.ts";
 * const { result } = (await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500"))!;
 * assert.match(thresholdAlike([result], [0.105, 0.15], [{ time: 0.01 }]).claim, /10.5 to 15 %/);
 * ```
 */
export function thresholdAlike(
  studies: readonly SpeedLimitStudy[],
  thresholds: readonly number[],
  marks: readonly Mark[],
): Claim {
  const compared: number[] = [];
  const cases = overThresholds(studies, thresholds, marks).map(({ where, found }): Case => {
    const early = found.filter(({ from, until }) => from <= EARLY * until * (1 + 1e-9));
    const [first, last] = [early[0], early[early.length - 1]];
    if (early.length < 2 || first.from === last.from) {
      return { where, judgement: "not reached", value: "" };
    }
    compared.push(first.threshold, last.threshold);
    const factor = seedMean(last.inefficiency.map((ratio, i) => ratio / first.inefficiency[i]));
    const text = (at: typeof first) =>
      `${seedMeanText(seedMean(at.inefficiency, RATIO), { digits: 2 })} from ${
        percent(at.threshold)
      } %`;
    return {
      where,
      judgement: judgedWithin(factor, [1 / WARM_ALIKE, WARM_ALIKE]),
      value: `${text(first)}, ${text(last)}, a factor of ${seedMeanText(factor, { digits: 2 })}`,
    };
  });
  const range = compared.length > 0 ? compared : Array.from(thresholds);
  return {
    claim: `The warm T/T_SL is the same for thresholds of ${percent(Math.min(...range))} to ${
      percent(Math.max(...range))
    } %, of starts up to ${EARLY} of the time (within ×${WARM_ALIKE})`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * The warm inefficiency is 2–5 whatever the threshold, as a reviewer read it for 12 %: at each threshold by the
 * interval of the geometric mean over seeds. Over studies, marks and thresholds as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study or no mark
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { warmWithinAtThresholds } from "./scope_ranks.ts";
 * const { result } = (await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500"))!;
 * assert.equal(warmWithinAtThresholds([result], [0.12], [{ time: 0.2 }]).mark, "reviewer");
 * ```
 */
export function warmWithinAtThresholds(
  studies: readonly SpeedLimitStudy[],
  thresholds: readonly number[],
  marks: readonly Mark[],
): Claim {
  const cases = overThresholds(studies, thresholds, marks).flatMap(({ where, found }): Case[] =>
    Array.from(thresholds, (threshold) => {
      const at = found.find((one) => one.threshold === threshold);
      const ratio = at && seedMean(at.inefficiency, RATIO);
      return {
        where: `${where}, from ${percent(threshold)} %`,
        judgement: judgedWithin(ratio, [2, 5]),
        value: seedMeanText(ratio, { digits: 2 }),
      };
    })
  );
  return {
    claim: `Warm inefficiency 2–5 at every threshold from ${percent(thresholds[0])} to ${
      percent(thresholds[thresholds.length - 1])
    } %`,
    mark: "reviewer",
    ...verdictOver(cases),
  };
}

function overThresholds(
  studies: readonly SpeedLimitStudy[],
  thresholds: readonly number[],
  marks: readonly Mark[],
) {
  checkStudies("studies", studies);
  checkNumbers("thresholds", thresholds);
  atLeastOne(Array.from(thresholds), "threshold");
  checkList("marks", marks, checkMark);
  atLeastOne(marks, "mark");
  return atLeastOne(studies, "study").flatMap((study) =>
    marks.map((mark) => ({
      where: `${networkAndSize(study)}, ${markText(mark)}`,
      found: warmAtThresholds(study, thresholds, mark),
    }))
  );
}

const percent = (share: number) => Number((100 * share).toPrecision(3));

/**
 * The figure to remember: how many changes of network, number of images, images and labels change T/T_SL, and
 * how many still do once their number is accounted for.
 *
 * @throws {RangeError} if no two studies can be compared there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { scopeHeadline } from "./scope_ranks.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * assert.match(scopeHeadline(stored, { lossLeft: 1 }), /change T\/T_SL/);
 * ```
 */
export function scopeHeadline(studies: readonly ScopeStudy[], mark: ScopeMark): string {
  checkList("studies", studies, checkScope);
  const found = atLeastOne(scopeComparisons(studies, mark), "comparison");
  const below = (of: (one: typeof found[number]) => number) =>
    found.filter((one) => of(one) < 0.05).length;
  const factors = found.map(({ factor }) => factor.mean);
  const images = [...new Set(found.map(({ base }) => base.configuration.n))].sort((a, b) => a - b);
  return `${below(({ holm }) => holm)} of ${found.length} changes of network, number of images, ` +
    `images or labels change T/T_SL significantly (Holm, 5 %; ${
      below(({ test }) => test.pValue)
    } without correction), ${scopeMarkText(mark)}; all are by factors of ${
      Math.min(...factors).toFixed(2)
    } to ${Math.max(...factors).toFixed(2)} (n = ${images.join(", ")} usually)`;
}
