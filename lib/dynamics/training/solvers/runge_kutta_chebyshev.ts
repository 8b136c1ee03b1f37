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
import { chebyshevStages, stagesFor } from "./chebyshev_stages.ts";

/** λ_max is an estimate from below, and the loss's curvature is not the kernel's alone. */
const SAFETY = 1.15;

/** RKC with an error of at most `tolerance` a step, relative to ‖y‖: of weights, ‖θ − θ_0‖. */
export function rungeKuttaChebyshev<P extends OdePoint>(
  { tolerance = 0.01 }: { readonly tolerance?: number } = {},
): Solver<OdeTerm<P>, P> {
  return {
    name: "runge-kutta-chebyshev",
    controller: proportional({ order: 3, safety: 0.8, least: 0.15, most: 4 }),
    lambdaEvery: 5,
    async attempt(term, { time, position, point, lambdaMax }, h) {
      const stages = Math.max(2, stagesFor(h * SAFETY * lambdaMax));
      const { mu, nu, muTilde, gammaTilde, first, places } = chebyshevStages(stages);
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
