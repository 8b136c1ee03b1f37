/**
 * A reviewer's reading of the paper's Figure 1, as marks beside what was measured.
 *
 * @module
 */
import { FIGURE_1_READING } from "../experiments/mod.ts";
import type { PlotlyPart } from "./look.ts";
import { band, line } from "./marks.ts";

const { sizes, cold, warm } = FIGURE_1_READING;

/** The legend's text: whose it is, and what it says. */
export const READING = `a reviewer's reading: cold ${cold.join(" → ")}, warm ${warm.join("–")}`;

const OPTIONS = { name: READING, color: "#6f7b8a", dash: "dot" } as const;

/**
 * The reading of one start against n: a dotted line from 30 to 10 for the cold one, a band from 2 to 5
 * for the warm one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readingMarks } from "./reading.ts";
 * assert.deepEqual(readingMarks("cold").map(({ y }) => y), [[30, 10]]);
 * assert.deepEqual(readingMarks("warm").map(({ y }) => y), [[5, 5, 2, 2]]);
 * ```
 */
export function readingMarks(start: "cold" | "warm"): PlotlyPart[] {
  if (start === "cold") return line(sizes, cold, { ...OPTIONS, mode: "lines+markers" });
  const [low, high] = warm.map((value) => sizes.map(() => value));
  return band(sizes, low, low, high, OPTIONS).slice(0, 1);
}
