/**
 * Heat maps of matrices: small ones as numbers, large ones as a picture.
 *
 * @module
 */
import { PNG } from "pngjs";
import {
  checkFlag,
  checkInteger,
  checkList,
  checkNumbers,
  checkOptions,
  checkRecord,
  checkText,
  maybe,
} from "../numerics/checks.ts";
import { colorAt, type ColorScale, mathLabel, type PlotlyPart, SCALES } from "./look.ts";
import { base64, checkColumn, type Numbers } from "./marks.ts";

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
  /** From where to where the matrix reaches along x and y, of which a row counts down; cells by default. */
  readonly x?: readonly [number, number];
  readonly y?: readonly [number, number];
}

/** Above this many cells a heat map becomes a small PNG, one pixel a cell: 1/20 of the text. */
const CELLS_AS_NUMBERS = 2500;
const PICTURE_PIXELS = 500;

/**
 * A heat map of a matrix, row 0 on top; x counts columns and y rows, unless told where the matrix lies.
 * What is not finite is left blank.
 *
 * @throws {RangeError} if the matrix is empty, its rows differ in length, or the range is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { heatMap } from "./heat_map.ts";
 * assert.equal(heatMap([[1, 2], [3, 4]])[0].type, "heatmap");
 * ```
 */
export function heatMap(matrix: Rows, options: HeatMapOptions = {}): PlotlyPart[] {
  const rows = rowsOf(matrix);
  const pair = maybe(checkNumbers, { length: 2 });
  const { label = "", diverging = false, x, y } = checkOptions("options", options, {
    ...{ label: maybe(checkText), range: pair, diverging: maybe(checkFlag), x: pair, y: pair },
  });
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
  const along = {
    x: x ? centers(x, width) : undefined,
    y: y ? centers(y, height).reverse() : undefined,
  };

  if (height * width <= CELLS_AS_NUMBERS) {
    return [{
      ...{ type: "heatmap", ...along, z: rows, zmin: low, zmax: high, colorscale: colors },
      colorbar,
    }];
  }
  // `figure` puts the picture on its axes; the trace, with no visible point, brings the colour bar.
  return [{
    type: "scatter",
    x: x ?? [-0.5, width - 0.5],
    y: y ?? [-0.5, height - 0.5],
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
      ...{ width, height, x, y },
    },
  }];
}

/** The middles of `count` cells. */
function centers([from, to]: readonly [number, number], count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + (to - from) * (i + 0.5) / count);
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
  if (Array.isArray(matrix)) checkList("matrix", matrix, checkColumn);
  else {
    checkRecord("matrix", matrix, {
      ...{ rows: checkInteger, cols: checkInteger, data: checkColumn },
    }, "rows of numbers, or a matrix");
  }
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
