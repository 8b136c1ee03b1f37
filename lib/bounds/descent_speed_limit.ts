/**
 * The least time of gradient descent in steps.
 *
 * @module
 */
import { checkNumber, checkPositive, checkRecord } from "../numerics/checks.ts";
import { least } from "./least.ts";

/**
 * N η ≥ (1 − η λ̄/2) ‖Δθ‖²/ΔL of gradient descent in steps, θ ← θ − η ∇L.
 *
 * λ̄ is the largest curvature λ_i = 2 (L_{i+1} − L_i + η |g_i|²)/(η² |g_i|²) along the steps. By its
 * definition a step loses η (1 − η λ_i/2) |g_i|², so ΔL ≥ (1 − η λ̄/2) η Σ |g_i|², and
 * ‖Δθ‖² ≤ N η² Σ |g_i|². Nothing is asked of L, which may have kinks; it is an equality for one step
 * with its own curvature, and for equal steps with equal curvatures. η λ̄ → 0 is T_SL of the flow.
 *
 * Under a schedule the bound is one on Σ η, with the largest η_i λ_i in place of η λ̄; where λ̄ ≥ 0
 * the largest η will do. From η λ̄ = 2 on it says nothing: the value is 0 or negative.
 *
 * @param displacementSquared ‖Δθ‖²
 * @param lossDrop ΔL = L(0) − L(N)
 * @param learningRate η
 * @param curvature λ̄, of either sign; `descend` observes it. Near convergence rounding swamps it: take
 * λ̄ from a descent stopped before its drops are rounding
 * @returns least N η, in units of time
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if an argument is out of range, or the loss has not fallen while θ moved
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { descentSpeedLimit } from "./descent_speed_limit.ts";
 * // One step of η = ½ on L = θ²/2, from 1 to ½: λ̄ = 1, ΔL = ⅜.
 * const limit = descentSpeedLimit({
 *   displacementSquared: 1 / 4,
 *   lossDrop: 3 / 8,
 *   learningRate: 1 / 2,
 *   curvature: 1,
 * });
 * assert.equal(limit, 1 / 2);
 * ```
 */
export function descentSpeedLimit(
  options: {
    readonly displacementSquared: number;
    readonly lossDrop: number;
    readonly learningRate: number;
    readonly curvature: number;
  },
): number {
  const { displacementSquared, lossDrop, learningRate, curvature } = checkRecord(
    "options",
    options,
    {},
  );
  checkPositive("learningRate", learningRate);
  checkNumber("curvature", curvature);
  const flow = least(["displacementSquared", displacementSquared], [
    "lossDrop",
    lossDrop,
    "a descent that does not lower the loss has no such bound",
  ]);
  return flow === 0 ? 0 : (1 - learningRate * curvature / 2) * flow;
}
