/**
 * Dormand and Prince's Runge–Kutta pair of order 5(4): accurate where the right-hand side is smooth
 * and not stiff.
 *
 * J. R. Dormand, P. J. Prince, "A family of embedded Runge-Kutta formulae", J. Comput. Appl. Math. 6
 * (1980) 19.
 *
 * @module
 */
import {
  type OdePoint,
  type OdeTerm,
  proportional,
  type Solver,
  type StepAttempt,
  type Steps,
  type StepStart,
  unfold,
} from "../../../numerics/ode/mod.ts";
import { norm } from "../../../numerics/vectors.ts";

/** The stages; the last row is the fifth-order solution itself. */
const STAGES = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const PLACES = [1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
/** Fifth minus fourth order. */
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/** How large an error is, relative to how far the step came. */
export type ErrorNorm = (
  error: Float64Array,
  reached: Float64Array,
  firstChange: Float64Array,
) => number;

/** Against ‖y‖ or the step's length. */
export const byLength: ErrorNorm = (error, reached, firstChange) =>
  norm(error) / Math.max(norm(reached), norm(firstChange));

/** The worst component, each against its own size so far or the step's: small ones count as well. */
export const byComponent: ErrorNorm = (error, reached, firstChange) => {
  let worst = 0;
  for (let i = 0; i < error.length; i++) {
    const scale = Math.max(Math.abs(reached[i]), Math.abs(firstChange[i]), 1e-14);
    worst = Math.max(worst, Math.abs(error[i]) / scale);
  }
  return worst;
};

/** Order 5(4), with an error of at most `tolerance` a step in the given norm. */
export function dormandPrince<P extends OdePoint>(
  { tolerance = 0.01, errorNorm = byLength }: {
    readonly tolerance?: number;
    readonly errorNorm?: ErrorNorm;
  } = {},
): Solver<OdeTerm<P>, P> {
  return {
    name: "dormand-prince",
    controller: proportional({ order: 5, safety: 0.9, least: 0.2, most: 5, leastAfter: 1 }),
    lambdaEvery: 5,
    attempt: (term, start, h) => unfold(stages(term, start, h, { tolerance, errorNorm })),
  };
}

function* stages<P extends OdePoint>(
  term: OdeTerm<P>,
  { time, position, point }: StepStart<P>,
  h: number,
  { tolerance, errorNorm }: { readonly tolerance: number; readonly errorNorm: ErrorNorm },
): Steps<StepAttempt<P>> {
  const slopes = [point.velocity];
  let [reached, end] = [position, point];
  for (const [stage, weights] of STAGES.entries()) {
    reached = combined(slopes, weights, h, position);
    // `yield* wait(…)`, without a generator for each stage of a small system.
    const found = term.evaluate(reached, time + PLACES[stage] * h);
    end = found instanceof Promise ? (yield found) as P : found;
    slopes.push(end.velocity);
  }
  const increment = combined(slopes, STAGES[STAGES.length - 1], h);
  const off = combined(slopes, ERROR, h);
  const first = slopes[0].map((value) => h * value);
  return { increment, end, error: errorNorm(off, reached, first) / tolerance };
}

/** y + h Σ w_k F_k. */
function combined(
  slopes: readonly Float64Array[],
  weights: readonly number[],
  h: number,
  position?: Float64Array,
): Float64Array {
  const size = slopes[0].length;
  const total = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let k = 0; k < weights.length; k++) sum += weights[k] * slopes[k][i];
    total[i] = position ? position[i] + h * sum : h * sum;
  }
  return total;
}
