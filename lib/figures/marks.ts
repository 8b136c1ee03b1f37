/**
 * What a figure is made of: lines, bands, bars (and heat maps, in a file of their own). Each is a
 * list of plotly traces with no look of its own; `figure` gives the colours.
 *
 * @module
 */
import {
  checkList,
  checkNumber,
  checkNumbers,
  checkOneOf,
  checkOptions,
  checkText,
  maybe,
  must,
} from "../numerics/checks.ts";
import { INK, mathLabel, type PlotlyPart } from "./look.ts";

/** Numbers in a row: an array or a typed array. */
export type Numbers = ArrayLike<number>;

/** What lines, bands and bars may say of themselves. */
export interface MarkOptions {
  /** The legend's text; things of one name share a colour in all panels. */
  readonly name?: string;
  /** `#rrggbb`; chosen by name otherwise. */
  readonly color?: string;
}

/** How a line is drawn. */
export interface LineOptions extends MarkOptions {
  readonly dash?: "solid" | "dash" | "dot";
  readonly mode?: "lines" | "markers" | "lines+markers";
  readonly width?: number;
}

const NAMED_CHECKS = { name: maybe(checkText), color: maybe(checkText) } as const;

/** What each option of a line must be. */
export const LINE_CHECKS = {
  ...NAMED_CHECKS,
  dash: maybe(must(checkOneOf, ["solid", "dash", "dot"])),
  mode: maybe(must(checkOneOf, ["lines", "markers", "lines+markers"])),
  width: maybe(checkNumber, { least: 0 }),
} as const;

/** Numbers as they were measured: where one is NaN there is a gap. */
export const checkColumn = <T extends Numbers>(name: string, values: T): T =>
  checkNumbers(name, values, { gaps: true });

/**
 * A line through points, or the points.
 *
 * @throws {RangeError} if x and y differ in length or are empty.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { line } from "./marks.ts";
 * const [trace] = line([1, 2], [3, 4], { name: "cold" });
 * assert.equal(trace.name, "cold");
 * ```
 */
export function line(x: Numbers, y: Numbers, options: LineOptions = {}): PlotlyPart[] {
  checkColumns({ x, y });
  const { name, color, dash = "solid", mode = "lines", width = 2 } = checkOptions(
    "options",
    options,
    LINE_CHECKS,
  );
  return [{
    type: "scatter",
    x: Array.from(x),
    y: Array.from(y),
    mode,
    ...named(name),
    line: { color, dash, width },
    marker: { color, size: 6 },
  }];
}

/**
 * A mean with its interval: a line, and the band from `low` to `high` around it.
 *
 * @throws {RangeError} if the lengths differ or are 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { band } from "./marks.ts";
 * assert.equal(band([1, 2], [3, 4], [2, 3], [4, 5], { name: "mean of 5" }).length, 2);
 * ```
 */
export function band(
  x: Numbers,
  mean: Numbers,
  low: Numbers,
  high: Numbers,
  options: LineOptions = {},
): PlotlyPart[] {
  checkColumns({ x, mean, low, high });
  checkOptions("options", options, LINE_CHECKS);
  const there = Array.from(x, (_, i) => i).filter((i) =>
    Number.isFinite(x[i]) && Number.isFinite(low[i]) && Number.isFinite(high[i])
  );
  const back = there.toReversed();
  const area: PlotlyPart = {
    type: "scatter",
    x: [...there, ...back].map((i) => x[i]),
    y: [...there.map((i) => high[i]), ...back.map((i) => low[i])],
    mode: "lines",
    line: { width: 0, color: options.color },
    fill: "toself",
    hoverinfo: "skip",
    ...named(options.name),
    showlegend: false,
  };
  return [area, ...line(x, mean, options)];
}

/**
 * Points with error bars, joined by a line.
 *
 * @param low and `high` are the bars' ends
 * @throws {RangeError} if the lists differ in length or are empty
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { points } from "./marks.ts";
 * const [trace] = points([500, 1000], [30, 20], { low: [25, 18], high: [36, 23] });
 * assert(trace.mode === "lines+markers");
 * ```
 */
export function points(
  x: Numbers,
  y: Numbers,
  options: LineOptions & { readonly low: Numbers; readonly high: Numbers },
): PlotlyPart[] {
  const { low, high, ...others } = checkOptions("options", options, {
    ...LINE_CHECKS,
    ...{ low: checkColumn, high: checkColumn },
  });
  checkColumns({ x, y, low, high });
  const [trace] = line(x, y, { mode: "lines+markers", ...others });
  return [{ ...trace, error_y: errorBars(y, low, high) }];
}

/**
 * Bars, one a label, with error bars from `low` to `high` where these are given.
 *
 * @throws {RangeError} if the lengths differ or are 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bars } from "./marks.ts";
 * const [trace] = bars(["Adam"], [2], { low: [1.5], high: [3] });
 * assert.deepEqual((trace.error_y as { array: number[] }).array, [1]);
 * ```
 */
export function bars(
  labels: readonly string[],
  values: Numbers,
  options: MarkOptions & { readonly low?: Numbers; readonly high?: Numbers } = {},
): PlotlyPart[] {
  checkList("labels", labels, checkText);
  checkColumn("values", values);
  const { name, color, low = values, high = values } = checkOptions("options", options, {
    ...NAMED_CHECKS,
    ...{ low: maybe(checkColumn), high: maybe(checkColumn) },
  });
  checkLengths({ labels, values, low, high });
  const error = options.low || options.high ? errorBars(values, low, high, INK) : undefined;
  return [{
    type: "bar",
    x: labels.map(mathLabel),
    y: Array.from(values),
    ...named(name),
    marker: { color },
    error_y: error,
  }];
}

function errorBars(values: Numbers, low: Numbers, high: Numbers, color?: string): PlotlyPart {
  return {
    type: "data",
    symmetric: false,
    array: Array.from(values, (value, i) => high[i] - value),
    arrayminus: Array.from(values, (value, i) => value - low[i]),
    thickness: 1.5,
    width: 5,
    color,
  };
}

/** Bytes as base64 text. */
export function base64(bytes: Uint8Array): string {
  return bytes.toBase64();
}

function named(name?: string): PlotlyPart {
  return name === undefined
    ? { showlegend: false }
    : { name: mathLabel(name), legendgroup: name, showlegend: true };
}

function checkColumns(columns: Record<string, Numbers>): void {
  for (const [name, column] of Object.entries(columns)) checkColumn(name, column);
  checkLengths(columns);
}

function checkLengths(columns: Record<string, { readonly length: number }>): void {
  const [[first, { length }], ...others] = Object.entries(columns);
  if (length === 0) throw new RangeError(`${first} is empty; there must be a point at least`);
  for (const [name, column] of others) {
    if (column.length !== length) {
      throw new RangeError(`${name} has ${column.length} values; ${first} has ${length}`);
    }
  }
}
