/**
 * A lock on a file of the project, as `withLock` has one on a file of the cache.
 *
 * @module
 */
import { withLock } from "../resources/lock.ts";

/** What to do where a folder of the project cannot be written. */
export const UNWRITABLE = "Put the project into a folder that you can write to";

/**
 * Runs `work` while holding the lock on a file of the project.
 *
 * @throws {SetUpError} if the file cannot be written: no other cache folder mends that.
 */
export const withProjectLock = <T>(
  path: string,
  work: (held: boolean) => Promise<T>,
  onWait?: (holder: string) => void,
): Promise<T> => withLock(path, work, onWait, UNWRITABLE);
