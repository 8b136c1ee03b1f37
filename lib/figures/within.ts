/**
 * What is drawn lies within its axes: a range that was asked for widens to hold every point, bar and
 * interval, and a line that leaves it ends at the frame.
 *
 * @module
 */
import type { Axis, PlotlyPart } from "./look.ts";

/** Of an axis, what a widened range has beyond the data: no marker is cut in half. */
const ROOM = 0.04;

/** Both axes of some traces. */
export interface Axes {
  readonly x: Axis;
  readonly y: Axis;
}

interface ErrorBars {
  readonly array: readonly number[];
  readonly arrayminus: readonly number[];
}

/**
 * Smallest and largest number along an axis, ends of intervals among them; of the positive ones if it is
 * logarithmic.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { points } from "./marks.ts";
 * import { extent } from "./within.ts";
 * assert.deepEqual(extent(points([1], [5], { low: [2], high: [9] }), "y"), [2, 9]);
 * ```
 */
export function extent(
  traces: readonly PlotlyPart[],
  letter: "x" | "y",
  positive = false,
): [number, number] | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const value of traces.flatMap((trace) => valuesAlong(trace, letter))) {
    if (typeof value !== "number" || !Number.isFinite(value) || (positive && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : undefined;
}

/** All that a trace reaches along an axis. */
export function valuesAlong(trace: PlotlyPart, letter: "x" | "y"): readonly unknown[] {
  const values = Array.from((trace[letter] ?? []) as readonly unknown[]);
  const bars = letter === "y" ? trace.error_y as ErrorBars | undefined : undefined;
  const foot = letter === "y" && trace.type === "bar" ? [0] : [];
  if (!bars) return [...values, ...foot];
  const from = values as readonly number[];
  return [
    ...values,
    ...from.map((value, i) => value + bars.array[i]),
    ...from.map((value, i) => value - bars.arrayminus[i]),
    ...foot,
  ];
}

/** The axis, with a range that was asked for widened to hold all that may not be cut. */
export function widened(axis: Axis, traces: readonly PlotlyPart[], letter: "x" | "y"): Axis {
  const { range, log = false } = axis;
  const whole = range && extent(traces.filter((trace) => !isCurve(trace)), letter, log);
  if (!range || !whole) return axis;
  const scale = scaleOf(log), back = log ? (at: number) => 10 ** at : (at: number) => at;
  const [from, to] = range.map(scale);
  const [low, high] = whole.map(scale);
  const side = to > from ? 1 : -1;
  const first = side * from <= side * (side > 0 ? low : high) ? from : side > 0 ? low : high;
  const last = side * to >= side * (side > 0 ? high : low) ? to : side > 0 ? high : low;
  const room = ROOM * (last - first);
  return {
    ...axis,
    range: [
      first === from ? range[0] : back(first - room),
      last === to ? range[1] : back(last + room),
    ],
  };
}

/**
 * A line, or the area of a band, up to the frame; other traces as they are.
 *
 * @param axes whose ranges are those that are drawn
 */
export function cutTo(trace: PlotlyPart, { x, y }: Axes): PlotlyPart {
  if (!isCurve(trace) || !(x.range || y.range)) return trace;
  const points = (trace.x as readonly unknown[]).map((at, i) => [
    coordinate(at, x),
    coordinate((trace.y as readonly unknown[])[i], y),
  ]);
  const frame = [x, y].map(({ range, log }) =>
    range ? range.map(scaleOf(log)).sort((a, b) => a - b) : [-Infinity, Infinity]
  );
  const isIn = (point: readonly number[]) =>
    point.every((at, k) => !(at < frame[k][0]) && !(at > frame[k][1]));
  if (points.every(isIn)) return trace;
  const kept = trace.fill === undefined ? cutLine(points, frame) : cutArea(points, frame);
  const values = (k: 0 | 1, { log }: Axis) => kept.map((point) => log ? 10 ** point[k] : point[k]);
  return { ...trace, x: values(0, x), y: values(1, y) };
}

/** What may run out of the frame: a line without points, and the area of a band. */
function isCurve(trace: PlotlyPart): boolean {
  return trace.type === "scatter" && trace.mode === "lines" && trace.error_y === undefined &&
    ["x", "y"].every((letter) =>
      ((trace[letter] ?? []) as readonly unknown[]).every((at) => typeof at !== "string")
    );
}

const scaleOf = (log = false) => log ? Math.log10 : (value: number) => value;

function coordinate(value: unknown, { log }: Axis): number {
  const at = typeof value === "number" ? scaleOf(log)(value) : NaN;
  return Number.isFinite(at) ? at : NaN;
}

type Frame = readonly (readonly number[])[];

/** The parts of a broken line that lie in the frame, with gaps between them. */
function cutLine(points: readonly number[][], frame: Frame): number[][] {
  const kept: number[][] = [];
  const isLast = (point: readonly number[]) =>
    kept.length > 0 && kept[kept.length - 1].every((at, k) => at === point[k]);
  for (let i = 1; i < points.length; i++) {
    const part = segmentIn(points[i - 1], points[i], frame);
    if (!part) continue;
    if (!isLast(part[0])) {
      if (kept.length > 0) kept.push([NaN, NaN]);
      kept.push(part[0]);
    }
    kept.push(part[1]);
  }
  return kept;
}

/** Liang and Barsky's: from where to where a segment is in the frame. */
function segmentIn(
  from: readonly number[],
  to: readonly number[],
  frame: Frame,
): [number[], number[]] | undefined {
  let [enter, leave] = [0, 1];
  for (const k of [0, 1]) {
    const step = to[k] - from[k];
    if (Number.isNaN(step)) return undefined;
    const [low, high] = frame[k];
    if (step === 0) {
      if (from[k] < low || from[k] > high) return undefined;
      continue;
    }
    const crossings = [(low - from[k]) / step, (high - from[k]) / step].sort((a, b) => a - b);
    enter = Math.max(enter, crossings[0]);
    leave = Math.min(leave, crossings[1]);
  }
  if (enter > leave) return undefined;
  const at = (share: number) =>
    share === 0 ? [...from] : share === 1 ? [...to] : from.map((value, k) => {
      const there = value + share * (to[k] - value);
      return Math.min(frame[k][1], Math.max(frame[k][0], there));
    });
  return [at(enter), at(leave)];
}

/** Sutherland and Hodgman's: an area, cut at one side of the frame after the other. */
function cutArea(points: readonly number[][], frame: Frame): number[][] {
  const sides = [0, 1].flatMap((k) => [[k, 1, frame[k][0]], [k, -1, frame[k][1]]] as const);
  return sides.reduce<readonly number[][]>((area, [k, sign, edge]) => {
    if (!Number.isFinite(edge)) return area;
    const isIn = (point: readonly number[]) => sign * (point[k] - edge) >= 0;
    return area.flatMap((point, i) => {
      const before = area.at(i - 1)!;
      if (isIn(point) === isIn(before)) return isIn(point) ? [point] : [];
      const share = (edge - before[k]) / (point[k] - before[k]);
      const crossing = point.map((at, j) => j === k ? edge : before[j] + share * (at - before[j]));
      return isIn(point) ? [crossing, point] : [crossing];
    });
  }, points.filter((point) => point.every(Number.isFinite))).map((point) => [...point]);
}
