/**
 * Where the state of a run is kept: the other side of a run that goes on after a kill.
 *
 * @module
 */

/** Keeps the state of one run, plain values that `structuredClone` copies. */
export interface Checkpoint<State> {
  /** The state kept last, if there is one; it is the run's from then on, which may change it. */
  load(): Promise<State | undefined>;
  /**
   * Keeps a state in place of the one before. The run may go on to change the arrays in it once the
   * promise is settled: who keeps it in memory copies it.
   */
  save(state: State): Promise<void>;
  /** Seconds between two saves. */
  readonly every?: number;
}
