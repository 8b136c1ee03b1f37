/**
 * A landscape of two dimensions on which a gradient flow winds, and landscapes in other units.
 *
 * @module
 */
import { checkNumber, checkOptions, checkPositive, maybe } from "../../numerics/checks.ts";
import { checkLandscape, type Landscape } from "./landscape.ts";

/**
 * L = ½ along (x − 1)² + ½ across (y − bend x²)²: a valley along the parabola y = bend x², whose
 * floor falls to the minimum at x = 1.
 *
 * @param bend 0 is a straight valley
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if a curvature is not positive, or the bend not finite
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { curvedValley } from "./curved_valley.ts";
 * const { value } = curvedValley({ along: 1, across: 10, bend: 0.5 });
 * assert.equal(value(Float64Array.of(-1, 0.5), 0), 2); // on the floor
 * ```
 */
export function curvedValley(
  options: {
    readonly along?: number;
    readonly across?: number;
    readonly bend?: number;
  } = {},
): Landscape {
  const { along = 1, across = 10, bend = 0.5 } = checkOptions("options", options, {
    along: maybe(checkPositive),
    across: maybe(checkPositive),
    bend: maybe(checkNumber),
  });
  return {
    dimension: 2,
    value: ([x, y]) => along * (x - 1) ** 2 / 2 + across * (y - bend * x * x) ** 2 / 2,
    gradient([x, y], _t, into) {
      into[0] = along * (x - 1) - 2 * across * bend * x * (y - bend * x * x);
      into[1] = across * (y - bend * x * x);
    },
  };
}

/**
 * factor · U: the same landscape in another unit of energy.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if the factor is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { curvedValley, scaledLandscape } from "./curved_valley.ts";
 * const { value } = scaledLandscape(curvedValley(), 10);
 * assert.equal(value(Float64Array.of(-1, 0.5), 0), 20);
 * ```
 */
export function scaledLandscape(landscape: Landscape, factor: number): Landscape {
  checkLandscape("landscape", landscape);
  checkPositive("factor", factor);
  return {
    dimension: landscape.dimension,
    value: (x, t) => factor * landscape.value(x, t),
    gradient(x, t, into) {
      landscape.gradient(x, t, into);
      for (let i = 0; i < into.length; i++) into[i] *= factor;
    },
  };
}
