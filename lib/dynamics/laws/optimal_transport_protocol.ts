/**
 * The drive that wastes nothing: a potential that changes in time so that the law moves straight to
 * its goal at constant speed, and T = T_SL.
 *
 * @module
 */
import { checkBeta } from "../../bounds/free_energy.ts";
import { type Gaussian, type GridDensity, wasserstein2Squared } from "../../bounds/mod.ts";
import { toGaussian } from "../../bounds/gaussian.ts";
import { checkGridDensity } from "../../bounds/wasserstein_on_line.ts";
import {
  checkLength,
  checkNumber,
  checkPositive,
  checkRecord,
  checkThat,
} from "../../numerics/checks.ts";
import { identity, symmetricPower, symmetrized } from "../../numerics/dense.ts";
import {
  type Eigen,
  eighSync,
  type Matrix,
  multiply,
  solvePositiveDefinite,
  sum,
} from "../../numerics/mod.ts";
import type { Landscape } from "./landscape.ts";

/** A drive between two Gaussian laws. */
export interface GaussianProtocol {
  /** p_t, the displacement interpolation. */
  at(t: number): Gaussian;
  /** U(x, t) for 0 ≤ t ≤ duration, quadratic in x at every time. */
  readonly landscape: Landscape;
  /** ∇U at the mean of p_t, and the curvature, which say all of U(·, t). */
  force(t: number): { readonly atMean: Float64Array; readonly curvature: Matrix };
  /** β⁻¹R = W2²/duration. */
  readonly entropyProduction: number;
  /** T_SL = duration. */
  readonly speedLimit: number;
}

/**
 * The potential under which Langevin dynamics takes p_0 to p_1 in the time `duration` along the
 * displacement interpolation p_t = ((1 − s) id + s M)# p_0, s = t/duration, M Brenier's map.
 *
 * The current velocity must be v_t = (M − id)/duration carried along; −∇U = v_t + β⁻¹∇ln p_t makes
 * it so. Then ∫⟨|v|²⟩dt = W2²/duration: the bound T ≥ T_SL is attained.
 *
 * @param from p_0, its covariance regular
 * @param to p_1, its covariance regular
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if β or the duration is not positive, dimensions differ, or a covariance is
 * singular
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussian } from "../../bounds/mod.ts";
 * import { gaussianProtocol } from "./optimal_transport_protocol.ts";
 *
 * const drive = gaussianProtocol({
 *   from: gaussian([0], [[1]]),
 *   to: gaussian([3], [[4]]),
 *   beta: 1,
 *   duration: 2,
 * });
 * assert.equal(drive.entropyProduction, (9 + 1) / 2);
 * assert(Math.abs(drive.at(1).covariance.data[0] - 1.5 ** 2) < 1e-14);
 * ```
 */
export function gaussianProtocol(options: {
  readonly from: Gaussian;
  readonly to: Gaussian;
  readonly beta: number;
  readonly duration: number;
}): GaussianProtocol {
  const { from, to, beta, duration } = checkRecord("options", options, {});
  checkBeta("beta", beta);
  checkPositive("duration", duration, "a positive time");
  const start = toGaussian(from, "from"), end = toGaussian(to, "to");
  const w2Squared = wasserstein2Squared(start, end);
  const d = start.mean.length;
  const map = brenierMap(start.covariance, end.covariance);
  const velocity = start.mean.map((m, i) => (end.mean[i] - m) / duration);

  const at = (t: number): Gaussian => {
    const s = shareOf(t, duration);
    const stretch = interpolated(map, s);
    const covariance = multiply(multiply(stretch, start.covariance), stretch);
    return {
      mean: start.mean.map((m, i) => m + s * (end.mean[i] - m)),
      covariance: symmetrized(covariance),
    };
  };
  const force = (t: number) => {
    const s = shareOf(t, duration);
    // v_t = K (x − m_t) + ṁ with K = (M − 1)((1 − s) + s M)⁻¹/duration, symmetric.
    const rate = solvePositiveDefinite(interpolated(map, s), minusIdentity(map));
    const precision = solvePositiveDefinite(at(t).covariance, identity(d));
    const curvature = symmetrized({
      ...rate,
      data: rate.data.map((k, i) => precision.data[i] / beta - k / duration),
    });
    return { atMean: velocity.map((v) => -v), curvature };
  };
  // Particles come in thousands at one time: its force is made once.
  let last: { t: number; mean: Float64Array } & ReturnType<typeof force> | undefined;
  const forceAt = (t: number) => {
    if (last?.t !== t) {
      const clamped = Math.min(t, duration);
      last = { t, mean: at(clamped).mean, ...force(clamped) };
    }
    return last;
  };
  const landscape: Landscape = {
    dimension: d,
    value(x, t) {
      const { mean, atMean, curvature } = forceAt(t);
      const y = x.map((value, i) => value - mean[i]);
      return sum(
        y.map((yi, i) =>
          yi * (atMean[i] + sum(y.map((yj, j) => curvature.data[i * d + j] * yj)) / 2)
        ),
      );
    },
    gradient(x, t, into) {
      const { mean, atMean, curvature } = forceAt(t);
      for (let i = 0; i < d; i++) {
        let total = atMean[i];
        for (let j = 0; j < d; j++) total += curvature.data[i * d + j] * (x[j] - mean[j]);
        into[i] = total;
      }
    },
  };
  return { at, force, landscape, entropyProduction: w2Squared / duration, speedLimit: duration };
}

/**
 * The same on the line, for any two positive densities on one grid: U(x, t) as a function, to be
 * handed to `fokkerPlanck`. Beyond where both densities are above 10⁻¹² of their largest value the
 * potential goes on as a parabola that holds the rest in.
 *
 * @param from p_0 and its grid
 * @param to p_1 on the same edges
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if β or the duration is not positive, or the edges differ
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lineProtocol } from "./optimal_transport_protocol.ts";
 * // A Gaussian carried by 1 in the time 2: a moving parabola that pulls ahead by the speed 1/2.
 * const edges = Float64Array.from({ length: 401 }, (_, i) => -4 + i / 40);
 * const at = (mean: number) =>
 *   Float64Array.from(
 *     { length: 400 },
 *     (_, i) => Math.exp(-((edges[i] + 1 / 80 - mean) ** 2) / 2) / Math.sqrt(2 * Math.PI),
 *   );
 * const U = lineProtocol({
 *   from: { edges, density: at(0) },
 *   ...{ to: { edges, density: at(1) }, beta: 1, duration: 2 },
 * });
 * const force = -(U(0.51, 1) - U(0.49, 1)) / 0.02; // in the middle of the law, half way
 * assert(Math.abs(force - 0.5) < 0.01);
 * ```
 */
export function lineProtocol(options: {
  readonly from: GridDensity;
  readonly to: GridDensity;
  readonly beta: number;
  readonly duration: number;
}): (x: number, t: number) => number {
  const { from, to, beta, duration } = checkRecord("options", options, {});
  checkBeta("beta", beta);
  checkPositive("duration", duration, "a positive time");
  checkGridDensity("from", from);
  checkGridDensity("to", to);
  const { x, target, logStart, logEnd } = monotoneMap(from, to);
  const n = x.length;
  let last: { t: number; place: Float64Array; energy: Float64Array } | undefined;
  const tabulated = (t: number) => {
    if (last?.t === t) return last;
    checkTime(t);
    const s = shareOf(Math.min(t, duration), duration);
    const place = x.map((from, i) => (1 - s) * from + s * target[i]);
    // p_t⁻¹ = (1 − s)/p_0 + s/p_1 along the characteristic, for it stretches as the map does.
    const logDensity = x.map((_, i) =>
      -Math.log((1 - s) * Math.exp(-logStart[i]) + s * Math.exp(-logEnd[i]))
    );
    const energy = new Float64Array(n);
    let potential = 0; // −∫ v dy
    for (let i = 0; i < n; i++) {
      if (i > 0) {
        const speed = (target[i] - x[i] + target[i - 1] - x[i - 1]) / (2 * duration);
        potential -= speed * (place[i] - place[i - 1]);
      }
      energy[i] = potential - logDensity[i] / beta;
    }
    return last = { t, place, energy };
  };
  return (at, t) => {
    if (!Number.isFinite(at)) checkNumber("x", at);
    const { place, energy } = tabulated(t);
    let low = 0, high = n - 1;
    if (at <= place[0] || at >= place[n - 1]) return beyond(at, place, energy);
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (place[middle] <= at) low = middle;
      else high = middle;
    }
    return cubic(at, low, place, energy);
  };
}

/** Points of p_0's support, where Brenier's map takes them, and both log densities there. */
function monotoneMap(from: GridDensity, to: GridDensity) {
  const cells = from.density.length;
  checkLength("to.density", to.density, cells);
  for (let i = 0; i <= cells; i++) {
    if (from.edges[i] !== to.edges[i]) {
      throw new RangeError(`edges[${i}] is ${from.edges[i]} of from, ${to.edges[i]} of to`);
    }
  }
  const [p, q] = [smoothed(from), smoothed(to)];
  const x: number[] = [], target: number[] = [], logStart: number[] = [], logEnd: number[] = [];
  const points = 4 * cells;
  for (let k = 0; k <= points; k++) {
    const at = from.edges[0] + (from.edges[cells] - from.edges[0]) * k / points;
    const [below, above] = [p.below(at), p.above(at)];
    if (Math.min(below, above) < TAIL) continue;
    const y = q.quantile(below, above);
    x.push(at);
    target.push(y);
    logStart.push(p.logDensity(at));
    logEnd.push(q.logDensity(y));
  }
  return {
    x: Float64Array.from(x),
    target: Float64Array.from(target),
    logStart: Float64Array.from(logStart),
    logEnd: Float64Array.from(logEnd),
  };
}

/** The tails that the map does not follow. */
const TAIL = 1e-10;

/** A grid density with cumulatives from both ends and their inverse, ln p linear between centers. */
function smoothed({ edges, density }: GridDensity) {
  const cells = density.length;
  const least = Math.max(...Array.from(density)) * 1e-300;
  const logs = Float64Array.from(density, (value) => Math.log(Math.max(value, least)));
  const centers = Float64Array.from(
    { length: cells },
    (_, i) => (edges[i] + edges[i + 1]) / 2,
  );
  const logDensity = (at: number) => {
    let i = 0;
    while (i < cells - 2 && centers[i + 1] <= at) i++;
    return cubic(at, i, centers, logs);
  };
  const masses = Float64Array.from(density, (value, i) => value * (edges[i + 1] - edges[i]));
  const whole = sum(masses);
  const left = new Float64Array(cells + 1), right = new Float64Array(cells + 1);
  for (let i = 0; i < cells; i++) left[i + 1] = left[i] + masses[i] / whole;
  for (let i = cells - 1; i >= 0; i--) right[i] = right[i + 1] + masses[i] / whole;
  // Between edges the logarithm of a tail's mass is nearly linear, as the mass itself is inside.
  const cellOf = (at: number) => {
    let [low, high] = [0, cells];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (edges[middle] <= at) low = middle;
      else high = middle;
    }
    return low;
  };
  const tail = (values: Float64Array) => values.map((value) => Math.log(Math.max(value, 1e-300)));
  const [logLeft, logRight] = [tail(left), tail(right)];
  const edgeArray = Float64Array.from(edges);
  const below = (at: number) => Math.exp(cubic(at, cellOf(at), edgeArray, logLeft));
  const above = (at: number) => Math.exp(cubic(at, cellOf(at), edgeArray, logRight));
  const quantile = (wanted: number, rest: number) => {
    let [low, high] = [edges[0], edges[cells]];
    for (let round = 0; round < 100 && high - low > 1e-14 * (Math.abs(low) + 1); round++) {
      const middle = (low + high) / 2;
      // The smaller tail is the one that still tells places apart.
      const less = wanted < rest ? below(middle) < wanted : above(middle) > rest;
      if (less) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  const normalized = (at: number) => logDensity(at) - Math.log(whole);
  return { below, above, quantile, logDensity: normalized };
}

/** The cubic through four neighbouring points, from x_i to x_{i+1}. */
function cubic(at: number, i: number, x: Float64Array, y: Float64Array): number {
  const first = Math.max(0, Math.min(x.length - 4, i - 1));
  let total = 0;
  for (let a = first; a < first + 4; a++) {
    let weight = y[a];
    for (let b = first; b < first + 4; b++) if (b !== a) weight *= (at - x[b]) / (x[a] - x[b]);
    total += weight;
  }
  return total;
}

/** A parabola from an end of the table on, as steep as there or steeper. */
function beyond(at: number, place: Float64Array, energy: Float64Array): number {
  const n = place.length;
  const [end, next] = at <= place[0] ? [0, 5] : [n - 1, n - 6];
  const slope = (energy[end] - energy[next]) / (place[end] - place[next]);
  const outward = at <= place[0] ? Math.min(0, slope) : Math.max(0, slope);
  const distance = at - place[end];
  return energy[end] + outward * distance + distance * distance / 2;
}

/** M = C_0^−½ (C_0^½ C_1 C_0^½)^½ C_0^−½, symmetric, with M C_0 M = C_1. */
function brenierMap(c0: Matrix, c1: Matrix): Matrix {
  const start = eighSync(c0);
  if (!isRegular(start)) {
    throw new RangeError(
      `from's covariance has the eigenvalue ${start.values[0]}; ` +
        "it must be regular for a finite drive",
    );
  }
  const root = symmetricPower(start, 0.5), inverse = symmetricPower(start, -0.5);
  const between = eighSync(symmetrized(multiply(multiply(root, c1), root)));
  if (!isRegular(between)) {
    throw new RangeError("to's covariance is singular; it must be regular for a finite drive");
  }
  return symmetrized(multiply(multiply(inverse, symmetricPower(between, 0.5)), inverse));
}

const isRegular = ({ values }: Eigen) => values[0] > 1e-14 * values[values.length - 1];

/** (1 − s) + s M. */
function interpolated(map: Matrix, s: number): Matrix {
  const d = map.rows;
  return {
    ...map,
    data: map.data.map((entry, at) => s * entry + (at % (d + 1) === 0 ? 1 - s : 0)),
  };
}

function minusIdentity(map: Matrix): Matrix {
  const d = map.rows;
  return { ...map, data: map.data.map((entry, at) => at % (d + 1) === 0 ? entry - 1 : entry) };
}

/** Read at each point and step: no range, which is what follows. */
const checkTime = (t: number) => checkThat("t", t, typeof t === "number", "a time");

function shareOf(t: number, duration: number): number {
  checkTime(t);
  if (!(t >= 0 && t <= duration * (1 + 1e-12))) {
    throw new RangeError(`t is ${t}; the drive goes from 0 to ${duration}`);
  }
  return Math.min(1, t / duration);
}
