/**
 * Checks of what the set-up's functions are called with; this room imports no other.
 *
 * @module
 */

/** The value, if it is what it must be. @throws {TypeError} naming the argument and its value */
function checkThat<T>(name: string, value: T, isSo: boolean, what: string): T {
  if (isSo) return value;
  const shown = typeof value === "string" || Array.isArray(value)
    ? JSON.stringify(value)
    : typeof value === "object" && value !== null
    ? Object.prototype.toString.call(value)
    : String(value);
  throw new TypeError(`${name} is ${shown}; it must be ${what}`);
}

const isRecord = (value: unknown) => Object.prototype.toString.call(value) === "[object Object]";

/** The text, if it is some. */
export const checkWords = (name: string, value: string): string =>
  checkThat(name, value, typeof value === "string" && value !== "", "text, and not empty");

/** The name, if it is one of a native library. */
export const checkLibrary = <T extends string>(name: string, value: T): T =>
  checkThat(name, value, ["tensorflow", "openblas"].includes(value), '"tensorflow" or "openblas"');

/** A file's content, if it can be written as it is. */
export const checkContent = <T>(name: string, value: T): T =>
  checkThat(
    name,
    value,
    typeof value === "string" || value instanceof Uint8Array,
    "text or a Uint8Array",
  );

/** A file's pin. */
export function checkPin<
  T extends { readonly path: string; readonly bytes: number; readonly sha256: string },
>(name: string, pin: T): T {
  checkThat(name, pin, isRecord(pin), "{ path, bytes, sha256 }");
  checkWords(`${name}.path`, pin.path);
  checkThat(`${name}.bytes`, pin.bytes, Number.isSafeInteger(pin.bytes), "a number of bytes");
  checkWords(`${name}.sha256`, pin.sha256);
  return pin;
}

/** An open file's number. */
export const checkDescriptor = (name: string, file: number): number =>
  checkThat(
    name,
    file,
    Number.isInteger(file) && file >= 0 && file < 2 ** 31,
    "the number of an open file",
  );

/** Kinds of options. */
const OPTIONS: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  cache: [(value) => typeof value === "string" && value !== "", "a folder's name"],
  verify: [(value) => typeof value === "boolean", "true or false"],
  onProgress: [(value) => typeof value === "function", "a function"],
  write: [(value) => typeof value === "function", "a function"],
  pip: [(value) => Array.isArray(value), "a command as a list of words"],
};

/** Options, if there are no others than these, and each is of its kind. */
export function checkOptions<T extends object>(
  options: T,
  names: readonly (keyof T & string)[],
): T {
  checkThat("options", options, isRecord(options), "an object");
  for (const [name, value] of Object.entries(options)) {
    if (!(names as readonly string[]).includes(name)) {
      throw new TypeError(`options has an unknown ${name}; it may have ${names.join(", ")}`);
    }
    const [isSo, what] = OPTIONS[name];
    if (value === undefined) continue;
    checkThat(name, value, isSo(value), what);
    if (!Array.isArray(value)) continue;
    for (const [i, word] of value.entries()) checkWords(`${name}[${i}]`, word);
  }
  return options;
}
