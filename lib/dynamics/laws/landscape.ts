/**
 * Potentials that particles move in: any function with a gradient, possibly changing in time.
 *
 * @module
 */
import {
  checkFunction,
  checkInteger,
  checkList,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { type Potential, toPotential } from "../../bounds/free_energy.ts";

/** A potential U(x, t) on ℝᵈ with its gradient. */
export interface Landscape {
  readonly dimension: number;
  value(x: Float64Array, t: number): number;
  /** Writes ∇U(x, t) into `into`, d numbers. */
  gradient(x: Float64Array, t: number, into: Float64Array): void;
}

/**
 * The landscape, if it is one.
 *
 * @throws {TypeError} if it is none, naming the argument or what is wrong of it
 * @throws {RangeError} if its dimension is no integer from 1 up
 */
export const checkLandscape = <T extends Landscape>(name: string, landscape: T): T =>
  checkRecord(
    name,
    landscape,
    { dimension: checkInteger, value: checkFunction, gradient: checkFunction },
    "a landscape { dimension, value, gradient }",
  );

/**
 * A quadratic potential as a landscape.
 *
 * @throws {TypeError} if an argument is of another kind
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { quadraticLandscape } from "./landscape.ts";
 * const { value } = quadraticLandscape({ minimum: [1], curvature: [[4]] });
 * assert.equal(value(Float64Array.of(3), 0), 8);
 * ```
 */
export function quadraticLandscape(potential: Potential): Landscape {
  const { minimum, curvature, offset } = toPotential(potential);
  const d = minimum.length;
  const gradient = (x: Float64Array, _t: number, into: Float64Array) => {
    for (let i = 0; i < d; i++) {
      let total = 0;
      for (let j = 0; j < d; j++) total += curvature.data[i * d + j] * (x[j] - minimum[j]);
      into[i] = total;
    }
  };
  const value = (x: Float64Array, t: number) => {
    const slope = new Float64Array(d);
    gradient(x, t, slope);
    return offset + slope.reduce((total, s, i) => total + s * (x[i] - minimum[i]) / 2, 0);
  };
  return { dimension: d, value, gradient };
}

/**
 * U(x) = barrier · ((x/well)² − 1)² + tilt · x on the line: minima near ±well.
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if barrier or well is not positive, or the tilt not finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { doubleWell } from "./landscape.ts";
 * const { value } = doubleWell({ barrier: 2 });
 * assert.deepEqual([-1, 0, 1].map((x) => value(Float64Array.of(x), 0)), [0, 2, 0]);
 * ```
 */
export function doubleWell(
  options: {
    readonly barrier?: number;
    readonly well?: number;
    readonly tilt?: number;
  } = {},
): Landscape {
  const { barrier = 1, well = 1, tilt = 0 } = checkOptions("options", options, {
    barrier: maybe(checkPositive),
    well: maybe(checkPositive),
    tilt: maybe(checkNumber),
  });
  return {
    dimension: 1,
    value: ([x]) => barrier * ((x / well) ** 2 - 1) ** 2 + tilt * x,
    gradient([x], _t, into) {
      into[0] = 4 * barrier * ((x / well) ** 2 - 1) * x / well ** 2 + tilt;
    },
  };
}

/**
 * Compares a landscape's gradient with central differences of its value at some points.
 *
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if they disagree by more than 10⁻⁴ of the gradient's size, naming point and
 * component
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkGradient, doubleWell } from "./landscape.ts";
 *
 * const points = [Float64Array.of(0.3), Float64Array.of(-2)];
 * checkGradient(doubleWell(), points);
 * const wrong = { ...doubleWell(), gradient: (x: Float64Array) => x };
 * assert.throws(() => checkGradient(wrong, points), /the gradient's component 0/);
 * ```
 */
export function checkGradient(
  landscape: Landscape,
  points: readonly Float64Array[],
  t = 0,
) {
  const { dimension, value, gradient } = checkLandscape("landscape", landscape);
  checkList("points", points, must(checkNumbers, { length: dimension }));
  checkNumber("t", t);
  const slope = new Float64Array(dimension);
  for (const point of points) {
    slope.fill(NaN);
    gradient(point, t, slope);
    const size = Math.hypot(...slope);
    for (let i = 0; i < dimension; i++) {
      const step = 1e-4 * Math.max(1e-2, Math.abs(point[i]));
      const at = (h: number) => value(point.map((x, k) => k === i ? x + h : x), t);
      const difference = (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) /
        (12 * step);
      const rounding = 1e-14 * Math.abs(value(point, t)) / step;
      if (!(Math.abs(slope[i] - difference) <= 1e-4 * (size + Math.abs(difference)) + rounding)) {
        throw new RangeError(
          `the gradient's component ${i} is ${slope[i]} at [${point}], t = ${t}, where the value ` +
            `changes at the rate ${difference}: the potential's gradient is not that of its value`,
        );
      }
    }
  }
}
