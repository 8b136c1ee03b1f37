/**
 * What the limits say of optimizers, in notebook 11.
 *
 * @module
 */
import { checkList } from "../../numerics/checks.ts";
import { checkOptimizers } from "../checks_of_optimizers.ts";
import { networkName } from "../readings/kernel_exponents.ts";
import { agreeingPairs, judgeCases } from "../readings/judge_readings.ts";
import {
  momentumClocks,
  OPTIMIZER_TEXT,
  optimizersAt,
  ratiosAt,
  runOf,
  silent,
  withoutLosses,
} from "../readings/optimizer_readings.ts";
import { type SeedMean, seedMean, seedMeanText } from "../studies/seed_mean.ts";
import type { OptimizersStudy } from "../studies/optimizers.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** Stored columns have six digits: a ratio of two sums may miss 1 by this. */
const ROUNDING = 3e-5;
/** Of the pairs of optimizers, what must be in the same order for a number to judge them. */
const JUDGES = 0.9;
/** F/ΔL up to which steps count as those of a flow. */
const FLOW = 1.25;
/** No end. */
const LARGE = 1e9;

/** A study's network, n and mark in words. */
export const optimizersName = (
  { configuration: { architecture, width, n } }: Pick<OptimizersStudy, "configuration">,
): string => `${networkName({ architecture, width })}, n = ${n}`;

/**
 * The limits hold: N ≥ ‖Δθ‖²/Σ‖δθ‖² and every optimizer's own limit, at every kept entry of every walk, up to
 * the six digits of what is stored. It is Cauchy and Schwarz, so what it tests is the code: a single entry below 1 is
 * "not confirmed".
 *
 * @throws {RangeError} if there is no study, or none has a walk
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../mod.ts";
 * import { ownLimitsHold } from "./optimizers.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * assert.equal(ownLimitsHold([result]).verdict, "confirmed");
 * ```
 */
export function ownLimitsHold(studies: readonly OptimizersStudy[]): Claim {
  const points = checked(studies).flatMap((study) =>
    study.optimizers.flatMap(({ optimizer, walks }) =>
      walks.flatMap((walk) =>
        walk.step.slice(1).map((_, i) => ({
          optimizer,
          ...ratiosAt(walk, i + 1, study.configuration.testImages),
        }))
      )
    )
  ).filter(({ own, discrete }) => Number.isFinite(own + discrete));
  atLeastOne(points, "entry of a walk");
  const least = (name: "own" | "discrete") => points.reduce((a, b) => b[name] < a[name] ? b : a);
  const [own, discrete] = [least("own"), least("discrete")];
  const below = points.filter((one) => Math.min(one.own, one.discrete) < 1 - ROUNDING).length;
  const names = new Set(points.map(({ optimizer }) => optimizer));
  return {
    claim:
      "A check of the code: no optimizer beats its own limit, nor the discrete one, T/T_SL and N Σ‖δθ‖²/‖Δθ‖² are 1 or more",
    mark: "derived",
    verdict: below === 0 ? "confirmed" : "not confirmed",
    evidence:
      `${points.length} entries of ${names.size} optimizers, ${below} of them below 1: the least own T/T_SL is ${
        own.own.toFixed(4)
      } (${OPTIMIZER_TEXT[own.optimizer]}), the least N Σ‖δθ‖²/‖Δθ‖² is ${
        discrete.discrete.toFixed(4)
      } (${OPTIMIZER_TEXT[discrete.optimizer]}).`,
  };
}

/**
 * Momentum keeps gradient descent's limit ‖Δθ‖²/F on the clock of its drift: Nη F/((1 − μ)‖Δθ‖²) is 1 or more at every
 * kept entry of heavy ball and Nesterov, up to the six digits of what is stored. A theorem at μ = 0.9, so a single entry
 * below 1 is "not confirmed". Told beside it, and no part of the verdict: the same on the clock Nη, a tenth.
 *
 * @throws {RangeError} if there is no study, or none has a walk of either
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../mod.ts";
 * import { momentumClock } from "./optimizers.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * assert.match(momentumClock([result]).evidence, /Nη/);
 * ```
 */
export function momentumClock(studies: readonly OptimizersStudy[]): Claim {
  const runs = checked(studies).flatMap((study) =>
    (["heavy-ball", "nesterov"] as const).flatMap((optimizer) => {
      const rows = runOf(study, optimizer) ? momentumClocks(study, optimizer) : [];
      if (rows.length === 0) return [];
      const mean = seedMean(rows.map((row) => row.steps));
      return [{
        least: Math.min(...rows.map((row) => row.leastDrift)),
        entries: rows.reduce((sum, row) => sum + row.entries, 0),
        told: `${text(mean, 2)} (${optimizersName(study)}, ${
          OPTIMIZER_TEXT[optimizer]
        }, ${rows.length} seeds)`,
      }];
    })
  );
  const least = Math.min(
    ...atLeastOne(runs, "walk of heavy ball or Nesterov").map((run) => run.least),
  );
  const entries = runs.reduce((sum, run) => sum + run.entries, 0);
  return {
    claim: "On the clock Nη/(1 − μ) momentum does not beat gradient descent's limit ‖Δθ‖²/F",
    mark: "derived",
    verdict: least >= 1 - ROUNDING ? "confirmed" : "not confirmed",
    evidence: `${entries} entries; the least Nη F/((1 − μ)‖Δθ‖²) is ${
      least.toFixed(2)
    }. At the mark, on the clock Nη alone: ${runs.map(({ told }) => told).join("; ")}.`,
  };
}

/**
 * Whether the inefficiency judges an optimizer: of the pairs of optimizers from one seed, those that T/T_SL puts in
 * the order of the steps to the same training loss, or of the test loss there, are nine in ten or more, by the
 * interval of the mean over seeds. Judged for the ratio in each one's own metric, which do not compare, and for
 * N Σ‖δθ‖²/‖Δθ‖², which is in one metric for all. Not for test accuracy, whose own order does not repeat from seed to
 * seed at so few test images. Over studies and numbers as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../mod.ts";
 * import { ratioJudges } from "./optimizers.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * assert.match(ratioJudges([result]).evidence, /pairs/);
 * ```
 */
export function ratioJudges(studies: readonly OptimizersStudy[]): Claim {
  const cases = checked(studies).flatMap((study): Case[] =>
    judgeCases(study).map(({ ratio, against, pairs }) => {
      const mean = shareMean(pairs);
      return {
        where: `${optimizersName(study)}, ${ratio} and ${against}`,
        judgement: judgedWithin(mean, [JUDGES, LARGE]),
        value: `${percent(mean)} of the pairs in the same order, ${pairs.length} seeds`,
      };
    })
  );
  return {
    claim:
      "The inefficiency judges an optimizer: a smaller T/T_SL goes with fewer steps, or a smaller test loss, in nine pairs of ten",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * Whether tuned steps are those of a flow: −Σ∇L·δθ = ΔL + ½Σδθᵀ H̄ δθ is within a factor of 1.25 of ΔL at the mark,
 * by the interval of the geometric mean over seeds. Where it is not, the drop ΔL does not bound the path, and a limit
 * without the discrete correction is none. An optimizer that loses a seed is not judged. Over studies and optimizers as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../mod.ts";
 * import { tunedStepsAreFlows } from "./optimizers.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * assert.match(tunedStepsAreFlows([result]).evidence, /gradient descent/);
 * ```
 */
export function tunedStepsAreFlows(studies: readonly OptimizersStudy[]): Claim {
  const cases = checked(studies).flatMap((study): Case[] =>
    optimizersAt(study, { left: study.configuration.left }).map((one) => {
      const quotient = seedMean(
        withoutLosses(one).flatMap(({ firstOrderDrop, lossDrop }) =>
          firstOrderDrop > 0 && lossDrop > 0 ? [firstOrderDrop / lossDrop] : []
        ),
      );
      return {
        where: `${optimizersName(study)}, ${OPTIMIZER_TEXT[one.optimizer]}`,
        judgement: judgedWithin(quotient, [1 / FLOW, FLOW]),
        value: `× ${text(quotient, 2)}`,
      };
    })
  );
  return {
    claim: `Tuned descents are close to flows: −Σ∇L·δθ is ΔL (within ×${FLOW})`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * What the metric costs: at the same training loss RMSProp, Adam and natural gradient leave a higher test loss than
 * constant speed, which has no metric of its own and comes there in as few steps as any of first order; by the interval
 * of the geometric mean over seeds of the quotient. It tells how the test loss compares with that of output 0: as long
 * as it is above, no more than the random f_0 has been forgotten. Over studies and optimizers as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../mod.ts";
 * import { metricRaisesTestLoss } from "./optimizers.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * assert.match(metricRaisesTestLoss([result]).evidence, /Adam/);
 * ```
 */
export function metricRaisesTestLoss(studies: readonly OptimizersStudy[]): Claim {
  const cases = checked(studies).flatMap((study): Case[] => {
    const at = optimizersAt(study, { left: study.configuration.left });
    const still = at.find(({ optimizer }) => optimizer === "constant-speed")?.seeds ?? [];
    return (["rmsprop", "adam", "natural"] as const).map((optimizer) => {
      const own = at.find((one) => one.optimizer === optimizer)?.seeds ?? [];
      const quotient = seedMean(own.flatMap(({ seed, testLoss }) => {
        const other = still.find((walk) => walk.seed === seed);
        return other ? [testLoss / other.testLoss] : [];
      }));
      return {
        where: `${optimizersName(study)}, ${OPTIMIZER_TEXT[optimizer]}`,
        judgement: judgedWithin(quotient, [1, LARGE]),
        value: `× ${text(quotient, 2)}, ${
          text(seedMean(own.map(({ testLoss }) => testLoss / silent(1))))
        } times that of output 0`,
      };
    });
  });
  return {
    claim:
      "Where f_0 is being forgotten, at the same training loss, RMSProp, Adam and natural gradient leave a higher test loss than constant speed",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * The figure to remember: how many pairs of optimizers T/T_SL puts in the order of their steps.
 *
 * @throws {RangeError} if no seed has two optimizers at the mark
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../mod.ts";
 * import { optimizersHeadline } from "./optimizers.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * assert.match(optimizersHeadline(result), /pairs of optimizers/);
 * ```
 */
export function optimizersHeadline(study: OptimizersStudy): string {
  const { configuration: { left } } = checkOptimizers("study", study);
  const at = optimizersAt(study, { left });
  const pairs = agreeingPairs(at, (walk) => walk.own, (walk) => walk.steps);
  const mean = shareMean(atLeastOne(pairs, "seed with two optimizers at the mark"));
  return `${
    percent(mean)
  } of the pairs of optimizers are put in the order of their steps by T/T_SL in their own metrics (${
    optimizersName(study)
  }, ${at.length} optimizers, ${pairs.length} seeds)`;
}

/** The studies, at least one. */
function checked(studies: readonly OptimizersStudy[]): readonly OptimizersStudy[] {
  checkList("studies", studies, checkOptimizers);
  return atLeastOne(studies, "study");
}

const text = (mean: SeedMean | undefined, digits = 1) => seedMeanText(mean, { digits });

/** A mean of shares, its interval cut where no share can be. */
export const shareMean = (shares: readonly number[]): SeedMean | undefined => {
  const mean = seedMean(shares, { geometric: false });
  if (!mean?.interval) return mean;
  const [low, high] = mean.interval;
  return { ...mean, interval: [Math.max(0, low), Math.min(1, high)] };
};

/** A share as percent. */
export const percent = (mean: SeedMean | undefined): string =>
  mean === undefined ? "not reached" : `${
    seedMeanText({
      ...mean,
      mean: 100 * mean.mean,
      ...(mean.interval &&
        { interval: [100 * mean.interval[0], 100 * mean.interval[1]] as const }),
    }, { digits: 0 })
  } %`;
