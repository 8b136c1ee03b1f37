/**
 * The time of a drive that goes from one law to another.
 *
 * @module
 */
import { checkThat } from "../../numerics/checks.ts";

/** Read at each point and step: no range, which is what follows. */
export const checkTime = (t: number): number => checkThat("t", t, typeof t === "number", "a time");

/**
 * t/duration.
 *
 * @throws {RangeError} if the drive has not begun, or has ended
 */
export function shareOf(t: number, duration: number): number {
  checkTime(t);
  if (!(t >= 0 && t <= duration * (1 + 1e-12))) {
    throw new RangeError(`t is ${t}; the drive goes from 0 to ${duration}`);
  }
  return Math.min(1, t / duration);
}
