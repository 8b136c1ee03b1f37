/**
 * How fast anything that depends on the weights can change along a gradient flow.
 *
 * @module
 */
import { checkNumber, checkRecord } from "../numerics/checks.ts";
import { least } from "./least.ts";

/**
 * T ≥ (ΔO)²/(⟨|∇O|²⟩ ΔL) for any observable O(θ) along a gradient flow θ' = −∇L.
 *
 * (ΔO)² = (∫ ∇O·∇L dt)² ≤ ∫|∇O|² dt · ΔL. With O the test loss it is a speed limit of generalization;
 * with O = L an equality at all times, and in general if and only if ∇O = c ∇L throughout. The ratio
 * of the two sides is the squared cosine of the gradients as functions of time, not the time mean
 * of cos².
 *
 * @param change ΔO = O(T) − O(0), of either sign
 * @param meanSquaredGradient ⟨|∇O|²⟩, the mean over the time from 0 to T
 * @param lossDrop ΔL = L(0) − L(T)
 * @returns least T, in units of time
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if an argument is out of range, or O has changed without gradient or drop
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { observableSpeedLimit } from "./observable_speed_limit.ts";
 * // O = L: the mean of |∇L|² is ΔL/T.
 * const [T, lossDrop] = [4, 6];
 * const limit = observableSpeedLimit({
 *   change: -lossDrop,
 *   meanSquaredGradient: lossDrop / T,
 *   lossDrop,
 * });
 * assert.equal(limit, T);
 * ```
 */
export function observableSpeedLimit(options: {
  readonly change: number;
  readonly meanSquaredGradient: number;
  readonly lossDrop: number;
}): number {
  const { change, meanSquaredGradient, lossDrop } = checkRecord("options", options, {});
  checkNumber("change", change);
  checkNumber("meanSquaredGradient", meanSquaredGradient, { least: 0 });
  checkNumber("lossDrop", lossDrop, { least: 0 });
  // One quotient after the other: neither the square nor the product of two small numbers is made.
  const share = least(["|change|", Math.abs(change)], [
    "meanSquaredGradient",
    meanSquaredGradient,
    "an observable without gradient does not change",
  ]);
  return share * least(["|change|", Math.abs(change)], [
    "lossDrop",
    lossDrop,
    "nothing changes along a flow that does not lower the loss",
  ]);
}
