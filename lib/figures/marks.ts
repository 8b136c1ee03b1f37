/**
 * What a figure is made of: lines, bands, bars, heat maps. Each is a list of plotly traces with no
 * look of its own; `figure` gives the colours.
 *
 * @module
 */
import { PNG } from "pngjs";
import { colorAt, type ColorScale, INK, mathLabel, type PlotlyPart, SCALES } from "./look.ts";

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
  const { name, color, dash = "solid", mode = "lines", width = 2 } = options;
  checkLengths({ x, y });
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
  checkLengths({ x, mean, low, high });
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
 * import { points } from "./marks.ts";
 * const [trace] = points([500, 1000], [30, 20], { low: [25, 18], high: [36, 23] });
 * console.assert(trace.mode === "lines+markers");
 * ```
 */
export function points(
  x: Numbers,
  y: Numbers,
  { low, high, ...options }: LineOptions & { readonly low: Numbers; readonly high: Numbers },
): PlotlyPart[] {
  checkLengths({ x, y, low, high });
  const [trace] = line(x, y, { mode: "lines+markers", ...options });
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
  const { name, color, low = values, high = values } = options;
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

/** A matrix of numbers: a list of rows, or one row-major list with its size. */
export type Rows =
  | readonly Numbers[]
  | { readonly rows: number; readonly cols: number; readonly data: Numbers };

/** How a heat map is coloured. */
export interface HeatMapOptions {
  /** What the colours mean, written at the colour bar. */
  readonly label?: string;
  /** Values of the scale's two ends; the data's own otherwise (symmetric about 0 if diverging). */
  readonly range?: readonly [number, number];
  readonly diverging?: boolean;
}

/** Above this many cells a heat map becomes a small PNG, one pixel a cell: 1/20 of the text. */
const CELLS_AS_NUMBERS = 2500;
const PICTURE_PIXELS = 500;

/**
 * A heat map of a matrix, row 0 on top; x counts columns, y rows. What is not finite is left blank.
 *
 * @throws {RangeError} if the matrix is empty, its rows differ in length, or the range is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { heatMap } from "./marks.ts";
 * assert.equal(heatMap([[1, 2], [3, 4]])[0].type, "heatmap");
 * ```
 */
export function heatMap(matrix: Rows, options: HeatMapOptions = {}): PlotlyPart[] {
  const { label = "", diverging = false } = options;
  const rows = rowsOf(matrix);
  const [low, high] = options.range ?? extentOf(rows, diverging);
  if (!(low < high)) {
    throw new RangeError(`range is [${low}, ${high}]; it must be two rising finite numbers`);
  }
  const colors = diverging ? SCALES.diverging : SCALES.sequential;
  // An empty line keeps the title off the uppermost tick's text.
  const text = label && `${mathLabel(label)}<br> `;
  const title = { text, side: "top", font: { size: 12 } };
  const colorbar = {
    title,
    thickness: 14,
    outlinewidth: 0,
    exponentformat: "power",
    tickfont: { size: 12 },
  };
  const [height, width] = [rows.length, rows[0].length];

  if (height * width <= CELLS_AS_NUMBERS) {
    return [{ type: "heatmap", z: rows, zmin: low, zmax: high, colorscale: colors, colorbar }];
  }
  // `figure` puts the picture on its axes; the trace, with no visible point, brings the colour bar.
  return [{
    type: "scatter",
    x: [-0.5, width - 0.5],
    y: [-0.5, height - 0.5],
    mode: "markers",
    hoverinfo: "skip",
    showlegend: false,
    marker: {
      opacity: 0,
      color: [low, high],
      cmin: low,
      cmax: high,
      colorscale: colors,
      showscale: true,
      colorbar,
    },
    meta: {
      picture: `data:image/png;base64,${base64(heatPng(rows, low, high, colors))}`,
      width,
      height,
    },
  }];
}

/** Bytes as base64 text. */
export function base64(bytes: Uint8Array): string {
  return bytes.toBase64();
}

/** The matrix as a picture, each cell a block of pixels so that viewers do not blur it. */
function heatPng(rows: number[][], low: number, high: number, colors: ColorScale): Uint8Array {
  const [height, width] = [rows.length, rows[0].length];
  const block = Math.max(1, Math.ceil(PICTURE_PIXELS / Math.max(height, width)));
  const png = new PNG({ width: width * block, height: height * block });
  for (let i = 0; i < png.height; i++) {
    for (let j = 0; j < png.width; j++) {
      const value = rows[Math.floor(i / block)][Math.floor(j / block)];
      const rgba = Number.isFinite(value)
        ? [...colorAt(colors, (value - low) / (high - low)), 255]
        : [255, 255, 255, 0];
      png.data.set(rgba, 4 * (i * png.width + j));
    }
  }
  return PNG.sync.write(png);
}

function rowsOf(matrix: Rows): number[][] {
  const rows = "rows" in matrix
    ? Array.from(
      { length: matrix.rows },
      (_, i) => Array.from({ length: matrix.cols }, (_, j) => matrix.data[i * matrix.cols + j]),
    )
    : matrix.map((row) => Array.from(row));
  if (rows.length === 0 || rows[0].length === 0) {
    throw new RangeError("matrix is empty; it must have a row and a column at least");
  }
  const odd = rows.findIndex((row) => row.length !== rows[0].length);
  if (odd >= 0) {
    throw new RangeError(
      `row ${odd} of matrix has ${rows[odd].length} values; row 0 has ${rows[0].length}`,
    );
  }
  return rows;
}

function extentOf(rows: number[][], symmetric: boolean): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of rows.flat()) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (symmetric) [low, high] = [-1, 1].map((s) => s * Math.max(Math.abs(low), Math.abs(high)));
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

function named(name?: string): PlotlyPart {
  return name === undefined
    ? { showlegend: false }
    : { name: mathLabel(name), legendgroup: name, showlegend: true };
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
