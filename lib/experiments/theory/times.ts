/**
 * A check that theories of paths share.
 *
 * @module
 */
import { checkNumbers, checkPositive } from "../../numerics/checks.ts";

/** Times after 0 that increase, one at least. */
export function checkTimesOf<T extends ArrayLike<number>>(name: string, times: T): T {
  checkNumbers(name, times);
  if (times.length === 0) throw new RangeError(`${name} has no entries; it must have one or more`);
  for (let i = 0; i < times.length; i++) {
    checkPositive(`${name}[${i}]`, times[i], "a positive time");
    if (i > 0 && !(times[i] > times[i - 1])) {
      throw new RangeError(`${name}[${i}] is ${times[i]}; times must increase`);
    }
  }
  return times;
}
