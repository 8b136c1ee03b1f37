/**
 * Euler and the classical Runge–Kutta method at a fixed h λ_max: slow, and the references that the
 * fast solvers are measured by.
 *
 * @module
 */
import type { Solver } from "./solver.ts";
import { added } from "../../../numerics/vectors.ts";

/** A solver that takes h = step/λ_max whatever comes. */
const fixed = (step: number): Pick<Solver, "firstStep" | "floor" | "lambdaEvery" | "next"> => ({
  firstStep: step,
  floor: Infinity,
  lambdaEvery: 5,
  next: (_h, _error, lambdaMax) => step / lambdaMax,
});

/** θ ← θ + h F(θ); stable for step < 2. */
export function euler(step = 0.1): Solver {
  return {
    ...fixed(step),
    name: "euler",
    async attempt(term, { displacement, point }, h) {
      const increment = point.velocity.map((value) => h * value);
      return { increment, end: await term.evaluate(added(displacement, increment)), error: 1 };
    },
  };
}

/** The classical Runge–Kutta method of fourth order; stable for step < 2.78. */
export function rungeKutta4(step = 0.5): Solver {
  return {
    ...fixed(step),
    name: "runge-kutta-4",
    async attempt(term, { displacement, point }, h) {
      const from = async (velocity: Float64Array, share: number) =>
        (await term.evaluate(displacement.map((d, i) => d + share * h * velocity[i]))).velocity;
      const k1 = point.velocity;
      const k2 = await from(k1, 1 / 2);
      const k3 = await from(k2, 1 / 2);
      const k4 = await from(k3, 1);
      const increment = k1.map((value, i) => h / 6 * (value + 2 * k2[i] + 2 * k3[i] + k4[i]));
      return { increment, end: await term.evaluate(added(displacement, increment)), error: 1 };
    },
  };
}
