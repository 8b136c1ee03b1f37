/**
 * α and δ at the two starts of a study of residues: how the exponents change along training.
 *
 * @module
 */
import { fitSampledPowerLaw, type SampledPowerLaw } from "../../statistics/mod.ts";
import { checkResidues } from "../checks.ts";
import { networkName } from "./kernel_exponents.ts";
import type { ResidueStudy } from "../studies/residues.ts";

/** Exponents of the averaged kernel and of the residue along it, at one start. */
export interface ExponentsAt {
  /** τ */
  readonly time: number;
  /** λ_k ∝ k^−α */
  readonly alpha: SampledPowerLaw;
  /** Δ_k² ∝ k^−δ of the residue there, in the window of α. */
  readonly delta: SampledPowerLaw;
}

/** Exponents at initialization and at the warm start. */
export interface ExponentsAlong {
  /** As `FCN, width 256, n = 500`. */
  readonly network: string;
  readonly cold: ExponentsAt;
  readonly warm: ExponentsAt;
}

/**
 * The exponents of the kernel averaged over outputs and of the residue, freed of what n samples add, at
 * initialization and at the warm start. The sets of their intervals are the seeds, all of the same images:
 * they say how seeds and windows scatter, not how images do.
 *
 * @throws {RangeError} if fewer than two realizations have a warm start
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsAlong, type ResidueStudy, storedResult } from "../mod.ts";
 * const stored = await storedResult<ResidueStudy>("residues/myrtle_5_16_n500");
 * const { cold, warm } = exponentsAlong(stored!.result);
 * assert(cold.alpha.exponent > 1 && warm.time > cold.time);
 * ```
 */
export function exponentsAlong(study: ResidueStudy): ExponentsAlong {
  const { configuration, realizations } = checkResidues("study", study);
  const both = realizations.flatMap(({ cold, warm }) => warm ? [{ cold, warm }] : []);
  if (both.length < 2) {
    throw new RangeError(`${both.length} realizations have a warm start; exponents need two`);
  }
  const at = (start: "cold" | "warm"): ExponentsAt => {
    const those = both.map((one) => one[start]);
    const alpha = fitSampledPowerLaw(those.map(({ eigenvalues }) => eigenvalues));
    const delta = fitSampledPowerLaw(those.map(({ squares }) => squares), {
      ...{ of: "squares", window: alpha.window },
    });
    return { time: those[0].time, alpha, delta };
  };
  return {
    network: `${networkName(configuration)}, n = ${configuration.n}`,
    ...{ cold: at("cold"), warm: at("warm") },
  };
}
