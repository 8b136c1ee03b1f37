/**
 * RMSProp.
 *
 * @module
 */
import { checkNumber, checkOptions, checkPositive, maybe } from "../../../numerics/checks.ts";
import type { Optimizer } from "./optimizer.ts";

/**
 * RMSProp: s ← α s + (1 − α) (∇L)², δθ = −η ∇L/(√s + ε), from s = 0 (Hinton; PyTorch's RMSprop).
 *
 * A preconditioned step, with M = 1/(√s + ε) per parameter: `preconditionedSpeedLimit` applies to
 * it, with Σ η M.
 *
 * @param options `decay` is α, from 0 to below 1; `epsilon` is ε
 * @throws {RangeError} if an option is out of range
 * @throws {TypeError} if there is no such option
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rmsprop } from "./rmsprop.ts";
 * const { init, update } = rmsprop({ decay: 0.75, epsilon: 1e-300 });
 * const { step, preconditioner } = update(init(1), Float64Array.of(4), 0.5);
 * assert.deepEqual(preconditioner, Float64Array.of(0.5)); // s = ¼ · 16
 * assert.deepEqual(step, Float64Array.of(-1));
 * ```
 */
export function rmsprop(
  options: { readonly decay?: number; readonly epsilon?: number } = {},
): Optimizer<{ readonly squares: Float64Array }> {
  const { decay = 0.99, epsilon = 1e-8 } = checkOptions("options", options, {
    decay: maybe(checkDecay),
    epsilon: maybe(checkPositive),
  });
  return {
    name: "rmsprop",
    preconditioned: true,
    init: (parameterCount) => ({ squares: new Float64Array(parameterCount) }),
    update: ({ squares: before }, gradient, learningRate) => {
      const { length } = gradient;
      const squares = new Float64Array(length);
      const preconditioner = new Float64Array(length);
      const step = new Float64Array(length);
      for (let i = 0; i < length; i++) {
        squares[i] = decay * before[i] + (1 - decay) * gradient[i] * gradient[i];
        preconditioner[i] = 1 / (Math.sqrt(squares[i]) + epsilon);
        step[i] = -learningRate * preconditioner[i] * gradient[i];
      }
      return { step, state: { squares }, preconditioner };
    },
  };
}

/** Refuses a weight of the past with which no average forgets its start. */
export function checkDecay(name: string, decay: number) {
  if (checkNumber(name, decay, { least: 0, most: 1 }) === 1) {
    throw new RangeError(`${name} is 1; it must be a number from 0 to below 1`);
  }
}
