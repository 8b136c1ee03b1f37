/**
 * The curve of a step of gradient flow, with the loss along it.
 *
 * @module
 */
import { stepCubic, type StepCurve } from "../../numerics/ode/mod.ts";
import type { FlowPoint } from "./flow_term.ts";

/** A step's curve in the weights, asked at u in [0, 1]. */
export interface FlowCurve extends StepCurve {
  /** L(0) − L(u); exact at u = 1. */
  lossDrop(u: number): number;
}

/**
 * A loss difference below this fraction of the loss is taken from the gradients: there the
 * difference of two float32 losses keeps fewer than four digits.
 */
export const CANCELLATION = 1e-3;

/** The cubic through a step of size h from `start` to `end`, θ changing by `increment`. */
export function flowCubic(
  start: FlowPoint,
  end: FlowPoint,
  increment: Float64Array,
  h: number,
): FlowCurve {
  const cubic = stepCubic(start, end, increment, h);
  const { d0, d1, v00, v11 } = cubic.gram;
  const measured = start.loss - end.loss;
  const drop = Math.abs(measured) > CANCELLATION * start.loss ? measured : (d0 + d1) / (2 * h);
  return {
    increment: cubic.increment,
    pathLength: cubic.pathLength,
    // dL/dt = −|F|²: a cubic again.
    lossDrop: (u) =>
      u * u * (3 - 2 * u) * drop + u * (1 - u) ** 2 * v00 / h + u * u * (u - 1) * v11 / h,
  };
}
