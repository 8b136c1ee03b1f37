/**
 * A figure in words, for those who do not see it.
 *
 * @module
 */
import { describe, type Figure } from "./figure.ts";
import type { PlotlyPart } from "./look.ts";

/** Of so many lines the course is told; more would tire the ear. */
const MOST_LINES = 6;

/**
 * What a figure shows and how its lines run: from which value to which, with the least and the greatest
 * where these lie in between.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { altText } from "./alt_text.ts";
 * import { figure } from "./figure.ts";
 * import { line } from "./marks.ts";
 * const drawn = figure([line([0, 1, 2], [1, 8, 3], { name: "loss" })], { x: "t", y: "L" });
 * assert.equal(altText(drawn), "L against t; loss. loss: from 1 at 0 to 3 at 2, greatest 8.");
 * ```
 */
export function altText(figure: Figure): string {
  const said = describe(figure).replace(/^\[figure\]\s*/, "") || "A figure";
  const lines = figure.data.filter((trace) =>
    trace.type === "scatter" && trace.fill === undefined && trace.meta === undefined &&
    trace.visible !== false
  );
  const courses = lines.length <= MOST_LINES ? lines.map(course) : [];
  const parts = [said, ...courses.filter((text) => text !== undefined)];
  return parts.map((part) => part.replace(/[.\s]*$/, ".")).join(" ");
}

function course(trace: PlotlyPart): string | undefined {
  const [x, y] = [trace.x, trace.y] as (readonly unknown[])[];
  const there = (y ?? []).map((_, i) => i)
    .filter((i) => typeof y[i] === "number" && typeof x?.[i] === "number");
  if (there.length < 2) return undefined;
  const at = (i: number) => ({ x: x[i] as number, y: y[i] as number });
  const [first, last] = [at(there[0]), at(there.at(-1)!)];
  const values = there.map((i) => at(i).y);
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const name = trace.name === undefined
    ? ""
    : `${
      String(trace.name).replace(/<sub>/g, "_").replace(/<sup>/g, "^").replace(/<[^>]+>/g, "")
    }: `;
  return `${name}from ${said(first.y)} at ${said(first.x)} to ${said(last.y)} at ${said(last.x)}` +
    (least < Math.min(first.y, last.y) ? `, least ${said(least)}` : "") +
    (greatest > Math.max(first.y, last.y) ? `, greatest ${said(greatest)}` : "");
}

function said(value: number): string {
  return String(Number(value.toPrecision(3)));
}
