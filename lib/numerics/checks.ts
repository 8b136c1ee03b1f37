/**
 * Checks of arguments: what is wrong is told with the argument's name, its value and what it may be.
 *
 * @module
 */
import { shown } from "./shown.ts";

export * from "./kind_checks.ts";
export { didYouMean, shown } from "./shown.ts";

/**
 * The value, if it is an integer from `least` to `most`.
 *
 * @throws {RangeError} naming the argument, its value and what it may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkInteger } from "./checks.ts";
 * assert.equal(checkInteger("n", 500), 500);
 * assert.throws(() => checkInteger("n", 0.5), /^RangeError: n is 0.5; it must be an integer from 1 up$/);
 * assert.throws(() => checkInteger("n", 9, { most: 8 }), /an integer from 1 to 8$/);
 * ```
 */
export function checkInteger(
  name: string,
  value: number,
  { least = 1, most = Infinity }: { readonly least?: number; readonly most?: number } = {},
): number {
  // Beyond 2⁵³ float64 leaves integers out: such a one is meant only where the caller says so.
  const end = most < Infinity ? most : Number.MAX_SAFE_INTEGER;
  if (Number.isInteger(value) && value >= least && value <= end) return value;
  const told = most < Infinity || (Number.isInteger(value) && value > end);
  throw new RangeError(
    `${name} is ${shown(value)}; it must be an integer from ${least} ${told ? `to ${end}` : "up"}`,
  );
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
 * import { checkPositive } from "./checks.ts";
 * assert.equal(checkPositive("horizon", 0.2), 0.2);
 * assert.throws(() => checkPositive("horizon", -1), /^RangeError: horizon is -1; it must be a positive number$/);
 * ```
 */
export function checkPositive(name: string, value: number, what = "a positive number"): number {
  if (typeof value === "number" && value > 0 && value < Infinity) return value;
  throw new RangeError(`${name} is ${shown(value)}; it must be ${what}`);
}

/**
 * The value, if it is a finite number in a range: from `least` to `most`, or strictly between
 * `above` and `below`.
 *
 * @throws {RangeError} naming the argument, its value and what it may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkNumber } from "./checks.ts";
 * assert.equal(checkNumber("tilt", -2), -2);
 * assert.throws(() => checkNumber("tilt", NaN), /^RangeError: tilt is NaN; it must be a finite number$/);
 * assert.throws(() => checkNumber("alpha", 9, { least: 0, most: 5 }), /a number from 0 to 5$/);
 * assert.throws(() => checkNumber("level", 1, { above: 0, below: 1 }), /a number above 0, below 1$/);
 * assert.equal(checkNumber("ratio", Infinity, { infinite: true }), Infinity);
 * assert.ok(Number.isNaN(checkNumber("ratio", NaN, { gaps: true })));
 * ```
 */
export function checkNumber(name: string, value: number, range: NumberRange = {}): number {
  const { least = -Infinity, most = Infinity, above = -Infinity, below = Infinity } = range;
  if (typeof value === "number" && range.gaps) return value;
  const inside = typeof value === "number" && value >= least && value <= most &&
    (above === -Infinity || value > above) && (below === Infinity || value < below);
  if (inside && (Number.isFinite(value) || range.infinite)) return value;
  throw new RangeError(`${name} is ${shown(value)}; it must be ${described(range)}`);
}

/** Where a number may lie; what is left out does not bound it. */
export interface NumberRange {
  readonly least?: number;
  readonly most?: number;
  readonly above?: number;
  readonly below?: number;
  /** Whether it may be infinite. */
  readonly infinite?: boolean;
  /** Whether it may be any number, NaN too: nothing bounds it then. */
  readonly gaps?: boolean;
}

function described({ least, most, above, below, infinite, gaps }: NumberRange): string {
  if (gaps) return "a number";
  const kind = infinite ? "a number, which may be infinite," : "a finite number";
  const [low, high] = [least ?? above, most ?? below];
  const from = low === undefined ? "" : least === undefined ? ` above ${above}` : ` from ${least}`;
  if (high === undefined) {
    return `${kind}${from}${least === undefined ? "" : " up"}`.replace(/,$/, "");
  }
  const to = most === undefined ? `below ${below}` : `${from ? "" : "up "}to ${most}`;
  return `a number${from}${most === undefined && from ? "," : ""} ${to}`;
}

/**
 * The value, if it is one of those allowed.
 *
 * @throws {RangeError} naming the argument, its value and what it may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkOneOf } from "./checks.ts";
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
  if (allowed.includes(value)) return value;
  const quoted = allowed.map((one) => `"${one}"`);
  const list = quoted.length > 1
    ? `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`
    : quoted.join();
  throw new RangeError(`${name} is ${shown(value)}; it must be ${list}`);
}

/**
 * The array, if it has this length.
 *
 * @throws {RangeError} naming the argument, its length and what it must be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkLength } from "./checks.ts";
 * assert.throws(() => checkLength("start", [1, 2], 3), /start has 2 numbers; it must have 3/);
 * ```
 */
export function checkLength<T extends ArrayLike<unknown>>(
  name: string,
  values: T,
  length: number,
): T {
  if (values.length === length) return values;
  const has = values.length === 1 ? "1 number" : `${values.length} numbers`;
  throw new RangeError(`${name} has ${has}; it must have ${length}`);
}
