/**
 * The range of a parameter, as the end of its comment states it:
 *
 *     let n = 500; // training images, whole [1 … 50000]
 *     let beta = 1; // inverse temperature, (0 … ∞)
 *     let sizes = [500, 1000]; // training images, each whole [1 … 50000]
 *     let seeds = [0, 1]; // of the initial weights, each whole [0 … 1e9], 2 different at least
 *     let activation = "relu"; // of the hidden layers, one of "relu", "erf"
 *     let stored = true; // results kept in data/ are shown, true or false
 *     let recording = ""; // path of a recording, any text
 *
 * A square bracket belongs to the range, a round one does not; `whole` asks for integers, `each`
 * for a list, with at least one item, whose every item lies in the range; with `2 different at least`
 * no two items are alike, as where a mean is taken over them.
 *
 * @module
 */

/** Which values a parameter may have. */
export interface ParameterRange {
  /** As the comment has it. */
  readonly text: string;
  /** Whether the parameter is a list, and the rest holds for its items. */
  readonly each: boolean;
  /** So many items the list has at least, no two alike; 0: any list that is not empty. */
  readonly different: number;
  readonly type: "number" | "string" | "boolean";
  /** In words: "a whole number in [1 … 50000]". */
  readonly words: string;
  /** Whether a value, or an item, of the right type is in the range. */
  readonly holds: (value: unknown) => boolean;
}

/** What a parameter's comment says. */
export interface ParameterComment {
  readonly meaning: string;
  readonly range?: ParameterRange;
}

const NUMBER = String.raw`[-−]?(?:∞|\d+(?:\.\d+)?(?:e[-+]?\d+)?)`;
const INTERVAL = String.raw`(?:whole )?[\[(]${NUMBER} … ${NUMBER}[\])]`;
const CHOICE = String.raw`one of "[^"]*"(?:, "[^"]*")*`;
const RANGE = new RegExp(
  `^(.*?)(?:^|[,;:]? )((?:each )?(?:${INTERVAL}|${CHOICE}|true or false|any text)(?:, \\d+ different at least)?)$`,
);

/**
 * Takes a comment apart: the meaning, and the range if it ends with one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseComment } from "./parameter_range.ts";
 * const { meaning, range } = parseComment("training images, whole [1 … 50000]");
 * assert(meaning === "training images" && range?.words === "a whole number in [1 … 50000]");
 * assert(range?.holds(500) && !range?.holds(0.5) && !range?.holds(0));
 * ```
 */
export function parseComment(comment: string): ParameterComment {
  const [, meaning, text] = RANGE.exec(comment.trim()) ?? [];
  return text === undefined ? { meaning: comment.trim() } : { meaning, range: parseRange(text) };
}

/**
 * Checks a value against a range.
 *
 * @param name how the message calls the value
 * @throws {TypeError} if the value is of another type than the range asks for.
 * @throws {RangeError} if it is outside of the range.
 */
export function checkValue(name: string, value: unknown, range: ParameterRange): void {
  const { each, different, type, words, holds } = range;
  if (!each) {
    const given: string = typeof value;
    const message = `${name} is ${told(value)}; it must be ${words}`;
    if (given !== type) throw new TypeError(message);
    if (!holds(value)) throw new RangeError(message);
    return;
  }
  if (!Array.isArray(value)) {
    throw new TypeError(`${name} is ${told(value)}; it must be a list, each item ${words}`);
  }
  if (value.length === 0) {
    throw new RangeError(`${name} is []; it must have at least one item, ${words}`);
  }
  if (different > 0 && (value.length < different || new Set(value).size < value.length)) {
    throw new RangeError(
      `${name} is ${told(value)}; it must have ${different} items at least, no two alike`,
    );
  }
  value.forEach((item, i) => checkValue(`${name}[${i}]`, item, { ...range, each: false }));
}

/** A value in a message: on one line, not too long, control characters spelt out. */
export function told(value: unknown): string {
  const text = Deno.inspect(value, { breakLength: Infinity, strAbbreviateSize: 60, depth: 2 });
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function parseRange(text: string): ParameterRange {
  const each = text.startsWith("each ");
  const different = Number(/(\d+) different at least$/.exec(text)?.[1] ?? 0);
  const bare = text.replace(/^each /, "").replace(/, \d+ different at least$/, "");
  const common = { text, each, different };
  if (bare === "true or false") {
    return { ...common, type: "boolean", words: bare, holds: () => true };
  }
  if (bare === "any text") {
    return { ...common, type: "string", words: bare, holds: () => true };
  }
  if (bare.startsWith("one of")) {
    const choices = [...bare.matchAll(/"([^"]*)"/g)].map(([, choice]) => choice);
    const holds = (value: unknown) => choices.includes(value as string);
    return { ...common, type: "string", words: bare, holds };
  }
  const whole = bare.startsWith("whole ");
  const interval = bare.replace(/^whole /, "");
  const [from, to] = interval.slice(1, -1).split(" … ").map((end) =>
    Number(end.replace("−", "-").replace("∞", "Infinity"))
  );
  const [withFrom, withTo] = [interval.startsWith("["), interval.endsWith("]")];
  return {
    ...common,
    type: "number",
    words: `a ${whole ? "whole " : ""}number in ${interval}`,
    holds(value) {
      const x = value as number;
      return (withFrom ? x >= from : x > from) && (withTo ? x <= to : x < to) &&
        (!whole || Number.isInteger(x));
    },
  };
}
