/**
 * Readings of studies of ensembles, over their seeds.
 *
 * @module
 */
import { checkList, checkNumber, checkPositive, checkRecord, must } from "../../numerics/checks.ts";
import { checkObject } from "../checks.ts";
import type { EnsembleRealization } from "../studies/computations/ensemble_record.ts";
import type { EnsemblesStudy } from "../studies/ensembles.ts";
import { RATIO, type SeedMean, seedMean } from "../studies/seed_mean.ts";

/** A study of ensembles, if it is one. */
export const checkEnsembles = <T>(name: string, study: T): T =>
  checkRecord(name, study, {
    configuration: checkObject,
    realizations: must(
      checkList,
      must(checkRecord, { flow: checkObject, tangents: checkList, langevin: checkObject }),
    ),
  }, "a study of ensembles");

/** What a study's network is called. */
export const ensembleName = (
  { configuration: { width, depth, n } }: {
    readonly configuration: Pick<EnsemblesStudy["configuration"], "width" | "depth" | "n">;
  },
): string => (depth === 0 ? "linear model" : `${depth} × ${width} tanh`) + `, n = ${n}`;

/** What is read at one time of one realization. */
export interface EnsembleAt {
  /** Its entry in every column. */
  readonly at: number;
  readonly realization: EnsembleRealization;
}

/** The entry of a recorded time in each realization; none if the study did not record it. */
export function ensemblesAt(study: EnsemblesStudy, time: number): EnsembleAt[] {
  checkEnsembles("study", study);
  checkPositive("time", time);
  const at = study.configuration.times.findIndex((one) => Math.abs(one / time - 1) < 1e-9);
  return at < 0 ? [] : study.realizations.map((realization) => ({ at, realization }));
}

/** Means over seeds at one time; `undefined` where it was not recorded. */
export interface EnsembleMeans {
  readonly time: number;
  /** E‖Δθ‖². */
  readonly above: SeedMean | undefined;
  /** Gelbrich's bound over it, freed of its bias. */
  readonly share: SeedMean | undefined;
  /** The dual bound over it. */
  readonly dual: SeedMean | undefined;
  /** Share of the dual bound's pairs, over all seeds, where another start of the descent found a lower value. */
  readonly elsewhere: number | undefined;
  /** E‖Δθ‖²/E ΔL over the geometric mean of ‖Δθ‖²/ΔL. */
  readonly limit: SeedMean | undefined;
  /** W2² of the outputs over E|Δf|². */
  readonly outputs: SeedMean | undefined;
  /** T E ΔL/E‖Δθ‖², which T/T_SL of the law is no less than. */
  readonly inefficiency: SeedMean | undefined;
}

/**
 * What a study's ensembles say at one time, as means over seeds.
 *
 * @throws {TypeError} if it is no study of ensembles
 * @throws {RangeError} if the time is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { ensembleMeans } from "./ensembles.ts";
 * const [{ result }] = await storedResults<EnsemblesStudy>("ensembles");
 * const { above, inefficiency } = ensembleMeans(result, 1);
 * assert(above!.mean > 0 && inefficiency!.mean >= 1);
 * assert.equal(ensembleMeans(result, 0.123).above, undefined);
 * ```
 */
export function ensembleMeans(study: EnsemblesStudy, time: number): EnsembleMeans {
  const found = ensemblesAt(study, time);
  const mean = (
    of: (flow: EnsembleRealization["flow"], at: number) => number,
    options: Parameters<typeof seedMean>[1] = {},
  ) => seedMean(found.map(({ at, realization }) => of(realization.flow, at)), options);
  const plain = { geometric: false } as const;
  return {
    time,
    above: mean((flow, at) => flow.above[at].value),
    share: mean((flow, at) => flow.share[at].value, plain),
    dual: mean((flow, at) => flow.dual[at].share, plain),
    elsewhere: mean((flow, at) => flow.dual[at].elsewhere, plain)?.mean,
    limit: mean((flow, at) => flow.above[at].value / flow.lossDrop[at] / flow.singleLimit[at]),
    outputs: mean((flow, at) => flow.outputs[at].value / flow.outputs[at].moved, plain),
    inefficiency: mean((flow, at) => time * flow.lossDrop[at] / flow.above[at].value, RATIO),
  };
}

/** The flow map's test at one time and scale of laziness, over seeds. */
export interface BrenierMeans {
  /** Geometric mean of ‖A − Aᵀ‖/(2‖A‖), A = Dφ − I; `undefined` where it is 0, or was not recorded. */
  readonly asymmetry: SeedMean | undefined;
  /** Least eigenvalues of Dφ's symmetric part, a seed each, of those that all directions were followed of. */
  readonly least: readonly number[];
}

/**
 * What a study's tangent flows say at one time.
 *
 * @param lazy the scale a of a centred network; 0 of the network as it is drawn
 * @throws {TypeError} if it is no study of ensembles
 * @throws {RangeError} if the time is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { brenierMeans } from "./ensembles.ts";
 * for (const { result } of await storedResults<EnsemblesStudy>("ensembles")) {
 *   const { asymmetry } = brenierMeans(result, 1);
 *   assert(result.configuration.depth === 0 || asymmetry!.mean > 1e-3);
 * }
 * ```
 */
export function brenierMeans(study: EnsemblesStudy, time: number, lazy = 0): BrenierMeans {
  checkNumber("lazy", lazy);
  const found = ensemblesAt(study, time).flatMap(({ at, realization }) => {
    const tangent = realization.tangents.find((one) => one.lazy === lazy);
    return tangent ? [{ at, tangent, dimension: realization.dimension }] : [];
  });
  const asymmetries = found.map(({ at, tangent }) => tangent.asymmetry[at])
    .filter((value) => value > 1e-9);
  return {
    asymmetry: seedMean(asymmetries),
    least: found.filter(({ tangent, dimension }) => tangent.directions === dimension)
      .map(({ at, tangent }) => tangent.leastEigenvalue[at]),
  };
}

/** What follows from ln Z for the whole of training at a temperature, of one seed. */
export interface WholeTraining {
  /** β⁻¹R(0 → ∞) = β⁻¹ ln Z_∞/Z_0 + ⟨L⟩_0. */
  readonly entropyProduction: number;
  /** KL(p_∞‖p_0) = −β⟨L⟩_∞ − ln Z_∞/Z_0. */
  readonly information: number;
  /** 2 KL(p_∞‖p_0), which W2²(p_0, p_∞) is no more than, by Talagrand's inequality. */
  readonly above: number;
}

/**
 * Eq. 6 of each seed that has ln Z, by thermodynamic integration, and what bounds W2² with it.
 *
 * @throws {TypeError} if it is no study of ensembles
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { wholeTraining } from "./ensembles.ts";
 * const [{ result }] = await storedResults<EnsemblesStudy>("ensembles");
 * for (const { entropyProduction, above } of wholeTraining(result)) {
 *   assert(entropyProduction > 0 && above > 0);
 * }
 * ```
 */
export function wholeTraining(study: EnsemblesStudy): WholeTraining[] {
  checkEnsembles("study", study);
  const { beta } = study.configuration;
  return study.realizations.flatMap(({ partition }) => {
    if (!partition) return [];
    const { integration: { value }, lossAtStart, lossAtEnd } = partition;
    const information = -beta * lossAtEnd - value;
    return [{
      ...{ information, above: 2 * information },
      entropyProduction: value / beta + lossAtStart,
    }];
  });
}
