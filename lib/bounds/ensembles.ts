/**
 * W2² and entropy production of laws that are known by particles alone, with standard errors.
 *
 * @module
 */
import { mean, sampleStandardDeviation } from "simple-statistics";
import {
  checkFunction,
  checkInteger,
  checkOptions,
  checkRecord,
  maybe,
} from "../numerics/checks.ts";
import { type Matrix, type MatrixLike, sum, toMatrix } from "../numerics/mod.ts";
import { checkBeta } from "./free_energy.ts";
import { checkClouds, wasserstein2Squared } from "./wasserstein.ts";

/** An estimated number. */
export interface Estimate {
  readonly value: number;
  /** From the spread over batches of particles. */
  readonly standardError: number;
}

interface BatchOptions {
  /** Into so many batches the particles are divided for the error; at least 4. */
  readonly batches?: number;
}

interface NeighbourOptions extends BatchOptions {
  /** Distances are those to this one of the nearest particles. */
  readonly neighbour?: number;
}

const BATCHES = maybe(checkInteger, { least: 4 });
const NEIGHBOUR_CHECKS = { batches: BATCHES, neighbour: maybe(checkInteger) } as const;

/**
 * W2² of the laws of two ensembles of equal size.
 *
 * The distance of the clouds (exact: by order on the line, else by assignment, for up to 2000
 * particles) is biased upwards by about c/n; c is found from the batches, and taken off. That rate
 * holds on the line; in d dimensions the bias falls as n^(−2/d) for d > 4 and part of it stays.
 *
 * @param p [particles, dimension], independent particles
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if the ensembles differ in shape or are too small or large
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { randomStream } from "../numerics/mod.ts";
 * import { ensembleW2Squared } from "./ensembles.ts";
 *
 * const cloud = (mean: number, seed: number) => ({
 *   rows: 4000,
 *   cols: 1,
 *   data: randomStream(seed, "cloud").normal(4000).map((x) => x + mean),
 * });
 * const { value, standardError } = ensembleW2Squared(cloud(0, 1), cloud(2, 2));
 * assert(Math.abs(value - 4) < 4 * standardError && standardError < 0.2);
 * ```
 */
export function ensembleW2Squared(
  p: MatrixLike,
  q: MatrixLike,
  options: BatchOptions = {},
): Estimate {
  const { batches = 16 } = checkOptions("options", options, { batches: BATCHES });
  const [a, b] = [toMatrix(p, "p"), toMatrix(q, "q")];
  checkClouds(a, b);
  checkBatches(a, batches);
  if (a.cols > 1 && a.rows > 2000) {
    throw new RangeError(
      `p has ${a.rows} points; beyond 2000 in more than one dimension take some of them, ` +
        "or slicedWasserstein2Squared",
    );
  }
  const whole = wasserstein2Squared(a, b);
  const parts = inBatches(
    batches,
    (k) => wasserstein2Squared(part(a, k, batches), part(b, k, batches)),
  );
  const { value: inParts, standardError } = meanOf(parts);
  return { value: whole - (inParts - whole) / (batches - 1), standardError };
}

/**
 * The differential entropy −⟨ln p⟩ of an ensemble's law, by Kozachenko and Leonenko's estimator
 * (distances to the k-th nearest neighbour).
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if there are too few particles, or two coincide
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { randomStream } from "../numerics/mod.ts";
 * import { ensembleEntropy } from "./ensembles.ts";
 * const particles = { rows: 4000, cols: 1, data: randomStream(0, "example").normal(4000) };
 * const { value, standardError } = ensembleEntropy(particles);
 * assert(Math.abs(value - Math.log(2 * Math.PI * Math.E) / 2) < 5 * standardError);
 * ```
 */
export function ensembleEntropy(
  p: MatrixLike,
  options: NeighbourOptions = {},
): Estimate {
  const { batches = 16, neighbour = 4 } = checkOptions("options", options, NEIGHBOUR_CHECKS);
  const a = toMatrix(p, "p");
  checkBatches(a, batches, neighbour);
  const { standardError } = meanOf(
    inBatches(batches, (k) => entropyOf(part(a, k, batches), neighbour)),
  );
  return { value: entropyOf(a, neighbour), standardError };
}

/**
 * β⁻¹R = ⟨U⟩_0 − ⟨U⟩_T + β⁻¹ (S_T − S_0) between two ensembles of one run in a potential that does
 * not change in time.
 *
 * @param energy U(x)
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} as {@link ensembleEntropy} does, or if the ensembles differ in shape
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { randomStream } from "../numerics/mod.ts";
 * import { ensembleEntropyProduction } from "./ensembles.ts";
 * // A law that nothing changes produces nothing.
 * const cloud = (seed: number) => ({
 *   ...{ rows: 4000, cols: 1 },
 *   data: randomStream(seed, "example").normal(4000),
 * });
 * const { value, standardError } = ensembleEntropyProduction({
 *   ...{ from: cloud(0), to: cloud(1), beta: 1 },
 *   energy: ([x]) => x * x / 2,
 * });
 * assert(Math.abs(value) < 5 * standardError);
 * ```
 */
export function ensembleEntropyProduction(
  given: {
    readonly from: MatrixLike;
    readonly to: MatrixLike;
    readonly energy: (x: Float64Array) => number;
    readonly beta: number;
  },
  options: NeighbourOptions = {},
): Estimate {
  const { from, to, energy, beta } = checkRecord("given", given, {});
  const { batches = 16, neighbour = 4 } = checkOptions("options", options, NEIGHBOUR_CHECKS);
  checkFunction("energy", energy);
  checkBeta("beta", beta);
  const [a, b] = [toMatrix(from, "from"), toMatrix(to, "to")];
  checkClouds(a, b);
  checkBatches(a, batches, neighbour);
  const free = (cloud: Matrix) => meanEnergy(cloud, energy) - entropyOf(cloud, neighbour) / beta;
  const { standardError } = meanOf(
    inBatches(batches, (k) => free(part(a, k, batches)) - free(part(b, k, batches))),
  );
  return { value: free(a) - free(b), standardError };
}

function meanEnergy({ rows, cols, data }: Matrix, energy: (x: Float64Array) => number): number {
  return sum(
    Float64Array.from({ length: rows }, (_, i) => energy(data.subarray(i * cols, (i + 1) * cols))),
  ) / rows;
}

/** S = ψ(n) − ψ(k) + ln c_d + d/n Σ ln ε_i, c_d the volume of the unit ball. */
function entropyOf(cloud: Matrix, k: number): number {
  const { rows: n, cols: d } = cloud;
  const distances = d === 1 ? onLine(cloud.data, k) : bruteForce(cloud, k);
  const coincident = distances.findIndex((distance) => !(distance > 0));
  if (coincident >= 0) {
    throw new RangeError(`${k + 1} particles lie at one point; their law has no density`);
  }
  let volume = d % 2 === 0 ? 1 : 2; // of the unit ball in 0 or 1 dimensions, then two at a time
  for (let m = d % 2 + 2; m <= d; m += 2) volume *= 2 * Math.PI / m;
  return harmonic(n - 1) - harmonic(k - 1) + Math.log(volume) +
    d * sum(distances.map(Math.log)) / n;
}

/** ψ(m + 1) up to Euler's constant. */
function harmonic(m: number): number {
  let total = 0;
  for (let i = m; i >= 1; i--) total += 1 / i;
  return total;
}

function onLine(data: Float64Array, k: number): Float64Array {
  const x = data.slice().sort();
  return x.map((here, i) => {
    let [left, right, distance] = [i - 1, i + 1, 0];
    for (let found = 0; found < k; found++) {
      const below = left >= 0 ? here - x[left] : Infinity;
      const above = right < x.length ? x[right] - here : Infinity;
      if (below <= above) left--;
      else right++;
      distance = Math.min(below, above);
    }
    return distance;
  });
}

function bruteForce({ rows: n, cols: d, data }: Matrix, k: number): Float64Array {
  const nearest = new Float64Array(k);
  return Float64Array.from({ length: n }, (_, i) => {
    nearest.fill(Infinity);
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      let squared = 0;
      for (let c = 0; c < d; c++) squared += (data[i * d + c] - data[j * d + c]) ** 2;
      let at = k - 1;
      if (squared >= nearest[at]) continue;
      while (at > 0 && nearest[at - 1] > squared) nearest[at] = nearest[--at];
      nearest[at] = squared;
    }
    return Math.sqrt(nearest[k - 1]);
  });
}

/** Every `batches`-th particle from k on. */
function part({ rows, cols, data }: Matrix, k: number, batches: number): Matrix {
  const count = Math.floor(rows / batches);
  const taken = new Float64Array(count * cols);
  for (let i = 0; i < count; i++) {
    const from = (i * batches + k) * cols;
    taken.set(data.subarray(from, from + cols), i * cols);
  }
  return { rows: count, cols, data: taken };
}

const inBatches = (batches: number, of: (k: number) => number) =>
  Array.from({ length: batches }, (_, k) => of(k));

function meanOf(values: number[]): Estimate {
  return {
    value: mean(values),
    standardError: sampleStandardDeviation(values) / Math.sqrt(values.length),
  };
}

function checkBatches({ rows }: Matrix, batches: number, neighbour = 1) {
  const least = batches * (neighbour + 2);
  if (rows < least) {
    throw new RangeError(`there are ${rows} particles; ${batches} batches need at least ${least}`);
  }
}
