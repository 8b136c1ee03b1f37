/**
 * A figure: marks on axes, as plotly's plain record in the one look. Pure; `show` displays it.
 *
 * @module
 */
import {
  checkList,
  checkOneOf,
  checkOptions,
  checkPositive,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../numerics/checks.ts";
import { AXES_CHECKS, type AxesOptions, axisOf, isMatrix, matrixSize, placed } from "./axes.ts";
import { COLORS, LOOK, mathLabel, type PlotlyPart, SIZE, translucent } from "./look.ts";
import { colorOfName } from "./quantities.ts";

/** A plotly figure. */
export interface Figure {
  readonly data: readonly PlotlyPart[];
  readonly layout: PlotlyPart;
}

/** The whole figure. */
export interface FigureOptions extends AxesOptions {
  readonly width?: number;
  readonly height?: number;
  /** Above the axes unless it needs more than two rows; then right of them. */
  readonly legend?: "above" | "right" | "none";
  /** Plotly's own layout entries, laid over the look, for what is not foreseen here. */
  readonly layout?: PlotlyPart;
}

/** Marks, singly or as the lists that `line`, `band`, `bars` and `heatMap` give. */
export type Marks = readonly (PlotlyPart | readonly PlotlyPart[])[];

/** What each option of a figure's frame must be. */
export const FRAME_CHECKS = {
  title: maybe(checkText),
  width: maybe(checkPositive),
  height: maybe(checkPositive),
  legend: maybe(must(checkOneOf, ["above", "right", "none"])),
  layout: maybe(checkRecord, {}),
} as const;

/**
 * The figure, if it is one.
 *
 * @throws {TypeError} naming the argument or its field, the value and what it must be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkFigure } from "./figure.ts";
 * const empty = { data: [], layout: {} };
 * assert.equal(checkFigure("figure", empty), empty);
 * assert.throws(() => checkFigure("figure", []), /^TypeError: figure is Array of 0; it must be a figure/);
 * ```
 */
export const checkFigure = <T>(name: string, figure: T): T =>
  checkRecord(name, figure, {
    data: must(checkList, must(checkRecord, {})),
    layout: must(checkRecord, {}),
  }, "a figure, as figure and panels give it");

/**
 * A figure of marks on one pair of axes.
 *
 * Numbers are rounded to 5 significant digits; what is not finite becomes a gap.
 *
 * @throws {TypeError} if a mark is not a plotly trace.
 * @throws {RangeError} if a log axis has no positive value.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { figure } from "./figure.ts";
 * import { line } from "./marks.ts";
 * const { data } = figure([line([1, 2], [1 / 3, 4])], { x: "time t", y: "loss", log: "y" });
 * assert.deepEqual(data[0].y, [0.33333, 4]);
 * ```
 */
export function figure(marks: Marks, options: FigureOptions = {}): Figure {
  const traces = tracesOf(marks);
  checkOptions("options", options, { ...FRAME_CHECKS, ...AXES_CHECKS });
  const { title = "", height = SIZE.height } = options;
  const width = options.width ?? usualWidth(traces, height - 98);
  const legend = legendOf(traces, options.legend, width - 100);
  const x = axisOf(options, "x");
  const y = axisOf(options, "y");
  const axes = placed(traces, x, y);
  const layout = {
    ...LOOK,
    width,
    height,
    margin: { l: 64, r: 24, b: 54, t: 16 + (title ? 28 : 0) + legend.rows * 22 },
    title: titleOf(title),
    ...axes.layout,
    images: axes.images,
    ...legend.layout,
  };
  return finished(colored(onceInLegend(axes.traces)), merged(layout, options.layout ?? {}));
}

/** Cells of a matrix are square: in the usual width much would stay empty. */
function usualWidth(traces: readonly PlotlyPart[], inner: number): number {
  const matrix = traces.find(isMatrix);
  if (!matrix) return SIZE.width;
  const { width, height } = matrixSize(matrix);
  return Math.round(Math.min(SIZE.width, Math.max(300, 64 + inner * width / height + 90)));
}

/** The figure in words, for where no picture can be shown. */
export function describe({ data, layout }: Figure): string {
  const words = (label: unknown) =>
    String(label ?? "").replaceAll("<sub>", "_").replaceAll("<sup>", "^").replace(/<[^>]+>/g, "");
  const text = (part: unknown) => words((part as { title?: { text?: string } })?.title?.text);
  const names = [...new Set(data.map((trace) => trace.name).filter((name) => name !== undefined))];
  const axes = Object.keys(layout).filter((key) => /^[xy]axis/.test(key));
  const labels = (letter: string) =>
    [...new Set(axes.filter((key) => key.startsWith(letter)).map((key) => text(layout[key])))]
      .filter((label) => label !== "").join(", ");
  const parts = [
    text(layout),
    [labels("y"), labels("x")].filter((label) => label !== "").join(" against "),
    names.map(words).join(", "),
  ];
  return `[figure] ${parts.filter((part) => part !== "").join("; ")}`.trim();
}

/** Marks as a flat list of traces. */
export function tracesOf(marks: Marks): PlotlyPart[] {
  return checkMarks("marks", marks).flat() as PlotlyPart[];
}

/** The marks, if they are a list of traces, or of lists of them. */
export const checkMarks = (name: string, marks: Marks): Marks =>
  checkList(
    name,
    marks,
    (at: string, mark: Marks[number]) =>
      Array.isArray(mark) ? checkList(at, mark, checkTrace) : checkTrace(at, mark),
  );

const checkTrace = (name: string, trace: unknown): unknown =>
  checkRecord(name, trace, { type: checkText }, "a plotly trace with a type");

/** The figure's title, at the left edge. */
export function titleOf(title: string): PlotlyPart | undefined {
  return title === "" ? undefined : {
    text: mathLabel(title),
    font: { size: 15 },
    x: 0,
    xref: "paper",
    xanchor: "left",
    y: 1,
    yref: "container",
    yanchor: "top",
    pad: { t: 14 },
  };
}

/**
 * Where the legend goes, and how many rows above the axes it takes there; with more than `mostRows` it
 * goes to the right.
 */
export function legendOf(
  traces: readonly PlotlyPart[],
  wanted: FigureOptions["legend"],
  width: number,
  mostRows = 2,
): { readonly rows: number; readonly layout: PlotlyPart } {
  const names = new Set(traces.filter((trace) => trace.showlegend).map((trace) => trace.name));
  if (names.size === 0 || wanted === "none") return { rows: 0, layout: { showlegend: false } };
  const rows = legendRows([...names].map(String), width);
  const font = { size: 12 };
  if (wanted === "right" || (wanted === undefined && rows > mostRows)) {
    return { rows: 0, layout: { showlegend: true, legend: { font, x: 1.02, y: 1 } } };
  }
  const legend = {
    ...{ font, orientation: "h", x: 0, xanchor: "left", y: 1.01, yanchor: "bottom" },
    tracegroupgap: 3,
  };
  return { rows, layout: { showlegend: true, legend } };
}

/** How many rows plotly's legend takes above the axes: one entry after another, as far as there is room. */
function legendRows(names: readonly string[], width: number): number {
  let [rows, used] = [1, 0];
  for (const name of names) {
    const entry = 45 + textWidth(name, 12); // the sample of the line, and gaps
    if (used > 0 && used + entry > width) [rows, used] = [rows + 1, 0];
    used += entry;
  }
  return rows;
}

/** About how wide a text is in a font of `size` pixels, rather too wide than too narrow. */
export function textWidth(text: string, size: number): number {
  const letters = [...text.replace(/<[^>]+>/g, "")];
  return size *
    letters.map((letter) => LETTERS.find(([which]) => which.test(letter))?.[1] ?? 0.63).reduce(
      (a, b) => a + b,
      0,
    );
}

/** Of DejaVu Sans, in its size. */
const LETTERS: readonly (readonly [RegExp, number])[] = [
  [/[ijlI.,:;'| ]/, 0.32],
  [/[frt\-()[\]/]/, 0.41],
  [/[mwMW%@…]/, 1],
  [/[=−+∞<>√→±≥≤]/, 0.85],
  [/[A-Z]/, 0.72],
];

/**
 * Traces with colours, one a name: the name's own where it has one, of the others one that is not
 * taken, in order of appearance. Bands are translucent in their line's.
 */
export function colored(traces: readonly PlotlyPart[]): PlotlyPart[] {
  const byName = new Map<unknown, string>();
  const given = (trace: PlotlyPart) =>
    (trace.line as { color?: string })?.color ?? (trace.marker as { color?: string })?.color;
  // An unnamed band belongs to the unnamed line that follows it.
  const keyOf = (trace: PlotlyPart, i: number) =>
    trace.legendgroup ?? (trace.fill === "toself" ? i + 1 : i);
  const own = new Set(traces.map((trace) => colorOfName(trace.legendgroup)));
  const free = COLORS.filter((color) => !own.has(color));
  let used = 0;
  const nextFree = () =>
    free.length > 0 ? free[used++ % free.length] : COLORS[used++ % COLORS.length];
  return traces.map((trace, i) => {
    if (trace.type !== "scatter" && trace.type !== "bar") return trace;
    const key = keyOf(trace, i);
    const color = given(trace) ?? byName.get(key) ?? colorOfName(key) ?? nextFree();
    if (Array.isArray(color)) return trace; // a heat map's colour bar, coloured by value
    if (!byName.has(key)) byName.set(key, color);
    return {
      ...trace,
      marker: { ...trace.marker as PlotlyPart, color },
      ...(trace.type === "bar" ? {} : { line: { ...trace.line as PlotlyPart, color } }),
      ...(trace.fill ? { fillcolor: translucent(color, 0.2) } : {}),
    };
  });
}

/** Traces with each name once in the legend, however many panels show it. */
export function onceInLegend(traces: readonly PlotlyPart[]): PlotlyPart[] {
  const seen = new Set<unknown>();
  return traces.map((trace) => {
    const showlegend = trace.showlegend === true && !seen.has(trace.legendgroup ?? trace.name);
    if (showlegend) seen.add(trace.legendgroup ?? trace.name);
    return { ...trace, showlegend };
  });
}

/** The finished record: data rounded to 5 digits, typed arrays as lists, nothing undefined. */
export function finished(data: readonly PlotlyPart[], layout: PlotlyPart): Figure {
  return { data: data.map((trace) => plain(trace, true)), layout: plain(layout, false) };
}

function plain<T>(value: T, rounded: boolean): T;
function plain(value: unknown, rounded: boolean): unknown {
  if (typeof value === "number") {
    return !Number.isFinite(value) ? null : rounded ? Number(value.toPrecision(5)) : value;
  }
  if (ArrayBuffer.isView(value)) return plain(Array.from(value as Float64Array), rounded);
  if (Array.isArray(value)) return value.map((item) => plain(item, rounded));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, plain(item, rounded)]),
  );
}

/** `over` laid over `base`, records within records too. */
export function merged(base: PlotlyPart, over: PlotlyPart): PlotlyPart {
  const isRecord = (x: unknown): x is PlotlyPart =>
    typeof x === "object" && x !== null && !Array.isArray(x);
  const both = Object.entries(over).map(([key, value]) => {
    const below = base[key];
    return [key, isRecord(below) && isRecord(value) ? merged(below, value) : value];
  });
  return { ...base, ...Object.fromEntries(both) };
}
