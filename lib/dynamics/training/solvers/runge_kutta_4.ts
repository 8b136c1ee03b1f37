/**
 * The classical Runge–Kutta method at a fixed h λ_max: the reference that the fast solvers are
 * measured by.
 *
 * @module
 */
import { constant, type OdePoint, type OdeTerm, type Solver } from "../../../numerics/ode/mod.ts";
import { added } from "../../../numerics/vectors.ts";

/** Fourth order; stable for step < 2.78. */
export function rungeKutta4<P extends OdePoint>(
  { step = 0.5 }: { readonly step?: number } = {},
): Solver<OdeTerm<P>, P> {
  return {
    name: "runge-kutta-4",
    controller: constant(step),
    lambdaEvery: 5,
    async attempt(term, { time, position, point }, h) {
      const from = async (velocity: Float64Array, share: number) =>
        (await term.evaluate(
          position.map((y, i) => y + share * h * velocity[i]),
          time + share * h,
        )).velocity;
      const k1 = point.velocity;
      const k2 = await from(k1, 1 / 2);
      const k3 = await from(k2, 1 / 2);
      const k4 = await from(k3, 1);
      const increment = k1.map((value, i) => h / 6 * (value + 2 * k2[i] + 2 * k3[i] + k4[i]));
      return { increment, end: await term.evaluate(added(position, increment), time + h) };
    },
  };
}
