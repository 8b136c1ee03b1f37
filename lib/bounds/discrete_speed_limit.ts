/**
 * The least number of steps, for any optimizer.
 *
 * @module
 */
import { checkRecord } from "../numerics/checks.ts";
import { least } from "./least.ts";

/**
 * N ≥ ‖Δθ‖²/Σ‖δθ_i‖²: the least number of steps with squares of this sum that go so far.
 *
 * It holds for any N vectors, whatever made them (Cauchy and Schwarz: ‖Σ δθ_i‖² ≤ N Σ ‖δθ_i‖²), and
 * is N itself if and only if all steps are equal.
 *
 * @param displacementSquared ‖Δθ‖²
 * @param stepSquaredSum Σ ‖δθ_i‖², in the same units
 * @returns a number of steps
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if one is negative or no finite number, or something moved in no step
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { discreteSpeedLimit } from "./discrete_speed_limit.ts";
 * // (0, 0) → (1, 0) → (1, 1)
 * assert.equal(discreteSpeedLimit({ displacementSquared: 2, stepSquaredSum: 2 }), 1);
 * ```
 */
export function discreteSpeedLimit(options: {
  readonly displacementSquared: number;
  readonly stepSquaredSum: number;
}): number {
  const { displacementSquared, stepSquaredSum } = checkRecord("options", options, {});
  return least(["displacementSquared", displacementSquared], [
    "stepSquaredSum",
    stepSquaredSum,
    "nothing moves without a step",
  ]);
}
