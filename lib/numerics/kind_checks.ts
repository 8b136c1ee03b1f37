/**
 * Checks of what kind of thing an argument is: text, a function, an array, a record, options.
 *
 * @module
 */
import { didYouMean, shown } from "./shown.ts";

/** A check of one value: it throws, or gives the value. `never` lets every check be one of these. */
export type Check = (name: string, value: never) => unknown;

/**
 * The value, if it is what it must be, as the caller has found.
 *
 * @throws {TypeError} naming the argument, its value and what it may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkThat } from "./kind_checks.ts";
 * assert.equal(checkThat("key", "a", true, "a key"), "a");
 * assert.throws(() => checkThat("key", 1, false, "a key"), /^TypeError: key is 1; it must be a key$/);
 * ```
 */
export function checkThat<T>(name: string, value: T, isSo: boolean, what: string): T {
  if (isSo) return value;
  throw new TypeError(`${name} is ${shown(value)}; it must be ${what}`);
}

/** The value, if it is text. @throws {TypeError} naming the argument, its value and what it may be */
export const checkText = (name: string, value: string, what = "text"): string =>
  checkThat(name, value, typeof value === "string", what);

/** The value, if it is true or false. @throws {TypeError} naming the argument and its value */
export const checkFlag = (name: string, value: boolean): boolean =>
  checkThat(name, value, typeof value === "boolean", "true or false");

/** The value, if it is a function. @throws {TypeError} naming the argument and its value */
export const checkFunction = <T>(name: string, value: T, what = "a function"): T =>
  checkThat(name, value, typeof value === "function", what);

/** The value, if it is of this class. @throws {TypeError} naming the argument and its value */
export const checkInstance = <T>(
  name: string,
  value: T,
  of: abstract new (...args: never[]) => T,
): T => checkThat(name, value, value instanceof of, `an object of type ${of.name}`);

/** The value, if it can be gone through, waiting or not; text cannot. @throws {TypeError} likewise */
export const checkIterable = <T>(name: string, value: T): T =>
  checkThat(
    name,
    value,
    typeof value === "object" && value !== null &&
      (Symbol.iterator in value || Symbol.asyncIterator in value),
    "an array, a generator or another iterable",
  );

/**
 * The numbers, if they are an array or a typed array of finite numbers; with `gaps`, NaN and
 * infinities may be among them, as in measured columns.
 *
 * @param range.length how many there must be
 * @throws {TypeError} naming the argument or its entry, the value and what it may be
 * @throws {RangeError} naming the argument and its length
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkNumbers } from "./kind_checks.ts";
 * assert.deepEqual(checkNumbers("times", [0, 1]), [0, 1]);
 * assert.throws(() => checkNumbers("times", [0, NaN]), /^TypeError: times\[1\] is NaN; it must be a finite/);
 * assert.deepEqual(checkNumbers("loss", [0, NaN], { gaps: true }), [0, NaN]);
 * assert.throws(() => checkNumbers("times", [0], { length: 2 }), /^RangeError: times has 1 number; it must have 2$/);
 * ```
 */
export function checkNumbers<T extends ArrayLike<number>>(
  name: string,
  values: T,
  { gaps = false, length }: { readonly gaps?: boolean; readonly length?: number } = {},
): T {
  const typed = isTyped(values);
  checkThat(name, values, typed || Array.isArray(values), "an array of numbers");
  if (length !== undefined && values.length !== length) {
    const has = values.length === 1 ? "1 number" : `${values.length} numbers`;
    throw new RangeError(`${name} has ${has}; it must have ${length}`);
  }
  if (typed && gaps) return values;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (gaps ? typeof value !== "number" : !Number.isFinite(value)) {
      checkThat(`${name}[${i}]`, value, false, gaps ? "a number" : "a finite number");
    }
  }
  return values;
}

/** Whether it is a typed array of numbers: no DataView, no 64-bit integers. */
const isTyped = (value: unknown): boolean =>
  ArrayBuffer.isView(value) && !(value instanceof DataView) &&
  !(value instanceof BigInt64Array) && !(value instanceof BigUint64Array);

/**
 * The array, if it is one and every entry passes the check.
 *
 * @param least how many entries it must have at least
 * @throws {TypeError} naming the argument or its entry, the value and what it may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkList, checkText } from "./kind_checks.ts";
 * assert.deepEqual(checkList("names", ["a"], checkText), ["a"]);
 * assert.throws(() => checkList("names", "a", checkText), /names is "a"; it must be an array$/);
 * assert.throws(() => checkList("names", ["a", 1], checkText), /names\[1\] is 1; it must be text$/);
 * assert.throws(() => checkList("names", [], checkText, 1), /^RangeError: names has 0 entries/);
 * ```
 */
export function checkList<T>(name: string, values: T, entry?: Check, least = 0): T {
  if (!Array.isArray(values)) return checkThat(name, values, false, "an array");
  if (values.length < least) {
    throw new RangeError(
      `${name} has ${
        values.length === 1 ? "1 entry" : `${values.length} entries`
      }; it must have ${least} or more`,
    );
  }
  // Not forEach: it would skip holes.
  if (entry) { for (let i = 0; i < values.length; i++) entry(`${name}[${i}]`, values[i] as never); }
  return values;
}

/**
 * The object, if it is one and each of these fields passes its check; it may have others.
 *
 * @param what it must be, such as "a network, as fullyConnected makes one"
 * @throws {TypeError} naming the argument or its field, the value and what it may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkFunction, checkRecord } from "./kind_checks.ts";
 * const network = (value: unknown) => checkRecord("network", value, { apply: checkFunction }, "a network");
 * assert.throws(() => network(1), /^TypeError: network is 1; it must be a network$/);
 * assert.throws(() => network({}), /network.apply is undefined; it must be a function \(network must be a network\)$/);
 * ```
 */
export function checkRecord<T>(
  name: string,
  value: T,
  fields: { readonly [field: string]: Check },
  what = "an object",
): T {
  checkThat(name, value, isRecord(value), what);
  const note = what === "an object" ? "" : ` (${name} must be ${what})`;
  for (const [field, check] of Object.entries(fields)) {
    try {
      check(`${name}.${field}`, (value as Record<string, never>)[field]);
    } catch (error) {
      if (note && error instanceof Error && !error.message.endsWith(")")) error.message += note;
      throw error;
    }
  }
  return value;
}

/**
 * The object, if it is one and every field of it, whatever its name, passes the check.
 *
 * @throws {TypeError} naming the argument or its field, the value and what it may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkEntries, checkText } from "./kind_checks.ts";
 * assert.deepEqual(checkEntries("given", { x: "t^2" }, checkText), { x: "t^2" });
 * assert.throws(() => checkEntries("given", { x: 1 }, checkText), /given.x is 1; it must be text$/);
 * ```
 */
export function checkEntries<T>(name: string, value: T, entry: Check): T {
  checkThat(name, value, isRecord(value), "an object");
  for (const [field, of] of Object.entries(value as Record<string, never>)) {
    entry(`${name}.${field}`, of);
  }
  return value;
}

/**
 * The options, if they are an object that has no fields but these and each passes its check. By its
 * type, every option must be listed.
 *
 * @throws {TypeError} naming the options or the one that is wrong or unknown, and what it may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkFlag, checkOptions, checkText, maybe } from "./kind_checks.ts";
 * const f = (options: { readonly name: string; readonly deep?: boolean }) =>
 *   checkOptions("options", options, { name: checkText, deep: maybe(checkFlag) });
 * assert.deepEqual(f({ name: "a" }), { name: "a" });
 * const g = f as (options: unknown) => unknown;
 * assert.throws(() => g(1), /^TypeError: options is 1; it must be an object of options: name, deep$/);
 * assert.throws(() => g({}), /^TypeError: name is undefined; it must be text$/);
 * assert.throws(() => g({ name: "a", depe: true }), /unknown option depe \(did you mean deep\?\); options are name, deep$/);
 * ```
 */
export function checkOptions<T extends object>(
  name: string,
  value: T,
  fields: { readonly [K in keyof NoInfer<T>]-?: Check },
): T {
  const names = Object.keys(fields);
  checkThat(name, value, isRecord(value), `an object of options: ${names.join(", ")}`);
  for (const key of Object.keys(value)) {
    // What is undefined is as what is left out.
    if (Object.hasOwn(fields, key) || (value as Record<string, unknown>)[key] === undefined) {
      continue;
    }
    throw new TypeError(
      `${name} has an unknown option ${key}${didYouMean(key, names)}; options are ${
        names.join(", ")
      }`,
    );
  }
  for (const [key, check] of Object.entries<Check>(fields)) {
    check(key, (value as Record<string, never>)[key]);
  }
  return value;
}

/** Whether it is an object, and no array, date, map or the like: those have no fields of ours. */
const isRecord = (value: unknown): boolean =>
  Object.prototype.toString.call(value) === "[object Object]";

/** This check with these further arguments: `must(checkInteger, { least: 0 })`. */
export const must =
  <V, R extends unknown[]>(check: (name: string, value: V, ...rest: R) => unknown, ...rest: R) =>
  (name: string, value: V): unknown => check(name, value, ...rest);

/** The same, which lets pass what is left out: `maybe(checkInteger, { least: 0 })`. */
export const maybe =
  <V, R extends unknown[]>(check: (name: string, value: V, ...rest: R) => unknown, ...rest: R) =>
  (name: string, value: V | undefined): unknown =>
    value === undefined ? undefined : check(name, value, ...rest);
