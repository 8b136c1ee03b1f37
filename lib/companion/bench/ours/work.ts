/**
 * What our side does for a row.
 *
 * @module
 */
import type { Arrays } from "../arrays.ts";
import type { Size } from "../row.ts";

/** A problem of one size, prepared. */
export interface Work<Result = unknown> {
  /** What the peer takes too. */
  readonly inputs?: Arrays;
  /** What is timed. */
  readonly run: () => Result | Promise<Result>;
  /** Numbers of what it gave, for comparison with the peer's. */
  readonly answer?: (result: Result) => ArrayLike<number> | Promise<ArrayLike<number>>;
  /** What the result tells besides: gradients, steps. */
  readonly told?: (result: Result) => Readonly<Record<string, number>>;
  /** Measured beside, in the same round: seconds. */
  readonly yardstick?: () => number | Promise<number>;
  /** GB of memory of a process that the call started, where it did. */
  readonly peak?: (result: Result) => number;
}

/** Prepares a problem. */
export type MakeWork = (size: Size) => Work | Promise<Work>;

/** A work, with its result's type forgotten. */
export const work = <Result>(made: Work<Result>): Work => made as unknown as Work;
