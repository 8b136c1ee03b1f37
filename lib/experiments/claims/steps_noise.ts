/**
 * The edge of stability, and the noise of minibatches.
 *
 * @module
 */
import { checkInteger } from "../../numerics/checks.ts";
import { stepRateText, stepsGroups, stepsName } from "../readings/discrete_steps.ts";
import { stepsNoise, stepsSharpness } from "../readings/steps_noise.ts";
import { seedMean, seedMeanText } from "../studies/seed_mean.ts";
import type { DiscreteStepsStudy } from "../studies/discrete_steps.ts";
import type { Claim } from "./claim.ts";
import { checkedStudies } from "./discrete_steps.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** Theory and measurement agree within this factor. */
const AGREES = 1.1;
/** Less noise than this and the factor would hold without any theory of it. */
const NOISY = 0.1;
/** ηλ_max/2 is below the edge where it is less than this: Lanczos leaves 3 % open. */
const BELOW = 0.97;
/** Of so many seeds or fewer each is told by itself. */
const FEW_SEEDS = 3;

/**
 * Beyond the edge of stability at the start, η > 2/λ_max, descent goes on, and λ_max falls below 2/η (which it
 * does at small rates too: the fall need not be owed to the step), whether or not it climbs again. The claim names
 * the largest rate of which it holds. Of a study and a rate it holds where no seed diverges and ηλ_max/2 comes below
 * 0.97 at some look in each of two seeds or more; fails where more than half of them diverge or never come below.
 *
 * @throws {RangeError} if there is no such descent
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { fallsBelowTheEdge } from "./steps_noise.ts";
 * const studies = (await storedResults<DiscreteStepsStudy>("discrete_steps"))
 *   .map(({ result }) => result);
 * assert.match(fallsBelowTheEdge(studies).claim, /2\/η/);
 * ```
 */
export function fallsBelowTheEdge(studies: readonly DiscreteStepsStudy[]): Claim {
  const cases = checkedStudies(studies).flatMap((study) => {
    const looks = stepsSharpness(study);
    const beyond = study.realizations.flatMap(({ seed, descents }) =>
      descents.flatMap(({ rate, batchSize, diverged }) =>
        !("share" in rate) || rate.share <= 1 || batchSize < study.configuration.n ? [] : {
          ...{ share: rate.share, diverged },
          edges: looks.filter((look) =>
            look.seed === seed && stepRateText(look.rate) === stepRateText(rate)
          ).map(({ edge }) => edge),
        }
      )
    );
    return [...Map.groupBy(beyond, ({ share }) => share)].map(([share, rows]) => ({
      share,
      ...beyondTheEdge(rows),
      where: `${stepsName(study)}, ${stepRateText({ share })}`,
    }));
  });
  const held = cases.flatMap(({ judgement, share }) => judgement === "holds" ? share : []);
  const upTo = held.length > 0 ? `, up to ${Math.max(...held)} · 2/λ_max,` : "";
  return {
    claim: `A descent that starts beyond the edge of stability${upTo} goes on, ` +
      "and λ_max falls below 2/η at some step",
    mark: "derived",
    ...verdictOver(
      atLeastOne(cases, "descent beyond the edge at the start")
        .map(({ share: _, ...one }): Case => one),
    ),
  };
}

/** Seeds of one rate beyond the edge, with ηλ_max/2 at their looks. */
function beyondTheEdge(
  rows: readonly { readonly diverged: boolean; readonly edges: readonly number[] }[],
): Pick<Case, "judgement" | "value"> {
  const ended = rows.filter(({ diverged }) => diverged).length;
  const leasts = rows.flatMap(({ diverged, edges }) =>
    diverged || edges.length === 0 ? [] : Math.min(...edges)
  );
  const below = leasts.filter((least) => least < BELOW).length;
  // A seed that goes on and was not looked at says nothing.
  const never = ended + leasts.length - below;
  const texts = leasts.map((least) => least.toFixed(2));
  const range = leasts.toSorted((a, b) => a - b).map((least) => least.toFixed(2));
  return {
    judgement: 2 * never > rows.length
      ? "fails"
      : leasts.length === 0
      ? "not reached"
      : below === rows.length && below > 1
      ? "holds"
      : "undecided",
    value: `${ended} of ${rows.length} seeds diverge` +
      (leasts.length === 0
        ? ""
        : `, ηλ_max/2 = ${
          texts.length <= FEW_SEEDS ? texts.join(", ") : `${range[0]}–${range[range.length - 1]}`
        } at the least`),
  };
}

/**
 * Minibatches: N Σ‖δθ‖²/‖Δθ‖² is the flow's T/T_SL times 1 + ρ, within a factor of 1.1, by the interval of
 * the geometric mean over seeds. A case is a study, a batch size, a rate and a time; one with ρ ≤ 0.1, where
 * the factor is wider than the noise, cannot be judged. The theory is of a quotient of expectations over
 * orders of the images; judged are quotients of single runs, one order a seed.
 *
 * @throws {RangeError} if there are no minibatches beside a flow
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { noiseForetellsSteps } from "./steps_noise.ts";
 * const studies = (await storedResults<DiscreteStepsStudy>("discrete_steps"))
 *   .map(({ result }) => result);
 * assert.match(noiseForetellsSteps(studies).evidence, /B = /);
 * ```
 */
export function noiseForetellsSteps(studies: readonly DiscreteStepsStudy[]): Claim {
  const cases = checkedStudies(studies).flatMap((study) =>
    stepsGroups(stepsNoise(study)).map(({ batchSize, steps, rate, rows }): Case => {
      const quotient = seedMean(rows.map((row) => row.quotient));
      const rho = seedMean(rows.map((row) => row.rho));
      return {
        where: `${stepsName(study)}, B = ${batchSize}, ${stepRateText(rate)}, ${steps} steps`,
        judgement: rho && rho.mean > NOISY
          ? judgedWithin(quotient, [1 / AGREES, AGREES])
          : "not reached",
        value: `× ${seedMeanText(quotient, { digits: 2 })}, ρ = ${rho?.mean.toPrecision(2)}`,
      };
    })
  );
  return {
    claim: `Of single runs of SGD N Σ‖δθ‖²/‖Δθ‖² is the flow's T/T_SL times 1 + ρ (within ` +
      `×${AGREES}, where ρ > ${NOISY})`,
    mark: "derived",
    ...verdictOver(atLeastOne(cases, "minibatch beside a flow")),
  };
}

/**
 * What noise costs: of the dissipation Σ‖δθ‖²/η more than half goes into noise, ρ/(1 + ρ) > ½, with
 * minibatches of a size, by the interval over seeds at each time. The claim names the networks and rates.
 *
 * @param batchSize of the minibatches
 * @throws {RangeError} if there are none of this size
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../mod.ts";
 * import { noiseCostsHalf } from "./steps_noise.ts";
 * const studies = (await storedResults<DiscreteStepsStudy>("discrete_steps"))
 *   .map(({ result }) => result);
 * assert.match(noiseCostsHalf(studies, 8).claim, /minibatches of 8/);
 * ```
 */
export function noiseCostsHalf(studies: readonly DiscreteStepsStudy[], batchSize: number): Claim {
  checkInteger("batchSize", batchSize);
  const found = atLeastOne(
    checkedStudies(studies).flatMap((study) =>
      stepsGroups(stepsNoise(study).filter((row) => row.batchSize === batchSize))
        .map(({ steps, rate, rows }) => {
          const share = seedMean(rows.map((row) => 100 * row.noiseShare), { geometric: false });
          const network = `${stepsName(study)}, ${stepRateText(rate)}`;
          const judgement = judgedWithin(share, [50, 100]);
          return { network, steps, judgement, value: `${seedMeanText(share, { digits: 0 })} %` };
        })
    ),
    `minibatch of ${batchSize}`,
  );
  const networks = [...new Set(found.map(({ network }) => network))];
  return {
    claim:
      `With minibatches of ${batchSize} more than half of what is dissipated goes into noise ` +
      `(${networks.join("; ")})`,
    mark: "derived",
    ...verdictOver(found.map(({ network, steps, judgement, value }): Case => ({
      where: `${networks.length > 1 ? `${network}, ` : ""}${steps} steps`,
      ...{ judgement, value },
    }))),
  };
}
