/**
 * Rows of networks: gradients and products with the Jacobian against PyTorch, kernels against
 * neural-tangents and torch.func.
 *
 * @module
 */
import type { BenchmarkRow, Peer } from "../row.ts";

const torch = (work: string): Peer => ({ name: "PyTorch", environment: "torch", work });
const torchFunc = (work: string): Peer => ({ name: "torch.func", environment: "torch", work });
const tangents = (work: string): Peer => ({
  ...{ name: "neural-tangents", environment: "kernels", work },
});

/** Float32 sums over images in another order. */
const FLOAT32 = 2e-4;

const GRADIENT = "lib/dynamics/training/squared_error.ts";
const NETWORK = "lib/networks/network.ts";
const EMPIRICAL = "lib/ntk/empirical.ts";

/** Sizes of products with the Jacobian. */
const PRODUCTS = [
  { size: { n: 200, channels: 16 }, quick: true, seconds: 0.15, aim: 2 },
  { size: { n: 200, channels: 32 }, seconds: 0.35, aim: 1.5 },
  { size: { n: 100, channels: 128 }, quick: true, seconds: 0.9, aim: 1.4 },
];

/** Growth with n at 16 channels, and with channels at n = 100. */
const GRADIENTS = [
  { size: { n: 50, channels: 16 }, seconds: 0.04, aim: 2 },
  { size: { n: 100, channels: 16 }, seconds: 0.06, aim: 2 },
  { size: { n: 200, channels: 16 }, seconds: 0.12, aim: 2 },
  { size: { n: 500, channels: 16 }, quick: true, seconds: 0.3, aim: 2 },
  { size: { n: 1000, channels: 16 }, seconds: 0.6, aim: 2 },
  { size: { n: 100, channels: 32 }, seconds: 0.14, aim: 1.5 },
  { size: { n: 500, channels: 32 }, quick: true, seconds: 0.7, aim: 1.5 },
  { size: { n: 100, channels: 64 }, seconds: 0.4, aim: 1.4 },
  { size: { n: 100, channels: 128 }, quick: true, seconds: 1.2, aim: 1.4 },
];

export const networkRows: readonly BenchmarkRow[] = [
  {
    name: "gradient-myrtle-5",
    what: "full-batch gradient of Myrtle-5, in channels_last on both sides",
    ...{ work: "gradient-myrtle", module: GRADIENT, peer: torch("gradient") },
    ...{ cases: GRADIENTS, aim: 1.4, tolerance: FLOAT32 },
  },
  {
    name: "jvp-myrtle-5",
    what: "J v of Myrtle-5, a derivative in forward mode",
    ...{ work: "jvp-myrtle", module: NETWORK, peer: torchFunc("jvp") },
    ...{ cases: PRODUCTS, aim: 1.4, tolerance: FLOAT32 },
  },
  {
    name: "vjp-myrtle-5",
    what: "Jᵀu of Myrtle-5, a derivative in reverse mode",
    ...{ work: "vjp-myrtle", module: NETWORK, peer: torch("vjp") },
    ...{ cases: PRODUCTS, aim: 1.4, tolerance: FLOAT32 },
  },
  ...[
    ["gradient-fcn", "full-batch gradient of a fully connected network", torch("gradient")],
    ["jvp-fcn", "J v of a fully connected network, 3072-512-512-10", torchFunc("jvp")],
    ["vjp-fcn", "Jᵀu of a fully connected network, 3072-512-512-10", torch("vjp")],
  ].map(([name, what, peer]) => ({
    ...{ name: name as string, what: what as string, work: name as string, peer: peer as Peer },
    module: name === "gradient-fcn" ? GRADIENT : NETWORK,
    cases: [
      { size: { n: 100 }, seconds: 0.02 },
      { size: { n: 500 }, quick: true, seconds: 0.1 },
      { size: { n: 2000 }, seconds: 0.4 },
    ],
    ...{ aim: 1, tolerance: FLOAT32 },
  })),
  {
    name: "trace-ntk-fcn",
    what: "trace of the empirical tangent kernel, 3072-512-512-10",
    ...{ work: "trace-fcn", module: EMPIRICAL, peer: tangents("trace") },
    cases: [
      { size: { n: 50 }, seconds: 0.03 },
      { size: { n: 200 }, quick: true, seconds: 0.08 },
      { size: { n: 1000 }, seconds: 1.2 },
    ],
    ...{ aim: 1.2, tolerance: FLOAT32 },
  },
  {
    name: "trace-ntk-fcn-torch",
    what: "the same by torch.func's Jacobians",
    ...{ work: "trace-fcn", module: EMPIRICAL, peer: torchFunc("trace") },
    cases: [{ size: { n: 100 }, quick: true, seconds: 6 }],
    ...{ aim: 2, tolerance: FLOAT32 },
  },
  {
    name: "trace-ntk-myrtle-5",
    what: "trace of the empirical tangent kernel of Myrtle-5",
    ...{ work: "trace-myrtle", module: EMPIRICAL, peer: tangents("trace") },
    cases: [
      { size: { n: 20, channels: 32 }, seconds: 0.3 },
      { size: { n: 50, channels: 16 }, seconds: 0.8 },
      { size: { n: 50, channels: 32 }, quick: true, seconds: 1.3 },
      { size: { n: 50, channels: 64 }, seconds: 3 },
      { size: { n: 100, channels: 32 }, seconds: 5 },
    ],
    ...{ aim: 2, tolerance: FLOAT32 },
  },
  {
    name: "trace-ntk-myrtle-5-torch",
    what: "the same by torch.func's Jacobians",
    ...{ work: "trace-myrtle", module: EMPIRICAL, peer: torchFunc("trace") },
    cases: [{ size: { n: 20, channels: 32 }, quick: true, seconds: 3 }],
    ...{ aim: 2, tolerance: FLOAT32 },
  },
  {
    name: "full-ntk-fcn",
    what: "the empirical tangent kernel of all outputs, 3072-512-512-10",
    ...{ work: "full-fcn", module: EMPIRICAL, peer: tangents("full") },
    cases: [{ size: { n: 50 }, quick: true, seconds: 0.3 }],
    ...{ aim: 1, tolerance: FLOAT32 },
  },
  {
    name: "full-ntk-fcn-torch",
    what: "the same by torch.func's Jacobians",
    ...{ work: "full-fcn", module: EMPIRICAL, peer: torchFunc("full") },
    cases: [{ size: { n: 20 }, quick: true, seconds: 2 }],
    ...{ aim: 1, tolerance: FLOAT32 },
  },
  {
    name: "full-ntk-myrtle-5",
    what: "the empirical tangent kernel of all outputs of Myrtle-5",
    ...{ work: "full-myrtle", module: EMPIRICAL, peer: tangents("full") },
    cases: [{ size: { n: 20, channels: 16 }, quick: true, seconds: 2 }],
    ...{ aim: 1, tolerance: FLOAT32 },
  },
  {
    name: "infinite-fcn",
    what: "NNGP and NTK of a fully connected network at infinite width, float64",
    ...{ work: "infinite-fcn", module: "lib/ntk/infinite.ts", peer: tangents("infinite-fcn") },
    cases: [
      { size: { n: 200 }, seconds: 0.05 },
      { size: { n: 500 }, quick: true, seconds: 0.3 },
      { size: { n: 1000 }, seconds: 1 },
    ],
    // neural-tangents' own rounding: of an image with itself, whose angle is the root of that of 1.
    ...{ aim: 1, tolerance: 1e-6 },
  },
  {
    name: "infinite-myrtle-5",
    what: "NNGP and NTK of Myrtle-5 at infinite width, float64, all pixels",
    ...{ work: "infinite-myrtle", module: "lib/ntk/infinite.ts" },
    peer: tangents("infinite-myrtle"),
    cases: [
      { size: { n: 4 }, quick: true, seconds: 6 },
      { size: { n: 8 }, seconds: 20 },
      { size: { n: 16 }, seconds: 65 },
    ],
    ...{ aim: 15, tolerance: 1e-8 },
  },
];
