/**
 * The methods that gradient flow is integrated by, one a file, by their names.
 *
 * @module
 */
import { isDense, type Network } from "../../../networks/mod.ts";
import { checkOneOf } from "../../../numerics/checks.ts";
import type { FlowSolver, FlowSolverOptions } from "./flow_solver.ts";
import { solverTable } from "./solver_table.ts";

export type { FlowSolver, FlowSolverOptions } from "./flow_solver.ts";

/** The methods there are. */
export type SolverName = keyof typeof solverTable;

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
  if (typeof solver !== "object") {
    checkOneOf("solver", solver, Object.keys(solverTable) as SolverName[]);
    return solverTable[solver](options) as FlowSolver;
  }
  const { first, accepts, next, shorter } = solver?.controller ?? {};
  const functions = [solver?.attempt, first, accepts, next, shorter];
  if (!solver?.name || functions.some((one) => typeof one !== "function")) {
    throw new TypeError(
      "solver is an object without a name, attempt(term, start, h) and a controller with first, " +
        "accepts, next and shorter, such as `proportional` and `constant` make; see Solver",
    );
  }
  return solver;
}
