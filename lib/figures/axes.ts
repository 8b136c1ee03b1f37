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
import { type Axis, axisLayout, type PlotlyPart } from "./look.ts";

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
  const bars = traces.length > 0 && traces.every((trace) => trace.type === "bar");
  const axis = (letter: "x" | "y", own: Axis) => ({
    ...axisLayout(letter, ...seen(own, extent(traces, letter, own.log)), labels?.[letter]),
    ...(domain ? { domain: domain[letter], anchor: `${letter === "x" ? "y" : "x"}${number}` } : {}),
    ...(matrix ? matrixAxis(matrix, letter, number) : {}),
    ...(bars && letter === "x" ? { showgrid: false } : {}),
  });
  const at = { xref: `x${number}`, yref: `y${number}`, x: -0.5, y: -0.5, layer: "below" };
  return {
    traces: traces.map((trace) => ({
      ...(y.log ? liftedToPositive(trace) : trace),
      xaxis: `x${number}`,
      yaxis: `y${number}`,
      ...(isPicture(trace) ? { meta: undefined } : {}),
      ...(matrix === trace && domain ? colorbarIn(trace, domain) : {}),
    })),
    layout: { [`xaxis${number}`]: axis("x", x), [`yaxis${number}`]: axis("y", y) },
    images: traces.filter(isPicture).map(({ meta }) => {
      const { picture, width, height } = meta as PicturePart;
      return { ...at, source: picture, sizex: width, sizey: height, sizing: "stretch" };
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
  if (isPicture(trace)) return trace.meta as PicturePart;
  const rows = trace.z as readonly (readonly number[])[];
  return { width: rows[0].length, height: rows.length };
}

type PicturePart = { readonly picture: string; readonly width: number; readonly height: number };

function isPicture(trace: PlotlyPart): boolean {
  return typeof (trace.meta as PicturePart | undefined)?.picture === "string";
}

/** A matrix has square cells, row 0 on top, and no grid over it. */
function matrixAxis(trace: PlotlyPart, letter: "x" | "y", number: string): PlotlyPart {
  const { width, height } = matrixSize(trace);
  return {
    showgrid: false,
    constrain: "domain",
    constraintoward: letter === "x" ? "left" : "top",
    range: letter === "x" ? [-0.5, width - 0.5] : [height - 0.5, -0.5],
    ...(letter === "y" ? { scaleanchor: `x${number}` } : {}),
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

/** Smallest and largest number along an axis, of the positive ones if it is logarithmic. */
export function extent(
  traces: readonly PlotlyPart[],
  letter: "x" | "y",
  positive = false,
): [number, number] | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const trace of traces) {
    for (const value of (trace[letter] ?? []) as readonly unknown[]) {
      if (typeof value !== "number" || !Number.isFinite(value) || (positive && value <= 0)) {
        continue;
      }
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low <= high ? [low, high] : undefined;
}

/** A band that reaches 0 or below has no place on a log axis: its edge goes to the least positive. */
function liftedToPositive(trace: PlotlyPart): PlotlyPart {
  if (trace.fill !== "toself") return trace;
  const y = trace.y as readonly number[];
  const least = y.reduce((a, b) => b > 0 ? Math.min(a, b) : a, Infinity);
  return Number.isFinite(least) ? { ...trace, y: y.map((v) => v > 0 ? v : least) } : trace;
}
