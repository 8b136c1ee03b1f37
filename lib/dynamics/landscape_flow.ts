/**
 * Gradient flow on a landscape given by formulas, accurately.
 *
 * @module
 */
import { type Matrix, type MatrixLike, solvePositiveDefinite, toVector } from "../numerics/mod.ts";
import { symmetricCopy } from "../numerics/matrix.ts";
import { checkGradient, type Landscape } from "./landscape.ts";

/** Options of {@link landscapeFlow}. */
export interface LandscapeFlowOptions {
  readonly start: Float64Array | readonly number[];
  readonly horizon: number;
  /** M, symmetric and positive: the flow is θ' = −M ∇L; the identity if left out. */
  readonly preconditioner?: MatrixLike;
  /** η(t) > 0: the flow is θ' = −η M ∇L; 1 if left out. */
  readonly learningRate?: (t: number) => number;
  /** How many equal stretches of time are recorded. */
  readonly entries?: number;
  /** Relative error of a step. */
  readonly tolerance?: number;
}

/** The path, as `inefficiency` reads it; lengths are measured in the metric M⁻¹. */
export interface LandscapeFlow {
  /** τ = ∫ η dt, the flow's own clock: what T_SL bounds. */
  readonly time: Float64Array;
  /** t, the clock that the learning rate is a function of. */
  readonly wallTime: Float64Array;
  readonly loss: Float64Array;
  readonly lossDrop: Float64Array;
  /** ‖θ_t − θ_0‖² in the metric M⁻¹. */
  readonly displacementSquared: Float64Array;
  /** Length in the metric M⁻¹. */
  readonly pathLength: Float64Array;
  readonly positions: readonly Float64Array[];
}

/**
 * θ' = −η(t) M ∇L(θ) by Dormand and Prince's Runge–Kutta pair of order 5(4), with
 * ΔL = ∫ η ∇L·M∇L dt and the path's length as further components of the same system, so that both
 * are as accurate as the path.
 *
 * @throws {RangeError} if an option is out of range, M is not positive definite, or the landscape's
 * gradient is not that of its value
 * @throws {RangeError} if it takes more than 200 000 steps, naming horizon and time: it is stiff
 * @throws {Error} if the path runs away or needs steps below 10⁻¹² of the horizon, naming the time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inefficiency } from "../bounds/mod.ts";
 * import { quadraticLandscape } from "./landscape.ts";
 * import { landscapeFlow } from "./landscape_flow.ts";
 *
 * const bowl = quadraticLandscape({ minimum: [0, 0], curvature: [[1, 0], [0, 1]] });
 * const path = landscapeFlow(bowl, { start: [1, 2], horizon: 2 });
 * const { inefficiency: ratio } = inefficiency(path);
 * assert(Math.abs(ratio.at(-1)! - 1 / Math.tanh(1)) < 1e-8); // (T/2) coth(T/2)
 * ```
 */
export function landscapeFlow(
  landscape: Landscape,
  { start, horizon, preconditioner, learningRate = () => 1, entries = 200, tolerance = 1e-10 }:
    LandscapeFlowOptions,
): LandscapeFlow {
  const d = landscape.dimension;
  const theta0 = toVector(start, "start", d);
  checkOptions({ horizon, entries, tolerance });
  checkGradient(landscape, [theta0]);
  const metric = preconditioner && symmetricCopy(preconditioner, "preconditioner");
  if (metric) {
    if (metric.rows !== d) {
      throw new RangeError(`preconditioner is ${metric.rows} × ${metric.rows}; θ has ${d} numbers`);
    }
    solvePositiveDefinite(metric, new Float64Array(d)); // throws where M is not positive definite
  }
  const times = (v: Float64Array) => metric ? product(metric, v) : v;
  const lengthSquared = (v: Float64Array) => dot(v, metric ? solvePositiveDefinite(metric, v) : v);

  // The state: θ − θ_0, then τ, ΔL and the length.
  const slope = (t: number, state: Float64Array): Float64Array => {
    const theta = theta0.map((x, i) => x + state[i]);
    const gradient = new Float64Array(d);
    landscape.gradient(theta, t, gradient);
    const rate = learningRate(t);
    if (!(rate > 0 && rate < Infinity)) {
      throw new RangeError(`learningRate is ${rate} at t = ${t}; it must be a positive number`);
    }
    const direction = times(gradient);
    const speedSquared = dot(gradient, direction);
    const result = new Float64Array(d + 3);
    for (let i = 0; i < d; i++) result[i] = -rate * direction[i];
    result[d] = rate;
    result[d + 1] = rate * speedSquared;
    result[d + 2] = rate * Math.sqrt(speedSquared);
    return result;
  };

  let state: Float64Array = new Float64Array(d + 3);
  let t = 0, steps = 0;
  let h = horizon / entries / 10;
  let first = slope(0, state);
  const states = [state], wallTime = [0];
  for (let entry = 1; entry <= entries; entry++) {
    const until = horizon * entry / entries;
    while (t < until) {
      const step = Math.min(h, until - t);
      if (++steps > MOST_STEPS) {
        throw new RangeError(
          `horizon is ${horizon}; by t = ${t} the path took ${MOST_STEPS} steps: curvatures are too ` +
            "large for so long a time, take a shorter one",
        );
      }
      const attempted = attempt(slope, t, state, first, step, tolerance);
      const { next, last } = attempted;
      // A first step may be so long that it runs out of all numbers: shorter ones may not.
      const error = Number.isNaN(attempted.error) ? Infinity : attempted.error;
      if (error <= 1) {
        t = step === until - t ? until : t + step;
        [state, first] = [next, last];
      } else if (step < 1e-12 * horizon) {
        throw new Error(
          `the path cannot be followed beyond t = ${t}: it runs away or is not smooth`,
        );
      }
      // A step that was cut short at an entry says nothing against a longer one.
      const factor = Math.min(5, Math.max(0.2, 0.9 * Math.max(error, 1e-8) ** -0.2));
      h = error <= 1 ? Math.max(h, step * factor) : step * factor;
    }
    states.push(state);
    wallTime.push(until);
  }
  const positions = states.map((s) => theta0.map((x, i) => x + s[i]));
  const column = (of: (s: Float64Array) => number) => Float64Array.from(states, of);
  return {
    time: column((s) => s[d]),
    wallTime: Float64Array.from(wallTime),
    loss: Float64Array.from(positions, (theta, i) => landscape.value(theta, wallTime[i])),
    lossDrop: column((s) => s[d + 1]),
    displacementSquared: column((s) => lengthSquared(s.slice(0, d))),
    pathLength: column((s) => s[d + 2]),
    positions,
  };
}

/** Steps that are tried at most: some seconds. */
const MOST_STEPS = 200_000;

/** Dormand and Prince's stages; the last row is the fifth-order solution itself. */
const STAGES = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const PLACES = [1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
/** Fifth minus fourth order. */
const ERROR = [
  71 / 57600,
  0,
  -71 / 16695,
  71 / 1920,
  -17253 / 339200,
  22 / 525,
  -1 / 40,
];

function attempt(
  slope: (t: number, state: Float64Array) => Float64Array,
  t: number,
  state: Float64Array,
  first: Float64Array,
  h: number,
  tolerance: number,
) {
  const slopes = [first];
  let next = state;
  for (const [stage, weights] of STAGES.entries()) {
    next = state.map((x, i) => x + h * weights.reduce((sum, w, k) => sum + w * slopes[k][i], 0));
    slopes.push(slope(t + PLACES[stage] * h, next));
  }
  // Against the state's size so far, or the step's: small beginnings are followed as well.
  let error = 0;
  for (let i = 0; i < state.length; i++) {
    const off = h * ERROR.reduce((sum, w, k) => sum + w * slopes[k][i], 0);
    const scale = Math.max(Math.abs(next[i]), Math.abs(h * first[i]), 1e-14);
    error = Math.max(error, Math.abs(off) / (tolerance * scale));
  }
  return { next, last: slopes[6], error };
}

function product({ rows: d, data }: Matrix, v: Float64Array): Float64Array {
  return v.map((_, i) => dot(data.subarray(i * d, (i + 1) * d), v));
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

function checkOptions({ horizon, entries, tolerance }: {
  horizon: number;
  entries: number;
  tolerance: number;
}) {
  if (!(horizon > 0 && horizon < Infinity)) {
    throw new RangeError(`horizon is ${horizon}; it must be a positive time`);
  }
  if (!(Number.isInteger(entries) && entries > 0)) {
    throw new RangeError(`entries is ${entries}; it must be an integer from 1 up`);
  }
  if (!(tolerance >= 1e-13 && tolerance <= 1e-2)) {
    throw new RangeError(`tolerance is ${tolerance}; it must be from 1e-13 to 0.01`);
  }
}
