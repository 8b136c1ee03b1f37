/**
 * α and δ at the two starts of a study of residues: how the exponents change along training.
 *
 * @module
 */
import { fitSampledPowerLaw, overWindows, type SampledPowerLaw } from "../../statistics/mod.ts";
import { checkResidues } from "../checks.ts";
import { networkName, type ValueWithInterval } from "./kernel_exponents.ts";
import type { ResidueStudy } from "../studies/residues.ts";

/** Exponents of the averaged kernel and of the residue along it, at one start. */
export interface ExponentsAt {
  /** τ */
  readonly time: number;
  /** λ_k ∝ k^−α */
  readonly alpha: SampledPowerLaw;
  /** Δ_k² ∝ k^−δ of the residue there, in the same window. */
  readonly delta: SampledPowerLaw;
}

/** Exponents at initialization and at the warm start. */
export interface ExponentsAlong {
  /** As `FCN, width 256, n = 500`. */
  readonly network: string;
  readonly cold: ExponentsAt;
  readonly warm: ExponentsAt;
  /** Warm less cold, paired over seeds and windows. */
  readonly change: {
    readonly alpha: ValueWithInterval;
    readonly delta: ValueWithInterval;
  };
}

/**
 * The exponents of the kernel averaged over outputs and of the residue, freed of what n samples add, at
 * initialization and at the warm start, both in the window that α has at initialization; and by how much
 * they change, each seed against itself in the same window. The sets of their intervals are the seeds, all of the same images:
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
 * assert.deepEqual(warm.alpha.window, cold.alpha.window);
 * ```
 */
export function exponentsAlong(study: ResidueStudy): ExponentsAlong {
  const { configuration, realizations } = checkResidues("study", study);
  const both = realizations.flatMap(({ cold, warm }) => warm ? [{ cold, warm }] : []);
  if (both.length < 2) {
    throw new RangeError(`${both.length} realizations have a warm start; exponents need two`);
  }
  const at = (
    start: "cold" | "warm",
    { window }: { readonly window?: readonly [number, number] } = {},
  ): ExponentsAt => {
    const those = both.map((one) => one[start]);
    const alpha = fitSampledPowerLaw(
      those.map(({ eigenvalues }) => eigenvalues),
      window ? { window } : {},
    );
    const delta = fitSampledPowerLaw(those.map(({ squares }) => squares), {
      ...{ of: "squares", window: alpha.window },
    });
    return { time: those[0].time, alpha, delta };
  };
  const cold = at("cold");
  const warm = at("warm", { window: cold.alpha.window });
  return {
    network: `${networkName(configuration)}, n = ${configuration.n}`,
    ...{ cold, warm },
    change: { alpha: changeOf(cold.alpha, warm.alpha), delta: changeOf(cold.delta, warm.delta) },
  };
}

/** By how much an exponent changes: the sets of both laws are the same seeds, in the same order. */
function changeOf(cold: SampledPowerLaw, warm: SampledPowerLaw): ValueWithInterval {
  const pairs = cold.fits.flatMap(({ window, all, without }) => {
    const same = warm.fits.find((fit) => String(fit.window) === String(window));
    const change = (i: number) => same!.without[i].exponent - without[i].exponent;
    return same && Number.isFinite(all.exponent) && Number.isFinite(same.all.exponent)
      ? [{ all: same.all.exponent - all.exponent, without: without.map((_, i) => change(i)) }]
      : [];
  });
  return pairs.length === 0
    ? { value: NaN, interval: [NaN, NaN] }
    : { value: pairs[0].all, interval: overWindows(pairs, (change) => change) };
}
