/**
 * The drive that wastes nothing, between any two laws on the line: Brenier's map is there the monotone
 * one, and the potential a table at each time.
 *
 * @module
 */
import { checkBeta } from "../../bounds/free_energy.ts";
import type { GridDensity } from "../../bounds/mod.ts";
import { checkGridDensity } from "../../bounds/wasserstein_on_line.ts";
import { checkLength, checkNumber, checkPositive, checkRecord } from "../../numerics/checks.ts";
import { sum } from "../../numerics/mod.ts";
import { checkTime, shareOf } from "./drive_time.ts";

/**
 * The potential of {@link gaussianProtocol} on the line, for any two positive densities on one grid:
 * U(x, t) as a function, to be handed to `fokkerPlanck`. Beyond where both densities are above 10⁻¹² of their largest value the
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
 * import { lineProtocol } from "./line_protocol.ts";
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
