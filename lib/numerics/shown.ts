/**
 * How an error shows a value, and a suggestion for a name that is not known.
 *
 * @module
 */
import { closest, distance } from "fastest-levenshtein";

/** A value as an error shows it: text in quotes, so that " 8 " is told from 8; objects by their class. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 80));
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    return `${value.constructor.name} of ${(value as ArrayLike<unknown>).length ?? "bytes"}`;
  }
  return `an object of type ${value.constructor?.name ?? "unknown"}`;
}

/**
 * " (did you mean width?)", if one of the names is near enough to be meant.
 *
 * @throws {TypeError} if one is no text
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { didYouMean } from "./shown.ts";
 * assert.equal(didYouMean("widht", ["width", "n"]), " (did you mean width?)");
 * assert.equal(didYouMean("colour", ["width", "n"]), "");
 * ```
 */
export function didYouMean(word: string, names: readonly string[]): string {
  // The checks stand on this file, so not by them.
  if (!Array.isArray(names)) throw new TypeError(`names is ${shown(names)}; it must be an array`);
  for (const [i, text] of [word, ...names].entries()) {
    if (typeof text === "string") continue;
    throw new TypeError(`${i ? `names[${i - 1}]` : "word"} is ${shown(text)}; it must be text`);
  }
  if (names.length === 0) return "";
  const near = closest(word.toLowerCase(), names.map((name) => name.toLowerCase()));
  const letters = distance(word.toLowerCase(), near);
  if (letters > Math.ceil(near.length / 3) || letters >= near.length) return "";
  return ` (did you mean ${names.find((name) => name.toLowerCase() === near)}?)`;
}
