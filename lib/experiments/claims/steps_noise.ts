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

/**
 * Beyond the edge of stability at the start, η > 2/λ_max, descent goes on, and λ_max falls below 2/η (which it
 * does at small rates too: the fall need not be owed to the step). The claim names the largest rate tried. Of
 * a study and a rate it holds where no seed diverges and the interval over seeds of ηλ_max/2 at the last
 * look lies below 1; fails where more seeds diverge than do not, or the interval lies above 1.
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
  const most = Math.max(
    ...checkedStudies(studies).flatMap(({ configuration: { rates } }) => [0, ...rates]),
  );
  const cases = studies.flatMap((study) => {
    const looks = stepsSharpness(study);
    const beyond = study.realizations.flatMap(({ seed, descents }) =>
      descents.filter(({ rate, batchSize }) =>
        "share" in rate && rate.share > 1 && batchSize >= study.configuration.n
      ).map(({ rate, diverged }) => ({
        ...{ seed, name: stepRateText(rate), diverged },
        edge: looks.findLast((look) =>
          look.seed === seed && stepRateText(look.rate) === stepRateText(rate)
        )?.edge,
      }))
    );
    return [...Map.groupBy(beyond, ({ name }) => name)].map(([name, rows]): Case => {
      const ended = rows.filter(({ diverged }) => diverged).length;
      const mean = seedMean(rows.flatMap(({ diverged, edge }) => diverged ? [] : edge ?? []));
      const found = judgedWithin(mean, [0, 1]);
      return {
        where: `${stepsName(study)}, ${name}`,
        judgement: 2 * ended > rows.length
          ? "fails"
          : ended > 0 && found === "holds"
          ? "undecided"
          : found,
        value: `${ended} of ${rows.length} seeds diverge, ηλ_max/2 = ${
          seedMeanText(mean, { digits: 2 })
        } in the end`,
      };
    });
  });
  return {
    claim:
      `A descent that starts beyond the edge of stability, up to ${most} · 2/λ_max, goes on, ` +
      "and λ_max falls below 2/η",
    mark: "derived",
    ...verdictOver(atLeastOne(cases, "descent beyond the edge at the start")),
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
