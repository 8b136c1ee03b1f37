/**
 * Runge–Kutta–Chebyshev with the stiffest directions set apart: these relax by the exponential rule,
 * and explicit stages need be stable over the rest alone.
 *
 * θ' = F = −U Λ Uᵀ(θ − θ_n) + G. In U the increment is x_i(t) = t φ₁(−λ_i t) g_i(0) + t² φ₂(−λ_i t) g_i',
 * exact where g = UᵀG is linear in time (M. Hochbruck, A. Ostermann, "Exponential integrators", Acta
 * Numerica 19 (2010) 209), g' being taken from the stage before; what is orthogonal to U takes the
 * stages of B. P. Sommeijer, L. F. Shampine, J. G. Verwer, J. Comput. Appl. Math. 88 (1998) 315. Both
 * are of second order. U need not be exact: G has what it misses.
 *
 * Myrtle-5, 16 channels, n = 100, seed 3, at the tolerance 0.01, in gradients of all images:
 *
 * | to τ = 20             | this method                   | Runge–Kutta–Chebyshev   |
 * | --------------------- | ----------------------------- | ----------------------- |
 * | gradients             | 1,437                         | 4,676                   |
 * | in steps (refused)    | 781 in 179 (4)                | 4,432 in 182 (16)       |
 * | in looking up         | 656                           | 244                     |
 * | to τ = 0.2, 2, 5, 10  | 135, 291, 535, 801            | 139, 351, 810, 1,879    |
 * | errors to τ = 10      | 0.5, 0.6, 0.2 %               | 0.6, 0.7, 0.3 %         |
 * | errors from 10 to 20  | 0.2, 1.1, 0.4 %               | 0.9, 2.4, 0.8 %         |
 *
 * (errors of T/T_SL, l_γ/l_geo and L against this method at 0.001, which to τ = 10 is within 0.14 % of
 * Runge–Kutta–Chebyshev's at 0.001). While h λ_max is short of some 8 a search costs more than it saves: then all stages are
 * Runge–Kutta–Chebyshev's. What it does beside gradients takes 5 % of the time there,
 * Runge–Kutta–Chebyshev's 2 %.
 *
 * @module
 */
import { proportional, type StepAttempt, type StepStart } from "../../../numerics/ode/mod.ts";
import { phi1, phi2 } from "../../../numerics/phi_functions.ts";
import { backend } from "../../../numerics/backend.ts";
import { added, concatenated, norm } from "../../../numerics/vectors.ts";
import { flowCubic, type FlowCurve } from "../flow_curve.ts";
import type { FlowPoint, FlowTerm } from "../flow_term.ts";
import { chebyshevStages, stagesFor } from "./chebyshev_stages.ts";
import type { FlowSolver } from "./flow_solver.ts";
import {
  type StiffDirections,
  stiffDirectionsAt,
  topOutput,
  unpacked,
} from "./stiff_directions.ts";

/** Steps between two searches for the directions. */
const EVERY = 6;
/**
 * Until the next search the directions turn, and what is left grows; with two stages, g' would be taken
 * from one of first order alone.
 */
const APART = { safety: 3, fewest: 3 };
/** As Runge–Kutta–Chebyshev has it: all stages, while no directions are sought. */
const WHOLE = { safety: 1.15, fewest: 2 };

/** The method, with an error of at most `tolerance` a step, relative to ‖θ − θ_0‖. */
export function deflatedChebyshev(
  { tolerance = 0.01 }: { readonly tolerance?: number } = {},
): FlowSolver {
  return {
    name: "deflated-chebyshev",
    controller: proportional({ order: 3, safety: 0.7, least: 0.15, most: 4 }),
    lambdaEvery: EVERY,
    lookUp: (term, at) => stiffDirectionsAt(term, at, EVERY),
    attempt: (term, start, h) => attempted(term, start, h, tolerance),
  };
}

async function attempted(
  term: FlowTerm,
  { position, point, lambdaMax, lambdaVector }: StepStart<FlowPoint>,
  h: number,
  tolerance: number,
): Promise<StepAttempt<FlowPoint, FlowCurve>> {
  const whole = topOutput(lambdaVector!) !== undefined;
  const stiff = whole
    ? { directions: [], rates: [], left: lambdaMax }
    : unpacked(lambdaVector!, position.length);
  const { safety, fewest } = whole ? WHOLE : APART;
  const stages = Math.max(fewest, stagesFor(h * safety * stiff.left));
  const { mu, nu, muTilde, gammaTilde, first, places } = chebyshevStages(stages);
  const fast = fastPart(stiff, point.velocity);
  const initial = { vector: point.velocity, within: fast.start };
  const zero = {
    vector: new Float64Array(position.length),
    within: new Float64Array(fast.start.length),
  };
  let older: Split = zero;
  let old = fast.replaced(summed([[first * h, initial]]), fast.increment(places[1] * h));
  let slope = zero.within;
  for (let j = 2; j <= stages; j++) {
    const { velocity } = await term.evaluate(added(position, old.vector));
    const within = fast.along(velocity);
    slope = fast.slope(old.within, within, places[j - 1] * h);
    const plain = summed([
      ...[[mu[j], old], [nu[j], older], [muTilde[j] * h, { vector: velocity, within }]] as const,
      [gammaTilde[j] * h, initial],
    ]);
    [older, old] = [old, fast.replaced(plain, fast.increment(places[j] * h, slope))];
  }
  const { vector: increment, within: x } = old;
  const reached = added(position, increment);
  const end = await term.evaluate(reached);
  const last = { vector: end.velocity, within: fast.along(end.velocity) };
  const late = fast.slope(x, last.within, h);
  const estimate = fast.replaced(
    summed([[-0.8, old], [0.4 * h, initial], [0.4 * h, last]]),
    fast.curved(h, late.map((value, i) => value - slope[i])),
  );
  const error = norm(estimate.vector) / (tolerance * Math.max(norm(reached), norm(increment)));
  const smooth = (velocity: Split) => fast.replaced(velocity, fast.chord(h, x, velocity.within));
  const curve = flowCubic(
    { ...point, velocity: smooth(initial).vector },
    { ...end, velocity: smooth(last).vector },
    increment,
    h,
  );
  return { increment, end, error, curve };
}

/** A vector, and its components in the directions set apart. */
interface Split {
  readonly vector: Float64Array;
  readonly within: Float64Array;
}

/** Σ factor · part. */
function summed(parts: readonly (readonly [factor: number, part: Split])[]): Split {
  const [[, { vector, within }]] = parts;
  const sum = { vector: new Float64Array(vector.length), within: new Float64Array(within.length) };
  for (const [factor, part] of parts) {
    accumulate(sum.vector, part.vector, factor);
    accumulate(sum.within, part.within, factor);
  }
  return sum;
}

/** a += factor · b, in place. */
function accumulate(a: Float64Array, b: Float64Array, factor: number) {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
}

/** What happens in the directions set apart in a step that begins with this velocity. */
function fastPart(
  { directions, rates }: Pick<StiffDirections, "directions" | "rates">,
  velocity: Float64Array,
) {
  const [rows, cols] = [directions.length, velocity.length];
  const matrix = { rows, cols, data: concatenated(directions) };
  const { multiply } = backend();
  const along = (vector: Float64Array) =>
    rows === 0
      ? new Float64Array(0)
      : multiply(matrix, { rows: cols, cols: 1, data: vector }, false, false);
  const start = along(velocity);
  /** t² φ₂(−λt) g'. */
  const curved = (t: number, slope: Float64Array) =>
    slope.map((value, i) => t * t * phi2(-rates[i] * t) * value);
  return {
    along,
    start,
    curved,
    /** x(t). */
    increment: (t: number, slope = new Float64Array(start.length)) =>
      curved(t, slope).map((value, i) => t * phi1(-rates[i] * t) * start[i] + value),
    /** g' from where x is after t, with the velocity there. */
    slope: (x: Float64Array, velocity: Float64Array, t: number) =>
      start.map((value, i) => (velocity[i] + rates[i] * x[i] - value) / t),
    /**
     * The velocity at an end of the step, as its cubic takes it: what decays within the step goes no
     * farther than v/λ, and the cubic would make h v of it; so the chord's in its place.
     */
    chord: (h: number, x: Float64Array, velocity: Float64Array) =>
      x.map((value, i) => value / h + phi1(-rates[i] * h) * (velocity[i] - value / h)),
    /** The vector with other components in these directions. */
    replaced({ vector, within }: Split, components: Float64Array): Split {
      if (rows === 0) return { vector, within: components };
      const data = components.map((value, k) => value - within[k]);
      const change = multiply({ rows: 1, cols: rows, data }, matrix, false, false);
      return { vector: added(vector, change), within: components };
    },
  };
}
