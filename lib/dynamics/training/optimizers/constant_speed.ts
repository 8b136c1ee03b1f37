/**
 * Gradient flow at constant speed, in steps.
 *
 * @module
 */
import { norm } from "../../../numerics/vectors.ts";
import type { Optimizer } from "./optimizer.ts";

/**
 * δθ = −η ∇L/|∇L|: every step has the length η, along the gradient (normalized gradient descent).
 * For η → 0 it is gradient flow on another clock, θ' = −∇L/|∇L|, the same path at constant speed.
 *
 * A preconditioned step, M = I/|∇L|: `preconditionedSpeedLimit` applies to it, with Σ η M. All steps
 * are equal in length, so that N ‖δθ‖²·N/‖Δθ‖² is l_γ²/l_geo² of its polygon: of the two factors of
 * T/T_SL the spread of speed is gone. It cannot come to rest: near a minimum it steps to and fro
 * by η. Where ∇L = 0 it stays.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { constantSpeed } from "./constant_speed.ts";
 * const { step, factor } = constantSpeed().update({}, Float64Array.of(4, -4, 4, 4), 0.5);
 * assert.deepEqual(step.map((value) => factor! * value), Float64Array.of(-0.25, 0.25, -0.25, -0.25));
 * ```
 */
export const constantSpeed = (): Optimizer => ({
  name: "constant-speed",
  preconditioned: true,
  init: () => ({}),
  update: (state, gradient, learningRate) => {
    const length = norm(gradient);
    const inverse = length > 0 ? 1 / length : 0;
    return {
      step: gradient,
      factor: -learningRate * inverse,
      state,
      preconditioner: new Float64Array(gradient.length).fill(inverse),
    };
  },
});
