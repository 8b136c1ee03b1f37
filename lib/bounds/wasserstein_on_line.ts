/**
 * W2² of laws on the line, by their quantiles.
 *
 * @module
 */
import { checkNumber, checkNumbers, checkRecord, maybe } from "../numerics/checks.ts";
import { sum } from "../numerics/mod.ts";

/** Points on the line with weights: equal ones if left out. */
export interface WeightedPoints {
  readonly points: ArrayLike<number>;
  /** As many numbers ≥ 0 with a positive sum, which is taken as 1. */
  readonly weights?: ArrayLike<number>;
}

/** A density on the line, constant on each cell of a grid. */
export interface GridDensity {
  /** The cells' edges, increasing. */
  readonly edges: ArrayLike<number>;
  /** The cells' densities, one fewer, each ≥ 0; their integral is taken as 1. */
  readonly density: ArrayLike<number>;
}

/**
 * W2² of two laws on the line: ∫₀¹ (Q_p − Q_q)² du of their quantile functions, exactly, for any
 * numbers of points.
 *
 * @throws {RangeError} if there are no points, or points or weights are not finite or negative
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { wasserstein2SquaredOnLine } from "./wasserstein_on_line.ts";
 *
 * // Half of the mass at 0 goes 1 far, half 3.
 * const value = wasserstein2SquaredOnLine({ points: [0] }, { points: [1, 3] });
 * assert.equal(value, (1 + 9) / 2);
 * ```
 */
export function wasserstein2SquaredOnLine(p: WeightedPoints, q: WeightedPoints): number {
  return quantileDistance(stepsOf(p, "p"), stepsOf(q, "q"));
}

/**
 * W2² of two densities on grids, exactly for densities that are constant on each cell.
 *
 * @throws {RangeError} if edges do not increase, lengths do not fit, or a density is negative, not
 * finite or 0 throughout
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { wasserstein2SquaredOfDensities } from "./wasserstein_on_line.ts";
 *
 * const value = wasserstein2SquaredOfDensities(
 *   { edges: [0, 1], density: [1] },
 *   { edges: [2, 4], density: [0.5] },
 * );
 * assert(Math.abs(value - (4 + 2 + 1 / 3)) < 1e-14); // ∫ (2 + u)² du
 * ```
 */
export function wasserstein2SquaredOfDensities(p: GridDensity, q: GridDensity): number {
  return quantileDistance(rampsOf(p, "p"), rampsOf(q, "q"));
}

/** A quantile function, linear between cumulative masses; entry i holds from mass[i] to mass[i+1]. */
interface Quantiles {
  readonly mass: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

function stepsOf(given: WeightedPoints, name: string): Quantiles {
  const { points, weights } = checkRecord(name, given, {
    points: checkNumbers,
    weights: maybe(checkNumbers),
  }, "points on the line, { points, weights? }");
  const n = points.length;
  if (n === 0) throw new RangeError(`${name} has no points; it needs one at least`);
  if (weights && weights.length !== n) {
    throw new RangeError(`${name} has ${weights.length} weights for ${n} points`);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => points[i] - points[j]);
  const low = Float64Array.from(order, (i) => points[i]);
  const mass = cumulative(order.map((i) => weights ? weights[i] : 1), `${name}.weights`);
  return { mass, low, high: low };
}

/**
 * The density on a grid, if it is one.
 *
 * @throws {TypeError} if it is none, or a number is not finite
 * @throws {RangeError} if edges do not increase, lengths do not fit, or a density is negative
 */
export function checkGridDensity(name: string, given: GridDensity): GridDensity {
  const { edges, density } = checkRecord(
    name,
    given,
    { edges: checkNumbers, density: checkNumbers },
    "a density on a grid, { edges, density }",
  );
  const cells = density.length;
  if (edges.length !== cells + 1) {
    throw new RangeError(
      `${name} has ${edges.length} edges for ${cells} cells; one more is needed`,
    );
  }
  for (let i = 0; i < cells; i++) {
    if (!(edges[i] < edges[i + 1])) {
      throw new RangeError(`${name}.edges[${i + 1}] is ${edges[i + 1]}; edges must increase`);
    }
    checkNumber(`${name}.density[${i}]`, density[i], { least: 0 });
  }
  if (!Array.from(density).some((value) => value > 0)) {
    throw new RangeError(`${name}.density is 0 throughout; some must be positive`);
  }
  return given;
}

function rampsOf(given: GridDensity, name: string): Quantiles {
  const { edges, density } = checkGridDensity(name, given);
  const cells = density.length;
  const masses: number[] = [], low: number[] = [], high: number[] = [];
  for (let i = 0; i < cells; i++) {
    masses.push(density[i] * (edges[i + 1] - edges[i]));
    low.push(edges[i]);
    high.push(edges[i + 1]);
  }
  return {
    mass: cumulative(masses, `${name}.density`),
    low: Float64Array.from(low),
    high: Float64Array.from(high),
  };
}

/** 0, then the running share of the whole; the last is exactly 1. */
function cumulative(masses: readonly number[], name: string): Float64Array {
  masses.forEach((mass, i) => {
    if (!(mass >= 0 && mass < Infinity)) {
      throw new RangeError(`${name}[${i}] is ${mass}; it must be a finite number ≥ 0`);
    }
  });
  const whole = sum(masses);
  if (!(whole > 0)) throw new RangeError(`${name} is 0 throughout; some must be positive`);
  const shares = new Float64Array(masses.length + 1);
  for (let i = 0; i < masses.length; i++) shares[i + 1] = shares[i] + masses[i] / whole;
  shares[masses.length] = 1;
  return shares;
}

/** ∫ (Q_p − Q_q)² du: on each common piece the difference is linear. */
function quantileDistance(p: Quantiles, q: Quantiles): number {
  const pieces: number[] = [];
  let i = 0, j = 0, from = 0;
  while (i < p.low.length && j < q.low.length) {
    const to = Math.min(p.mass[i + 1], q.mass[j + 1]);
    if (to > from) {
      const start = quantile(p, i, from) - quantile(q, j, from);
      const end = quantile(p, i, to) - quantile(q, j, to);
      pieces.push((to - from) * (start * start + start * end + end * end) / 3);
      from = to;
    }
    if (p.mass[i + 1] <= to) i++;
    if (q.mass[j + 1] <= to) j++;
  }
  return sum(pieces);
}

function quantile({ mass, low, high }: Quantiles, i: number, u: number): number {
  if (low[i] === high[i]) return low[i];
  return low[i] + (high[i] - low[i]) * Math.min(1, (u - mass[i]) / (mass[i + 1] - mass[i]));
}
