/**
 * W2² of ensembles in many dimensions between two bounds: how far the members moved above, means and
 * covariances on fixed projections below.
 *
 * @module
 */
import { sampleStandardDeviation } from "simple-statistics";
import { checkInteger, checkList, checkOptions, maybe } from "../numerics/checks.ts";
import {
  type Matrix,
  type MatrixLike,
  multiply,
  studentQuantile,
  sum,
  toMatrix,
} from "../numerics/mod.ts";
import { buresSquared } from "./bures.ts";
import { checkClouds } from "./wasserstein.ts";

/** W2² of two ensembles between bounds, each with what the sampling does to it. */
export interface EnsembleBounds {
  /** E‖Δθ‖²: the members' own pairs are a coupling. */
  readonly above: BoundEstimate;
  /** Gelbrich's bound on the projections. */
  readonly below: BoundEstimate;
  /** below/above, each freed of its bias; 1 says that W2² is known. */
  readonly share: BoundEstimate;
}

/** A number from an ensemble. */
export interface BoundEstimate {
  /** Of the ensemble as it is. */
  readonly value: number;
  /** Of the law it was drawn from: less the jackknife's bias. */
  readonly corrected: number;
  /** 95 %, about the corrected value, by the jackknife over groups of members. */
  readonly interval: readonly [low: number, high: number];
}

/**
 * Bounds on W2² of two laws by an ensemble of pairs: member i of `p` has become member i of `q`.
 *
 * Above: E‖θ_T − θ_0‖². Below: Gelbrich's |m_1 − m_2|² + Bures' distance of the covariances on each of
 * some orthogonal subspaces, summed: a coupling's cost is at least the sum of its projections' costs,
 * and each of these at least Gelbrich's, whatever the laws (Gelbrich 1990). `value`s are always in order,
 * for the empirical laws are laws. For the law the members were drawn from, subspaces must be chosen without
 * them, and be small beside their number.
 *
 * @param p [members, dimension]
 * @param q as many, in the same order
 * @param subspaces a list of matrices [k, dimension], orthonormal rows within and across
 * @param options `groups` of the jackknife, at least 4
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if the ensembles differ in shape or are smaller than 4 · groups' least, a subspace
 * has a quarter as many dimensions as there are members or more, or rows are not orthonormal
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { randomStream } from "../numerics/mod.ts";
 * import { ensembleBounds } from "./gelbrich.ts";
 *
 * // All shrink by a half and shift by 1: the map is a gradient, and W2² is E‖Δ‖².
 * const p = { rows: 400, cols: 2, data: randomStream(0, "example").normal(800) };
 * const q = { ...p, data: p.data.map((x) => x / 2 + 1) };
 * const { above, below } = ensembleBounds(p, q, [[[1, 0], [0, 1]]]);
 * assert(Math.abs(above.value - below.value) < 1e-12 * above.value);
 * assert.throws(() => ensembleBounds([[1, 2]], [[1, 2]], [[[1, 0]]]), /1 member/);
 * ```
 */
export function ensembleBounds(
  p: MatrixLike,
  q: MatrixLike,
  subspaces: readonly MatrixLike[],
  options: { readonly groups?: number } = {},
): EnsembleBounds {
  const { groups = 16 } = checkOptions("options", options, {
    groups: maybe(checkInteger, { least: 4 }),
  });
  const [a, b] = [toMatrix(p, "p"), toMatrix(q, "q")];
  checkMembers(a, groups);
  checkClouds(a, b);
  const spaces = checkSubspaces(subspaces, a);
  const projected = spaces.map((space) =>
    [a, b].map((cloud) => multiply(cloud, space, { transposeB: true })) as [Matrix, Matrix]
  );
  const squares = squaredDistances(a, b);
  const of = (kept: readonly number[]) => ({
    above: sum(Float64Array.from(kept, (i) => squares[i])) / kept.length,
    below: sum(
      Float64Array.from(projected, ([from, to]) => gelbrich(rowsOf(from, kept), rowsOf(to, kept))),
    ),
  });
  const all = Array.from({ length: a.rows }, (_, i) => i);
  const whole = of(all);
  const without = Array.from({ length: groups }, (_, g) => of(all.filter((i) => i % groups !== g)));
  const [above, below] = (["above", "below"] as const).map((name) =>
    jackknifed(whole[name], without.map((one) => one[name]))
  );
  const share = jackknifed(
    whole.above > 0 ? whole.below / whole.above : 1,
    without.map((one) => one.above > 0 ? one.below / one.above : 1),
  );
  return { above, below, share };
}

/** Gelbrich's bound of two clouds on their whole space: |m_1 − m_2|² + Bures' distance. */
function gelbrich(p: Matrix, q: Matrix): number {
  const [a, b] = [moments(p), moments(q)];
  return sum(a.mean.map((m, i) => (m - b.mean[i]) ** 2)) + buresSquared(a.covariance, b.covariance);
}

function moments(cloud: Matrix): { readonly mean: Float64Array; readonly covariance: Matrix } {
  const { rows: n, cols: d, data } = cloud;
  const mean = new Float64Array(d);
  for (let at = 0; at < data.length; at++) mean[at % d] += data[at] / n;
  const centred = { ...cloud, data: data.map((x, at) => x - mean[at % d]) };
  const { data: squares } = multiply(centred, centred, { transposeA: true });
  return { mean, covariance: { rows: d, cols: d, data: squares.map((x) => x / n) } };
}

function jackknifed(whole: number, without: readonly number[]): BoundEstimate {
  const g = without.length;
  const middle = sum(Float64Array.from(without)) / g;
  const corrected = whole - (g - 1) * (middle - whole);
  const error = (g - 1) / Math.sqrt(g) * sampleStandardDeviation([...without]);
  const reach = error * studentQuantile(0.975, g - 1);
  return { value: whole, corrected, interval: [corrected - reach, corrected + reach] };
}

function squaredDistances({ rows, cols, data }: Matrix, { data: other }: Matrix): Float64Array {
  const squares = new Float64Array(rows);
  for (let at = 0; at < data.length; at++) {
    squares[Math.floor(at / cols)] += (data[at] - other[at]) ** 2;
  }
  return squares;
}

function rowsOf({ cols, data }: Matrix, kept: readonly number[]): Matrix {
  const some = new Float64Array(kept.length * cols);
  kept.forEach((row, i) => some.set(data.subarray(row * cols, (row + 1) * cols), i * cols));
  return { rows: kept.length, cols, data: some };
}

function checkMembers({ rows }: Matrix, groups: number) {
  if (rows >= 2 * groups) return;
  throw new RangeError(
    `p is an ensemble of ${rows} ${rows === 1 ? "member" : "members"}; ${groups} groups of the ` +
      `jackknife need ${2 * groups} or more`,
  );
}

function checkSubspaces(
  subspaces: readonly MatrixLike[],
  { rows: members, cols }: Matrix,
): Matrix[] {
  checkList("subspaces", subspaces, undefined, 1);
  const spaces = subspaces.map((space, i) => toMatrix(space, `subspaces[${i}]`));
  spaces.forEach(({ rows: k, cols: d }, i) => {
    if (d !== cols) {
      throw new RangeError(`subspaces[${i}] has ${d} columns; the members have ${cols} numbers`);
    }
    if (!(k >= 1 && 4 * k < members)) {
      throw new RangeError(
        `subspaces[${i}] has ${k} dimensions and there are ${members} members; it must have less ` +
          "than a quarter as many: covariances of few members are no covariances of the law",
      );
    }
  });
  spaces.forEach((space, i) => {
    for (let j = i; j < spaces.length; j++) {
      const { data, cols: k } = multiply(space, spaces[j], { transposeB: true });
      const off = data.findIndex((x, at) =>
        Math.abs(x - (i === j && at % (k + 1) === 0 ? 1 : 0)) > 1e-8
      );
      if (off >= 0) {
        throw new RangeError(
          `subspaces[${i}][${Math.floor(off / k)}]·subspaces[${j}][${off % k}] is ${
            data[off]
          }; rows ` +
            "must be orthonormal within and across subspaces",
        );
      }
    }
  });
  return spaces;
}
