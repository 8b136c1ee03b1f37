/**
 * Traces placed on one pair of axes: ranges, ticks, matrices, and where in the figure they lie.
 *
 * @module
 */
import {
  checkFlag,
  checkList,
  checkNumbers,
  checkOneOf,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../numerics/checks.ts";
import { hovered } from "./hover.ts";
import { type Axis, axisLayout, type PlotlyPart } from "./look.ts";
import { cutTo, extent, widened } from "./within.ts";

/** What stands on one pair of axes. */
export interface AxesOptions {
  readonly title?: string;
  /** The axis, or its label alone. `_{…}` and `^{…}` lower and raise. */
  readonly x?: string | Axis;
  readonly y?: string | Axis;
  /** Which axes are logarithmic. */
  readonly log?: "x" | "y" | "xy";
}

const checkAxis = (name: string, axis: string | Axis): unknown =>
  typeof axis === "string" || checkRecord(name, axis, {
    ...{
      label: maybe(checkText),
      log: maybe(checkFlag),
      range: maybe(checkNumbers, { length: 2 }),
    },
    ...{ ticks: maybe(checkNumbers), tickText: maybe(checkList, checkText) },
  }, "a label or an axis");

/** What each option of axes must be. */
export const AXES_CHECKS = {
  title: maybe(checkText),
  x: maybe(checkAxis),
  y: maybe(checkAxis),
  log: maybe(must(checkOneOf, ["x", "y", "xy"])),
} as const;

/** An axis of `options`, with its label spelled out. */
export function axisOf(options: AxesOptions, letter: "x" | "y"): Axis {
  const given = options[letter] ?? "";
  const axis = typeof given === "string" ? { label: given } : given;
  return { ...axis, log: axis.log ?? options.log?.includes(letter) ?? false };
}

/** Where one of several pairs of axes lies: its number ("", "2", …), place, and room for labels. */
export interface Place {
  readonly number: string;
  /** Fractions of the figure's plot area, from left and from below. */
  readonly domain?: { readonly x: readonly number[]; readonly y: readonly number[] };
  /** How many tick texts have room along x and y. */
  readonly labels?: { readonly x: number; readonly y: number };
}

/** Traces on their axes, those axes' layout, and pictures lying on them. */
export function placed(
  traces: readonly PlotlyPart[],
  x: Axis,
  y: Axis,
  { number, domain, labels }: Place = { number: "" },
): { traces: PlotlyPart[]; layout: PlotlyPart; images: PlotlyPart[] } {
  const matrix = traces.find(isMatrix);
  const axes = matrix
    ? { x: { ...x, range: matrixRange(matrix, "x") }, y: { ...y, range: matrixRange(matrix, "y") } }
    : { x: widened(x, traces, "x"), y: widened(y, traces, "y") };
  const bars = traces.length > 0 && traces.every((trace) => trace.type === "bar");
  const shown = traces.map((trace) => cutTo(y.log ? liftedToPositive(trace) : trace, axes));
  const axis = (letter: "x" | "y", own: Axis) => ({
    ...axisLayout(letter, ...seen(own, extent(shown, letter, own.log)), labels?.[letter]),
    ...(domain ? { domain: domain[letter], anchor: `${letter === "x" ? "y" : "x"}${number}` } : {}),
    ...(matrix ? matrixAxis(matrix, letter, number) : {}),
    ...(bars && letter === "x" ? { showgrid: false } : {}),
  });
  const at = { xref: `x${number}`, yref: `y${number}`, layer: "below", sizing: "stretch" };
  return {
    traces: shown.map((trace, i) => ({
      ...hovered(trace, axes),
      xaxis: `x${number}`,
      yaxis: `y${number}`,
      ...(isPicture(trace) ? { meta: matrixSize(trace) } : {}), // the picture is among the images
      ...(matrix === traces[i] && domain ? colorbarIn(trace, domain) : {}),
    })),
    layout: { [`xaxis${number}`]: axis("x", axes.x), [`yaxis${number}`]: axis("y", axes.y) },
    images: traces.filter(isPicture).map((trace) => {
      const [[left, right], [bottom, top]] = [matrixRange(trace, "x"), matrixRange(trace, "y")];
      const size = { sizex: right - left, sizey: Math.abs(top - bottom) };
      return { ...at, source: (trace.meta as PicturePart).picture, x: left, y: top, ...size };
    }),
  };
}

/** One value alone would have decades of a logarithmic axis around it: an octave is enough. */
function seen(axis: Axis, values?: [number, number]): [Axis, [number, number]?] {
  if (!axis.log || axis.range || !values || values[0] < values[1]) return [axis, values];
  return [{ ...axis, range: [values[0] / 2, values[0] * 2] }, values];
}

/** Whether a trace is what `heatMap` gives. */
export function isMatrix(trace: PlotlyPart): boolean {
  return trace.type === "heatmap" || isPicture(trace);
}

/** Columns and rows of what `heatMap` gave. */
export function matrixSize(trace: PlotlyPart): { readonly width: number; readonly height: number } {
  if (isPicture(trace)) {
    const { width, height } = trace.meta as PicturePart;
    return { width, height };
  }
  const rows = trace.z as readonly (readonly number[])[];
  return { width: rows[0].length, height: rows.length };
}

interface PicturePart {
  readonly picture?: string;
  readonly width: number;
  readonly height: number;
  readonly x?: readonly [number, number];
  readonly y?: readonly [number, number];
}

function isPicture(trace: PlotlyPart): boolean {
  return typeof (trace.meta as PicturePart | undefined)?.width === "number";
}

/** From where to where a matrix reaches, as its axis runs: the rows down, where they are counted. */
function matrixRange(trace: PlotlyPart, letter: "x" | "y"): readonly [number, number] {
  const size = matrixSize(trace)[letter === "x" ? "width" : "height"];
  const whole = isPicture(trace) ? (trace.meta as PicturePart)[letter] : undefined;
  if (whole) return whole;
  const centers = isPicture(trace) ? undefined : trace[letter] as readonly number[] | undefined;
  if (!centers) return letter === "x" ? [-0.5, size - 0.5] : [size - 0.5, -0.5];
  const [first, last] = [centers[0], centers[centers.length - 1]];
  const half = size > 1 ? (last - first) / (size - 1) / 2 : 0.5;
  return letter === "x" ? [first - half, last + half] : [last + half, first - half];
}

/** A matrix has square cells, row 0 on top, and no grid over it. */
function matrixAxis(trace: PlotlyPart, letter: "x" | "y", number: string): PlotlyPart {
  const { width, height } = matrixSize(trace);
  const cell = (of: "x" | "y", count: number) => {
    const [from, to] = matrixRange(trace, of);
    return Math.abs(to - from) / count;
  };
  return {
    showgrid: false,
    constrain: "domain",
    constraintoward: letter === "x" ? "left" : "top",
    ...(letter === "y"
      ? { scaleanchor: `x${number}`, scaleratio: cell("x", width) / cell("y", height) }
      : {}),
  };
}

/** Colour bars stand at the figure's right edge by default; in a panel, at the panel's. */
export function colorbarIn(
  trace: PlotlyPart,
  { x, y }: { readonly x: readonly number[]; readonly y: readonly number[] },
): PlotlyPart {
  const place = {
    x: x[1],
    xanchor: "left",
    y: (y[0] + y[1]) / 2,
    len: y[1] - y[0],
    thickness: 10,
  };
  if (!isPicture(trace)) {
    return { colorbar: { ...trace.colorbar as PlotlyPart, ...place } };
  }
  const marker = trace.marker as PlotlyPart;
  return { marker: { ...marker, colorbar: { ...marker.colorbar as PlotlyPart, ...place } } };
}

/**
 * What reaches 0 or below has no place on a log axis: the edge of a band and the end of an interval go to
 * the least positive number there is.
 */
function liftedToPositive(trace: PlotlyPart): PlotlyPart {
  const y = trace.y as readonly number[];
  if (trace.fill === "toself") {
    const [least] = extent([trace], "y", true) ?? [NaN];
    return Number.isFinite(least) ? { ...trace, y: y.map((v) => v > 0 ? v : least) } : trace;
  }
  const bars = trace.error_y as { readonly arrayminus: readonly number[] } | undefined;
  if (!bars || !y.some((value, i) => value > 0 && bars.arrayminus[i] >= value)) return trace;
  const [least] = extent([trace], "y", true)!;
  const arrayminus = bars.arrayminus.map((reach, i) => Math.min(reach, y[i] - least));
  return { ...trace, error_y: { ...bars, arrayminus } };
}
