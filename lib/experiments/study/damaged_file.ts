/**
 * The error for a file that is not what was written.
 *
 * @module
 */

/** A stored result or a kept run that is damaged: the message names the file and what to do. */
export class DamagedFileError extends Error {
  override readonly name = "DamagedFileError";
}
