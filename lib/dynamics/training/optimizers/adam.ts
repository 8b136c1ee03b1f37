/**
 * Adam.
 *
 * @module
 */
import { checkOptions, checkPositive, maybe } from "../../../numerics/checks.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkDecay } from "./rmsprop.ts";

/** What Adam remembers. */
export type AdamState = {
  /** Steps so far. */
  readonly count: number;
  /** m */
  readonly mean: Float64Array;
  /** s */
  readonly squares: Float64Array;
};

/**
 * Adam (Kingma and Ba 2015), bias-corrected: m ← β₁ m + (1 − β₁) ∇L, s ← β₂ s + (1 − β₂) (∇L)²,
 * δθ = −η m̂/(√ŝ + ε), m̂ = m/(1 − β₁^k) and ŝ = s/(1 − β₂^k) after k steps.
 *
 * The preconditioner it gives is M = 1/(√ŝ + ε), which acts on m̂. With β₁ = 0 that is the gradient,
 * the step is a preconditioned one, and `preconditionedSpeedLimit` applies. With β₁ > 0 it is not:
 * M says in which metric a step was measured, and Δθᵀ(Σ η M)⁻¹Δθ over the loss drop is a number to
 * look at, which nothing keeps below 1.
 *
 * @param options `beta1` and `beta2` are β₁ and β₂, from 0 to below 1; `epsilon` is ε
 * @throws {RangeError} if an option is out of range
 * @throws {TypeError} if there is no such option
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { adam } from "./adam.ts";
 * const { init, update } = adam();
 * // The first step has about the length η in every coordinate.
 * const { step } = update(init(2), Float64Array.of(4, -1e-3), 0.5);
 * assert(Math.abs(step[0] + 0.5) < 1e-8 && Math.abs(step[1] - 0.5) < 1e-5);
 * ```
 */
export function adam(
  options: {
    readonly beta1?: number;
    readonly beta2?: number;
    readonly epsilon?: number;
  } = {},
): Optimizer<AdamState> {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = checkOptions("options", options, {
    beta1: maybe(checkDecay),
    beta2: maybe(checkDecay),
    epsilon: maybe(checkPositive),
  });
  return {
    name: "adam",
    preconditioned: true,
    init: (parameterCount) => ({
      count: 0,
      mean: new Float64Array(parameterCount),
      squares: new Float64Array(parameterCount),
    }),
    update: (before, gradient, learningRate) => {
      const { length } = gradient;
      const count = before.count + 1;
      const [mean, squares] = [new Float64Array(length), new Float64Array(length)];
      const [preconditioner, step] = [new Float64Array(length), new Float64Array(length)];
      const rate = learningRate / (1 - beta1 ** count);
      const correction = 1 / (1 - beta2 ** count);
      for (let i = 0; i < length; i++) {
        mean[i] = beta1 * before.mean[i] + (1 - beta1) * gradient[i];
        squares[i] = beta2 * before.squares[i] + (1 - beta2) * gradient[i] * gradient[i];
        preconditioner[i] = 1 / (Math.sqrt(correction * squares[i]) + epsilon);
        step[i] = -rate * preconditioner[i] * mean[i];
      }
      return { step, state: { count, mean, squares }, preconditioner };
    },
  };
}
