/**
 * Gradient flow on a landscape given by formulas, accurately.
 *
 * @module
 */
import {
  checkFunction,
  checkInteger,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkPositive,
  maybe,
  must,
  shown,
} from "../../numerics/checks.ts";
import { symmetricCopy } from "../../numerics/matrix.ts";
import {
  type Matrix,
  type MatrixLike,
  solvePositiveDefinite,
  toMatrix,
  toVector,
} from "../../numerics/mod.ts";
import {
  evenTimes,
  type OdePoint,
  type OdeTerm,
  solveOde,
  startState,
  StepFailure,
  unfold,
} from "../../numerics/ode/mod.ts";
import { applied, product } from "../../numerics/vectors.ts";
import { checkGradient, checkLandscape, type Landscape } from "./landscape.ts";
import { byComponent, dormandPrince } from "../training/solvers/dormand_prince.ts";

/** Options of {@link landscapeFlow}. */
export interface LandscapeFlowOptions {
  readonly start: Float64Array | readonly number[];
  readonly horizon: number;
  /** M, symmetric and positive: the flow is θ' = −M ∇L; the identity if left out. */
  readonly preconditioner?: MatrixLike;
  /** dτ/dt > 0, a schedule of the rate: the flow is θ' = −(dτ/dt) M ∇L; 1 if left out. */
  readonly learningRate?: (t: number) => number;
  /** How many equal stretches of time are recorded. */
  readonly entries?: number;
  /** Relative error of a step. */
  readonly tolerance?: number;
}

/** The path, as `inefficiency` reads it; lengths are measured in the metric M⁻¹. */
export interface LandscapeFlow {
  /** τ, the flow's own clock: what T_SL bounds. */
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
 * θ' = −(dτ/dt) M ∇L(θ) by Dormand and Prince's Runge–Kutta pair of order 5(4), with
 * ΔL = ∫ ∇L·M∇L dτ and the path's length as further components of the same system, so that both
 * are as accurate as the path.
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if an option is out of range, M is not positive definite, or the landscape's
 * gradient is not that of its value
 * @throws {RangeError} if it takes more than 200 000 steps, naming horizon and time: it is stiff
 * @throws {Error} if the path runs away or needs steps below 10⁻¹² of the horizon, naming the time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inefficiency } from "../../bounds/mod.ts";
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
  options: LandscapeFlowOptions,
): LandscapeFlow {
  const d = checkLandscape("landscape", landscape).dimension;
  const { start, horizon, preconditioner } = checkOptions("options", options, {
    start: checkNumbers,
    horizon: must(checkPositive, "a positive time"),
    preconditioner: maybe(checkMatrix),
    learningRate: maybe(checkFunction),
    entries: maybe(checkInteger),
    tolerance: maybe(checkNumber, { least: 1e-13, most: 1e-2 }),
  });
  const { learningRate = () => 1, entries = 200, tolerance = 1e-10 } = options;
  const theta0 = toVector(start, "start", d);
  checkGradient(landscape, [theta0]);
  const metric = preconditioner && checkedMetric(preconditioner, d);
  const lengthSquared = (v: Float64Array) =>
    product(v, metric ? solvePositiveDefinite(metric, v) : v);

  const term = landscapeTerm(landscape, theta0, { metric, learningRate });
  const position = new Float64Array(d + EXTRA);
  const wallTime = Float64Array.of(0, ...evenTimes(horizon, entries));
  const states: Float64Array[] = [position];
  const solver = dormandPrince({ tolerance, errorNorm: byComponent });
  const point = term.evaluate(position, 0);
  const firstStep = horizon / entries / 10;
  const from = startState({ position, point, firstStep }, solver.controller);
  try {
    unfold(solveOde(term, from, {
      ...{ solver, horizon, stops: wallTime },
      recorder: {
        take({ after }) {
          if (after.time === wallTime[states.length]) states.push(after.position);
        },
      },
      ...{ attempts: Infinity, shortest: 1e-12 * horizon, most: MOST_STEPS },
    }));
  } catch (error) {
    throw error instanceof StepFailure ? failed(error, horizon) : error;
  }
  const positions = states.map((s) => theta0.map((x, i) => x + s[i]));
  const column = (of: (s: Float64Array) => number) => Float64Array.from(states, of);
  return {
    time: column((s) => s[d]),
    wallTime,
    loss: Float64Array.from(positions, (theta, i) => landscape.value(theta, wallTime[i])),
    lossDrop: column((s) => s[d + 1]),
    displacementSquared: column((s) => lengthSquared(s.slice(0, d))),
    pathLength: column((s) => s[d + 2]),
    positions,
  };
}

/** Steps that are tried at most: some seconds. */
const MOST_STEPS = 200_000;
/** Components beside θ − θ_0: τ, ΔL and the length. */
const EXTRA = 3;

/** Given by formulas, it never waits. */
interface LandscapeTerm extends OdeTerm {
  evaluate(position: Float64Array, t: number): OdePoint;
}

/** The right-hand side for θ − θ_0, then τ, ΔL and the length, in one system. */
function landscapeTerm(
  landscape: Landscape,
  theta0: Float64Array,
  { metric, learningRate }: {
    readonly metric?: Matrix;
    readonly learningRate: (t: number) => number;
  },
): LandscapeTerm {
  const d = theta0.length;
  return {
    evaluate(position, t) {
      const theta = theta0.map((x, i) => x + position[i]);
      const gradient = new Float64Array(d);
      landscape.gradient(theta, t, gradient);
      const rate = learningRate(t);
      if (!(typeof rate === "number" && rate > 0 && rate < Infinity)) {
        throw new RangeError(
          `learningRate is ${shown(rate)} at t = ${t}; it must be a positive number`,
        );
      }
      const direction = metric ? applied(metric, gradient) : gradient;
      const speedSquared = product(gradient, direction);
      const velocity = new Float64Array(d + EXTRA);
      for (let i = 0; i < d; i++) velocity[i] = -rate * direction[i];
      velocity[d] = rate;
      velocity[d + 1] = rate * speedSquared;
      velocity[d + 2] = rate * Math.sqrt(speedSquared);
      return { velocity };
    },
  };
}

const checkMatrix = (name: string, matrix: MatrixLike) => toMatrix(matrix, name);

function checkedMetric(preconditioner: MatrixLike, d: number): Matrix {
  const metric = symmetricCopy(preconditioner, "preconditioner");
  if (metric.rows !== d) {
    throw new RangeError(`preconditioner is ${metric.rows} × ${metric.rows}; θ has ${d} numbers`);
  }
  solvePositiveDefinite(metric, new Float64Array(d)); // throws where M is not positive definite
  return metric;
}

function failed({ state: { time }, why }: StepFailure, horizon: number): Error {
  return why === "most"
    ? new RangeError(
      `horizon is ${horizon}; by t = ${time} the path took ${MOST_STEPS} steps: curvatures are too ` +
        "large for so long a time, take a shorter one",
    )
    : new Error(`the path cannot be followed beyond t = ${time}: it runs away or is not smooth`);
}
