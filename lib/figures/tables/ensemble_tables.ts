/**
 * Rows of the tables of notebook 12: bounds on W2², ln Z and what follows from it, the linearized ensemble.
 *
 * @module
 */
import {
  brenierMeans,
  type EnsembleGeometry,
  type EnsembleGeometryAt,
  ensembleMeans,
  type EnsembleRealization,
  type EnsemblesStudy,
  type ExactAndSampled,
  type LinearizedEnsembleRow,
  seedMean,
  seedMeanText,
  wholeTraining,
} from "../../experiments/mod.ts";
import { checkObject } from "../../experiments/checks.ts";
import { checkEnsembles, ensembleName, ensemblesAt } from "../../experiments/readings/ensembles.ts";
import { checkGeometries } from "../../experiments/theory/ensemble_geometry.ts";
import { checkList, checkNumbers } from "../../numerics/checks.ts";
import { withInterval } from "../../statistics/mod.ts";
import type { TableRows } from "./table_text.ts";

const DIGITS = { digits: 2 } as const;

/**
 * W2² between bounds, the bounds on T/T_SL and T_SL of the law, and the flow map's test, at some times.
 *
 * @throws {TypeError} if a study is none of ensembles
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../../experiments/mod.ts";
 * import { ensembleBoundRows } from "./ensemble_tables.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.equal(ensembleBoundRows(found, [0.1, 1]).length, 2 * found.length);
 * ```
 */
export function ensembleBoundRows(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): TableRows {
  checkList("studies", studies, checkEnsembles);
  checkNumbers("times", times);
  return studies.flatMap((study) =>
    Array.from(times, (time) => {
      const { above, share, dual, elsewhere, inefficiency, limit, outputs } = ensembleMeans(
        study,
        time,
      );
      const { asymmetry, least } = brenierMeans(study, time);
      return {
        network: ensembleName(study),
        "τ": time,
        "E‖Δθ‖²": seedMeanText(above, DIGITS),
        "by duality": seedMeanText(dual, DIGITS),
        "lower elsewhere": elsewhere?.toFixed(2) ?? "",
        "by moments": seedMeanText(share, DIGITS),
        "T E ΔL/E‖Δθ‖²": seedMeanText(inefficiency, DIGITS),
        "bound on T_SL of the law, over single": seedMeanText(limit, DIGITS),
        "outputs: W2²/E|Δf|²": seedMeanText(outputs, DIGITS),
        asymmetry: asymmetry ? seedMeanText(asymmetry, { digits: 3 }) : "0",
        "least eigenvalue of Dφ": least.length > 0 ? Math.min(...least).toFixed(3) : "",
      };
    })
  );
}

/**
 * Asymmetry of centred networks' flow maps, a column for each scale a of laziness.
 *
 * @throws {TypeError} if a study is none of ensembles
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../../experiments/mod.ts";
 * import { lazyAsymmetryRows } from "./ensemble_tables.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert("a = 100" in lazyAsymmetryRows(found, [1])[0]);
 * ```
 */
export function lazyAsymmetryRows(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): TableRows {
  checkList("studies", studies, checkEnsembles);
  checkNumbers("times", times);
  return studies.flatMap((study) =>
    Array.from(times, (time) => ({
      network: ensembleName(study),
      "τ": time,
      ...Object.fromEntries(study.configuration.lazy.map((scale) => {
        const { asymmetry } = brenierMeans(study, time, scale);
        return [`a = ${scale}`, asymmetry ? seedMeanText(asymmetry, { digits: 3 }) : "0"];
      })),
    }))
  );
}

/**
 * What no bound on the projection sees more of, and how often the condition under which each is assigned to itself
 * holds.
 *
 * @throws {TypeError} if a geometry is none
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ensembleGeometryRows } from "./ensemble_tables.ts";
 * const times = [{ time: 1, projected: 0.25, apart: 1 }];
 * const one = { network: "2 × 4 tanh", directions: 24, dimension: 68, times };
 * assert.equal(ensembleGeometryRows([one])[0]["E‖PΔθ‖²/E‖Δθ‖²"], "0.25");
 * ```
 */
export function ensembleGeometryRows(geometries: readonly EnsembleGeometry[]): TableRows {
  checkGeometries("geometries", geometries);
  return geometries.map(({ network, directions, dimension, times }) => {
    const range = (of: (at: EnsembleGeometryAt) => number) => {
      const values = times.map(of), [least, most] = [Math.min(...values), Math.max(...values)];
      const [low, high] = [least, most].map((value) => value.toFixed(2));
      return low === high ? low : `${low} to ${high}`;
    };
    return {
      ...{ network, weights: dimension, directions },
      "E‖PΔθ‖²/E‖Δθ‖²": range(({ projected }) => projected),
      "‖Δθ_i‖ ≤ ½ min ‖θ_i − θ_j‖, share of the members": range(({ apart }) => apart),
    };
  });
}

/**
 * ln Z by both ways, and what it says of the whole of training: β⁻¹R, the information, and between what W2² and
 * T_SL lie.
 *
 * @throws {TypeError} if a study is none of ensembles
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../../experiments/mod.ts";
 * import { partitionRows } from "./ensemble_tables.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.ok(partitionRows(found).length > 0);
 * ```
 */
export function partitionRows(studies: readonly EnsemblesStudy[]): TableRows {
  checkList("studies", studies, checkEnsembles);
  return studies.flatMap((study) => {
    const { realizations, configuration: { beta } } = study;
    const partitions = realizations.flatMap(({ partition }) => partition ?? []);
    if (partitions.length === 0) return [];
    const plain = (values: readonly number[]) =>
      seedMeanText(seedMean(values, { geometric: false }), DIGITS);
    const whole = wholeTraining(study);
    return [{
      network: ensembleName(study),
      weights: realizations[0].dimension,
      β: beta,
      "ln Z, integration": plain(partitions.map(({ integration }) => integration.value)),
      "ln Z, annealing": plain(partitions.map(({ annealed }) => annealed.value)),
      "particles that count": plain(partitions.map(({ annealed }) => annealed.effective)),
      "ln Z, exact": partitions[0].exact?.toFixed(2) ?? "",
      "β⁻¹R(0 → ∞)": plain(whole.map((one) => one.entropyProduction)),
      "KL(p_∞‖p_0)": plain(whole.map((one) => one.information)),
      "W2² is at most": plain(whole.map((one) => one.above)),
      "T_SL is at most": plain(whole.map((one) => one.above / one.entropyProduction)),
    }];
  });
}

/**
 * The ensemble at a temperature beside its gradient flow: mean losses, heat, and T_SL from below, by Gelbrich's bound
 * over β⁻¹R(0 → ∞), which β⁻¹R up to any time is no more than.
 *
 * @throws {TypeError} if a study is none of ensembles
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../../experiments/mod.ts";
 * import { langevinRows } from "./ensemble_tables.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.equal(langevinRows(found, [1]).length, found.length);
 * ```
 */
export function langevinRows(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): TableRows {
  checkList("studies", studies, checkEnsembles);
  checkNumbers("times", times);
  return studies.flatMap((study) => {
    const whole = wholeTraining(study);
    return Array.from(times).flatMap((time) => {
      const found = ensemblesAt(study, time);
      if (found.length === 0) return [];
      const mean = (of: (one: EnsembleRealization, at: number, seed: number) => number) =>
        seedMeanText(
          seedMean(found.map(({ at, realization }, seed) => of(realization, at, seed)), {
            geometric: false,
          }),
          DIGITS,
        );
      const known = whole.length === found.length;
      return [{
        network: ensembleName(study),
        "τ": time,
        "⟨L⟩, gradient flow": mean(({ flow }, at) => flow.loss[at]),
        "⟨L⟩, Langevin": mean(({ langevin }, at) => langevin.meanLoss[at]),
        "⟨L⟩_∞": known ? mean(({ partition }) => partition!.lossAtEnd) : "",
        heat: mean(({ langevin }, at) => langevin.heat[at]),
        "β⁻¹R is at most": known ? mean((_one, _at, seed) => whole[seed].entropyProduction) : "",
        "W2² is at least": mean(({ langevin }, at) => langevin.below[at].value),
        "T_SL is at least": known
          ? mean(({ langevin }, at, seed) =>
            langevin.below[at].value / whole[seed].entropyProduction
          )
          : "",
      }];
    });
  });
}

/**
 * The linearized ensemble, exactly and as it was sampled.
 *
 * @throws {TypeError} if a row is none
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearizedEnsembleRows } from "./ensemble_tables.ts";
 * const as = (exact: number) => ({ exact, mean: 1, interval: [0.9, 1.1] as const });
 * const row = { time: 1, freeEnergy: as(1), entropyProduction: as(1), heat: as(1) };
 * const [{ "W2²": text }] = linearizedEnsembleRows([{ ...row, w2Squared: as(1), inefficiency: 2 }]);
 * assert.equal(text, "1.000; 1.000 [0.900, 1.100]");
 * ```
 */
export function linearizedEnsembleRows(rows: readonly LinearizedEnsembleRow[]): TableRows {
  checkList("rows", rows, checkObject);
  const text = ({ exact, mean, interval }: ExactAndSampled) =>
    `${exact.toFixed(3)}; ${withInterval({ mean, interval }, { digits: 3 })}`;
  return rows.map((row) => ({
    "τ": row.time,
    F: text(row.freeEnergy),
    "β⁻¹R": text(row.entropyProduction),
    heat: text(row.heat),
    "W2²": text(row.w2Squared),
    "T/T_SL, exact": row.inefficiency.toFixed(3),
  }));
}
