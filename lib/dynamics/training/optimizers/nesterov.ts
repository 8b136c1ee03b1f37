/**
 * Nesterov's momentum.
 *
 * @module
 */
import { checkOptions, maybe } from "../../../numerics/checks.ts";
import { checkMomentum, nextVelocity, type Velocity } from "./heavy_ball.ts";
import type { Optimizer } from "./optimizer.ts";

/**
 * Nesterov's momentum in the form of Sutskever et al. (2013), in the variable where the gradient is
 * taken: v ← μ v − η ∇L(θ), δθ = μ v − η ∇L(θ), from rest.
 *
 * The weights are those of PyTorch's SGD with `nesterov=True` at a constant η. The usual statement,
 * v ← μ v − η ∇L(φ + μ v), φ ← φ + v, is the same with θ = φ + μ v. As for {@link heavyBall}, v
 * carries each step's own learning rate, where PyTorch's buffer does not.
 *
 * @param options `momentum` is μ, from 0 to below 1
 * @throws {RangeError} if the momentum is out of range
 * @throws {TypeError} if there is no such option
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nesterov } from "./nesterov.ts";
 * const { init, update } = nesterov({ momentum: 0.5 });
 * const first = update(init(1), Float64Array.of(2), 0.25);
 * assert.deepEqual(first.step, Float64Array.of(-0.75)); // v = −½, μ v − η ∇L = −¼ − ½
 * ```
 */
export function nesterov(
  options: { readonly momentum?: number } = {},
): Optimizer<Velocity> {
  const { momentum = 0.9 } = checkOptions("options", options, {
    momentum: maybe(checkMomentum),
  });
  return {
    name: "nesterov",
    init: (parameterCount) => ({ velocity: new Float64Array(parameterCount) }),
    update: ({ velocity: before }, gradient, learningRate) => {
      const velocity = nextVelocity(before, gradient, momentum, learningRate);
      const step = nextVelocity(velocity, gradient, momentum, learningRate);
      return { step, state: { velocity } };
    },
  };
}
