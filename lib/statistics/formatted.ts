/**
 * Numbers as text, with what they are worth.
 *
 * @module
 */
import {
  checkInteger,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../numerics/checks.ts";

/** A number of a result, which may be NaN or infinite. */
const ANY = must(checkNumber, { gaps: true });
/** So many as `toFixed` takes. */
const DIGITS = must(checkInteger, { least: 0, most: 100 });
const checkPair = must(checkNumbers, { gaps: true, length: 2 });

/**
 * A value with its interval, such as `21.6 [13.0, 35.7]`.
 *
 * @param digits behind the point
 * @param missing what stands where there is no value
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
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
  options: {
    readonly digits?: number;
    readonly missing?: string;
  } = {},
): string {
  const { digits = 1, missing = "not reached" } = checkOptions("options", options, {
    digits: maybe(DIGITS),
    missing: maybe(checkText),
  });
  if (value === undefined) return missing;
  checkRecord("value", value, { mean: ANY, interval: checkPair }, "a mean with its interval");
  const [low, high] = value.interval.map((end) => end.toFixed(digits));
  return `${value.mean.toFixed(digits)} [${low}, ${high}]`;
}

/**
 * A mean with its standard error to two digits, and no more digits than that error leaves:
 * `1.46498 ± 0.00027`, or `(2.204 ± 0.031)e-11` where it is far from 1.
 *
 * @param digits of the error
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withError } from "./formatted.ts";
 * assert.equal(withError({ mean: 1.46498, standardError: 0.00027 }), "1.46498 ± 0.00027");
 * assert.equal(withError({ mean: 2.2e-11, standardError: 3e-13 }), "(2.200 ± 0.030)e-11");
 * assert.equal(withError({ mean: 1234, standardError: 56 }, { digits: 1 }), "1230 ± 60");
 * ```
 */
export function withError(
  value: { readonly mean: number; readonly standardError: number },
  options: { readonly digits?: number } = {},
): string {
  const { mean, standardError } = checkRecord("value", value, { mean: ANY, standardError: ANY });
  const { digits = 2 } = checkOptions("options", options, {
    digits: maybe(checkInteger, { most: 100 }),
  });
  if (!(standardError > 0) || !Number.isFinite(mean) || standardError === Infinity) {
    return `${Number(mean.toPrecision(4))} ± ${standardError}`;
  }
  const power = Math.floor(Math.log10(Math.max(Math.abs(mean), standardError)));
  const scaled = power < -3 || power > 5;
  const unit = scaled ? 10 ** power : 1;
  const error = Number((standardError / unit).toPrecision(digits));
  const place = Math.floor(Math.log10(error)) + 1 - digits; // of the error's last digit
  const middle = place > 0
    ? String(Math.round(mean / unit / 10 ** place) * 10 ** place)
    : (mean / unit).toFixed(-place);
  const text = `${middle} ± ${error.toFixed(Math.max(0, -place))}`;
  return scaled ? `(${text})e${power}` : text;
}

/**
 * From where to where values lie, such as `4.85–73.27`.
 *
 * @param digits behind the point
 * @param dash what stands between the two
 * @throws {TypeError} if an argument is of another kind, or there is no such option
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
  options: { readonly digits?: number; readonly dash?: string } = {},
): string {
  const { digits = 1, dash = "–" } = checkOptions("options", options, {
    digits: maybe(DIGITS),
    dash: maybe(checkText),
  });
  checkNumbers("values", values);
  if (values.length === 0) throw new RangeError("values has no numbers; a range needs one");
  return [Math.min(...values), Math.max(...values)].map((end) => end.toFixed(digits)).join(dash);
}
