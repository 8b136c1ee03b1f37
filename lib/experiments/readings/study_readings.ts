/**
 * What tables, figures and claims read off studies. They read the stored records here and in
 * `over_realizations.ts` alone, so that another form of record is another body of these functions.
 *
 * @module
 */
import {
  checkInteger,
  checkList,
  checkNumber,
  checkNumbers,
  checkOneOf,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { checkResidues, checkStudies, checkStudy } from "../checks.ts";
import { mean, type MeanAndError, meanAndError } from "../../statistics/mod.ts";
import type { ResidueStudy } from "../studies/residues.ts";
import type { SeedPath, SpeedLimitStudy } from "../studies/speed_limit_result.ts";

/** He's initial scale in the ntk parametrization: what the studies have unless they say otherwise. */
export const HE = { weightStd: Math.SQRT2 as number, parametrization: "ntk" } as const;

/**
 * Those of a list whose configuration has these values, by growing n; where `undefined` is asked for,
 * those that do not say.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { studiesWith } from "./study_readings.ts";
 * const studies = [2000, 500].map((n) => ({ configuration: { n, width: 32 } }));
 * assert.deepEqual(studiesWith(studies, { width: 32 }).map((s) => s.configuration.n), [500, 2000]);
 * assert.deepEqual(studiesWith(studies, { width: 16 }), []);
 * ```
 */
export function studiesWith<T extends { readonly configuration: { readonly n: number } }>(
  studies: readonly T[],
  part: Partial<T["configuration"]>,
): T[] {
  checkList("studies", studies, must(checkRecord, { configuration: must(checkRecord, {}) }));
  checkRecord("part", part, {}, "fields of a configuration and their values");
  const asked = Object.entries(part);
  const has = (configuration: Readonly<Record<string, unknown>>) =>
    asked.every(([name, value]) => configuration[name] === value);
  return studies.filter(({ configuration }) => has({ ...configuration }))
    .sort((a, b) => a.configuration.n - b.configuration.n);
}

/**
 * ½‖Y‖² of n images, the loss of a network that says nothing: ten targets, one-hot − 1/10.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { silentLoss } from "./study_readings.ts";
 * assert.equal(silentLoss(500), 225);
 * ```
 */
export function silentLoss(n: number): number {
  checkInteger("n", n);
  return 0.45 * n;
}

/**
 * τ of a study's warm start, or its number of steps at a learning rate.
 *
 * @returns `undefined` if it was not reached, or the study begins above the threshold
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults, warmStartOf } from "../mod.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * const { time, epochs } = warmStartOf(study)!;
 * assert.equal(epochs, Math.round(time / 1e-5));
 * ```
 */
export function warmStartOf(
  given: Pick<SpeedLimitStudy, "time" | "warmIndex">,
  options: { readonly learningRate?: number } = {},
): { readonly time: number; readonly epochs: number } | undefined {
  const { time, warmIndex } = checkRecord("given", given, {
    ...{ time: checkNumbers, warmIndex: must(checkInteger, { least: -1 }) },
  });
  const { learningRate = 1e-5 } = checkOptions("options", options, {
    learningRate: maybe(checkPositive),
  });
  if (!(warmIndex > 0)) return undefined;
  return { time: time[warmIndex], epochs: Math.round(time[warmIndex] / learningRate) };
}

/**
 * The losses of a study's realizations at its start or at its end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lossesAt, type SpeedLimitStudy, storedResults } from "../mod.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert(lossesAt(study, "end")[0] < lossesAt(study, "start")[0]);
 * ```
 */
export function lossesAt(study: SpeedLimitStudy, place: "start" | "end"): number[] {
  const { realizations } = checkStudy("study", study);
  checkOneOf("place", place, ["start", "end"]);
  return realizations.map(({ loss }) => loss.at(place === "start" ? 0 : -1)!);
}

/**
 * What a realization took, in the mean: work in full gradients, and seconds where it was made.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults, workOf } from "../mod.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert(workOf(study).gradients > 1);
 * ```
 */
export function workOf(
  study: SpeedLimitStudy,
): { readonly gradients: number; readonly seconds: number } {
  const { realizations } = checkStudy("study", study);
  const rounded = (of: (one: SpeedLimitStudy["realizations"][number]) => number) =>
    Math.round(mean(realizations.map(of)));
  return { gradients: rounded((one) => one.gradients), seconds: rounded((one) => one.seconds) };
}

/**
 * λ_max of the tangent kernel of one seed at initialization, which bounds the steps of descent.
 *
 * @throws {RangeError} if the study has not that seed
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lambdaMaxAtStart, type SpeedLimitStudy, storedResults } from "../mod.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert(lambdaMaxAtStart(study, 0) > 0);
 * ```
 */
export function lambdaMaxAtStart(
  study: SpeedLimitStudy,
  seed: number,
): number {
  const { realizations, configuration } = checkStudy("study", study);
  checkInteger("seed", seed, { least: 0 });
  const realization = realizations.find((one) => one.seed === seed);
  if (!realization) {
    throw new RangeError(`seed is ${seed}; the study has [${configuration.seeds}]`);
  }
  return realization.lambdaMax[0];
}

/**
 * The path of one seed.
 *
 * @returns `undefined` if the study has not that seed, or no such start
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pathOfSeed, type SpeedLimitStudy, storedResults } from "../mod.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert.equal(pathOfSeed(study, 0, "cold")?.inefficiency[0], 1);
 * assert.equal(pathOfSeed(study, 99, "cold"), undefined);
 * ```
 */
export function pathOfSeed(
  study: SpeedLimitStudy,
  seed: number,
  start: "cold" | "warm",
): SeedPath | undefined {
  const { realizations, time, warmIndex } = checkStudy("study", study);
  checkInteger("seed", seed, { least: 0 });
  checkOneOf("start", start, ["cold", "warm"]);
  const path = realizations.find((one) => one.seed === seed)?.[start];
  if (!path) return undefined;
  const { inefficiency, tortuosity } = path;
  return { time: start === "cold" ? time : time.slice(warmIndex), inefficiency, tortuosity };
}

/**
 * The least of T/T_SL and l_γ/l_geo on all paths of some studies, cold and warm: 1 is the limit.
 *
 * @param from entry to begin at, counted along each path; at entry 0, the origin, both are 1 by
 * definition
 * @param to entry to end before; the path's end by default
 * @throws {RangeError} if there is no such entry
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { leastRatio, type SpeedLimitStudy, storedResults } from "../mod.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert.equal(leastRatio([study], { to: 1 }), 1);
 * ```
 */
export function leastRatio(
  studies: readonly SpeedLimitStudy[],
  options: { readonly from?: number; readonly to?: number } = {},
): number {
  checkStudies("studies", studies);
  const entry = maybe(checkNumber, { infinite: true });
  const { from = 0, to } = checkOptions("options", options, { from: entry, to: entry });
  const paths = studies.flatMap((study) =>
    study.realizations.flatMap(({ seed }) =>
      (["cold", "warm"] as const).flatMap((start) => pathOfSeed(study, seed, start) ?? [])
    )
  );
  const ratios = paths.flatMap(({ inefficiency, tortuosity }) => [
    ...inefficiency.slice(from, to),
    ...tortuosity.slice(from, to),
  ]);
  if (ratios.length === 0) {
    throw new RangeError(
      `${studies.length} studies have no entry from ${from} to ${to ?? "the end"}; ` +
        "a least ratio needs one",
    );
  }
  return ratios.reduce((least, ratio) => Math.min(least, ratio));
}

/**
 * The share of the residue on the kernel's first eigenvectors, in the mean over realizations.
 *
 * @returns `undefined` if fewer than two realizations have such a start
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ResidueStudy, shareOnFirst, storedResults } from "../mod.ts";
 * const [{ result }] = await storedResults<ResidueStudy>("residues");
 * const { mean } = shareOnFirst(result, "cold")!;
 * assert(mean > 0 && mean < 1);
 * ```
 */
export function shareOnFirst(
  study: ResidueStudy,
  start: "cold" | "warm",
  options: { readonly count?: number } = {},
): MeanAndError | undefined {
  const { realizations } = checkResidues("study", study);
  checkOneOf("start", start, ["cold", "warm"]);
  const { count = 10 } = checkOptions("options", options, { count: maybe(checkInteger) });
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const shares = realizations.flatMap((one) => {
    const squares = one[start]?.squares;
    return squares ? [sum(squares.slice(0, count)) / sum(squares)] : [];
  });
  return shares.length < 2 ? undefined : meanAndError(shares);
}
