/**
 * What a study of linearizations gives, and how its paths are read.
 *
 * @module
 */
import { inefficiency } from "../../bounds/mod.ts";
import { checkInteger, checkOneOf } from "../../numerics/checks.ts";
import { checkLinearization } from "../checks.ts";
import type {
  LinearizationAt,
  LinearizationRealization,
} from "./computations/linearization_record.ts";
import type { SeedPath, SpeedLimitConfiguration } from "./speed_limit_result.ts";

/** What `linearizationStudy` gives: plain values that JSON keeps. */
export interface LinearizationStudy {
  readonly configuration: SpeedLimitConfiguration & { readonly times: readonly number[] };
  /** 0 and the recorded times of the networks' own flow. */
  readonly time: number[];
  /** Place of the warm start among them, −1 if there is none. */
  readonly warmIndex: number;
  readonly realizations: LinearizationRealization[];
}

/**
 * A seed's network at its cold or warm start.
 *
 * @returns `undefined` if the study has not that seed, or no such start
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearizationAt, type LinearizationStudy, storedResults } from "../mod.ts";
 * const [{ result: study }] = await storedResults<LinearizationStudy>("linearization");
 * const { eigenvalues, averagedLargest } = linearizationAt(study, 0, "cold")!;
 * assert(eigenvalues![0] > averagedLargest);
 * assert.equal(linearizationAt(study, 99, "cold"), undefined);
 * ```
 */
export function linearizationAt(
  study: LinearizationStudy,
  seed: number,
  start: "cold" | "warm",
): LinearizationAt | undefined {
  const { realizations, time, warmIndex } = checkLinearization("study", study);
  checkInteger("seed", seed, { least: 0 });
  checkOneOf("start", start, ["cold", "warm"]);
  if (start === "warm" && warmIndex < 1) return undefined;
  const at = start === "cold" ? 0 : time[warmIndex];
  return realizations.find((one) => one.seed === seed)?.at.find((one) => one.time === at);
}

/**
 * The path of the network linearized at one of its starts, and run from there: the exact forecast of
 * T/T_SL by the kernel of all outputs.
 *
 * @param start "warm": linearized at the network's own weights at the warm start
 * @returns `undefined` if the study has not that seed, or no such start
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearizedPath, type LinearizationStudy, storedResults } from "../mod.ts";
 * const [{ result: study }] = await storedResults<LinearizationStudy>("linearization");
 * const { inefficiency } = linearizedPath(study, 0, "cold")!;
 * assert(inefficiency[0] === 1 && inefficiency.at(-1)! > 1);
 * ```
 */
export function linearizedPath(
  study: LinearizationStudy,
  seed: number,
  start: "cold" | "warm",
): SeedPath | undefined {
  const flow = linearizationAt(study, seed, start)?.flow;
  if (!flow) return undefined;
  const { displacementSquaredFrom: _, ...path } = flow;
  const ratios = inefficiency(path);
  return {
    time: flow.time,
    inefficiency: Array.from(ratios.inefficiency),
    tortuosity: Array.from(ratios.tortuosity),
  };
}
