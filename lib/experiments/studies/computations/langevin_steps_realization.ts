/**
 * One seed's ensemble under Langevin dynamics at several lengths of a step. This module and what it reaches
 * are the code of the run.
 *
 * @module
 */
import { langevin, smallNetwork, withPrior } from "../../../dynamics/mod.ts";
import { eighSync, multiply, randomStream } from "../../../numerics/mod.ts";
import type { Computation } from "../../study/study.ts";
import { rowOf } from "./ensemble_flow.ts";
import { rounded } from "./linearization_record.ts";
import { SMALL_INPUTS, smallImages } from "./small_images.ts";

/** What it rests on. */
export interface LangevinStepsInput {
  readonly study: "langevin steps";
  readonly width: number;
  /** Hidden layers; 0 of a linear model. */
  readonly depth: number;
  readonly n: number;
  readonly members: number;
  readonly times: readonly number[];
  readonly beta: number;
  /** Lengths of a step, over the largest curvature at the first member. */
  readonly lengths: readonly number[];
  readonly seed: number;
}

/** What a run gives: for each length of a step columns with an entry for each time. */
export interface LangevinStepsRun {
  /** Weights of a network. */
  readonly dimension: number;
  readonly steps: readonly {
    readonly length: number;
    /** How many there are. */
    readonly count: number;
    /** ⟨L⟩, ⟨|θ|²⟩, and ⟨U⟩_0 − ⟨U⟩_t of U with the prior's ridge. */
    readonly meanLoss: number[];
    readonly meanSquare: number[];
    readonly heat: number[];
  }[];
}

/** The same members from the prior, at each length with noise of its own. */
export const langevinStepsRealization: Computation<LangevinStepsInput, LangevinStepsRun> = {
  module: import.meta.url,
  compute: async (input, { signal, onProgress }) => {
    const { width, depth, n, members, times, beta, lengths, seed } = input;
    const { inputs, targets } = await smallImages(n, 2);
    const widths = [SMALL_INPUTS, ...new Array<number>(depth).fill(width), 1];
    const network = smallNetwork({ widths, inputs, targets, activation: "tanh" });
    const landscape = withPrior(network, beta);
    const { dimension } = network;
    const from = {
      ...{ rows: members, cols: dimension },
      data: randomStream(seed, "ensembles/members").normal(members * dimension),
    };
    const jacobian = network.jacobian(rowOf(from, 0));
    const { values } = eighSync(multiply(jacobian, jacobian, { transposeB: true }), {
      vectors: false,
    });
    const horizon = times[times.length - 1];
    const steps: LangevinStepsRun["steps"][number][] = [];
    for (const [i, length] of lengths.entries()) {
      const least = Math.ceil(horizon * (values[values.length - 1] + 1) / length);
      // A multiple of what puts every time onto a step.
      const parts = stepsPerHorizon(times);
      const count = Math.ceil(least / parts) * parts;
      const { positions } = await langevin(landscape, {
        ...{ beta, from, horizon, steps: count, signal, seed: seed * lengths.length + i },
        record: times.map((time) => Math.round(time / horizon * count)),
        onProgress: ({ done, total }) =>
          onProgress?.({ done: i + done / total, total: lengths.length, note: `step ${length}` }),
      });
      signal?.throwIfAborted();
      const mean = (of: (theta: Float64Array) => number) =>
        positions.map((cloud) => {
          let sum = 0;
          for (let k = 0; k < members; k++) sum += of(rowOf(cloud, k)) / members;
          return sum;
        });
      const energy = mean((theta) => landscape.value(theta, 0));
      const later = (column: readonly number[]) => column.slice(1).map((x) => rounded(x));
      steps.push({
        ...{ length, count, meanLoss: later(mean((theta) => network.value(theta, 0))) },
        meanSquare: later(mean((theta) => theta.reduce((sum, x) => sum + x * x, 0))),
        heat: later(energy.map((one) => energy[0] - one)),
      });
    }
    return { dimension, steps };
  },
};

/** The fewest equal steps whose ends have all times among them, up to a thousandth of the last. */
function stepsPerHorizon(times: readonly number[]): number {
  const horizon = times[times.length - 1];
  for (let parts = 1; parts < 1000; parts++) {
    if (times.every((time) => Math.abs(time / horizon * parts % 1 - 0.5) > 0.5 - 1e-9)) {
      return parts;
    }
  }
  return 1000;
}
