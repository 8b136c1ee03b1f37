/**
 * Runge–Kutta–Chebyshev of second order: explicit stages enough to be stable over h λ_max ≫ 1.
 *
 * B. P. Sommeijer, L. F. Shampine, J. G. Verwer, "RKC: An explicit solver for parabolic PDEs",
 * J. Comput. Appl. Math. 88 (1998) 315. A step of size h costs about √(1.54 h λ_max) gradients,
 * where gradient descent at its stability limit takes h λ_max/2.
 *
 * @module
 */
import {
  type OdePoint,
  type OdeTerm,
  proportional,
  type Solver,
} from "../../../numerics/ode/mod.ts";
import { added, norm } from "../../../numerics/vectors.ts";

/** λ_max is an estimate from below, and the loss's curvature is not the kernel's alone. */
const SAFETY = 1.15;

/** The coefficients of a method of s stages, indexed by stage j. */
interface Coefficients {
  readonly mu: Float64Array;
  readonly nu: Float64Array;
  readonly muTilde: Float64Array;
  readonly gammaTilde: Float64Array;
  readonly first: number;
  /** Times of the stages within the step, as shares of h. */
  readonly places: Float64Array;
}

/** RKC with an error of at most `tolerance` a step, relative to ‖y‖: of weights, ‖θ − θ_0‖. */
export function rungeKuttaChebyshev<P extends OdePoint>(
  { tolerance = 0.01 }: { readonly tolerance?: number } = {},
): Solver<OdeTerm<P>, P> {
  return {
    name: "runge-kutta-chebyshev",
    controller: proportional({ order: 3, safety: 0.8, least: 0.15, most: 4 }),
    lambdaEvery: 5,
    async attempt(term, { time, position, point, lambdaMax }, h) {
      const stages = Math.max(2, 1 + Math.floor(Math.sqrt(1 + 1.54 * h * SAFETY * lambdaMax)));
      const { mu, nu, muTilde, gammaTilde, first, places } = coefficients(stages);
      const initial = point.velocity;
      const size = initial.length;
      let older = new Float64Array(size);
      let old = new Float64Array(size);
      for (let i = 0; i < size; i++) old[i] = first * h * initial[i];
      for (let j = 2; j <= stages; j++) {
        const { velocity } = await term.evaluate(added(position, old), time + places[j - 1] * h);
        const next = new Float64Array(size);
        const [a, b, c, d] = [mu[j], nu[j], muTilde[j] * h, gammaTilde[j] * h];
        for (let i = 0; i < size; i++) {
          next[i] = a * old[i] + b * older[i] + c * velocity[i] + d * initial[i];
        }
        [older, old] = [old, next];
      }
      const reached = added(position, old);
      const end = await term.evaluate(reached, time + h);
      let squared = 0;
      for (let i = 0; i < size; i++) {
        squared += (-0.8 * old[i] + 0.4 * h * (initial[i] + end.velocity[i])) ** 2;
      }
      const error = Math.sqrt(squared) /
        (tolerance * Math.max(norm(reached), norm(old)));
      return { increment: old, end, error };
    },
  };
}

/** Chebyshev polynomials of the first kind and their two derivatives at w0 > 1, by recurrence. */
function coefficients(stages: number): Coefficients {
  const w0 = 1 + 2 / 13 / stages ** 2;
  const column = () => new Float64Array(stages + 1);
  const [t, dt, ddt] = [column(), column(), column()];
  t[0] = 1;
  t[1] = w0;
  dt[1] = 1;
  for (let j = 2; j <= stages; j++) {
    t[j] = 2 * w0 * t[j - 1] - t[j - 2];
    dt[j] = 2 * t[j - 1] + 2 * w0 * dt[j - 1] - dt[j - 2];
    ddt[j] = 4 * dt[j - 1] + 2 * w0 * ddt[j - 1] - ddt[j - 2];
  }
  const w1 = dt[stages] / ddt[stages];
  const b = column();
  for (let j = 2; j <= stages; j++) b[j] = ddt[j] / dt[j] ** 2;
  b[0] = b[2];
  b[1] = 1 / w0;
  const a = b.map((value, j) => 1 - value * t[j]);
  const [mu, nu, muTilde, gammaTilde] = [column(), column(), column(), column()];
  for (let j = 2; j <= stages; j++) {
    mu[j] = 2 * b[j] * w0 / b[j - 1];
    nu[j] = -b[j] / b[j - 2];
    muTilde[j] = 2 * b[j] * w1 / b[j - 1];
    gammaTilde[j] = -a[j - 1] * muTilde[j];
  }
  // Where y' = 1 is after stage j: the recurrence with F = 1.
  const places = column();
  places[1] = b[1] * w1;
  for (let j = 2; j <= stages; j++) {
    places[j] = mu[j] * places[j - 1] + nu[j] * places[j - 2] + muTilde[j] + gammaTilde[j];
  }
  return { mu, nu, muTilde, gammaTilde, first: b[1] * w1, places };
}
