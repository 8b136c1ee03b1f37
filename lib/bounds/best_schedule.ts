/**
 * The schedule that spends a path's entropy production evenly, and what of it steps can have.
 *
 * @module
 */
import {
  checkNumbers,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
} from "../numerics/checks.ts";

/** What {@link bestSchedule} gives; a column has a value for each interval between entries. */
export interface BestSchedule {
  /** η*(t) = ΔL/(l_γ |∇L|) on each interval. */
  readonly rate: Float64Array;
  /** η* kept at or below 2/(h λ_max), with the λ_max of the interval's two ends that is larger. */
  readonly allowed: Float64Array;
  /** T* = l_γ²/ΔL, the time of the same path under η*. */
  readonly time: number;
  /** T/T*: the spread of speed, the most that a schedule gains. */
  readonly gain: number;
  /** The time of the same path under the rate that is allowed. */
  readonly allowedTime: number;
  /**
   * (T − allowedTime)/(T − T*): the share of what could be saved that steps of h can have; 0 or less
   * where the limit on η takes more than η* saves.
   */
  readonly share: number;
}

/**
 * η*(t) = ΔL/(l_γ |∇L|): the schedule under which a gradient flow runs its path at constant speed and
 * dissipates the same, in the least time T* = l_γ²/ΔL.
 *
 * A schedule changes nothing but the clock: θ' = −η ∇L with τ = ∫η dt. ∫|v|²dt = ∫η|∇L|²dτ is least
 * at a given T for η|∇L| constant, by Cauchy and Schwarz. Steps of a time h descend by h η, and must
 * keep h η λ_max ≤ 2: `allowed` is η* cut there. Means over intervals, from the recorded path lengths.
 *
 * @param path a gradient flow's columns: time τ, pathLength l_γ and lossDrop ΔL from the start on;
 * with λ_max at each entry η is bounded
 * @param options `step` is h, the time of a step; by default 1/max λ_max, half of what stability
 * lets a constant rate of 1 have
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if columns differ in length or have fewer than two entries, times or lengths do
 * not grow, or the loss has not fallen
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bestSchedule } from "./best_schedule.ts";
 * // Speed 2 for a time 1, then 1 for a time 2: l_γ = 4, ΔL = 6, T* = 16/6 of 3.
 * const path = { time: [0, 1, 3], pathLength: [0, 2, 4], lossDrop: [0, 4, 6] };
 * const { rate, time, gain } = bestSchedule(path);
 * assert.deepEqual([...rate], [0.75, 1.5]);
 * assert(Math.abs(time - 8 / 3) < 1e-12 && Math.abs(gain - 9 / 8) < 1e-12);
 * ```
 */
export function bestSchedule(
  path: {
    readonly time: ArrayLike<number>;
    readonly pathLength: ArrayLike<number>;
    readonly lossDrop: ArrayLike<number>;
    readonly lambdaMax?: ArrayLike<number>;
  },
  options: { readonly step?: number } = {},
): BestSchedule {
  const { time, pathLength, lossDrop, lambdaMax } = checkRecord("path", path, {});
  const { step } = checkOptions("options", options, { step: maybe(checkPositive) });
  checkNumbers("path.time", time);
  const { length } = time;
  if (length < 2) throw new RangeError(`path.time has ${length} entries; it must have two or more`);
  checkNumbers("path.pathLength", pathLength, { length });
  checkNumbers("path.lossDrop", lossDrop, { length });
  if (lambdaMax !== undefined) checkNumbers("path.lambdaMax", lambdaMax, { length });
  else if (step !== undefined) {
    throw new RangeError(`step is ${step} without path.lambdaMax, which is what bounds its rate`);
  }
  const last = length - 1;
  const [T, whole, drop] = [time, pathLength, lossDrop].map((column) => column[last] - column[0]);
  checkPositive("the last lossDrop less the first", drop);
  const top = lambdaMax ? Math.max(...Array.from(lambdaMax)) : NaN;
  const h = step ?? 1 / top;
  const [rate, allowed] = [new Float64Array(last), new Float64Array(last)];
  let allowedTime = 0;
  for (let i = 0; i < last; i++) {
    const spent = checkPositive(`path.time[${i + 1}] − path.time[${i}]`, time[i + 1] - time[i]);
    const moved = checkPositive(
      `path.pathLength[${i + 1}] − path.pathLength[${i}]`,
      pathLength[i + 1] - pathLength[i],
    );
    rate[i] = drop * spent / (whole * moved);
    const most = lambdaMax ? 2 / (h * Math.max(lambdaMax[i], lambdaMax[i + 1])) : Infinity;
    allowed[i] = most > 0 ? Math.min(rate[i], most) : rate[i];
    allowedTime += spent / allowed[i];
  }
  const least = whole * whole / drop;
  // A path of constant speed has nothing to save.
  const share = T > least * (1 + 1e-12) ? (T - allowedTime) / (T - least) : NaN;
  return { rate, allowed, time: least, gain: T / least, allowedTime, share };
}
