/**
 * Numbers in tables as a reader wants them: with minus signs, and in full.
 *
 * @module
 */

/**
 * The text with minus signs before negative numbers, and none before a zero.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withMinusSigns } from "./number_text.ts";
 * assert.equal(withMinusSigns("-0.06 [-0.07, -0.00]"), "−0.06 [−0.07, 0.00]");
 * assert.equal(withMinusSigns("T^-0.12, 1e-5"), "T^−0.12, 1e-5");
 * ```
 */
export function withMinusSigns(text: string): string {
  return text.replace(/(?<![\w.)])-(?=0(?:\.0+)?(?![\d.]))/g, "").replace(
    /(?<![\w.)])-(?=\d)/g,
    "−",
  );
}

/**
 * A count to so many digits, in full and with its thousands apart: no power of ten.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { counted } from "./number_text.ts";
 * assert.equal(counted(1486114, 2), "1,500,000");
 * ```
 */
export const counted = (value: number, digits: number): string =>
  Number(value.toPrecision(digits)).toLocaleString("en-US");

/**
 * A share in percent, to so many digits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { percent } from "./number_text.ts";
 * assert.equal(percent(0.3894, 3), "38.9 %");
 * ```
 */
export const percent = (share: number, digits: number): string =>
  `${(100 * share).toPrecision(digits)} %`;
