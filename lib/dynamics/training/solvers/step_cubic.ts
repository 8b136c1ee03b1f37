/**
 * The curve between the ends of a step: the cubic with the right places and velocities at both,
 * its length, and the loss along it.
 *
 * @module
 */
import type { FlowPoint } from "../flow_term.ts";
import { product } from "../../../numerics/vectors.ts";

/** A step's curve, asked at u in [0, 1]. */
export interface StepCurve {
  /** θ(u) − θ(0). */
  increment(u: number): Float64Array | Promise<Float64Array>;
  /** Arc length from 0 to u. */
  pathLength(u: number): number;
  /** L(0) − L(u); exact at u = 1 as `lossDrop` is. */
  lossDrop(u: number): number;
}

/** Nodes and weights of Gauss–Legendre quadrature of 8 points on [−1, 1], half of them. */
const GAUSS = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const;

/** ∫ f dx by 8 points. */
export function gaussLegendre(f: (x: number) => number, from: number, to: number): number {
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  let total = 0;
  for (const [node, weight] of GAUSS) {
    total += weight * (f(middle + half * node) + f(middle - half * node));
  }
  return total * half;
}

/**
 * A loss difference below this fraction of the loss is taken from the gradients: there the
 * difference of two float32 losses keeps fewer than four digits.
 */
export const CANCELLATION = 1e-3;

/**
 * The cubic through a step of size h from `start` to `end`, θ changing by `increment`.
 */
export function stepCubic(
  start: FlowPoint,
  end: FlowPoint,
  increment: Float64Array,
  h: number,
): StepCurve {
  const [f0, f1] = [start.velocity, end.velocity];
  // Gram matrix of δ, h F0, h F1: the length needs nothing else of the vectors.
  const dd = product(increment, increment);
  const d0 = h * product(increment, f0);
  const d1 = h * product(increment, f1);
  const v00 = h * h * product(f0, f0);
  const v01 = h * h * product(f0, f1);
  const v11 = h * h * product(f1, f1);

  const speed = (u: number) => {
    const [a, b, c] = [6 * u - 6 * u * u, 3 * u * u - 4 * u + 1, 3 * u * u - 2 * u];
    return Math.sqrt(
      Math.max(
        0,
        a * a * dd + b * b * v00 + c * c * v11 + 2 * (a * b * d0 + a * c * d1 + b * c * v01),
      ),
    );
  };
  const pathLength = (u: number) => gaussLegendre(speed, 0, u);
  const measured = start.loss - end.loss;
  const drop = Math.abs(measured) > CANCELLATION * start.loss ? measured : (d0 + d1) / (2 * h);
  return {
    pathLength,
    increment(u) {
      const [a, b, c] = [
        u * u * (3 - 2 * u),
        u * (1 - u) ** 2 * h,
        u * u * (u - 1) * h,
      ];
      return increment.map((value, i) => a * value + b * f0[i] + c * f1[i]);
    },
    // dL/dt = −|F|²: a cubic again.
    lossDrop: (u) =>
      u * u * (3 - 2 * u) * drop + u * (1 - u) ** 2 * v00 / h + u * u * (u - 1) * v11 / h,
  };
}
