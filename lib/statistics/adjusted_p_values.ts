/**
 * P-values corrected for how many tests are made.
 *
 * @module
 */
import { checkNumber, checkNumbers, checkOneOf, checkOptions, maybe } from "../numerics/checks.ts";

/** How p-values are corrected. */
export type Adjustment = "holm" | "benjamini-hochberg";

/**
 * P-values corrected for how many there are; each is then held against the level as if it were alone.
 *
 * "holm": the chance of even one false alarm among all tests is at most the level, whatever hangs on
 * what (S. Holm, Scand. J. Stat. 6, 1979): the k-th smallest of m is multiplied by m − k + 1.
 * "benjamini-hochberg": of the alarms at most a share as large as the level is false in the mean, where
 * tests are independent or hang together positively (J. R. Stat. Soc. B 57, 1995): the k-th smallest is
 * multiplied by m/k. Both are made monotone in p.
 *
 * @returns one for each, in the order given, at most 1
 * @throws {RangeError} if a p-value is outside [0, 1], or there is no such method
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { adjustedPValues } from "./adjusted_p_values.ts";
 * assert.deepEqual(adjustedPValues([0.02, 0.5, 0.25]), [0.06, 0.5, 0.5]);
 * const shares = adjustedPValues([0.01, 0.5, 0.02], { method: "benjamini-hochberg" });
 * assert.deepEqual(shares, [0.03, 0.5, 0.03]);
 * assert.throws(() => adjustedPValues([1.5]), /pValues\[0\] is 1.5; it must be a number from 0 to 1/);
 * ```
 */
export function adjustedPValues(
  pValues: ArrayLike<number>,
  options: { readonly method?: Adjustment } = {},
): number[] {
  const values = Array.from(checkNumbers("pValues", pValues));
  values.forEach((p, i) => checkNumber(`pValues[${i}]`, p, { least: 0, most: 1 }));
  const { method = "holm" } = checkOptions("options", options, {
    method: maybe(checkOneOf<Adjustment>, ["holm", "benjamini-hochberg"]),
  });
  const count = values.length;
  const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
  const adjusted = new Array<number>(count);
  if (method === "holm") {
    let largest = 0;
    order.forEach((i, rank) => {
      largest = Math.max(largest, Math.min(1, (count - rank) * values[i]));
      adjusted[i] = largest;
    });
  } else {
    let least = 1;
    order.toReversed().forEach((i, fromEnd) => {
      least = Math.min(least, count / (count - fromEnd) * values[i]);
      adjusted[i] = least;
    });
  }
  return adjusted;
}
