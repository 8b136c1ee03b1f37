/**
 * Rows of linear algebra and of laws.
 *
 * @module
 */
import type { BenchmarkRow } from "../row.ts";

const numeric = (name: string, work: string) => ({ name, environment: "numeric", work }) as const;

/** Relative errors of backward stable algorithms in float64, with room for n. */
const FLOAT64 = 1e-9;

const EIGH = "lib/numerics/eigh.ts";
const W2 = "lib/bounds/wasserstein.ts";

export const algebraRows: readonly BenchmarkRow[] = [
  {
    name: "sgemm",
    what: "product of two matrices in float32",
    ...{ work: "sgemm", module: "lib/tensorflow/execute.ts" },
    peer: { name: "PyTorch", environment: "torch", work: "sgemm" },
    cases: [{ size: { n: 2048 }, quick: true, seconds: 0.3 }],
    ...{ aim: 1, tolerance: 1e-4 },
  },
  {
    name: "product",
    what: "product of two matrices in float64",
    ...{ work: "product", module: "lib/numerics/linear_algebra.ts" },
    peer: numeric("NumPy", "product"),
    cases: [
      { size: { n: 500 }, seconds: 0.02 },
      { size: { n: 1000 }, seconds: 0.1 },
      { size: { n: 2000 }, quick: true, seconds: 0.7 },
    ],
    ...{ aim: 1, tolerance: FLOAT64 },
  },
  {
    name: "eigh",
    what: "all eigenvalues and eigenvectors of a symmetric matrix",
    ...{ work: "eigh", module: EIGH, peer: numeric("SciPy", "eigh-scipy") },
    cases: [
      { size: { n: 500 }, seconds: 0.1 },
      { size: { n: 1000 }, quick: true, seconds: 0.5 },
      { size: { n: 2000 }, quick: true, seconds: 3.4 },
    ],
    ...{ aim: 1, tolerance: FLOAT64 },
  },
  {
    name: "eigh-numpy",
    what: "the same against NumPy, which divides and conquers as we do",
    ...{ work: "eigh", module: EIGH, peer: numeric("NumPy", "eigh-numpy") },
    cases: [
      { size: { n: 500 }, seconds: 0.1 },
      { size: { n: 1000 }, quick: true, seconds: 0.5 },
      { size: { n: 2000 }, seconds: 3.4 },
    ],
    ...{ aim: 1, tolerance: FLOAT64 },
  },
  {
    name: "eigenvalues",
    what: "all eigenvalues of a symmetric matrix, without vectors",
    ...{ work: "eigenvalues", module: EIGH, peer: numeric("SciPy", "eigenvalues") },
    cases: [
      { size: { n: 500 }, seconds: 0.05 },
      { size: { n: 1000 }, seconds: 0.25 },
      { size: { n: 2000 }, quick: true, seconds: 1.6 },
    ],
    ...{ aim: 1, tolerance: FLOAT64 },
  },
  {
    name: "gaussian-w2",
    what: "W2² of two Gaussian laws, against SciPy's eigenvalues",
    ...{ work: "gaussian-w2", module: W2, peer: numeric("SciPy", "gaussian-w2") },
    cases: [
      { size: { d: 500 }, seconds: 0.2 },
      { size: { d: 1000 }, seconds: 1 },
      { size: { d: 2000 }, quick: true, seconds: 6 },
    ],
    ...{ aim: 1, tolerance: 1e-7 },
  },
  {
    name: "gaussian-w2-pot",
    what: "the same against POT",
    ...{ work: "gaussian-w2", module: W2, peer: numeric("POT", "gaussian-w2-pot") },
    cases: [{ size: { d: 500 }, quick: true, seconds: 0.5 }, { size: { d: 1000 }, seconds: 3 }],
    ...{ aim: 1, tolerance: 1e-6 },
  },
  {
    name: "exact-w2",
    what: "W2² of two clouds of points in ten dimensions, by the best assignment",
    ...{ work: "exact-w2", module: W2, peer: numeric("POT", "exact-w2") },
    cases: [
      { size: { n: 500 }, seconds: 0.1 },
      { size: { n: 1000 }, quick: true, seconds: 0.4 },
      { size: { n: 2000 }, quick: true, seconds: 2 },
    ],
    ...{ aim: 1, tolerance: FLOAT64 },
  },
  {
    name: "ornstein-uhlenbeck",
    what: "the law at a time of an Ornstein–Uhlenbeck process",
    ...{ work: "ornstein-uhlenbeck", module: "lib/dynamics/laws/ornstein_uhlenbeck.ts" },
    peer: numeric("thermox", "ornstein-uhlenbeck"),
    cases: [
      { size: { d: 100 }, seconds: 0.05 },
      { size: { d: 300 }, quick: true, seconds: 0.3 },
      { size: { d: 1000 }, seconds: 5 },
    ],
    ...{ aim: 1, tolerance: 1e-8 },
  },
];
