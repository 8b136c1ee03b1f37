/**
 * Gradient descent from the same weights as a stored or live study of the flow.
 *
 * @module
 */
import { inefficiency, type InefficiencyColumns } from "../../bounds/mod.ts";
import { trainingSet } from "../../datasets/mod.ts";
import { descend, type DescentOptions } from "../../dynamics/mod.ts";
import {
  checkFunction,
  checkInstance,
  checkInteger,
  checkNumbers,
  checkOptions,
  checkPositive,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { checkStudy } from "../checks.ts";
import { networkOf } from "../studies/computations/network_of.ts";
import type { SeedPath, SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import { pathOfSeed } from "./study_readings.ts";

/** The flow of one seed, and descent from its weights. */
export interface DescentAndFlow {
  /** The study's, from its cold start. */
  readonly flow: SeedPath;
  readonly descent: InefficiencyColumns & {
    /** λ̄, the largest curvature along the steps so far: T/T_SL ≥ 1 − ηλ̄/2. */
    readonly curvature: Float64Array;
  };
}

/**
 * Gradient descent with all images, on the data and from the initial weights of one seed of a study,
 * beside the flow that the study holds.
 *
 * @param seed one of the study's
 * @param record the steps to record; by default those of `descend`
 * @throws {RangeError} if the study has not this seed; else as `descend`
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { descentBeside } from "./descent_beside.ts";
 * import { conduct, studies } from "../mod.ts";
 * const study = await conduct(studies["speed-limit"], {
 *   ...{ architecture: "fully-connected", width: 8, n: 20, seeds: 1, horizon: 0.01 },
 *   ...{ testImages: 20, entries: 4 },
 * }, { cache: await Deno.makeTempDir() });
 * const options = { seed: 0, learningRate: 1e-4, steps: 100 };
 * const { flow, descent } = await descentBeside(study, options);
 * assert(descent.inefficiency.at(-1)! >= 1 - 1e-4 * descent.curvature.at(-1)! / 2);
 * assert(Math.abs(descent.inefficiency.at(-1)! / flow.inefficiency.at(-1)! - 1) < 0.02);
 * ```
 */
export async function descentBeside(
  study: SpeedLimitStudy,
  options:
    & Pick<DescentOptions, "learningRate" | "steps" | "record" | "onProgress" | "signal">
    & { readonly seed: number },
): Promise<DescentAndFlow> {
  checkStudy("study", study);
  const { seed, ...others } = checkOptions("options", options, {
    learningRate: (name, value) => typeof value === "function" || checkPositive(name, value),
    steps: checkInteger,
    record: maybe(checkNumbers),
    ...{ onProgress: maybe(checkFunction), signal: maybe(checkInstance, AbortSignal) },
    seed: must(checkInteger, { least: 0 }),
  });
  const flow = pathOfSeed(study, seed, "cold");
  if (!flow) {
    const seeds = study.realizations.map((one) => one.seed).join(", ");
    throw new RangeError(`seed is ${seed}; it must be one of the study's: ${seeds}`);
  }
  const data = await trainingSet(study.configuration.n);
  const network = networkOf(study.configuration);
  const { trajectory } = await descend(network, data, { ...others, seed });
  const { curvature } = trajectory.observed;
  return { flow, descent: { ...inefficiency(trajectory), curvature } };
}
