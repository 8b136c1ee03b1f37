/**
 * The record that dynamics hand to bounds: what happened to the loss and to the weights in time.
 *
 * @module
 */
import { squaredDistance, squaredNorm } from "../../numerics/vectors.ts";

/**
 * A path of the parameters θ in time, as columns of one length. Entry 0 is the start.
 *
 * All sums are float64 sums of increments, so that small differences are not lost in large values.
 */
export interface Trajectory {
  /** t, in the gradient flow's own unit: dθ/dt = −∇L. */
  readonly time: Float64Array;
  /** L(θ_t). */
  readonly loss: Float64Array;
  /** L(θ_0) − L(θ_t), summed from increments. */
  readonly lossDrop: Float64Array;
  /** ‖θ_t − θ_0‖². */
  readonly displacementSquared: Float64Array;
  /** l_γ(t) = ∫ ‖dθ‖ from the start. */
  readonly pathLength: Float64Array;
  /** Σ ‖δθ_i‖² over the discrete steps so far; NaN for a flow, which has none. */
  readonly stepSquaredSum: Float64Array;
  /** What else was seen on the way, a column a name, such as `testAccuracy`. */
  readonly observed: Readonly<Record<string, Float64Array>>;
  /**
   * ‖θ_t − θ_s‖² for some indices s (the keys), from index s on; NaN before. A warm start is an
   * origin s that is known only after the run.
   */
  readonly displacementSquaredFrom: Readonly<Record<number, Float64Array>>;
}

/** Columns that grow by an entry at a time, with displacements from many origins. */
export interface TrajectoryRecorder {
  /**
   * Adds an entry.
   *
   * @param values the scalars of this entry; a name must be there in every entry.
   * @param displacement θ − θ_0 as one vector; it is copied.
   */
  record(values: RecordedScalars, displacement: Float64Array): void;
  /** The entries so far. */
  trajectory(): Trajectory;
  /** All there is to go on from, as plain values that `structuredClone` copies; not copied here. */
  state(): RecorderState;
}

/** The inside of a recorder, for checkpoints. */
export interface RecorderState {
  readonly entries: RecordedScalars[];
  readonly displacementSquared: number[];
  readonly stride: number;
  readonly origins: Map<number, { snapshot: Float64Array; squares: number[] }>;
}

/** The scalars of one entry of a {@link Trajectory}. */
export interface RecordedScalars {
  readonly time: number;
  readonly loss: number;
  readonly lossDrop: number;
  readonly pathLength: number;
  readonly stepSquaredSum: number;
  readonly observed: Readonly<Record<string, number>>;
}

/**
 * A recorder that keeps displacement vectors as possible origins while they fit `snapshotBytes`.
 * When they no longer do, every second one is dropped, so the origins stay spread over the run.
 */
export function trajectoryRecorder(
  parameterCount: number,
  { snapshotBytes = 2 ** 30, from }: {
    readonly snapshotBytes?: number;
    /** The state of a recorder that is to be gone on with. */
    readonly from?: RecorderState;
  } = {},
): TrajectoryRecorder {
  const capacity = Math.max(2, Math.floor(snapshotBytes / (8 * parameterCount)));
  const entries = from?.entries ?? [];
  const displacementSquared = from?.displacementSquared ?? [];
  let stride = from?.stride ?? 1;
  let origins: RecorderState["origins"] = from?.origins ?? new Map();

  const record = (values: RecordedScalars, displacement: Float64Array) => {
    const index = entries.push(values) - 1;
    displacementSquared.push(squaredNorm(displacement));
    for (const { snapshot, squares } of origins.values()) {
      squares.push(squaredDistance(displacement, snapshot));
    }
    if (index % stride !== 0) return;
    if (origins.size === capacity) {
      stride *= 2;
      origins = new Map([...origins].filter(([origin]) => origin % stride === 0));
    }
    if (index % stride === 0) {
      origins.set(index, { snapshot: displacement.slice(), squares: [0] });
    }
  };

  const trajectory = (): Trajectory => {
    const column = (of: (entry: RecordedScalars) => number) => Float64Array.from(entries, of);
    const names = Object.keys(entries[0]?.observed ?? {});
    return {
      time: column((entry) => entry.time),
      loss: column((entry) => entry.loss),
      lossDrop: column((entry) => entry.lossDrop),
      displacementSquared: Float64Array.from(displacementSquared),
      pathLength: column((entry) => entry.pathLength),
      stepSquaredSum: column((entry) => entry.stepSquaredSum),
      observed: Object.fromEntries(
        names.map((name) => [name, column((entry) => entry.observed[name])]),
      ),
      displacementSquaredFrom: Object.fromEntries(
        [...origins].map(([origin, { squares }]) => {
          const values = new Float64Array(entries.length).fill(NaN);
          values.set(squares, origin);
          return [origin, values];
        }),
      ),
    };
  };
  const state = () => ({ entries, displacementSquared, stride, origins });
  return { record, trajectory, state };
}
