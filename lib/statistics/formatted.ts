/**
 * Numbers as text, with what they are worth.
 *
 * @module
 */

/**
 * A value with its interval, such as `21.6 [13.0, 35.7]`.
 *
 * @param digits behind the point
 * @param missing what stands where there is no value
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withInterval } from "./formatted.ts";
 * assert.equal(withInterval({ mean: 21.63, interval: [13.01, 35.66] }), "21.6 [13.0, 35.7]");
 * assert.equal(withInterval(undefined), "not reached");
 * ```
 */
export function withInterval(
  value: { readonly mean: number; readonly interval: readonly [number, number] } | undefined,
  { digits = 1, missing = "not reached" }: {
    readonly digits?: number;
    readonly missing?: string;
  } = {},
): string {
  if (!value) return missing;
  const [low, high] = value.interval.map((end) => end.toFixed(digits));
  return `${value.mean.toFixed(digits)} [${low}, ${high}]`;
}

/**
 * A mean with its standard error, such as `0.931 ± 0.005`.
 *
 * @param digits behind the point
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withError } from "./formatted.ts";
 * assert.equal(withError({ mean: 0.9312, standardError: 0.0049 }), "0.931 ± 0.005");
 * ```
 */
export function withError(
  { mean, standardError }: { readonly mean: number; readonly standardError: number },
  { digits = 3 }: { readonly digits?: number } = {},
): string {
  return `${mean.toFixed(digits)} ± ${standardError.toFixed(digits)}`;
}

/**
 * From where to where values lie, such as `4.85–73.27`.
 *
 * @param digits behind the point
 * @param dash what stands between the two
 * @throws {RangeError} if there is no value
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { leastToLargest } from "./formatted.ts";
 * assert.equal(leastToLargest([2, 1.5, 3]), "1.5–3.0");
 * assert.equal(leastToLargest([2, 1.5, 3], { digits: 2, dash: " to " }), "1.50 to 3.00");
 * ```
 */
export function leastToLargest(
  values: readonly number[],
  { digits = 1, dash = "–" }: { readonly digits?: number; readonly dash?: string } = {},
): string {
  if (values.length === 0) throw new RangeError("there are no values; a range needs one");
  return [Math.min(...values), Math.max(...values)].map((end) => end.toFixed(digits)).join(dash);
}
