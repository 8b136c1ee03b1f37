/**
 * The derivative of a gradient flow's map beside the flow: where neighbours of θ_0 are carried.
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
  checkRecord,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { type Matrix, type MatrixLike, toMatrix } from "../../numerics/mod.ts";
import {
  type OdePoint,
  type OdeTerm,
  solveOde,
  startState,
  StepFailure,
  unfold,
} from "../../numerics/ode/mod.ts";
import { norm } from "../../numerics/vectors.ts";
import type { Landscape } from "../laws/landscape.ts";
import { dormandPrince, type ErrorNorm } from "../training/solvers/dormand_prince.ts";

/** A landscape that gives products with its Hessian. */
export interface CurvedLandscape extends Landscape {
  /** Writes H(x) v into `into`. */
  hessianProduct(x: Float64Array, v: Float64Array, into: Float64Array): void;
  /** If the potential depends on where the flow started: the derivative of ∇U by x_0, along v. */
  startProduct?(x: Float64Array, v: Float64Array, into: Float64Array): void;
}

/** Options of {@link tangentFlow}. */
export interface TangentFlowOptions {
  /** θ_0. */
  readonly start: Float64Array | readonly number[];
  /** [count, dimension]: a direction v a row; none for the flow alone. */
  readonly directions?: MatrixLike;
  /** Increasing times > 0. */
  readonly times: readonly number[];
  /** Relative error of a step, of θ and of each Dφ v. */
  readonly tolerance?: number;
}

/** The flow and its derivative at the times asked for. */
export interface TangentFlow {
  readonly time: Float64Array;
  readonly positions: readonly Float64Array[];
  /** ‖θ_t − θ_0‖². */
  readonly displacementSquared: Float64Array;
  /** L(θ_0) − L(θ_t), as ∫|∇L|²dt, in the same system. */
  readonly lossDrop: Float64Array;
  /** Dφ_t v for each time, a direction a row. */
  readonly images: readonly Matrix[];
}

/** Steps that are tried at most. */
const MOST_STEPS = 100_000;

/**
 * θ' = −∇L(θ) with d(Dφ v)/dt = −H(θ_t) Dφ v from Dφ v = v, for many directions v at once: φ_t takes
 * θ_0 to θ_t, and Dφ is its derivative. By Dormand and Prince's pair as one system; a product with the
 * Hessian costs about two gradients.
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if times do not increase, dimensions differ, or it takes more than 100 000 steps
 * @throws {Error} if the path runs away, naming the time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { smallNetwork } from "./small_network.ts";
 * import { tangentFlow } from "./tangent_flow.ts";
 *
 * // A linear model of one weight, L = ½ (θ − 1)²: Dφ = e^(−T).
 * const model = smallNetwork({ widths: [1, 1], inputs: [[1]], targets: [[1]] });
 * const { images, positions } = tangentFlow(model, { start: [3], directions: [[1]], times: [2] });
 * assert(Math.abs(images[0].data[0] - Math.exp(-2)) < 1e-6);
 * assert(Math.abs(positions[0][0] - 1 - 2 * Math.exp(-2)) < 1e-6);
 * ```
 */
export function tangentFlow(
  landscape: CurvedLandscape,
  options: TangentFlowOptions,
): TangentFlow {
  const { dimension: d } = checkCurved("landscape", landscape);
  const { start, times, tolerance = 1e-7 } = checkOptions("options", options, {
    start: must(checkNumbers, { length: d }),
    directions: maybe((name: string, value: MatrixLike) => toMatrix(value, name)),
    times: checkTimes,
    tolerance: maybe(checkNumber, { least: 1e-12, most: 1e-2 }),
  });
  const theta0 = Float64Array.from(start);
  const directions = toMatrix(
    options.directions ?? { rows: 0, cols: d, data: EMPTY },
    "directions",
  );
  if (directions.cols !== d) {
    throw new RangeError(`directions has ${directions.cols} columns; θ has ${d} numbers`);
  }
  const count = directions.rows, head = d + 1;
  const position = new Float64Array(head + count * d);
  // Dφ v − v is what is integrated: it is small where little has happened.
  const term = tangentTerm(landscape, theta0, directions);
  const solver = dormandPrince({ tolerance, errorNorm: byBlock(head, d) });
  const point = term.evaluate(position, 0);
  const first = Math.min(times[0], 0.01 / (norm(point.velocity.subarray(0, d)) + 1));
  const states: Float64Array[] = [];
  const from = startState({ position, point, firstStep: first }, solver.controller);
  try {
    unfold(solveOde(term, from, {
      ...{ solver, horizon: times[times.length - 1], stops: Float64Array.from(times) },
      recorder: {
        take({ after }) {
          if (after.time === times[states.length]) states.push(after.position.slice());
        },
      },
      ...{ attempts: Infinity, shortest: 1e-12 * times[0], most: MOST_STEPS },
    }));
  } catch (error) {
    throw error instanceof StepFailure ? failed(error) : error;
  }
  return {
    time: Float64Array.from(times),
    positions: states.map((s) => theta0.map((x, i) => x + s[i])),
    displacementSquared: Float64Array.from(states, (s) => norm(s.subarray(0, d)) ** 2),
    lossDrop: Float64Array.from(states, (s) => s[d]),
    images: states.map((s) => ({
      ...{ rows: count, cols: d },
      data: directions.data.map((v, i) => v + s[head + i]),
    })),
  };
}

const EMPTY = new Float64Array(0);

/** The landscape, if it is one with products of its Hessian. */
export const checkCurved = <T extends CurvedLandscape>(name: string, landscape: T): T =>
  checkRecord(
    name,
    landscape,
    {
      ...{ dimension: checkInteger, value: checkFunction, gradient: checkFunction },
      ...{ hessianProduct: checkFunction, startProduct: maybe(checkFunction) },
    },
    "a landscape { dimension, value, gradient, hessianProduct }",
  );

/** Times after 0 that increase. */
export function checkTimes<T extends ArrayLike<number>>(name: string, times: T): T {
  checkNumbers(name, times);
  if (times.length === 0) throw new RangeError(`${name} has no entries; it must have one or more`);
  for (let i = 0; i < times.length; i++) {
    checkPositive(`${name}[${i}]`, times[i], "a positive time");
    if (i > 0 && !(times[i] > times[i - 1])) {
      throw new RangeError(`${name}[${i}] is ${times[i]}; times must increase`);
    }
  }
  return times;
}

/** θ − θ_0, then ∫|∇L|²dt, then Dφ v − v of each direction. */
function tangentTerm(
  landscape: CurvedLandscape,
  theta0: Float64Array,
  { rows: count, data }: Matrix,
) {
  const d = theta0.length, head = d + 1;
  const theta = new Float64Array(d), product = new Float64Array(d), v = new Float64Array(d);
  return {
    evaluate(position: Float64Array, t: number): OdePoint {
      for (let i = 0; i < d; i++) theta[i] = theta0[i] + position[i];
      const velocity = new Float64Array(position.length);
      const gradient = velocity.subarray(0, d);
      landscape.gradient(theta, t, gradient);
      for (let i = 0; i < d; i++) {
        velocity[d] += gradient[i] ** 2;
        gradient[i] = -gradient[i];
      }
      for (let k = 0; k < count; k++) {
        const at = head + k * d, own = data.subarray(k * d, (k + 1) * d);
        for (let i = 0; i < d; i++) v[i] = own[i] + position[at + i];
        landscape.hessianProduct(theta, v, product);
        for (let i = 0; i < d; i++) velocity[at + i] = -product[i];
        if (!landscape.startProduct) continue;
        landscape.startProduct(theta, own, product);
        for (let i = 0; i < d; i++) velocity[at + i] -= product[i];
      }
      return { velocity };
    },
  } satisfies OdeTerm;
}

/** The largest relative error of θ − θ_0, of the loss and of each direction, each by its length. */
const byBlock = (head: number, d: number): ErrorNorm => (error, reached, first) => {
  const part = (from: number, to: number) => {
    const of = (v: Float64Array) => norm(v.subarray(from, to));
    return of(error) / Math.max(of(reached), of(first), 1e-14);
  };
  let worst = Math.max(part(0, head - 1), part(head - 1, head));
  for (let at = head; at < error.length; at += d) worst = Math.max(worst, part(at, at + d));
  return worst;
};

function failed({ state: { time }, why }: StepFailure): Error {
  return why === "most"
    ? new RangeError(
      `by t = ${time} the path took ${MOST_STEPS} steps: curvatures are too large for so long a ` +
        "time, take shorter times",
    )
    : new Error(`the path cannot be followed beyond t = ${time}: it runs away or is not smooth`);
}
