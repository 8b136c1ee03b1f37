/**
 * Exponents as text, with no more than they are worth.
 *
 * @module
 */
import { checkNumber, checkNumbers, checkRecord, maybe, must } from "../numerics/checks.ts";
import { leastToLargest, withInterval } from "./formatted.ts";
import type { SampledPowerLaw } from "./power_law_sets.ts";

const value = must(checkNumber, { gaps: true });
const pair = must(checkNumbers, { gaps: true, length: 2 });

/**
 * An exponent to two digits: with its interval over sets and windows, as `1.13 [1.06, 1.22]`. One set has
 * no interval: of it the range over windows is told, as `1.12 (windows 1.12–1.13)`, and the exponent
 * alone where that is a single number. `undetermined` where there is none (NaN).
 *
 * @throws {TypeError} if it is no exponent with its range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentText } from "./power_law_text.ts";
 * assert.equal(exponentText({ exponent: 1.13, wide: [1.06, 1.22], interval: [1.1, 1.16] }), "1.13 [1.06, 1.22]");
 * assert.equal(exponentText({ exponent: 1.12, wide: [1.12, 1.13] }), "1.12 (windows 1.12–1.13)");
 * assert.equal(exponentText({ exponent: 1.18, wide: [1.18, 1.18] }), "1.18");
 * ```
 */
export function exponentText(law: Pick<SampledPowerLaw, "exponent" | "wide" | "interval">): string {
  const { exponent, wide, interval } = checkRecord("law", law, {
    ...{ exponent: value, wide: pair, interval: maybe(pair) },
  }, "an exponent with its range");
  if (!Number.isFinite(exponent)) return "undetermined";
  if (interval) return withInterval({ mean: exponent, interval: wide }, { digits: 2 });
  const alone = exponent.toFixed(2);
  const differ = wide.every(Number.isFinite) && wide[0].toFixed(2) !== wide[1].toFixed(2);
  return differ ? `${alone} (windows ${leastToLargest(wide, { digits: 2 })})` : alone;
}
