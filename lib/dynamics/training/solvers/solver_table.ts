/**
 * The one table of solvers. A new one is a file beside these, an import and a line here.
 *
 * @module
 */
import { nameTable } from "../../../numerics/name_table.ts";
import { deflatedChebyshev } from "./deflated_chebyshev.ts";
import { dormandPrince } from "./dormand_prince.ts";
import { euler } from "./euler.ts";
import { exponentialMidpoint } from "./exponential_midpoint.ts";
import type { FlowSolverOptions } from "./flow_solver.ts";
import { rungeKutta4 } from "./runge_kutta_4.ts";
import { rungeKuttaChebyshev } from "./runge_kutta_chebyshev.ts";

const entries = {
  "exponential-midpoint": exponentialMidpoint,
  "deflated-chebyshev": deflatedChebyshev,
  "runge-kutta-chebyshev": rungeKuttaChebyshev,
  "dormand-prince": dormandPrince,
  "runge-kutta-4": rungeKutta4,
  euler,
} satisfies Record<string, (options: FlowSolverOptions) => unknown>;

/** The solvers there are: a name, and what makes it. */
export const solverTable: Readonly<typeof entries> = nameTable(entries);
