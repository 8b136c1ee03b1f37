import { columns } from "../notebook/progress_line.ts";

/**
 * A text in lines of so many columns at most, if its words allow it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { wrapped } from "./wrapped.ts";
 * assert.deepEqual(wrapped("one two  three", 7), ["one two", "three"]);
 * ```
 */
export function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.at(-1)!;
    if (last === "") lines[lines.length - 1] = word;
    else if (columns(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
