/**
 * What a schedule gains, and how fast the test loss may fall, in notebook 11.
 *
 * @module
 */
import { checkList, checkOneOf, checkOptions, maybe } from "../../numerics/checks.ts";
import { checkOptimizers, checkSchedules } from "../checks_of_optimizers.ts";
import { networkName } from "../readings/kernel_exponents.ts";
import { OPTIMIZER_TEXT, optimizersAt, withoutLosses } from "../readings/optimizer_readings.ts";
import {
  atEdge,
  descentUnder,
  generalizationLimits,
  scheduleGains,
  type StepsHave,
  stepsOver,
} from "../readings/schedule_readings.ts";
import type { ScheduleName } from "../studies/computations/scheduled_descent.ts";
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
/** A tenth fewer: factors of a grid of four an octave are 19 % apart, and may leave half of that. */
const FEWER = 0.9;

const name = ({ configuration: { architecture, width, n } }: SchedulesStudy): string =>
  `${networkName({ architecture, width })}, n = ${n}`;

/** Steps under one schedule over a rival's; undecided where either one's best factor is the largest of its grid. */
function against(
  study: SchedulesStudy,
  schedule: ScheduleName,
  rival: ScheduleName,
  where: string,
): Case {
  const quotients = stepsOver(study, schedule, rival);
  const quotient = seedMean(quotients);
  const edge = Math.max(atEdge(study, schedule), atEdge(study, rival));
  const of = study.realizations.length;
  return {
    where: `${name(study)}, against ${where}`,
    judgement: edge > 0 && quotient ? "undecided" : judgedWithin(quotient, [0, FEWER]),
    value: `× ${
      seedMeanText(quotient, { digits: 2 })
    } of its steps, ${quotients.length} of ${of} seeds${
      edge > 0 ? `, the best factor the largest of its grid in ${edge}` : ""
    }${
      schedule === "best" && rival === "stability"
        ? ", at a c chosen after the fact, κ/λ_max the end of its grid"
        : ""
    }`,
  };
}

/**
 * The best schedule gains in steps: η* of a first flow, kept at or below κ/λ_max with the κ that is best by itself, comes
 * to the mark in a tenth fewer steps than the best constant rate, or than κ/λ_max, by the interval of the geometric mean
 * over seeds of the quotient. κ/λ_max is the end of its grid, and the factor is chosen after the fact, so that it is never
 * slower than this: only a gain of a tenth counts. Undecided where a best factor is the largest of its grid. Not judged
 * against the cosine: one with a warm-up, or longer than the two tried, would be another rival. Over studies as
 * `verdictOver` does.
 *
 * @param options `over`: the rival
 * @throws {RangeError} if there is no study, or no such rival
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { storedResults } from "../stored_results.ts";
 * import type { SchedulesStudy } from "../studies/schedules.ts";
 * import { bestScheduleGains } from "./schedules.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert.match(bestScheduleGains([result], { over: "stability" }).claim, /than κ\/λ_max$/);
 * ```
 */
export function bestScheduleGains(
  studies: readonly SchedulesStudy[],
  options: { readonly over?: "constant" | "stability" } = {},
): Claim {
  const { over = "constant" } = checkOptions("options", options, {
    over: maybe(checkOneOf<"constant" | "stability">, ["constant", "stability"]),
  });
  const rival = over === "constant" ? "the best constant rate" : "κ/λ_max";
  return {
    claim:
      `The flow's best schedule η*, kept below κ/λ_max, needs a tenth fewer steps than ${rival}`,
    mark: "derived",
    ...verdictOver(checked(studies).map((study) => against(study, "best", over, rival))),
  };
}

/**
 * A schedule by λ_max alone gains in steps: c/λ_max, of the λ_max along a first flow from the same weights, comes to the
 * mark in a tenth fewer steps than the best constant rate, and than c η*, by the interval of the geometric mean over seeds
 * of the quotient. Undecided where a best factor is the largest of its grid. That flow is no part of the steps: what it
 * costs, and how much λ_max falls along it, is told. Over studies and rivals as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { storedResults } from "../stored_results.ts";
 * import type { SchedulesStudy } from "../studies/schedules.ts";
 * import { sharpnessGains } from "./schedules.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert.match(sharpnessGains([result]).evidence, /steps/);
 * ```
 */
export function sharpnessGains(studies: readonly SchedulesStudy[]): Claim {
  const cases = checked(studies).flatMap((study): Case[] => [
    against(study, "stability", "constant", "the best constant rate"),
    against(study, "stability", "unbounded", "c η*"),
  ]);
  const { verdict, evidence } = verdictOver(cases);
  return {
    claim:
      "A learning rate of c/λ_max, λ_max the kernel's along a first flow, needs a tenth fewer steps than a constant one, and than c η*",
    mark: "derived",
    verdict,
    evidence: `${evidence} ${studies.map(costOfFlow).join(" ")}`,
  };
}

/** What a rate of c/λ_max has beside its steps: its flow, and what it does not tell. */
function costOfFlow(study: SchedulesStudy): string {
  const { realizations } = study;
  const falls = scheduleGains(study).map(({ ends }) => ends.lambdaMax);
  const gradients = seedMean(realizations.map((one) => one.gradients));
  const readings = seedMean(realizations.map(({ flow }) => flow.lambdaMax.length));
  const saved = realizations.flatMap((one) => {
    const [constant, own] = [descentUnder(one, "constant"), descentUnder(one, "stability")];
    return constant && own ? [constant.steps! - own.steps!] : [];
  });
  return `Not counted (${name(study)}): the flow's ${
    seedMeanText(gradients, { digits: 0 })
  } gradients and its λ_max, read ${seedMeanText(readings, { digits: 0 })} times${
    saved.length === 0
      ? ""
      : `, to save ${
        seedMeanText(seedMean(saved, { geometric: false }), { digits: 0 })
      } of the constant rate's steps`
  }. Along it λ_max falls × ${Math.min(...falls).toFixed(1)} … ${
    Math.max(...falls).toFixed(1)
  }; no other rate that grows as much was run.`;
}

/**
 * What of the best schedule steps can have: of the time T − T* that it saves, steps of b = 2/max λ_max with
 * bη* ≤ 2/λ_max have half or more, by the interval of the mean over seeds. So the constant rate of these steps meets the
 * limit too. It tells those of half that length, and of the tuned constant rate, which breaks the limit. Over studies
 * as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { storedResults } from "../stored_results.ts";
 * import type { SchedulesStudy } from "../studies/schedules.ts";
 * import { shareThatStepsHave } from "./schedules.ts";
 * const [{ result }] = await storedResults<SchedulesStudy>("schedules");
 * assert.match(shareThatStepsHave([result]).evidence, /T\/T\* = /);
 * ```
 */
export function shareThatStepsHave(studies: readonly SchedulesStudy[]): Claim {
  const cases = checked(studies).map((study): Case => {
    const gains = scheduleGains(study);
    const share = (list: readonly StepsHave[]) =>
      seedMean(list.map((one) => one.share), { geometric: false });
    const spread = seedMean(gains.map((one) => one.spread), { least: 1 });
    const gain = seedMean(gains.map(({ whole }) => whole.gain));
    const tuned = gains.flatMap((one) => one.tuned ?? []);
    const lengths = tuned.map(({ length }) => length);
    return {
      where: name(study),
      judgement: judgedWithin(share(gains.map(({ whole }) => whole)), [HALF, 1]),
      value: `${percent(share(gains.map(({ whole }) => whole)))} of it, a gain of ${
        seedMeanText(gain, { digits: 2 })
      } of T/T* = ${seedMeanText(spread, { digits: 2 })}; ${
        percent(share(gains.map(({ half }) => half)))
      } with b = 1/max λ_max; ${percent(share(tuned))} with b the tuned rate${
        lengths.length > 0
          ? `, whose b max λ_max = ${Math.min(...lengths).toFixed(1)} … ${
            Math.max(...lengths).toFixed(1)
          }`
          : ""
      }`,
    };
  });
  return {
    claim:
      "Steps of b = 2/max λ_max with bη* ≤ 2/λ_max can have half or more of the time that the best schedule saves",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * How much of the speed limit of generalization training uses: (ΔL_test)² over what it may be at most is half or more,
 * along flows as cos² of the gradients as functions of time, along steps as (ΔL_test)²/(Σ‖δθ‖² Σ|∇L_test|²) of the
 * losses themselves; by the interval of the mean over seeds. An optimizer that loses a seed is not judged. Over studies
 * and optimizers as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study of either kind
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { storedResults } from "../stored_results.ts";
 * import type { OptimizersStudy } from "../studies/optimizers.ts";
 * import type { SchedulesStudy } from "../studies/schedules.ts";
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
    optimizersAt(study, { left: study.configuration.left }).map((one) => ({
      where: `${optimizersName(study)}, ${OPTIMIZER_TEXT[one.optimizer]}`,
      cosines: withoutLosses(one).map(({ testShare }) => testShare),
    }))
  );
  const cases = atLeastOne([...ofFlows, ...ofSteps], "study").map(({ where, cosines }): Case => {
    const mean = shareMean(cosines);
    return {
      where,
      judgement: judgedWithin(mean, [HALF, LARGE]),
      value: `${seedMeanText(mean, { digits: 3 })} of it`,
    };
  });
  return {
    claim: "On the way to the mark half or more of the speed limit of generalization is used",
    mark: "derived",
    ...verdictOver(cases),
  };
}

function checked(studies: readonly SchedulesStudy[]): readonly SchedulesStudy[] {
  checkList("studies", studies, checkSchedules);
  return atLeastOne(studies, "study");
}
