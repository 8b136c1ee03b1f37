/**
 * Our side of the rows of linear algebra and of laws.
 *
 * @module
 */
import { gaussian, wasserstein2Squared } from "../../../bounds/mod.ts";
import { ornsteinUhlenbeck } from "../../../dynamics/mod.ts";
import { eigh, type Matrix, multiply, randomStream } from "../../../numerics/mod.ts";
import type { NumberArray } from "../arrays.ts";
import { type MakeWork, work } from "./work.ts";

const square = (n: number, what: string, scale = 1): Matrix => ({
  rows: n,
  cols: n,
  data: randomStream(0, `benchmarks/${what}`).normal(n * n).map((x) => x * scale),
});

const asArray = ({ rows, cols, data }: Matrix): NumberArray => ({ shape: [rows, cols], data });

const vector = (data: Float64Array): NumberArray => ({ shape: [data.length], data });

/** G Gᵀ/n of normal numbers, as a sample's covariance. */
function covariance(n: number, what: string): Matrix {
  const factor = square(n, what, 1 / Math.sqrt(n));
  return multiply(factor, factor, { transposeB: true });
}

/** All eigenvalues of a symmetric matrix; with `vectors` their vectors too. */
export const eigenOf = (vectors: boolean): MakeWork => ({ n }) => {
  const a = covariance(n, "symmetric");
  return work({
    inputs: { a: asArray(a) },
    run: () => eigh(a, { vectors }),
    answer: ({ values }) => values,
  });
};

/** A product in float64. */
export const productOf: MakeWork = ({ n }) => {
  const [a, b] = [square(n, "left"), square(n, "right")];
  return work({
    inputs: { a: asArray(a), b: asArray(b) },
    run: () => multiply(a, b),
    answer: ({ data }) => data,
    told: () => ({ flops: 2 * n ** 3 }),
  });
};

/** W2² of two Gaussian laws. */
export const gaussianW2: MakeWork = ({ d }) => {
  const [a, b] = [covariance(d, "first law"), covariance(d, "second law")];
  const [p, q] = [a, b].map((law) => gaussian(new Float64Array(d), law));
  return work({
    inputs: { a: asArray(a), b: asArray(b) },
    run: () => wasserstein2Squared(p, q),
    answer: (value) => [value],
  });
};

/** Coordinates of the points of clouds. */
const COORDINATES = 10;

/** W2² of two clouds of points, by the best assignment. */
export const exactW2: MakeWork = ({ n }) => {
  const cloud = (what: string): Matrix => ({
    rows: n,
    cols: COORDINATES,
    data: randomStream(0, `benchmarks/${what}`).normal(n * COORDINATES),
  });
  const [p, q] = [cloud("first cloud"), cloud("second cloud")];
  return work({
    inputs: { p: asArray(p), q: asArray(q) },
    run: () => wasserstein2Squared(p, q),
    answer: (value) => [value],
  });
};

const TIME = 0.7;

/** The law at a time of an Ornstein–Uhlenbeck process that starts at a point. */
export const ornsteinUhlenbeckLaw: MakeWork = ({ d }) => {
  const curvature = covariance(d, "curvature");
  for (let i = 0; i < d; i++) curvature.data[i * d + i] += 0.1;
  const [minimum, start] = ["minimum", "start"].map((what) =>
    randomStream(0, `benchmarks/${what}`).normal(d)
  );
  const point = gaussian(start, { rows: d, cols: d, data: new Float64Array(d * d) });
  return work({
    inputs: {
      curvature: asArray(curvature),
      minimum: vector(minimum),
      start: vector(start),
      time: vector(Float64Array.of(TIME)),
    },
    run: () => ornsteinUhlenbeck({ minimum, curvature }, 1, point).at(TIME),
    answer: ({ mean, covariance }) => [...mean, ...covariance.data],
  });
};
