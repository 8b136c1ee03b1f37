/**
 * What notebook 12 says of ensembles at a temperature: free energy, entropy production and ln Z.
 *
 * @module
 */
import { checkList, checkRecord } from "../../numerics/checks.ts";
import { checkObject } from "../checks.ts";
import { checkEnsembles, ensembleName } from "../readings/ensembles.ts";
import type { EnsemblePartition } from "../studies/computations/ensemble_record.ts";
import type { EnsemblesStudy } from "../studies/ensembles.ts";
import { seedMean, seedMeanText } from "../studies/seed_mean.ts";
import type { ExactAndSampled, LinearizedEnsembleRow } from "../theory/linearized_ensemble.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** Two estimates of ln Z agree within this: a factor e of Z. */
const NEAR = 1;
/** Annealing tells something where so many particles decide, in half of the seeds or more. */
const EFFECTIVE = 3;
/** Sampled over exact, within this. */
const SAMPLED = 1.1;

/**
 * Two ways to ln Z agree: the mean over seeds of their difference lies within ±1, by Student's interval; of a linear
 * model the differences of both from the exact one do. Where one or two particles hold all weight of the annealing in
 * most seeds, it is not reached: such an interval is none. Over studies as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { partitionAgrees } from "./ensemble_heat.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.match(partitionAgrees(found).claim, /ln Z/);
 * ```
 */
export function partitionAgrees(studies: readonly EnsemblesStudy[]): Claim {
  checkList("studies", studies, checkEnsembles);
  const cases = atLeastOne(studies, "study").flatMap((study): Case[] => {
    const partitions = study.realizations.flatMap(({ partition }) => partition ?? []);
    const exact = partitions.some((one) => one.exact !== undefined);
    const enough = 2 * partitions.filter(({ annealed: { effective } }) =>
          effective >= EFFECTIVE
        ).length >= partitions.length;
    const difference = (of: (one: EnsemblePartition) => number) =>
      seedMean(partitions.map(of), { geometric: false });
    const annealing = (mean: ReturnType<typeof seedMean>, what: string): Case => ({
      where: `${ensembleName(study)}, annealing against ${what}`,
      judgement: enough ? judgedWithin(mean, [-NEAR, NEAR]) : "not reached",
      value: `off by ${seedMeanText(mean, { digits: 2 })}`,
    });
    if (partitions.length === 0) return [];
    if (!exact) {
      return [
        annealing(
          difference(({ annealed, integration }) => annealed.value - integration.value),
          "integration",
        ),
      ];
    }
    const off = difference(({ integration, exact = NaN }) => integration.value - exact);
    return [
      annealing(difference(({ annealed, exact = NaN }) => annealed.value - exact), "exact"),
      {
        where: `${ensembleName(study)}, integration against exact`,
        judgement: judgedWithin(off, [-NEAR, NEAR]),
        value: `off by ${seedMeanText(off, { digits: 2 })}`,
      },
    ];
  });
  return {
    claim:
      `Thermodynamic integration and annealed importance sampling give one ln Z (within ${NEAR})`,
    mark: "derived",
    ...verdictOver(atLeastOne(cases, "study with ln Z")),
  };
}

/**
 * Sampling gives what is exact of a linearized network: free energy, entropy production, heat and W2², each within
 * 10 % by Student's interval over ensembles. Over quantities and times as `verdictOver` does.
 *
 * @throws {RangeError} if there is no row
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearizedSampled } from "./ensemble_heat.ts";
 * const as = (exact: number) => ({ exact, mean: 1, interval: [0.99, 1.01] as const });
 * const row = { time: 1, freeEnergy: as(1), entropyProduction: as(1), heat: as(1) };
 * const claim = linearizedSampled([{ ...row, w2Squared: as(2), inefficiency: 1 }]);
 * assert.equal(claim.verdict, "confirmed with a limit");
 * ```
 */
export function linearizedSampled(rows: readonly LinearizedEnsembleRow[]): Claim {
  checkList("rows", rows, checkObject);
  const cases = atLeastOne(rows, "row").flatMap((row) =>
    ([
      ["freeEnergy", "F"],
      ["entropyProduction", "β⁻¹R"],
      ["heat", "heat"],
      ["w2Squared", "W2²"],
    ] as const).map(([name, symbol]): Case => {
      const { exact, mean, interval }: ExactAndSampled = checkRecord(`rows.${name}`, row[name], {});
      const quotients = interval.map((end) => end / exact).sort((a, b) => a - b);
      return {
        where: `${symbol}, τ = ${row.time}`,
        judgement: judgedWithin({ interval: [quotients[0], quotients[1]] }, [
          1 / SAMPLED,
          SAMPLED,
        ]),
        value: `sampled over exact ${
          seedMeanText({ mean: mean / exact, interval: [quotients[0], quotients[1]], count: 2 }, {
            digits: 2,
          })
        }`,
      };
    })
  );
  return {
    claim: "Sampled ensembles of a linearized network have its exact F, β⁻¹R, heat and W2²",
    mark: "derived",
    ...verdictOver(cases),
  };
}
