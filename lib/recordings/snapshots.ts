/**
 * A path from snapshots of the weights: a polygon through them.
 *
 * @module
 */
import { type Trajectory, trajectoryRecorder } from "../dynamics/training/trajectory.ts";
import { checkRecord, checkThat, shown } from "../numerics/checks.ts";
import { squaredDistance, squaredNorm } from "../numerics/vectors.ts";

/** A {@link Trajectory} from snapshots, and how far its length can be trusted. */
export interface SnapshotTrajectory extends Trajectory {
  /**
   * The path's length if every second snapshot were missing, over that of all. The polygon is
   * shorter than the path by about a third of what is missing from 1 here, where the path is smooth.
   */
  readonly halvedLength: number;
  /** ‖θ‖ · 2⁻²⁴ of the start: displacements as small as this are the rounding of float32 weights. */
  readonly rounding: number;
}

/** Snapshots that may serve as a warm start's origin: each costs a distance for each later one. */
const ORIGINS = 64;
/** And their bytes at most. */
const ORIGIN_BYTES = 2 ** 28;

/** Takes snapshots one after the other and holds few of them. */
export interface SnapshotRecorder {
  /**
   * Adds a snapshot.
   *
   * @param weights all parameters as one vector, in the same order each time; copied
   * @throws {RangeError} if it differs in length from the first, or holds NaN or infinity, or if time
   * does not rise, or the loss is not finite
   */
  add(
    weights: ArrayLike<number>,
    entry: { readonly time: number; readonly loss: number },
  ): void;
  /** The path so far. */
  trajectory(): SnapshotTrajectory;
}

/**
 * A recorder of weight snapshots: loss, ‖θ_t − θ_0‖² and the length of the polygon through the
 * snapshots, all summed in float64.
 *
 * The polygon is no longer than the path: l_γ, and with it l_γ/l_geo, are lower bounds, and the speed
 * spread T ΔL/l_γ² an upper one. T/T_SL needs no path length and is not touched.
 *
 * Up to 64 snapshots, spread evenly, are kept as origins of a warm start (`displacementSquaredFrom`).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { snapshotRecorder } from "./snapshots.ts";
 *
 * const recorder = snapshotRecorder();
 * recorder.add([0, 0], { time: 0, loss: 3 });
 * recorder.add([3, 0], { time: 1, loss: 2 });
 * recorder.add([3, 4], { time: 2, loss: 1 });
 * const { pathLength, displacementSquared, halvedLength } = recorder.trajectory();
 * assert.deepEqual([...pathLength], [0, 3, 7]);
 * assert.equal(displacementSquared[2], 25);
 * assert.equal(halvedLength, 5 / 7);
 * ```
 */
export function snapshotRecorder(): SnapshotRecorder {
  let start: Float64Array | undefined, last: Float64Array, odd: Float64Array;
  let recorder: ReturnType<typeof trajectoryRecorder>;
  let count = 0, before = { time: -Infinity, loss: 0 }, startLoss = 0;
  let pathLength = 0, stepSquaredSum = 0, twoSteps = 0, evenLength = 0;

  const add: SnapshotRecorder["add"] = (weights, entry) => {
    const name = `snapshot ${count}`;
    const { time, loss } = checkRecord("entry", entry, {}, "{ time, loss }");
    if (!Number.isFinite(loss)) {
      throw new RangeError(`${name}: the loss is ${shown(loss)}, not finite`);
    }
    if (!(typeof time === "number" && time > before.time && time < Infinity)) {
      throw new RangeError(
        `${name}: time is ${shown(time)}, no number above ${before.time} of the one before`,
      );
    }
    const here = checked(weights, name, start?.length);
    if (!start) {
      start = last = odd = here;
      startLoss = loss;
      const snapshotBytes = Math.min(ORIGIN_BYTES, ORIGINS * 8 * here.length);
      recorder = trajectoryRecorder(here.length, { snapshotBytes });
    }
    const step = squaredDistance(here, last);
    pathLength += Math.sqrt(step);
    stepSquaredSum += step;
    if (count > 0 && count % 2 === 0) {
      twoSteps += Math.sqrt(squaredDistance(here, odd));
      evenLength = pathLength;
      odd = here;
    }
    const displacement = here.map((value, i) => value - start![i]);
    recorder.record(
      { time, loss, lossDrop: startLoss - loss, pathLength, stepSquaredSum, observed: {} },
      displacement,
    );
    last = here;
    before = { time, loss };
    count++;
  };
  const trajectory = (): SnapshotTrajectory => {
    if (!start) throw new RangeError("there is no snapshot yet; a path needs two");
    return {
      ...recorder.trajectory(),
      halvedLength: evenLength > 0 ? twoSteps / evenLength : NaN,
      rounding: Math.sqrt(squaredNorm(start)) * 2 ** -24,
    };
  };
  return { add, trajectory };
}

function checked(weights: ArrayLike<number>, name: string, length?: number): Float64Array {
  const isArray = Array.isArray(weights) || weights instanceof Object.getPrototypeOf(Uint8Array);
  checkThat("weights", weights, isArray, "an array of numbers");
  if (weights.length === 0) throw new RangeError(`${name} has no parameters`);
  if (length !== undefined && weights.length !== length) {
    throw new RangeError(
      `${name} has ${weights.length} parameters; those before have ${length}: ` +
        "all must be of the same network, in the same order",
    );
  }
  // Of what is no number, a text say, Float64Array.from would make one.
  const bad = (weights as number[]).findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(`${name}: parameter ${bad} is ${shown(weights[bad])}, not finite`);
  }
  return Float64Array.from(weights);
}
