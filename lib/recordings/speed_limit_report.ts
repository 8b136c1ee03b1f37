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
  /** As `inefficiency` gives them; NaN where the loss is not below that of the origin. */
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
  const risen = all.lossDrop.map((drop, i) => i > 0 && !(drop > 0) ? 1 : 0);
  const masked = (column: Float64Array) => column.map((value, i) => risen[i] ? NaN : value);
  const columns = {
    ...all,
    speedLimit: masked(all.speedLimit),
    inefficiency: masked(all.inefficiency),
    speedSpread: masked(all.speedSpread),
  };
  const clock = clockOf(all);
  const notes: string[] = [];
  if (!(clock < CLOCK && clock > 1 / CLOCK)) {
    notes.push(clockNote(clock));
  }
  const ups = risen.reduce((total, up) => total + up, 0);
  if (ups > 0) {
    notes.push(
      `At ${ups} of ${
        entries - 1
      } entries the loss is not below its start: there T_SL has no meaning.`,
    );
  }
  const least = columns.inefficiency.reduce((a, b) => b < a ? b : a, Infinity);
  if (least < 0.98) {
    notes.push(
      `T/T_SL falls to ${least.toFixed(3)}, below 1, which no gradient flow can: the steps are ` +
        "large (the limit binds flows), or time and loss are not those of dθ/dt = −∇L.",
    );
  }
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

function clockOf({ time, lossDrop, pathLength }: InefficiencyColumns): number {
  const factors: number[] = [];
  for (let i = 1; i < time.length; i++) {
    const length = pathLength[i] - pathLength[i - 1];
    const factor = (lossDrop[i] - lossDrop[i - 1]) * (time[i] - time[i - 1]) / length ** 2;
    if (factor > 0 && factor < Infinity) factors.push(factor);
  }
  return factors.length === 0 ? NaN : median(factors);
}

function clockNote(clock: number): string {
  if (Number.isNaN(clock)) return "The loss never falls from entry to entry: this is no descent.";
  return `ΔL Δt/δs² is ${
    clock.toPrecision(3)
  } in the median, and 1 for a gradient flow: the time ` +
    `is not the flow's (learning rate × steps, for the loss as recorded: divide it by ${
      clock.toPrecision(3)
    }), the entries are far apart, or the weights do not follow −∇L (momentum, Adam, batches).`;
}
