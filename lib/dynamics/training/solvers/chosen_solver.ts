/**
 * The solver that a flow is told to use, or that suits its network.
 *
 * @module
 */
import { isDense, type Network } from "../../../networks/mod.ts";
import { exponentialMidpoint } from "./exponential_midpoint.ts";
import { euler, rungeKutta4 } from "./explicit_solvers.ts";
import type { GradientFlowOptions } from "../gradient_flow_options.ts";
import { rungeKuttaChebyshev } from "./runge_kutta_chebyshev.ts";
import type { Solver } from "./solver.ts";

/**
 * The solver of this name, with its tolerance or step; by default the one that measures best on the
 * network's architecture.
 *
 * @throws {RangeError} if there is none of this name
 */
export function chosenSolver(
  network: Network,
  {
    solver = isDense(network) ? "exponential-midpoint" : "runge-kutta-chebyshev",
    tolerance = 0.01,
    step,
  }: GradientFlowOptions,
): Solver {
  switch (solver) {
    case "runge-kutta-chebyshev":
      return rungeKuttaChebyshev(tolerance);
    case "exponential-midpoint":
      return exponentialMidpoint(tolerance);
    case "runge-kutta-4":
      return rungeKutta4(step);
    case "euler":
      return euler(step);
    default:
      throw new RangeError(
        `solver is "${solver}"; it must be "exponential-midpoint", "runge-kutta-chebyshev", ` +
          `"runge-kutta-4" or "euler"`,
      );
  }
}
