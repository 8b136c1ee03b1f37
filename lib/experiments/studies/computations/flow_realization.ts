/**
 * One realization of a speed limit study: the gradient flow from one seed's weights. This module and
 * what it reaches are the code of the run.
 *
 * @module
 */
import { cifar10, targets } from "../../../datasets/mod.ts";
import { gradientFlow, type Trajectory } from "../../../dynamics/mod.ts";
import { type NetworkConfiguration, networkOf } from "./network_of.ts";
import type { Computation } from "../../study/study.ts";

/** What a realization rests on: neither the other seeds nor the threshold. */
export interface FlowInput extends NetworkConfiguration {
  readonly study: "speed limit";
  readonly n: number;
  readonly testImages: number;
  readonly horizon: number;
  readonly tolerance: number;
  readonly entries: number;
  readonly seed: number;
}

/** A realization as it is kept, with displacements from all recorded times. */
export interface FlowRun {
  readonly trajectory: Trajectory;
  /** Work in full gradients, and the seconds it took here. */
  readonly gradients: number;
  readonly seconds: number;
}

/**
 * The flow of one seed.
 *
 * @throws {RangeError} if the loss has no gradient at the initial weights, as narrow networks may
 */
export const flowRealization: Computation<FlowInput, FlowRun> = {
  module: import.meta.url,
  compute: async (input, { checkpoint, signal, onProgress }) => {
    const { n, testImages, horizon, entries, tolerance, seed, width } = input;
    const { train, test } = await cifar10({ train: n, test: testImages });
    const start = performance.now();
    const { trajectory, gradients } = await gradientFlow(
      networkOf(input),
      { images: train.images, targets: targets(train.labels) },
      {
        ...{ horizon, tolerance, seed, test, checkpoint, signal, onProgress },
        record: recordGrid(horizon, entries),
      },
    );
    signal?.throwIfAborted();
    if (trajectory.pathLength.at(-1) === 0) {
      throw new RangeError(
        `seed ${seed}: the loss has no gradient at the initial weights, all units are off and ` +
          `nothing moves; take a larger width than ${width}, or another seed`,
      );
    }
    return { trajectory, gradients, seconds: (performance.now() - start) / 1000 };
  },
};

/**
 * Recorded times on a logarithmic grid of four decades up to the horizon, which is there exactly.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { recordGrid } from "./flow_realization.ts";
 * const grid = recordGrid(0.2, 4);
 * assert(Math.abs(grid[0] - 2e-4) < 1e-15 && grid[3] === 0.2);
 * ```
 */
export function recordGrid(horizon: number, entries: number): number[] {
  return Array.from(
    { length: entries },
    (_, i) => i === entries - 1 ? horizon : horizon * 10 ** (-4 * (1 - (i + 1) / entries)),
  );
}
