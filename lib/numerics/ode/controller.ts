/**
 * What a controller is: which attempts stand, and how long the next step is.
 *
 * @module
 */
import {
  checkFunction,
  checkInteger,
  checkNumber,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
} from "../checks.ts";

/** How steps are chosen. */
export interface StepController {
  /** The first step. */
  first(lambdaMax: number): number;
  /** Whether an attempt of size h with this error stands; `undefined` where none is estimated. */
  accepts(error: number | undefined, h: number, lambdaMax: number): boolean;
  /** The step after one of size h that stands. */
  next(h: number, error: number | undefined, lambdaMax: number): number;
  /** The step to try instead of one of size h that does not. */
  shorter(h: number, error: number | undefined, lambdaMax: number): number;
}

/** The controller, if it is one. @throws {TypeError} naming the argument, its value or what it lacks */
export const checkController = <T extends StepController>(name: string, controller: T): T =>
  checkRecord(name, controller, CONTROLLER_CHECKS, "a controller, as proportional gives");

const CONTROLLER_CHECKS = {
  ...{ first: checkFunction, accepts: checkFunction },
  ...{ next: checkFunction, shorter: checkFunction },
} as const;

/**
 * Steps by their error: h · clamp(safety · error^(−1/order)), at which it would just be tolerated.
 *
 * @param options `firstStep` and `floor` are in units of 1/λ_max: a step as short as the floor is
 * accepted whatever its error, unless that is infinite, and none is made shorter by a finite one
 * @throws {RangeError} if one of them is not positive (the floor may be 0), or the order no integer
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { proportional } from "./controller.ts";
 * const { accepts, next } = proportional({ order: 2, safety: 1, least: 0.1, most: 4 });
 * assert(accepts(0.9, 1, 1) && !accepts(1.1, 1, 1));
 * assert.equal(next(1, 0.25, 1), 2);
 * ```
 */
export function proportional(
  options: {
    readonly order: number;
    readonly safety: number;
    readonly least: number;
    readonly most: number;
    /** In place of `least` after a step that stands; with 1, no shorter step follows it. */
    readonly leastAfter?: number;
    readonly firstStep?: number;
    readonly floor?: number;
  },
): StepController {
  const { order, safety, least, most, leastAfter = least, firstStep = 0.3, floor = 0 } =
    checkOptions("options", options, {
      order: checkInteger,
      ...{ safety: checkPositive, least: checkPositive, most: checkPositive },
      ...{ leastAfter: maybe(checkPositive), firstStep: maybe(checkPositive) },
      floor: maybe(checkNumber, { least: 0 }),
    });
  const sized = (h: number, error: number, lambdaMax: number, least: number) => {
    const factor = safety * Math.max(error, 1e-10) ** (-1 / order);
    const wanted = h * Math.min(most, Math.max(least, factor));
    // From below the floor, where an infinite error led, steps come back to it by `most` at a time.
    return floor > 0 ? Math.max(Math.min(floor / lambdaMax, most * h), wanted) : wanted;
  };
  return {
    first: (lambdaMax) => firstStep / lambdaMax,
    accepts: (error = 0, h, lambdaMax) =>
      error <= 1 || (floor > 0 && error < Infinity && h * lambdaMax <= floor * 1.0001),
    next: (h, error = 0, lambdaMax) => sized(h, error, lambdaMax, leastAfter),
    shorter: (h, error = 0, lambdaMax) =>
      Number.isFinite(error) ? Math.min(0.5 * h, sized(h, error, lambdaMax, least)) : 0.25 * h,
  };
}

/**
 * Steps of one h λ_max, whatever comes; of one h where the term has no λ_max.
 *
 * @param step may be infinite: then stops alone end a step
 * @throws {RangeError} if it is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { constant } from "./controller.ts";
 * assert.equal(constant(0.5).first(10), 0.05);
 * assert.equal(constant(0.5).first(NaN), 0.5);
 * ```
 */
export function constant(step: number): StepController {
  checkNumber("step", step, { above: 0, infinite: true });
  const size = (lambdaMax: number) => Number.isNaN(lambdaMax) ? step : step / lambdaMax;
  return {
    first: size,
    accepts: () => true,
    next: (_h, _error, lambdaMax) => size(lambdaMax),
    shorter: (h) => 0.25 * h,
  };
}
