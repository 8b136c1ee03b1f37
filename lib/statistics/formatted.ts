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
