/**
 * Gradient descent.
 *
 * @module
 */
import type { Optimizer } from "./optimizer.ts";

/**
 * δθ = −η ∇L; with minibatches, stochastic gradient descent. It has no state.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gradientDescent } from "./gradient_descent.ts";
 * const { step, factor } = gradientDescent().update({}, Float64Array.of(3, -1), 0.5);
 * assert.deepEqual(step.map((value) => factor! * value), Float64Array.of(-1.5, 0.5));
 * ```
 */
export const gradientDescent = (): Optimizer => ({
  name: "gradient-descent",
  init: () => ({}),
  update: (state, gradient, learningRate) => ({ step: gradient, factor: -learningRate, state }),
});
