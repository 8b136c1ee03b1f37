/**
 * What a solver is: one attempt at a step, state in, state out. Whether the attempt stands, and how
 * long the next one is, is the controller's.
 *
 * @module
 */
import type { StepController } from "./controller.ts";
import type { Maybe } from "./maybe.ts";
import type { LargestEigenvalue, OdePoint, OdeTerm } from "./term.ts";

/** Where a step starts. */
export interface StepStart<P extends OdePoint = OdePoint> {
  readonly time: number;
  readonly position: Float64Array;
  /** What the term knows at this position. */
  readonly point: P;
  /** λ_max as it was last looked up, in units of 1/time; NaN where the term has none. */
  readonly lambdaMax: number;
  /** The vector that this look-up left. */
  readonly lambdaVector?: Float64Array;
  /** What the look-up gave, where it was made at this very position. */
  readonly lookedUp?: LargestEigenvalue;
  /** What the attempt before this one, from the same start, left for it. */
  readonly memory?: unknown;
}

/** Where λ_max is looked up. */
export interface LookUpStart<P extends OdePoint = OdePoint> {
  readonly position: Float64Array;
  readonly point: P;
  /** Steps that stand, so far. */
  readonly step: number;
  /** The vector of the look-up before; not there at the first. */
  readonly from?: Float64Array;
  /** The step that led here. */
  readonly h?: number;
}

/** A step's curve, asked at u in [0, 1]. */
export interface StepCurve {
  /** y(u) − y(0). */
  increment(u: number): Maybe<Float64Array>;
  /** Arc length from 0 to u. */
  pathLength(u: number): number;
}

/** What one attempt at a step of size h came to. */
export interface StepAttempt<P extends OdePoint = OdePoint, C extends StepCurve = StepCurve> {
  /** y(t + h) − y(t). */
  readonly increment: Float64Array;
  /**
   * What the term knows at the end, which may not be finite: then the step is too long. Not there
   * where the step was given up before its end.
   */
  readonly end?: P;
  /** Estimated error over its tolerance; not there where the method estimates none. */
  readonly error?: number;
  /** The curve of the step, where the method knows a better one than the cubic through its ends. */
  readonly curve?: C;
  /** What another attempt from the same start may begin with. */
  readonly memory?: unknown;
}

/** One method. A user's own is an object of this form. */
export interface Solver<
  T extends OdeTerm<P>,
  P extends OdePoint = OdePoint,
  C extends StepCurve = StepCurve,
> {
  readonly name: string;
  /** How its steps are chosen, unless an integration is told otherwise. */
  readonly controller: StepController;
  /** λ_max is looked up again after so many steps; never, if left out. */
  readonly lambdaEvery?: number;
  /**
   * In place of the term's own look-up of λ_max, where the method needs more than that; what it
   * needs goes into the vector, which later steps and look-ups find again.
   */
  lookUp?(term: T, at: LookUpStart<P>): Maybe<LargestEigenvalue>;
  attempt(term: T, start: StepStart<P>, h: number): Maybe<StepAttempt<P, C>>;
}
