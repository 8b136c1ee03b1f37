/**
 * Means with their standard errors as text.
 *
 * @module
 */

/**
 * A mean with its standard error to two digits, and no more digits than that error leaves:
 * `1.46498 ± 0.00027`, or `(2.204 ± 0.031)e-11` where it is far from 1.
 *
 * @param digits of the error
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withError } from "./with_error.ts";
 * assert.equal(withError({ mean: 1.46498, standardError: 0.00027 }), "1.46498 ± 0.00027");
 * assert.equal(withError({ mean: 2.2e-11, standardError: 3e-13 }), "(2.200 ± 0.030)e-11");
 * assert.equal(withError({ mean: 1234, standardError: 56 }, { digits: 1 }), "1230 ± 60");
 * ```
 */
export function withError(
  { mean, standardError }: { readonly mean: number; readonly standardError: number },
  { digits = 2 }: { readonly digits?: number } = {},
): string {
  if (!(standardError > 0) || !Number.isFinite(mean) || standardError === Infinity) {
    return `${Number(mean.toPrecision(4))} ± ${standardError}`;
  }
  const power = Math.floor(Math.log10(Math.max(Math.abs(mean), standardError)));
  const scaled = power < -3 || power > 5;
  const unit = scaled ? 10 ** power : 1;
  const error = Number((standardError / unit).toPrecision(digits));
  const place = Math.floor(Math.log10(error)) + 1 - digits; // of the error's last digit
  const value = place > 0
    ? String(Math.round(mean / unit / 10 ** place) * 10 ** place)
    : (mean / unit).toFixed(-place);
  const text = `${value} ± ${error.toFixed(Math.max(0, -place))}`;
  return scaled ? `(${text})e${power}` : text;
}
