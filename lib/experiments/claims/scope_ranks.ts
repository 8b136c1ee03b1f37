/**
 * What T/T_SL does and does not rank, over the scope of notebook 14; and the threshold of the warm start.
 *
 * @module
 */
import { checkList, checkNumbers } from "../../numerics/checks.ts";
import { correlation, mean } from "../../statistics/mod.ts";
import { checkScope, checkStudies } from "../checks.ts";
import { checkMark, type Mark, markText } from "../readings/mark.ts";
import {
  checkScopeMark,
  scopeAt,
  scopeKind,
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

/** A correlation above this counts as an order. */
const ORDER = 0.5;
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
 * T/T_SL orders networks as their time to a training loss does: the correlation of ln T/T_SL with ln T over
 * studies of another network, of geometric means over seeds at the loss, has Fisher's interval above 0.5. A case
 * for each loss. Studies of one network with other images or labels are no further points, and are left out.
 *
 * @param left shares of ½‖Y‖²
 * @throws {RangeError} if fewer than four networks come there, or there is no share
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { ordersByTime } from "./scope_ranks.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * assert.match(ordersByTime(stored, [1]).evidence, /networks/);
 * ```
 */
export function ordersByTime(studies: readonly ScopeStudy[], left: readonly number[]): Claim {
  checkList("studies", studies, checkScope);
  checkNumbers("left", left);
  const networks = studies.filter((study) =>
    ["depth", "activation", "convolutional"].includes(scopeKind(study))
  );
  const cases = atLeastOne(Array.from(left), "share").map((share): Case => {
    const points = networks.map((study) => scopeAt(study, { lossLeft: share }))
      .filter(({ length }) => length > 0);
    if (points.length < 4) {
      throw new RangeError(`${points.length} networks come to ${share} of ½‖Y‖²; it takes four`);
    }
    const logs = (of: "time" | "inefficiency") =>
      points.map((own) => mean(own.map((at) => Math.log(at[of]))));
    const r = correlationWithInterval(logs("time"), logs("inefficiency"));
    return {
      where: scopeMarkText({ lossLeft: share }),
      judgement: judgedWithin(r, [ORDER, 1]),
      value: told(r, "networks"),
    };
  });
  return {
    claim: "What takes longer to a training loss has the larger T/T_SL there",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * From seed to seed T/T_SL follows the size of the initial function: the correlation of ln T/T_SL with
 * ln ‖f_0‖² over a study's seeds has Fisher's interval above 0. Over studies and marks as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study or no mark
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
  const cases = atLeastOne(studies, "study").flatMap((study) =>
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
 * The warm T/T_SL does not hang on the threshold: from the least to the largest that are reached before the
 * mark, seed by seed, it changes by less than ×1.5, by the interval of the geometric mean. Over studies and marks
 * as `verdictOver` does; where fewer than two thresholds have starts of their own, it cannot be judged.
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
 * assert.match(thresholdAlike([result], [0.105, 0.15], [{ time: 0.2 }]).claim, /10.5 to 15 %/);
 * ```
 */
export function thresholdAlike(
  studies: readonly SpeedLimitStudy[],
  thresholds: readonly number[],
  marks: readonly Mark[],
): Claim {
  const cases = overThresholds(studies, thresholds, marks).map(({ where, found }): Case => {
    const [first, last] = [found[0], found[found.length - 1]];
    if (found.length < 2 || first.from === last.from) {
      return { where, judgement: "not reached", value: "" };
    }
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
  return {
    claim: `The warm T/T_SL is the same for thresholds of ${percent(thresholds[0])} to ${
      percent(thresholds[thresholds.length - 1])
    } % (within ×${WARM_ALIKE})`,
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
 * The figure to remember: how many changes of network, images and labels change T/T_SL, and how many still
 * do once their number is accounted for.
 *
 * @throws {RangeError} if no two studies can be compared there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { scopeHeadline } from "./scope_ranks.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * assert.match(scopeHeadline(stored, { time: 0.2 }), /change T\/T_SL/);
 * ```
 */
export function scopeHeadline(studies: readonly ScopeStudy[], mark: ScopeMark): string {
  checkList("studies", studies, checkScope);
  const found = atLeastOne(scopeComparisons(studies, mark), "comparison");
  const below = (of: (one: typeof found[number]) => number) =>
    found.filter((one) => of(one) < 0.05).length;
  const factors = found.map(({ factor }) => factor.mean);
  return `${below(({ holm }) => holm)} of ${found.length} changes of network, images or labels ` +
    `change T/T_SL significantly (Holm, 5 %; ${
      below(({ test }) => test.pValue)
    } without correction), ${scopeMarkText(mark)}, by factors of ${
      Math.min(...factors).toFixed(2)
    } to ${Math.max(...factors).toFixed(2)}`;
}
