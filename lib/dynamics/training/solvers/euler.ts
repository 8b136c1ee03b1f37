/**
 * Euler's method at a fixed h λ_max: gradient descent, slow, and what others are measured by.
 *
 * @module
 */
import { constant, type OdePoint, type OdeTerm, type Solver } from "../../../numerics/ode/mod.ts";
import { added } from "../../../numerics/vectors.ts";

/** y ← y + h F(y); stable for step < 2. */
export function euler<P extends OdePoint>(
  { step = 0.1 }: { readonly step?: number } = {},
): Solver<OdeTerm<P>, P> {
  return {
    name: "euler",
    controller: constant(step),
    lambdaEvery: 5,
    async attempt(term, { time, position, point: { velocity } }, h) {
      const increment = velocity.map((value) => h * value);
      return { increment, end: await term.evaluate(added(position, increment), time + h) };
    },
  };
}
