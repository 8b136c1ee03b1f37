/**
 * The methods that gradient flow is integrated by, one a file, by their names.
 *
 * @module
 */
import { isDense, type Network } from "../../../networks/mod.ts";
import { checkOneOf, checkThat } from "../../../numerics/checks.ts";
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
    : "deflated-chebyshev",
  options: FlowSolverOptions = {},
): FlowSolver {
  checkSolver("solver", solver);
  return typeof solver === "string" ? solverTable[solver](options) as FlowSolver : solver;
}

/** The solver, if it is one or a name of one; errors as {@link flowSolver}. */
export function checkSolver<T extends SolverName | FlowSolver>(called: string, solver: T): T {
  if (typeof solver !== "object" || solver === null) {
    return checkOneOf<SolverName>(called, solver, Object.keys(solverTable) as SolverName[]) as T;
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
