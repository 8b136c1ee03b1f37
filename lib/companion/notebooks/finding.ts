/**
 * What the checks of notebooks find.
 *
 * @module
 */

/** Something found in a notebook's code. */
export interface Finding {
  readonly notebook: string;
  /** The code cell's number and line, from 1; `undefined` if it is of no one line. */
  readonly cell?: number;
  readonly line?: number;
  readonly message: string;
}
