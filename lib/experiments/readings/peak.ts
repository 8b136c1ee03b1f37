/**
 * Rise, peak, fall and second rise of the inefficiency along a path.
 *
 * @module
 */
import {
  checkLength,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
} from "../../numerics/checks.ts";
import { checkColumn } from "../checks.ts";

/** A place on a path: when, and how large the ratio is there. */
export interface Place {
  readonly time: number;
  readonly inefficiency: number;
}

/** What a path does within its horizon. */
export type PathShape = "rises" | "rises, falls" | "rises, falls, rises again";

/** Where the inefficiency turns along a path. */
export interface Peak {
  readonly shape: PathShape;
  /** The highest turning point; not there if the path only rises: then its largest value is its last. */
  readonly peak?: Place;
  /** The lowest place after the peak from which it rises again. */
  readonly trough?: Place;
  readonly end: Place;
}

/**
 * Where the inefficiency turns: a maximum counts from which it falls, and a minimum from which it rises,
 * by more than the threshold. Places and heights are those of the parabola through the three entries
 * about the turn, in logarithms of both.
 *
 * @param path times by growing size, and T/T_SL; an entry at time 0 is passed over
 * @param threshold of ln T/T_SL, to be well above the integrator's tolerance
 * @throws {RangeError} if the columns differ in length or have fewer than three entries past the origin,
 * or the threshold is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { peakOf } from "./peak.ts";
 * const time = Array.from({ length: 60 }, (_, i) => 10 ** (i / 20));
 * // A parabola in logarithms, with its peak of 5 at T = 30.
 * const inefficiency = time.map((t) => 5 * Math.exp(-((Math.log(t / 30)) ** 2) / 4));
 * const { shape, peak } = peakOf({ time, inefficiency });
 * assert.equal(shape, "rises, falls");
 * assert(Math.abs(peak!.time - 30) < 1e-9 && Math.abs(peak!.inefficiency - 5) < 1e-9);
 * ```
 */
export function peakOf(
  path: { readonly time: ArrayLike<number>; readonly inefficiency: ArrayLike<number> },
  options: { readonly threshold?: number } = {},
): Peak {
  checkRecord("path", path, { time: checkColumn, inefficiency: checkColumn });
  const { threshold = 0.03 } = checkOptions("options", options, {
    threshold: maybe(checkPositive),
  });
  const { time, inefficiency } = path;
  checkLength("inefficiency", inefficiency, time.length);
  const entries = Array.from(time, (_, i) => i).filter((i) => time[i] > 0);
  if (entries.length < 3) {
    throw new RangeError(
      `the path has ${entries.length} entries past its origin; a turn needs three`,
    );
  }
  const x = entries.map((i) => Math.log(time[i]));
  const y = entries.map((i) => Math.log(inefficiency[i]));
  const { maxima, minima } = turns(y, threshold);
  const last = entries[entries.length - 1];
  const end = { time: time[last], inefficiency: inefficiency[last] };
  // The first entry is no turn: what was before it is not known.
  const inner = maxima.filter((i) => i > 0);
  if (inner.length === 0) return { shape: "rises", end };
  const top = inner.reduce((a, b) => y[b] > y[a] ? b : a);
  const after = minima.filter((i) => i > top);
  const peak = vertex(x, y, top);
  if (after.length === 0) return { shape: "rises, falls", peak, end };
  const bottom = after.reduce((a, b) => y[b] < y[a] ? b : a);
  return { shape: "rises, falls, rises again", peak, trough: vertex(x, y, bottom), end };
}

/** Indices of the turns that stand out by more than the threshold, each way. */
function turns(y: readonly number[], threshold: number) {
  const [maxima, minima]: [number[], number[]] = [[], []];
  let rising = true;
  let extreme = 0;
  y.forEach((value, i) => {
    if (rising ? value > y[extreme] : value < y[extreme]) extreme = i;
    else if (Math.abs(value - y[extreme]) > threshold) {
      (rising ? maxima : minima).push(extreme);
      [rising, extreme] = [!rising, i];
    }
  });
  return { maxima, minima };
}

/** The parabola's turn about an entry that has neighbours. */
function vertex(x: readonly number[], y: readonly number[], i: number): Place {
  const [left, right] = [
    (y[i] - y[i - 1]) / (x[i] - x[i - 1]),
    (y[i + 1] - y[i]) / (x[i + 1] - x[i]),
  ];
  const curvature = 2 * (right - left) / (x[i + 1] - x[i - 1]);
  const slope = (left * (x[i + 1] - x[i]) + right * (x[i] - x[i - 1])) / (x[i + 1] - x[i - 1]);
  const step = curvature === 0 ? 0 : -slope / curvature;
  return {
    time: Math.exp(x[i] + step),
    inefficiency: Math.exp(y[i] + slope * step + curvature * step * step / 2),
  };
}
