/**
 * Polyak's heavy ball.
 *
 * @module
 */
import { checkNumber, checkOptions, maybe } from "../../../numerics/checks.ts";
import type { Optimizer } from "./optimizer.ts";

/** The last step of a method with momentum. */
export type Velocity = { readonly velocity: Float64Array };

/**
 * Heavy ball: v ← μ v − η ∇L, δθ = v, from rest (Polyak 1964).
 *
 * v carries the learning rate of each step that it is made of. PyTorch's SGD keeps v/η instead: the
 * same sequence at a constant η, another under a schedule. In the time Σ η this is the flow
 * m θ'' + (1 − μ) θ' = −∇L with m ≈ η (1 + μ)/2; its bounds are `momentumSpeedLimit` and
 * `heavyBallSpeedLimit`.
 *
 * @param options `momentum` is μ, from 0 to below 1
 * @throws {RangeError} if the momentum is out of range
 * @throws {TypeError} if there is no such option
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { heavyBall } from "./heavy_ball.ts";
 * const { init, update } = heavyBall({ momentum: 0.5 });
 * const first = update(init(1), Float64Array.of(2), 0.25);
 * assert.deepEqual(first.step, Float64Array.of(-0.5));
 * const second = update(first.state, Float64Array.of(2), 0.25);
 * assert.deepEqual(second.step, Float64Array.of(-0.75));
 * ```
 */
export function heavyBall(
  options: { readonly momentum?: number } = {},
): Optimizer<Velocity> {
  const { momentum = 0.9 } = checkOptions("options", options, {
    momentum: maybe(checkMomentum),
  });
  return {
    name: "heavy-ball",
    init: (parameterCount) => ({ velocity: new Float64Array(parameterCount) }),
    update: ({ velocity: before }, gradient, learningRate) => {
      const velocity = nextVelocity(before, gradient, momentum, learningRate);
      return { step: velocity, state: { velocity } };
    },
  };
}

/** μ v − η ∇L. */
export function nextVelocity(
  velocity: Float64Array,
  gradient: Float64Array,
  momentum: number,
  learningRate: number,
): Float64Array {
  const next = new Float64Array(velocity.length);
  for (let i = 0; i < next.length; i++) {
    next[i] = momentum * velocity[i] - learningRate * gradient[i];
  }
  return next;
}

/** Refuses a momentum with which a constant gradient would speed up without end. */
export function checkMomentum(name: string, momentum: number) {
  if (checkNumber(name, momentum, { least: 0, most: 1 }) === 1) {
    throw new RangeError(`${name} is 1; it must be a number from 0 to below 1`);
  }
}
