/**
 * W2², the squared Wasserstein distance: the least mean squared displacement that takes one law to
 * another.
 *
 * @module
 */
import munkres from "munkres";
import { type Matrix, type MatrixLike, sum, toMatrix } from "../numerics/mod.ts";
import { added } from "../numerics/vectors.ts";
import { buresSquared, buresSquaredOfChange } from "./bures.ts";
import { type Gaussian, toGaussian } from "./gaussian.ts";

/**
 * W2² of two Gaussian laws, exactly: |m_1 − m_2|² + tr(C_1 + C_2 − 2 (C_1^½ C_2 C_1^½)^½).
 *
 * Any covariances, singular ones too. In units of the squared coordinates.
 *
 * @throws {RangeError} if dimensions differ or a law is none, see {@linkcode gaussian}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussian } from "./gaussian.ts";
 * import { wasserstein2Squared } from "./wasserstein.ts";
 *
 * const p = gaussian([0, 0], [[1, 0], [0, 4]]), q = gaussian([3, 0], [[4, 0], [0, 0]]);
 * assert(Math.abs(wasserstein2Squared(p, q) - (9 + 1 + 4)) < 1e-14);
 * ```
 */
export function wasserstein2Squared(p: Gaussian, q: Gaussian): number;
/**
 * W2² of two clouds of equally many points with equal weights: the mean squared distance of the
 * best assignment (Kuhn and Munkres), exact; 1000 points take about a second.
 *
 * As an estimate of the distance of the laws that the points were drawn from it is biased upwards.
 *
 * @param p n points as the rows of an n × d matrix
 * @param q as many points of as many coordinates
 * @throws {RangeError} if the clouds differ in size or dimension, or are empty
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { wasserstein2Squared } from "./wasserstein.ts";
 *
 * assert.equal(wasserstein2Squared([[0, 0], [5, 0]], [[5, 1], [0, 1]]), 1);
 * ```
 */
export function wasserstein2Squared(p: MatrixLike, q: MatrixLike): number;
export function wasserstein2Squared(p: Gaussian | MatrixLike, q: Gaussian | MatrixLike): number {
  if (isGaussian(p) !== isGaussian(q)) {
    throw new TypeError("p and q must be two Gaussians or two point clouds, not one of each");
  }
  return isGaussian(p)
    ? betweenGaussians(toGaussian(p, "p"), toGaussian(q as Gaussian, "q"))
    : betweenClouds(toMatrix(p, "p"), toMatrix(q as MatrixLike, "q"));
}

const isGaussian = (law: Gaussian | MatrixLike): law is Gaussian =>
  typeof law === "object" && law !== null && "covariance" in law;

function betweenGaussians(p: Gaussian, q: Gaussian): number {
  if (p.mean.length !== q.mean.length) {
    throw new RangeError(`p has dimension ${p.mean.length}, q ${q.mean.length}; they must agree`);
  }
  const shift = sum(p.mean.map((m, i) => (m - q.mean[i]) ** 2));
  return shift + spreadDistance(p.covariance, q.covariance);
}

/** Where the difference is small beside the covariances, it is exact in floating point. */
function spreadDistance(a: Matrix, b: Matrix): number {
  let largest = 0, apart = 0;
  for (let at = 0; at < a.data.length; at++) {
    largest = Math.max(largest, Math.abs(a.data[at]));
    apart = Math.max(apart, Math.abs(b.data[at] - a.data[at]));
  }
  const near = apart < 1e-3 * largest
    ? buresSquaredOfChange(a, { ...a, data: added(b.data, a.data, -1) })
    : undefined;
  return near ?? buresSquared(a, b);
}

function betweenClouds(p: Matrix, q: Matrix): number {
  checkClouds(p, q);
  if (p.cols === 1) return sortedDistance(p.data, q.data);
  const { rows: n, cols: d } = p;
  const cost = Array.from({ length: n }, (_, i) => {
    const row = new Array<number>(n);
    for (let j = 0; j < n; j++) {
      let total = 0;
      for (let k = 0; k < d; k++) total += (p.data[i * d + k] - q.data[j * d + k]) ** 2;
      row[j] = total;
    }
    return row;
  });
  return sum(munkres(cost).map(([i, j]) => cost[i][j])) / n;
}

/** On the line the best assignment is that of the order. */
function sortedDistance(p: Float64Array, q: Float64Array): number {
  const [a, b] = [p.slice().sort(), q.slice().sort()];
  return sum(a.map((x, i) => (x - b[i]) ** 2)) / a.length;
}

/** @throws {RangeError} if the clouds are empty or differ in size or dimension. */
export function checkClouds(p: Matrix, q: Matrix) {
  if (p.rows !== q.rows || p.cols !== q.cols) {
    throw new RangeError(
      `p has ${p.rows} points of ${p.cols} coordinates, q ${q.rows} of ${q.cols}; both must agree`,
    );
  }
  if (p.rows === 0 || p.cols === 0) throw new RangeError("p and q have no points; they need some");
}
