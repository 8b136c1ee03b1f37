/**
 * A solver of gradient flow: one of those there are, by its name, or a user's own object.
 *
 * @module
 */
import type { Solver, StepStart } from "../../../numerics/ode/mod.ts";
import type { FlowCurve } from "../flow_curve.ts";
import type { FlowEigenvalue, FlowPoint, FlowTerm } from "../flow_term.ts";

/** Where a step of a flow starts. */
export interface FlowStart extends StepStart<FlowPoint> {
  readonly lookedUp?: FlowEigenvalue;
}

/** One method, on a network's flow. */
export type FlowSolver = Solver<FlowTerm, FlowPoint, FlowCurve>;

/** What a solver's maker is told. */
export interface FlowSolverOptions {
  /** About the relative error of T/T_SL, l_γ/l_geo and L that may be made. */
  readonly tolerance?: number;
  /** h λ_max of the solvers of fixed step. */
  readonly step?: number;
}
