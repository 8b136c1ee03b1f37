/**
 * Rows of gradient flow, and of starts: the import of the library, and a first figure.
 *
 * @module
 */
import type { BenchmarkRow, Peer } from "../row.ts";

const FLOW = "lib/dynamics/training/gradient_flow.ts";

/** Ours is good to about one per cent at its default tolerance; so are the others, by their choice. */
const ACCURACY = 0.02;

/** Descent at its limit goes to and fro: its path is no flow's, but comes to about the same places. */
const OFF_THE_FLOW = 0.7;

/** @param seconds of a round of both */
const smallFlow = (name: string, peer: Peer, seconds: number): BenchmarkRow => ({
  name,
  what: `gradient flow of a small network to 1 % of ΔL, ‖Δθ‖² and l_γ, against ${peer.name}`,
  ...{ work: "small-flow", module: FLOW, peer, aim: 1, tolerance: ACCURACY },
  cases: [{ size: { n: 32 }, quick: true, seconds }],
});

export const flowRows: readonly BenchmarkRow[] = [
  {
    name: "flow-descent",
    what:
      "gradient flow of 3072-256-256-10 to 1 % of its loss, against descent at its limit h λ_max = 1.8, " +
      "whatever its path",
    ...{ work: "wide-flow", module: FLOW },
    peer: { name: "descent", environment: "own", work: "wide-descent" },
    cases: [{ size: { n: 200 }, quick: true, seconds: 10 }, { size: { n: 500 }, seconds: 30 }],
    ...{ aim: 2, tolerance: OFF_THE_FLOW },
  },
  {
    name: "flow-descent-myrtle-5",
    what:
      "gradient flow of Myrtle-5 to τ = 2.5, both sides good to 1 % of ΔL, ‖Δθ‖² and l_γ: descent " +
      "takes the longest steps that are; beside it stands what it takes at its limit h λ_max = 1.8, " +
      "with the error it has there",
    ...{ work: "myrtle-flow", module: FLOW },
    peer: { name: "descent", environment: "own", work: "myrtle-descent" },
    cases: [
      { size: { n: 50, channels: 8 }, quick: true, seconds: 7 },
      { size: { n: 100, channels: 16 }, seconds: 30 },
    ],
    ...{ aim: 1, tolerance: ACCURACY },
  },
  smallFlow("flow-dopri5", {
    ...{ name: "diffrax's Dopri5", environment: "numeric", work: "flow-dopri5" },
  }, 0.6),
  smallFlow("flow-kvaerno5", {
    ...{ name: "diffrax's Kvaerno5", environment: "numeric", work: "flow-kvaerno5" },
  }, 36),
  smallFlow("flow-torchdiffeq", {
    ...{ name: "torchdiffeq's dopri5", environment: "torch", work: "flow" },
  }, 2.5),
];

export const startRows: readonly BenchmarkRow[] = [
  {
    name: "import",
    what: "import of the library by a process of its own",
    ...{ work: "import", module: "lib/mod.ts" },
    peer: { name: "neural-tangents", environment: "kernels", work: "import" },
    cases: [{ size: {}, quick: true, seconds: 4 }],
    aim: 1,
  },
  {
    name: "import-torch",
    what: "the same against PyTorch",
    ...{ work: "import", module: "lib/mod.ts" },
    peer: { name: "PyTorch", environment: "torch", work: "import" },
    cases: [{ size: {}, quick: true, seconds: 4 }],
    aim: 1,
  },
  {
    name: "first-figure",
    what: "from a process's start to the picture of a kernel's spectrum, against matplotlib",
    ...{ work: "first-figure", module: "lib/mod.ts" },
    peer: { name: "neural-tangents", environment: "kernels", work: "first-figure" },
    cases: [{ size: { n: 100 }, quick: true, seconds: 8 }],
    ...{ aim: 1, tolerance: 1e-6 },
  },
  {
    name: "set-up",
    what: "the libraries into an empty cache, from pip's own where it has them, and a first figure",
    ...{ work: "set-up", module: "lib/mod.ts" },
    peer: { name: "neural-tangents", environment: "kernels", work: "set-up" },
    // The network's time too: never with --quick.
    cases: [{ size: { n: 100 }, seconds: 120 }],
    ...{ aim: 1, tolerance: 1e-6 },
  },
];
