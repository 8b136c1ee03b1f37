/**
 * Means with their standard errors, as a line in a band.
 *
 * @module
 */
import {
  checkList,
  checkNumber,
  checkOptions,
  checkRecord,
  maybe,
  must,
} from "../numerics/checks.ts";
import { band, checkColumn, LINE_CHECKS, type Numbers } from "./marks.ts";
import type { PlotlyPart } from "./look.ts";

/**
 * A line through means, and a band of `errors` standard errors about it.
 *
 * @param least what no mean can be less than, 1 for T/T_SL: the band's edge is cut there
 *
 * @throws {RangeError} if the lengths differ or are 0
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meanBand } from "./mean_band.ts";
 * const [area] = meanBand([1], [{ mean: 5, standardError: 1 }], { name: "mean of 8" });
 * assert.deepEqual(area.y, [7, 3]);
 * assert.deepEqual(meanBand([1], [{ mean: 2, standardError: 1 }], { least: 1 })[0].y, [4, 1]);
 * ```
 */
export function meanBand(
  x: Numbers,
  means: readonly { readonly mean: number; readonly standardError: number }[],
  options: { readonly errors?: number; readonly least?: number } & Parameters<typeof band>[4] = {},
): PlotlyPart[] {
  checkColumn("x", x);
  const value = must(checkNumber, { gaps: true });
  checkList("means", means, must(checkRecord, { mean: value, standardError: value }));
  const { errors = 2, least = -Infinity, ...others } = checkOptions("options", options, {
    ...LINE_CHECKS,
    ...{ errors: maybe(checkNumber), least: maybe(checkNumber) },
  });
  return band(
    x,
    means.map(({ mean }) => mean),
    means.map(({ mean, standardError }) =>
      Math.min(mean, Math.max(least, mean - errors * standardError))
    ),
    means.map(({ mean, standardError }) => mean + errors * standardError),
    others,
  );
}
