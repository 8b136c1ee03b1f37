/**
 * The thermodynamic account of descent: what a step adds to the sums that bounds read.
 *
 * @module
 */
import { checkLength } from "../../numerics/checks.ts";
import { product, squaredNorm } from "../../numerics/vectors.ts";
import type { DescentState, DescentSums } from "./descent_options.ts";
import type { OptimizerUpdate } from "./optimizers/mod.ts";
import type { LossAndGradient } from "./squared_error.ts";

/**
 * A loss difference below this fraction of the loss is taken from the gradients: there the
 * difference of two float32 losses keeps fewer than four digits, while the trapezoid's relative
 * error, (ηλ)²/12, is below 1e-7.
 */
const CANCELLATION = 1e-3;

/**
 * A step whose first-order drop ĝ·δθ is above this fraction of the loss is a long one, and what it
 * changes is small by chance, at the edge of stability: the trapezoid is of no use there, and a
 * difference of losses is accurate to 1e-7 of the loss.
 */
const LONG = 1e-2;

/** Before the first step. */
export const noSums: DescentSums = {
  time: 0,
  lossDrop: 0,
  pathLength: 0,
  stepSquaredSum: 0,
  firstOrderDrop: 0,
  curvature: NaN,
  lastStepSquared: 0,
};

/** A step δθ = factor · u in numbers. */
export interface StepSize {
  readonly factor: number;
  /** ‖u‖² */
  readonly squared: number;
  /** ĝ·u, ĝ the gradient that the step was made of. */
  readonly along: number;
}

/**
 * The size of an update.
 *
 * @throws {RangeError} if the step has not as many numbers as the gradient
 */
export function sizeOf(
  { step, factor = 1 }: OptimizerUpdate,
  gradient: Float64Array,
): StepSize {
  checkLength("the optimizer's step", step, gradient.length);
  const squared = squaredNorm(step);
  return { factor, squared, along: step === gradient ? squared : product(step, gradient) };
}

/** The quantity of a step that is infinite or NaN, the gradient's before the step's, if any is. */
export function worstOf(
  { factor, squared, along }: StepSize,
  gradient: Float64Array,
): readonly [quantity: string, value: number] {
  const [length, product] = [factor * factor * squared, factor * along];
  const step = ["squared norm of the step", length] as const;
  if (Number.isFinite(length + product)) return step;
  const first = ["squared norm of the gradient", squaredNorm(gradient)] as const;
  const last = ["product of gradient and step", product] as const;
  return [first, step].find(([, value]) => !Number.isFinite(value)) ?? last;
}

/** L(here) − L(there) after the step δθ = factor · `step`, of the size that {@link sizeOf} gives. */
export function dropAlong(
  here: LossAndGradient,
  there: LossAndGradient,
  step: Float64Array,
  { factor, along }: StepSize,
): number {
  const measured = here.loss - there.loss;
  if (Math.abs(measured) > CANCELLATION * here.loss) return measured;
  if (Math.abs(factor * along) > LONG * here.loss) return measured;
  let product = 0;
  for (let i = 0; i < step.length; i++) {
    product += step[i] * (here.gradient[i] + there.gradient[i]);
  }
  return -factor * product / 2;
}

/** The sums with one more step, of the learning rate `eta`, by which the loss falls by `drop`. */
export function sumsAfter(
  sums: DescentSums,
  { factor, squared, along }: StepSize,
  { eta, drop }: { readonly eta: number; readonly drop: number },
): DescentSums {
  const stepSquared = factor * factor * squared;
  // 2 (L(θ + δθ) − L(θ) − ∇L·δθ)/‖δθ‖²; a step of no length has no curvature
  const curvature = 2 * (-drop - factor * along) / stepSquared;
  const larger = curvature > sums.curvature || Number.isNaN(sums.curvature);
  return {
    time: sums.time + eta,
    lossDrop: sums.lossDrop + drop,
    pathLength: sums.pathLength + Math.abs(factor) * Math.sqrt(squared),
    stepSquaredSum: sums.stepSquaredSum + stepSquared,
    firstOrderDrop: sums.firstOrderDrop - factor * along,
    curvature: larger && stepSquared > 0 ? curvature : sums.curvature,
    lastStepSquared: stepSquared,
  };
}

/**
 * The sums that an entry observes beside its columns; `curvature` where the full loss is known. Near
 * convergence rounding swamps it: take λ̄ from a descent stopped before its drops are rounding.
 */
export function observedSums(
  state: Omit<DescentState, "recorder">,
): Readonly<Record<string, number>> {
  const { firstOrderDrop, lastStepSquared, curvature, point, preconditioner, displacement } = state;
  return {
    firstOrderDrop,
    lastStepSquared,
    ...(point && { curvature }),
    ...(preconditioner && { preconditionedSquare: inMetric(displacement, preconditioner) }),
  };
}

/** Δθᵀ diag(P)⁻¹ Δθ; a parameter that has not moved adds nothing. */
function inMetric(displacement: Float64Array, preconditioner: Float64Array): number {
  let total = 0;
  for (let i = 0; i < displacement.length; i++) {
    if (displacement[i] !== 0) total += displacement[i] * displacement[i] / preconditioner[i];
  }
  return total;
}

/** target += factor · values, in place: a path's vectors are long, and change at every step. */
export function addScaled(target: Float64Array, values: Float64Array, factor = 1) {
  for (let i = 0; i < target.length; i++) target[i] += factor * values[i];
}
