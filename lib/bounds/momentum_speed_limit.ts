/**
 * Speed limits with momentum: of the flow with mass and friction, and of heavy ball in steps.
 *
 * @module
 */
import { checkNumber, checkPositive, checkRecord } from "../numerics/checks.ts";
import { least } from "./least.ts";

/**
 * T_SL = γ ‖Δθ‖²/(ΔL − ½ m |v_T|²) of m θ'' + γ θ' = −∇L from rest.
 *
 * d/dt (L + ½ m |v|²) = −γ |v|², so γ ∫|v|² dt = ΔL − ½ m |v_T|², and ‖Δθ‖² ≤ T ∫|v|² dt. An
 * equality asks for a constant v, which from rest is reached for m = 0 alone: then it is the limit
 * of the flow, for a loss that is linear along the path. Heavy ball is this flow in the time k η, with
 * γ = 1 − μ and m ≈ η (1 + μ)/2, to second order in η; {@link heavyBallSpeedLimit} is exact for it.
 *
 * @param friction γ > 0
 * @param mass m ≥ 0
 * @param displacementSquared ‖Δθ‖²
 * @param lossDrop ΔL = L(0) − L(T)
 * @param speedSquared |v_T|², the squared speed at the end
 * @returns least T, in the time of the flow
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if an argument is out of range, or nothing was dissipated while θ moved
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { momentumSpeedLimit } from "./momentum_speed_limit.ts";
 * // Without mass, down the line L = −θ with γ = 2 for a time 3: v = ½.
 * const still = { friction: 2, displacementSquared: 9 / 4, lossDrop: 3 / 2 };
 * assert.equal(momentumSpeedLimit({ ...still, mass: 0, speedSquared: 1 / 4 }), 3);
 * ```
 */
export function momentumSpeedLimit(
  options: {
    readonly friction: number;
    readonly mass: number;
    readonly displacementSquared: number;
    readonly lossDrop: number;
    readonly speedSquared: number;
  },
): number {
  const { friction, mass, displacementSquared, lossDrop, speedSquared } = checkRecord(
    "options",
    options,
    {},
  );
  checkPositive("friction", friction);
  checkNumber("mass", mass, { least: 0 });
  checkNumber("lossDrop", lossDrop);
  checkNumber("speedSquared", speedSquared, { least: 0 });
  return friction * least(["displacementSquared", displacementSquared], [
    "lossDrop − ½ mass · speedSquared",
    lossDrop - mass * speedSquared / 2,
    "what moves against friction from rest dissipates",
  ]);
}

/**
 * N η ≥ (1 − μ − η λ̄/2) ‖Δθ‖²/(ΔL − μ |v_N|²/(2η)) of heavy ball in steps from rest:
 * v ← μ v − η ∇L, θ ← θ + v.
 *
 * λ̄ is the largest 2 (L_{i+1} − L_i − g_i·δθ_i)/|δθ_i|² along the steps. From g_i = (μ v_i − v_{i+1})/η
 * and 2 v_i·v_{i+1} ≤ |v_i|² + |v_{i+1}|² follows
 * ΔL ≥ (1 − μ − η λ̄/2) Σ|v|²/η + μ |v_N|²/(2η), and ‖Δθ‖² ≤ N Σ|v|². For μ = 0 it is
 * `descentSpeedLimit`; for μ > 0 it is strict, as the first step has no step before it. In the time
 * N η/(1 − μ), that of the flow's drift, the leading factor 1 − μ is gone: by this measure momentum
 * gains nothing by itself.
 *
 * Where η λ̄ ≥ 2 (1 − μ) it says nothing: the value is 0 or negative.
 *
 * @param momentum μ, from 0 to below 1
 * @param learningRate η, constant
 * @param curvature λ̄, of either sign; `descend` observes it. Near convergence rounding swamps it: take
 * λ̄ from a descent stopped before its drops are rounding
 * @param displacementSquared ‖Δθ‖²
 * @param lossDrop ΔL = L(0) − L(N)
 * @param lastStepSquared |v_N|² = ‖δθ‖² of the last step; `descend` observes it
 * @returns least N η
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if an argument is out of range, or ΔL − μ |v_N|²/(2η) is not positive while θ
 * moved, as can be from η λ̄ = 2 (1 − μ) on
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { heavyBallSpeedLimit } from "./momentum_speed_limit.ts";
 * // Two steps of η = 1, μ = ½ down L = −θ: v = 1, 3/2, and N η = 2.
 * const limit = heavyBallSpeedLimit({
 *   momentum: 1 / 2,
 *   learningRate: 1,
 *   curvature: 0,
 *   displacementSquared: 25 / 4,
 *   lossDrop: 5 / 2,
 *   lastStepSquared: 9 / 4,
 * });
 * assert.equal(limit, 50 / 31); // ½ · 25/4 over 5/2 − 9/16
 * ```
 */
export function heavyBallSpeedLimit(
  options: {
    readonly momentum: number;
    readonly learningRate: number;
    readonly curvature: number;
    readonly displacementSquared: number;
    readonly lossDrop: number;
    readonly lastStepSquared: number;
  },
): number {
  const { momentum, learningRate, curvature, displacementSquared, lossDrop, lastStepSquared } =
    checkRecord("options", options, {});
  checkNumber("momentum", momentum, { least: 0, below: 1 });
  checkPositive("learningRate", learningRate);
  checkNumber("curvature", curvature);
  checkNumber("lossDrop", lossDrop);
  checkNumber("lastStepSquared", lastStepSquared, { least: 0 });
  const limit = least(["displacementSquared", displacementSquared], [
    "lossDrop − momentum · lastStepSquared/(2 · learningRate)",
    lossDrop - momentum * lastStepSquared / (2 * learningRate),
    "below η λ̄ = 2 (1 − μ) heavy ball from rest dissipates",
  ]);
  return limit === 0 ? 0 : (1 - momentum - learningRate * curvature / 2) * limit;
}
