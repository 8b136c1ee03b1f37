/**
 * What is integrated: a right-hand side, with what a solver may ask of it.
 *
 * @module
 */
import type { Maybe } from "./maybe.ts";

/** What is known at one position. */
export interface OdePoint {
  /** y' there. */
  readonly velocity: Float64Array;
}

/** The largest eigenvalue of −∂y'/∂y, and what was found on the way to it. */
export interface LargestEigenvalue {
  /** In units of 1/time. */
  readonly value: number;
  /** From which a later search may start. */
  readonly vector: Float64Array;
  /** Frees what else it holds, once its position is left. */
  dispose?(): void;
}

/** The right-hand side of y' = F(y, t). */
export interface OdeTerm<P extends OdePoint = OdePoint> {
  evaluate(position: Float64Array, time: number): Maybe<P>;
  /** Where the term knows it: it bounds the steps of explicit methods. */
  largestEigenvalue?(
    position: Float64Array,
    from?: Float64Array,
  ): Maybe<LargestEigenvalue>;
  /** Whether all is finite at a point; it is taken for so where this is left out. */
  finite?(point: P): boolean;
}
