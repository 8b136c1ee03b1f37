/**
 * How times grow with one size, drawn from measured rows.
 *
 * @module
 */
import { type Figure, panels, points } from "../../figures/mod.ts";
import type { MeasuredCase } from "./alternate.ts";
import { sizeText } from "./row.ts";
import type { RowResult } from "./run_row.ts";

/** Sizes at which a growth begins to be one. */
const LEAST = 3;

/** A row at sizes that differ in one number alone. */
export interface Growth {
  readonly row: RowResult;
  /** What stays, in words. */
  readonly fixed: string;
  readonly cases: readonly MeasuredCase[];
}

/**
 * The rows that were measured at three sizes at least that differ in one of their numbers alone.
 *
 * @param by the number's name
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthBy } from "./growth.ts";
 * const at = (n: number, channels: number) => ({ size: { n, channels } });
 * const row = { name: "a", cases: [at(1, 4), at(2, 4), at(4, 4), at(4, 8)] };
 * const [growth, ...others] = growthBy("n", [row as never]);
 * assert.deepEqual([growth.fixed, growth.cases.length, others.length], ["4 channels", 3, 0]);
 * assert.deepEqual(growthBy("channels", [row as never]), []);
 * ```
 */
export function growthBy(by: string, rows: readonly RowResult[]): Growth[] {
  return rows.flatMap((row) => {
    const groups = Map.groupBy(
      row.cases.filter(({ size }) => by in size),
      ({ size }) => sizeText(Object.fromEntries(Object.entries(size).filter(([k]) => k !== by))),
    );
    return [...groups].filter(([, cases]) => cases.length >= LEAST)
      .map(([fixed, cases]) => ({
        row,
        fixed,
        cases: cases.toSorted((a, b) => a.size[by] - b.size[by]),
      }));
  });
}

/** Our side, as the legend calls it. */
const OURS = "this companion";

/** Panels that a figure has at most. */
const MOST = 12;

/**
 * Seconds of both sides against a size, a panel a row; `undefined` if there is none.
 *
 * @param label the size, as the axis calls it
 */
export function growthFigure(
  by: string,
  rows: readonly RowResult[],
  label: string,
): Figure | undefined {
  const growths = growthBy(by, rows).slice(0, MOST);
  if (growths.length === 0) return;
  const list = growths.map(({ row, fixed, cases }) => {
    const side = (name: "ours" | "peer", of: string) =>
      points(
        cases.map(({ size }) => size[by]),
        cases.map((one) => one[name].seconds),
        {
          name: of,
          low: cases.map((one) => one[name].spread[0]),
          high: cases.map((one) => one[name].spread[1]),
        },
      );
    return {
      ...{ title: fixed ? `${row.name}, ${fixed}` : row.name, x: label, y: "seconds" },
      ...{ log: "xy" as const, marks: [side("ours", OURS), side("peer", row.peer)] },
    };
  });
  return panels(list, { title: `Growth with ${label}` });
}
