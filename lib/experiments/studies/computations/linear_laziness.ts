/**
 * What laziness reads of a flow that is lazy: less than 1 where its cut-off leaves modes out.
 *
 * @module
 */
import { checkNumber, checkPositive } from "../../../numerics/checks.ts";
import { type KernelSpectrum, residueComponents } from "../../../ntk/mod.ts";

/**
 * Δfᵀ K₀⁺ Δf/‖Δθ‖² of the linearized flow itself, Σ′ Δ_k² (1 − e^(−λ_k t))²/λ_k over the same sum of all
 * modes: the share of ‖Δθ‖² that lies in modes above the cut-off, which Σ′ is over. A network's laziness
 * at the same cut-off is to be compared with it, and not with 1.
 *
 * @param spectrum of the kernel of all outputs at the start, all pairs of it
 * @param options `residue`: targets − outputs at the start, sample · outputs + output; a factor of it
 * changes nothing. `cutoff`: of λ_1, below which modes are left out
 * @throws {RangeError} if sizes do not match, time is not positive, or cutoff not from 0 up to below 1
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearLaziness } from "./linear_laziness.ts";
 * const spectrum = {
 *   eigenvalues: Float64Array.of(1, 0.01),
 *   eigenvectors: { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) },
 * };
 * const of = (cutoff: number) => linearLaziness(spectrum, { residue: Float64Array.of(1, 1), time: 100, cutoff });
 * assert.equal(of(1e-3), 1);
 * // Of the slow mode's move, (1 − 1/e)²/0.01 = 39.96, nothing is seen.
 * assert(Math.abs(of(0.1) - 1 / 40.958) < 1e-5);
 * ```
 */
export function linearLaziness(
  spectrum: KernelSpectrum,
  options: { readonly residue: Float64Array; readonly time: number; readonly cutoff: number },
): number {
  const { residue, time, cutoff } = options;
  checkPositive("time", time);
  checkNumber("cutoff", cutoff, { least: 0, below: 1 });
  const { eigenvalues } = spectrum;
  const components = residueComponents(spectrum, residue);
  const least = cutoff * eigenvalues.reduce((most, value) => Math.max(most, value), 0);
  let [all, above] = [0, 0];
  eigenvalues.forEach((value, k) => {
    if (value <= 0) return;
    const moved = (components[k] * Math.expm1(-value * time)) ** 2 / value;
    all += moved;
    if (value > least) above += moved;
  });
  if (!(all > 0)) {
    throw new RangeError("nothing moves: the residue has no part that the kernel sees");
  }
  return above / all;
}
