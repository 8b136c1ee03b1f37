/**
 * The speed limit of a preconditioned flow, in its own metric.
 *
 * @module
 */
import { checkRecord, checkThat } from "../numerics/checks.ts";
import { type Matrix, type MatrixLike, solvePositiveDefinite, toVector } from "../numerics/mod.ts";
import { product } from "../numerics/vectors.ts";
import { least } from "./least.ts";

/**
 * Δθᵀ (∫M dt)⁻¹ Δθ/ΔL ≤ 1 for θ' = −M_t ∇L with any positive definite M_t: a share without
 * dimension, 1 if and only if ∇L does not change along the path.
 *
 * With A = ∫M dt, λ = A⁻¹Δθ and v = θ': 0 ≤ ∫ (v − Mλ)ᵀ M⁻¹ (v − Mλ) dt = ΔL − ΔθᵀA⁻¹Δθ, as
 * dL/dt = −vᵀM⁻¹v. With M = η(t) I this is the inverse of T/T_SL in the time ∫η dt; a diagonal M is
 * RMSProp, and Adam with β₁ = 0 (not a bound for Adam with β₁ > 0). Shares in different metrics are not comparable with each other.
 *
 * **Steps** δθ_i = −M_i g_i have the same bound, exactly, with Σ M_i and with −Σ g_i·δθ_i in place of
 * ΔL (as g_i·δθ_i = −δθᵀM⁻¹δθ; for ∇L it is ΔL + ½ Σ δθᵀH̄δθ): `descend` gives the first as
 * `integratedPreconditioner`, η included, and observes the second as `firstOrderDrop`.
 *
 * @param displacement Δθ
 * @param integratedPreconditioner ∫M dt: a symmetric positive definite matrix, or its diagonal as a
 * vector. A parameter that did not move may have 0 on a diagonal.
 * @param lossDrop ΔL
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if shapes do not match, the preconditioner is not positive definite, or the
 * loss has not fallen while θ moved
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { preconditionedSpeedLimit } from "./preconditioned_speed_limit.ts";
 * // L = −θ₁ − θ₂, M = diag(1, 4) for a time 4: a gradient that does not change.
 * const displacement = [4, 16], lossDrop = 20;
 * const diagonal = { displacement, integratedPreconditioner: [4, 16], lossDrop };
 * const matrix = { displacement, integratedPreconditioner: [[4, 0], [0, 16]], lossDrop };
 * assert.equal(preconditionedSpeedLimit(diagonal), 1);
 * assert.equal(preconditionedSpeedLimit(matrix), 1);
 * ```
 */
export function preconditionedSpeedLimit(
  options: {
    readonly displacement: Float64Array | readonly number[];
    readonly integratedPreconditioner: MatrixLike | Float64Array | readonly number[];
    readonly lossDrop: number;
  },
): number {
  const { displacement, integratedPreconditioner, lossDrop } = checkRecord("options", options, {});
  const moved = toVector(displacement, "displacement");
  const squared = isDiagonal(integratedPreconditioner)
    ? squaredByDiagonal(moved, integratedPreconditioner)
    : squaredByMatrix(moved, integratedPreconditioner);
  return least(["the square of the displacement", squared], [
    "lossDrop",
    lossDrop,
    "a preconditioned flow that moves lowers the loss",
  ]);
}

/** An empty array is the diagonal of no parameters. */
const isDiagonal = (
  value: MatrixLike | Float64Array | readonly number[],
): value is Float64Array | readonly number[] =>
  value instanceof Float64Array || (value instanceof Array && !(value[0] instanceof Array));

function squaredByDiagonal(
  moved: Float64Array,
  diagonal: Float64Array | readonly number[],
): number {
  const weights = toVector(diagonal, "integratedPreconditioner", moved.length);
  let total = 0;
  for (let i = 0; i < moved.length; i++) {
    if (!(weights[i] > 0 || (weights[i] === 0 && moved[i] === 0))) {
      throw new RangeError(
        `integratedPreconditioner[${i}] is ${weights[i]}; it must be positive where θ moved`,
      );
    }
    if (moved[i] !== 0) total += moved[i] * moved[i] / weights[i];
  }
  return total;
}

function squaredByMatrix(moved: Float64Array, matrix: MatrixLike): number {
  checkThat(
    "integratedPreconditioner",
    matrix,
    typeof matrix === "object" && matrix !== null,
    "a matrix, or its diagonal as an array",
  );
  const size = matrix instanceof Array ? matrix.length : (matrix as Matrix).rows;
  if (size !== moved.length) {
    throw new RangeError(
      `integratedPreconditioner has ${size} rows; it must have ${moved.length}, as displacement has`,
    );
  }
  return product(moved, solvePositiveDefinite(matrix, moved));
}
