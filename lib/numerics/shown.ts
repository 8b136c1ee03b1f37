/**
 * How an error shows a value, and a suggestion for a name that is not known.
 *
 * @module
 */
import { distance } from "fastest-levenshtein";

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

/** Letters of a word that are looked at: no name is longer. */
const LONGEST = 80;
/** A part of a name is meant for it from this many letters on. */
const SHORTEST_PART = 4;

/**
 * " (did you mean width?)", if one of the names is near enough to be meant: a third of its letters may
 * differ, two that changed places counting once, or the word may be a part of that name alone.
 *
 * @throws {TypeError} if one is no text
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { didYouMean } from "./shown.ts";
 * assert.equal(didYouMean("widht", ["width", "n"]), " (did you mean width?)");
 * assert.equal(didYouMean("alhpa", ["alphas", "delta"]), " (did you mean alphas?)");
 * assert.equal(didYouMean("rate", ["learningRate", "steps"]), " (did you mean learningRate?)");
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
  const typed = word.toLowerCase().slice(0, LONGEST);
  const near = names.map((name) => ({ name, letters: lettersBetween(typed, name.toLowerCase()) }))
    .filter(({ name, letters }) => letters <= Math.ceil(name.length / 3) && letters < name.length)
    .sort((a, b) => a.letters - b.letters);
  const holding = names.filter((name) => name.toLowerCase().includes(typed));
  const meant = near.length > 0
    ? near[0].name
    : typed.length >= SHORTEST_PART && holding.length === 1
    ? holding[0]
    : undefined;
  return meant === undefined ? "" : ` (did you mean ${meant}?)`;
}

/** Letters that differ; two neighbours that changed places are one, as in "widht". */
function lettersBetween(word: string, name: string): number {
  const swaps = Array.from(
    { length: Math.max(0, word.length - 1) },
    (_, i) => word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2),
  );
  return Math.min(distance(word, name), ...swaps.map((swap) => 1 + distance(swap, name)));
}
