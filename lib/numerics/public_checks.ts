/**
 * The checks as whoever writes with this library calls them: they check their own arguments too, which
 * would be slow within it.
 *
 * @module
 */
import * as checks from "./checks.ts";
import { checkList, checkOptions, checkText, maybe } from "./kind_checks.ts";

const bound = maybe(checks.checkNumber, { gaps: true });

/**
 * The value, if it is an integer from `least` to `most`.
 *
 * @throws {RangeError} naming the argument, its value and what it may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkInteger } from "./mod.ts";
 * assert.equal(checkInteger("n", 500), 500);
 * assert.throws(() => checkInteger("n", 0.5), /^RangeError: n is 0.5; it must be an integer from 1 up$/);
 * assert.throws(() => checkInteger("n", 9, { most: 8 }), /an integer from 1 to 8$/);
 * ```
 */
export function checkInteger(
  name: string,
  value: number,
  options: { readonly least?: number; readonly most?: number } = {},
): number {
  checkText("name", name);
  checkOptions("options", options, { least: bound, most: bound });
  return checks.checkInteger(name, value, options);
}

/**
 * The value, if it is a positive number that is finite.
 *
 * @param what it must be, said further, such as "a positive time"
 * @throws {RangeError} naming the argument, its value and what it may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkPositive } from "./mod.ts";
 * assert.equal(checkPositive("horizon", 0.2), 0.2);
 * assert.throws(() => checkPositive("horizon", -1), /^RangeError: horizon is -1; it must be a positive number$/);
 * ```
 */
export function checkPositive(name: string, value: number, what = "a positive number"): number {
  return checks.checkPositive(checkText("name", name), value, checkText("what", what));
}

/**
 * The value, if it is a number in a range: from `least` to `most`, or strictly between `above` and
 * `below`; finite, unless the range says otherwise.
 *
 * @throws {RangeError} naming the argument, its value and what it may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkNumber } from "./mod.ts";
 * assert.equal(checkNumber("tilt", -2), -2);
 * assert.throws(() => checkNumber("tilt", NaN), /^RangeError: tilt is NaN; it must be a finite number$/);
 * assert.throws(() => checkNumber("alpha", 9, { least: 0, most: 5 }), /a number from 0 to 5$/);
 * ```
 */
export function checkNumber(name: string, value: number, range: checks.NumberRange = {}): number {
  checkText("name", name);
  checkOptions("range", range, {
    ...{ least: bound, most: bound, above: bound, below: bound },
    ...{ infinite: maybe(checks.checkFlag), gaps: maybe(checks.checkFlag) },
  });
  return checks.checkNumber(name, value, range);
}

/**
 * The value, if it is one of those allowed.
 *
 * @throws {RangeError} naming the argument, its value and what it may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkOneOf } from "./mod.ts";
 * assert.equal(checkOneOf("scheme", "heun", ["heun", "euler-maruyama"]), "heun");
 * assert.throws(
 *   () => checkOneOf("scheme", "milne" as "heun", ["heun", "euler-maruyama"]),
 *   /^RangeError: scheme is "milne"; it must be "heun" or "euler-maruyama"$/,
 * );
 * ```
 */
export function checkOneOf<const T extends string>(
  name: string,
  value: T,
  allowed: readonly T[],
): T {
  checkList("allowed", allowed, checkText, 1);
  return checks.checkOneOf(checkText("name", name), value, allowed);
}

/**
 * The array, if it has this length.
 *
 * @throws {TypeError} if it is no array
 * @throws {RangeError} naming the argument, its length and what it must be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkLength } from "./mod.ts";
 * assert.throws(() => checkLength("start", [1, 2], 3), /start has 2 numbers; it must have 3/);
 * ```
 */
export function checkLength<T extends ArrayLike<unknown>>(
  name: string,
  values: T,
  length: number,
): T {
  checkText("name", name);
  checks.checkInteger("length", length, { least: 0 });
  const isArray = Array.isArray(values) || ArrayBuffer.isView(values);
  return checks.checkLength(name, checks.checkThat(name, values, isArray, "an array"), length);
}
