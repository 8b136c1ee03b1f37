/**
 * The curve between the ends of a step: the cubic with the right positions and velocities at both.
 *
 * @module
 */
import { gaussLegendre } from "../gauss_legendre.ts";
import { product } from "../vectors.ts";
import type { StepCurve } from "./solver.ts";
import type { OdePoint } from "./term.ts";

/** A cubic step, with the products of its vectors. */
export interface StepCubic extends StepCurve {
  increment(u: number): Float64Array;
  /** Gram matrix of δ, h F₀ and h F₁. */
  readonly gram: {
    readonly dd: number;
    readonly d0: number;
    readonly d1: number;
    readonly v00: number;
    readonly v01: number;
    readonly v11: number;
  };
}

/**
 * The cubic through a step of size h from `start` to `end` that changes y by `increment`; its length
 * by Gauss's quadrature, from the Gram matrix alone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stepCubic } from "./step_cubic.ts";
 * // y = t² from 0 to 1.
 * const [start, end] = [0, 2].map((v) => ({ velocity: Float64Array.of(v) }));
 * const { increment, pathLength } = stepCubic(start, end, Float64Array.of(1), 1);
 * assert.equal(increment(0.5)[0], 0.25);
 * assert(Math.abs(pathLength(0.5) - 0.25) < 1e-15);
 * ```
 */
export function stepCubic(
  start: OdePoint,
  end: OdePoint,
  increment: Float64Array,
  h: number,
): StepCubic {
  const [f0, f1] = [start.velocity, end.velocity];
  const gram = {
    dd: product(increment, increment),
    d0: h * product(increment, f0),
    d1: h * product(increment, f1),
    v00: h * h * product(f0, f0),
    v01: h * h * product(f0, f1),
    v11: h * h * product(f1, f1),
  };
  const { dd, d0, d1, v00, v01, v11 } = gram;
  const speed = (u: number) => {
    const [a, b, c] = [6 * u - 6 * u * u, 3 * u * u - 4 * u + 1, 3 * u * u - 2 * u];
    return Math.sqrt(
      Math.max(
        0,
        a * a * dd + b * b * v00 + c * c * v11 + 2 * (a * b * d0 + a * c * d1 + b * c * v01),
      ),
    );
  };
  return {
    gram,
    pathLength: (u) => gaussLegendre(speed, 0, u),
    increment(u) {
      const [a, b, c] = [
        u * u * (3 - 2 * u),
        u * (1 - u) ** 2 * h,
        u * u * (u - 1) * h,
      ];
      return increment.map((value, i) => a * value + b * f0[i] + c * f1[i]);
    },
  };
}
