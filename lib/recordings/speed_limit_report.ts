/**
 * What a recorded path says: the speed limit along it, and how far its numbers may be trusted.
 *
 * @module
 */
import { median } from "simple-statistics";
import {
  inefficiency,
  type InefficiencyColumns,
  type PathColumns,
} from "../bounds/inefficiency.ts";
import { checkInteger, checkNumber, checkOptions, checkRecord, maybe } from "../numerics/checks.ts";

/** The speed limit along a recorded path. */
export interface SpeedLimitReport {
  /**
   * As `inefficiency` gives them; NaN where they have no value: the loss is not below that of the
   * origin, or the weights are at the origin.
   */
  readonly columns: InefficiencyColumns;
  /**
   * ΔL Δt/δs² from entry to entry, in the median: 1 for gradient flow in its own time, where
   * dL = −|v|² dt; the time of the recording is wrong by this factor otherwise.
   */
  readonly clock: number;
  /** Sentences on what to heed; none if there is nothing. */
  readonly notes: readonly string[];
}

/** Off by less than this factor the clock is that of the flow. */
const CLOCK = 1.25;
/** Below this share of the least of a flow the steps are large. */
const COARSE = 0.98;

/**
 * The speed limit along a path that was recorded elsewhere, with what speaks against it.
 *
 * @param path with `halvedLength` and `rounding`, if it comes from snapshots of the weights
 * @param from index of the entry to count from, as in `inefficiency`
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} as `inefficiency` does, and if the path has fewer than two entries from there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { speedLimitReport } from "./speed_limit_report.ts";
 *
 * // θ' = −θ from 1: the flow's own clock.
 * const time = Array.from({ length: 100 }, (_, i) => i / 50);
 * const path = {
 *   time,
 *   loss: time.map((t) => Math.exp(-2 * t) / 2),
 *   displacementSquared: time.map((t) => Math.expm1(-t) ** 2),
 *   pathLength: time.map((t) => -Math.expm1(-t)),
 * };
 * const { clock, notes } = speedLimitReport(path);
 * assert(Math.abs(clock - 1) < 1e-3 && notes.length === 0);
 * const inEpochs = { ...path, time: time.map((t) => 1000 * t) };
 * assert.match(speedLimitReport(inEpochs).notes[0], /time/);
 * ```
 */
export function speedLimitReport(
  path: PathColumns & { readonly halvedLength?: number; readonly rounding?: number },
  options: { readonly from?: number } = {},
): SpeedLimitReport {
  checkRecord("path", path, {
    halvedLength: maybe(checkNumber, { gaps: true }),
    rounding: maybe(checkNumber, { least: 0 }),
  }, "an object of columns");
  const { from = 0 } = checkOptions("options", options, {
    from: maybe(checkInteger, { least: 0 }),
  });
  const all = inefficiency(path, { from });
  const entries = all.time.length;
  if (entries < 2) throw new RangeError(`from is ${from}: there is no entry after it`);
  const { columns, risen, unmoved } = withoutGaps(all);
  const clock = clockOf(all);
  const inClock = clock < CLOCK && clock > 1 / CLOCK;
  const notes: string[] = [];
  if (!inClock) notes.push(clockNote(clock, all));
  if (risen > 0) {
    notes.push(
      `At ${risen} of ${entries - 1} entries the loss is not below its start: ` +
        "there T_SL and T/T_SL have no value.",
    );
  }
  if (unmoved > 0) {
    notes.push(
      `At ${unmoved} of ${entries - 1} entries the weights are where they started (l_geo = 0): ` +
        "there T/T_SL and l_γ/l_geo have no value.",
    );
  }
  notes.push(...belowOne(columns, inClock));
  if (path.halvedLength !== undefined) {
    const missing = Number.isFinite(path.halvedLength) ? (1 - path.halvedLength) / 3 : NaN;
    notes.push(
      "The path is a polygon through snapshots: l_γ and l_γ/l_geo are lower bounds" +
        (Number.isNaN(missing)
          ? "."
          : `; by the length through every second one, about ${
            (100 * missing).toPrecision(2)
          } % are missing.`),
    );
  }
  const rounding = path.rounding ?? 0;
  const drowned = all.displacementSquared.reduce(
    (total, square, i) => total + (i > 0 && Math.sqrt(square) < 100 * rounding ? 1 : 0),
    0,
  );
  if (drowned > 0) {
    notes.push(
      `At ${drowned} entries the displacement is below 100 roundings of float32 weights ` +
        `(${(100 * rounding).toPrecision(2)}): take T/T_SL there with care.`,
    );
  }
  return { columns, clock, notes };
}

/** The columns with NaN where a ratio has no value, and how many entries have none, for which reason. */
function withoutGaps(all: InefficiencyColumns) {
  const risen = all.lossDrop.map((drop, i) => i > 0 && !(drop > 0) ? 1 : 0);
  const unmoved = all.displacementSquared.map((square, i) => i > 0 && square === 0 ? 1 : 0);
  const masked = (column: Float64Array, ...reasons: Float64Array[]) =>
    column.map((value, i) => reasons.some((reason) => reason[i]) ? NaN : value);
  const columns: InefficiencyColumns = {
    ...all,
    speedLimit: masked(all.speedLimit, risen),
    inefficiency: masked(all.inefficiency, risen, unmoved),
    tortuosity: masked(all.tortuosity, unmoved),
    speedSpread: masked(all.speedSpread, risen, unmoved),
  };
  const count = (reason: Float64Array) => reason.reduce((total, one) => total + one, 0);
  return { columns, risen: count(risen), unmoved: count(unmoved) };
}

/** What a ratio below 1 means, if there is one that four digits show. */
function belowOne({ inefficiency: ratios, time }: InefficiencyColumns, inClock: boolean): string[] {
  const at = ratios.reduce((best, ratio, i) => ratio < ratios[best] ? i : best, 0);
  const least = Number(ratios[at].toPrecision(4));
  if (!(least < 1)) return [];
  const here = `T/T_SL is ${least} at T = ${digits(time[at])}`;
  if (!inClock) {
    return [`${here}, below 1, which no gradient flow can: set the time right first (see above).`];
  }
  const needs = `gradient descent stays above 1 − ηλ̄/2 (descentSpeedLimit), so that this needs ` +
    `ηλ̄ = ${((1 - least) * 2).toPrecision(2)} or more, learning rate × curvature along the way`;
  return [
    least < COARSE
      ? `${here}, below 1, which no gradient flow can: T_SL is no bound for steps as large as these; ` +
        `${needs}. Take a smaller learning rate, or judge by that bound. If your steps are small, loss ` +
        "and weights were not recorded at the same steps."
      : `${here}, a little below 1, the least of a gradient flow: steps are no flow; ${needs}. A ` +
        "smaller learning rate brings it to 1. If yours is too small for that, the loss was rounded, " +
        "or loss and weights were not recorded at the same steps.",
  ];
}

function clockOf({ time, lossDrop, pathLength }: InefficiencyColumns): number {
  const factors: number[] = [];
  for (let i = 1; i < time.length; i++) {
    const length = pathLength[i] - pathLength[i - 1];
    const factor = (lossDrop[i] - lossDrop[i - 1]) * (time[i] - time[i - 1]) / length ** 2;
    if (factor > 0 && factor < Infinity) factors.push(factor);
  }
  return factors.length === 0 ? NaN : median(factors);
}

function clockNote(clock: number, { time, pathLength }: InefficiencyColumns): string {
  if (Number.isNaN(clock)) {
    return pathLength.at(-1)! > 0
      ? "The loss never falls from entry to entry: this is no descent."
      : "The path has no length: the weights never move. Record those that are trained, in float64.";
  }
  const counts = time.every(Number.isInteger)
    ? ", and not their number, as these whole numbers seem to be"
    : "";
  return `ΔL Δt/δs² is ${
    digits(clock)
  } in the median, and 1 for a gradient flow. Either the time is ` +
    `not the flow's: it must be learning rate × steps, for the loss as recorded${counts}; divided by ` +
    `${
      digits(clock)
    } it would be. Or the entries are far apart, or the weights do not follow −∇L ` +
    "(momentum, Adam, batches).";
}

const digits = (value: number) => String(Number(value.toPrecision(3)));
