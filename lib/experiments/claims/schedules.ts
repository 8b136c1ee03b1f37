/**
 * What a schedule gains, and how fast the test loss may fall, in notebook 11.
 *
 * @module
 */
import { checkList } from "../../numerics/checks.ts";
import { checkOptimizers, checkSchedules } from "../checks_of_optimizers.ts";
import { networkName } from "../readings/kernel_exponents.ts";
import { OPTIMIZER_TEXT, optimizersAt } from "../readings/optimizer_readings.ts";
import { generalizationLimits, scheduleGains, stepsOver } from "../readings/schedule_readings.ts";
import { seedMean, seedMeanText } from "../studies/seed_mean.ts";
import type { OptimizersStudy } from "../studies/optimizers.ts";
import type { SchedulesStudy } from "../studies/schedules.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { optimizersName, percent, shareMean } from "./optimizers.ts";
import { atLeastOne } from "./paths.ts";

/** The share of a limit that counts as using it. */
const HALF = 0.5;
/** No end. */
const LARGE = 1e9;

const name = ({ configuration: { architecture, width, n } }: SchedulesStudy): string =>
  `${networkName({ architecture, width })}, n = ${n}`;

/**
 * The best schedule gains in steps: η* of a first flow, kept at or below 2/λ_max, comes to the mark in fewer steps
 * than the best constant rate, and than the best cosine, by the interval of the geometric mean over seeds of the
 * quotient. Over studies and rivals as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../mod.ts";
 * import { bestScheduleGains } from "./schedules.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert.match(bestScheduleGains([result]).evidence, /steps/);
 * ```
 */
export function bestScheduleGains(studies: readonly SchedulesStudy[]): Claim {
  const cases = checked(studies).flatMap((study): Case[] =>
    (["constant", "cosine"] as const).map((rival) => {
      const quotient = seedMean(stepsOver(study, "best", rival));
      return {
        where: `${name(study)}, against the best ${
          rival === "cosine" ? "cosine" : "constant rate"
        }`,
        judgement: judgedWithin(quotient, [0, 1]),
        value: `× ${seedMeanText(quotient, { digits: 2 })} of its steps`,
      };
    })
  );
  return {
    claim: "The flow's best schedule η*, kept below 2/λ_max, needs fewer steps than its rivals",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * A schedule by sharpness alone gains in steps: c/λ_max along the flow comes to the mark in fewer steps than the best
 * constant rate, than η* kept below 2/λ_max, and than η* with no limit but that of its factor, by the interval of the
 * geometric mean over seeds of the quotient. Over studies and rivals as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../mod.ts";
 * import { sharpnessGains } from "./schedules.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert.match(sharpnessGains([result]).evidence, /steps/);
 * ```
 */
export function sharpnessGains(studies: readonly SchedulesStudy[]): Claim {
  const rivals = {
    constant: "the best constant rate",
    best: "η* kept below 2/λ_max",
    unbounded: "c η*",
  };
  const cases = checked(studies).flatMap((study): Case[] =>
    (["constant", "best", "unbounded"] as const).map((rival) => {
      const quotient = seedMean(stepsOver(study, "stability", rival));
      return {
        where: `${name(study)}, against ${rivals[rival]}`,
        judgement: judgedWithin(quotient, [0, 1]),
        value: `× ${seedMeanText(quotient, { digits: 2 })} of its steps`,
      };
    })
  );
  return {
    claim:
      "A learning rate in proportion to 1/λ_max needs fewer steps than a constant one, and than η*",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * What of the best schedule steps can have: of the time T − T* that it saves, steps as long as those of the best
 * constant rate have half or more, by the interval of the mean over seeds. Over studies as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SchedulesStudy, storedResults } from "../mod.ts";
 * import { shareThatStepsHave } from "./schedules.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert.match(shareThatStepsHave([result]).evidence, /T\/T\* = /);
 * ```
 */
export function shareThatStepsHave(studies: readonly SchedulesStudy[]): Claim {
  const cases = checked(studies).map((study): Case => {
    const gains = scheduleGains(study);
    const share = seedMean(gains.map((one) => one.share), { geometric: false });
    const spread = seedMean(gains.map((one) => one.spread), { least: 1 });
    const allowed = seedMean(gains.map((one) => one.allowed));
    return {
      where: name(study),
      judgement: judgedWithin(share, [HALF, 1]),
      value: `${percent(share)} of it; T/T* = ${
        seedMeanText(spread, { digits: 2 })
      }, with the limit on η ${seedMeanText(allowed, { digits: 2 })}`,
    };
  });
  return {
    claim: "Steps with η ≤ 2/λ_max can have half or more of the time that the best schedule saves",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * How much of the speed limit of generalization training uses: (ΔL_test)² over what it may be at most is half or more,
 * along flows as cos² of the gradients as functions of time, along steps as that of ∇L_test and δθ; by the interval of
 * the mean over seeds. Over studies and optimizers as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study of either kind
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, type SchedulesStudy, storedResults } from "../mod.ts";
 * import { generalizationNearLimit } from "./schedules.ts";
 * const [{ result: steps }] = await storedResults<OptimizersStudy>("optimizers");
 * const [{ result: flow }] = await storedResults<SchedulesStudy>("schedules");
 * assert.match(generalizationNearLimit([steps], [flow]).evidence, /gradient flow/);
 * ```
 */
export function generalizationNearLimit(
  studies: readonly OptimizersStudy[],
  flows: readonly SchedulesStudy[],
): Claim {
  checkList("studies", studies, checkOptimizers);
  checkList("flows", flows, checkSchedules);
  const ofFlows = flows.map((study) => ({
    where: `${name(study)}, gradient flow`,
    cosines: generalizationLimits(study).map(({ cosine }) => cosine),
  }));
  const ofSteps = studies.flatMap((study) =>
    optimizersAt(study, { left: study.configuration.left }).map(({ optimizer, seeds }) => ({
      where: `${optimizersName(study)}, ${OPTIMIZER_TEXT[optimizer]}`,
      cosines: seeds.map(({ cosine }) => cosine),
    }))
  );
  const cases = atLeastOne([...ofFlows, ...ofSteps], "study").map(({ where, cosines }): Case => {
    const mean = shareMean(cosines);
    return {
      where,
      judgement: judgedWithin(mean, [HALF, LARGE]),
      value: `cos² = ${seedMeanText(mean, { digits: 3 })}`,
    };
  });
  return {
    claim: "Training uses half or more of the speed limit of generalization",
    mark: "derived",
    ...verdictOver(cases),
  };
}

function checked(studies: readonly SchedulesStudy[]): readonly SchedulesStudy[] {
  checkList("studies", studies, checkSchedules);
  return atLeastOne(studies, "study");
}
