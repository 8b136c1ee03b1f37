/**
 * The speed limit of Nesterov's momentum, in steps.
 *
 * @module
 */
import { checkNumber, checkPositive, checkRecord } from "../numerics/checks.ts";
import { least } from "./least.ts";

/**
 * N η ≥ (1 − μ) ‖Δφ‖²/(F − μ(1 − μ/2) |v_N|²/η) of Nesterov's momentum from rest: v ← μ v − η ∇L(θ),
 * δθ = μ v − η ∇L(θ), in φ = θ − μ v, which moves by v.
 *
 * F = −Σ ∇L(θ_i)·δθ_i, the drop to first order (`descend` observes it as `firstOrderDrop`), is ΔL +
 * ½ Σ δθᵀH̄δθ. From g_i = (μ v_i − v_{i+1})/η and δθ_i = (1 + μ) v_{i+1} − μ v_i,
 * η F = Σ [(1 + μ)|v_{i+1}|² − μ(2 + μ) v_i·v_{i+1} + μ²|v_i|²], and with 2 v_i·v_{i+1} ≤ |v_i|² + |v_{i+1}|²
 * it is at least (1 − μ) Σ|v|² + μ(1 − μ/2)|v_N|², while ‖Δφ‖² ≤ N Σ|v|². Nothing is asked of L. For
 * μ = 0 it is that of gradient descent. In the time N η/(1 − μ) the factor 1 − μ is gone.
 * `heavyBallSpeedLimit` with curvature 0 and F in place of ΔL is heavy ball's.
 *
 * @param momentum μ, from 0 to below 1
 * @param learningRate η, constant
 * @param displacementSquared ‖Δφ‖² = ‖Δθ − μ v_N‖²
 * @param firstOrderDrop F
 * @param lastVelocitySquared |v_N|²
 * @returns least N η
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if an argument is out of range, or F − μ(1 − μ/2)|v_N|²/η is not positive while
 * φ moved
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nesterovSpeedLimit } from "./nesterov_speed_limit.ts";
 * // Two steps of η = 1, μ = ½ down L = −θ: v = 1, 3/2, δθ = 3/2, 7/4, and N η = 2.
 * const limit = nesterovSpeedLimit({
 *   momentum: 1 / 2,
 *   learningRate: 1,
 *   displacementSquared: (13 / 4 - 3 / 4) ** 2,
 *   firstOrderDrop: 13 / 4,
 *   lastVelocitySquared: 9 / 4,
 * });
 * assert(Math.abs(limit - 3.125 / (3.25 - 27 / 32)) < 1e-15 && limit < 2);
 * ```
 */
export function nesterovSpeedLimit(options: {
  readonly momentum: number;
  readonly learningRate: number;
  readonly displacementSquared: number;
  readonly firstOrderDrop: number;
  readonly lastVelocitySquared: number;
}): number {
  const { momentum, learningRate, displacementSquared, firstOrderDrop, lastVelocitySquared } =
    checkRecord("options", options, {});
  checkNumber("momentum", momentum, { least: 0, below: 1 });
  checkPositive("learningRate", learningRate);
  checkNumber("firstOrderDrop", firstOrderDrop);
  checkNumber("lastVelocitySquared", lastVelocitySquared, { least: 0 });
  const kept = momentum * (1 - momentum / 2) * lastVelocitySquared / learningRate;
  return (1 - momentum) * least(["displacementSquared", displacementSquared], [
    "firstOrderDrop − momentum (1 − momentum/2) · lastVelocitySquared/learningRate",
    firstOrderDrop - kept,
    "what moves by steps along its velocity from rest dissipates",
  ]);
}
