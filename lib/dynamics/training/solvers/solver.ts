/**
 * What a solver of θ' = −∇L is, apart from the term it integrates, the controller that chooses its
 * steps, and the meter that tells how far it is.
 *
 * @module
 */
import type { FlowPoint, FlowTerm } from "../flow_term.ts";
import type { StepCurve } from "./step_cubic.ts";

/** The methods there are. */
export type SolverName =
  | "runge-kutta-chebyshev"
  | "exponential-midpoint"
  | "runge-kutta-4"
  | "euler";

/** Where a flow is before a step. */
export interface StepStart {
  /** D = θ − θ_0. */
  readonly displacement: Float64Array;
  /** Loss and velocity there. */
  readonly point: FlowPoint;
  /** λ_max of the kernel there, in units of 1/time. */
  readonly lambdaMax: number;
}

/** What one attempt at a step of size h came to. */
export interface StepAttempt {
  /** δ: the change of θ. */
  readonly increment: Float64Array;
  /**
   * Loss and velocity at the end, which may not be finite: then the step is too long. Not there
   * where the step was given up before its end.
   */
  readonly end?: FlowPoint;
  /** Estimated error over its tolerance; the step stands where it is ≤ 1. */
  readonly error: number;
  /** The curve of the step, where the method knows a better one than the cubic through its ends. */
  readonly curve?: StepCurve;
}

/** One method: a step from here, and how the next h follows from the error. */
export interface Solver {
  readonly name: SolverName;
  /** The first step, in units of 1/λ_max. */
  readonly firstStep: number;
  /** λ_max is looked up again after so many steps. */
  readonly lambdaEvery: number;
  /** A step of at most this, in units of 1/λ_max, is accepted whatever its error. */
  readonly floor: number;
  /** The next step size after one of size h with this error. */
  next(h: number, error: number, lambdaMax: number): number;
  attempt(term: FlowTerm, start: StepStart, h: number): Promise<StepAttempt>;
}

/** h · clamp(safety · error^(−1/order)): the step at which the error would just be tolerated. */
export function stepController(
  { order, safety, least, most }: {
    readonly order: number;
    readonly safety: number;
    readonly least: number;
    readonly most: number;
  },
): Solver["next"] {
  return (h, error) =>
    h * Math.min(most, Math.max(least, safety * Math.max(error, 1e-10) ** (-1 / order)));
}
