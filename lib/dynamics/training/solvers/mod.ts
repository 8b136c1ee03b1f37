/**
 * The methods that gradient flow is integrated by, one a file, and their one table of names.
 *
 * @module
 */
import { isDense, type Network } from "../../../networks/mod.ts";
import { checkOneOf, checkThat } from "../../../numerics/checks.ts";
import { dormandPrince } from "./dormand_prince.ts";
import { euler } from "./euler.ts";
import { exponentialMidpoint } from "./exponential_midpoint.ts";
import type { FlowSolver, FlowSolverOptions } from "./flow_solver.ts";
import { rungeKutta4 } from "./runge_kutta_4.ts";
import { rungeKuttaChebyshev } from "./runge_kutta_chebyshev.ts";

export type { FlowSolver, FlowSolverOptions } from "./flow_solver.ts";

/** The solvers there are: a name, and what makes it. */
const SOLVERS = {
  "exponential-midpoint": exponentialMidpoint,
  "runge-kutta-chebyshev": rungeKuttaChebyshev,
  "dormand-prince": dormandPrince,
  "runge-kutta-4": rungeKutta4,
  euler,
} satisfies Record<string, (options: FlowSolverOptions) => unknown>;

/** The methods there are. */
export type SolverName = keyof typeof SOLVERS;

/**
 * The solver of this name, or the user's own; by default the one that measures best on the network's
 * architecture.
 *
 * @throws {RangeError} if there is none of this name
 * @throws {TypeError} if an object is no solver
 */
export function flowSolver(
  network: Network,
  solver: SolverName | FlowSolver = isDense(network)
    ? "exponential-midpoint"
    : "runge-kutta-chebyshev",
  options: FlowSolverOptions = {},
): FlowSolver {
  checkSolver("solver", solver);
  return typeof solver === "string" ? SOLVERS[solver](options) as FlowSolver : solver;
}

/** The solver, if it is one or a name of one; errors as {@link flowSolver}. */
export function checkSolver<T extends SolverName | FlowSolver>(called: string, solver: T): T {
  if (typeof solver !== "object" || solver === null) {
    return checkOneOf<SolverName>(called, solver, Object.keys(SOLVERS) as SolverName[]) as T;
  }
  const { name, controller, attempt } = solver;
  const { first, accepts, next, shorter } = controller ?? {};
  const functions = [attempt, first, accepts, next, shorter];
  const whole = typeof name === "string" && name !== "" &&
    functions.every((one) => typeof one === "function");
  return checkThat(
    called,
    solver,
    whole,
    "a name of one, or have a name, attempt(term, start, h) and a controller with first, " +
      "accepts, next and shorter, such as `proportional` and `constant` make; see Solver",
  );
}
