/**
 * One network of a width series with what its initial function and its kernels are, or the kernels of
 * the infinitely wide one. This module and what it reaches are the code of the run.
 *
 * @module
 */
import { trainingSet } from "../../../datasets/mod.ts";
import { gradientFlow } from "../../../dynamics/mod.ts";
import type { Network, TensorLike } from "../../../networks/mod.ts";
import { empiricalNtk, infiniteKernels } from "../../../ntk/mod.ts";
import type { Control, Matrix } from "../../../numerics/mod.ts";
import { type NetworkConfiguration, networkOf } from "./network_of.ts";
import type { Computation, RunControl } from "../../study/study.ts";

/** What a run rests on: a network, or the limit of infinite width. */
export interface WidthInput extends Omit<NetworkConfiguration, "width"> {
  readonly study: "width series";
  readonly width: number | "infinite";
  readonly n: number;
  /** Of a network alone. */
  readonly horizon?: number;
  readonly tolerance?: number;
  readonly seed?: number;
}

/** Columns of a flow, an entry a recorded time. */
export interface FlowColumns {
  /** L(θ_t) */
  readonly loss: number[];
  /** L(θ_0) − L(θ_t), summed from increments. */
  readonly lossDrop: number[];
  /** ‖θ_t − θ_0‖² */
  readonly displacementSquared: number[];
  /** l_γ(t) */
  readonly pathLength: number[];
}

/** A finite network's run, as it is kept. */
export interface WidthRun {
  readonly kind: "network";
  /** 0 and the recorded times. */
  readonly time: number[];
  readonly flow: FlowColumns;
  readonly lambdaMax: number[];
  /** f_0 of all images, index sample · outputs + output. */
  readonly initialFunction: Float64Array;
  /** Mean over outputs of their own blocks of the kernel, at both ends of the flow. */
  readonly kernel: Matrix;
  readonly lastKernel: Matrix;
  readonly gradients: number;
  readonly seconds: number;
}

/** Kernels of one output of the infinitely wide network, and the targets. */
export interface WidthLimitRun {
  readonly kind: "limit";
  readonly nngp: Matrix;
  readonly ntk: Matrix;
  /** Index sample · outputs + output. */
  readonly targets: Float64Array;
}

/**
 * The flow of one width and seed, or the limit's kernels.
 *
 * @throws {RangeError} if the loss has no gradient at the initial weights, as narrow networks may
 */
export const widthRealization: Computation<WidthInput, WidthRun | WidthLimitRun> = {
  module: import.meta.url,
  compute: async (input, control) => {
    const { images, targets } = await trainingSet(input.n);
    if (input.width === "infinite") {
      const { signal, onProgress } = control;
      const network = networkOf({ ...input, width: 1 });
      const kernels = await infiniteKernels(network, images, { signal, onProgress });
      return { kind: "limit", ...kernels, targets: Float64Array.from(targets.data) };
    }
    return await networkRun({ ...input, width: input.width }, { images, targets }, control);
  },
};

async function networkRun(
  input: WidthInput & { readonly width: number },
  data: Awaited<ReturnType<typeof trainingSet>>,
  { checkpoint, signal, onProgress }: RunControl,
): Promise<WidthRun> {
  const { horizon = 1, tolerance = 0.01, seed = 0, width } = input;
  const start = performance.now();
  const network = networkOf(input);
  const parameters = network.init(seed);
  const initialFunction = Float64Array.from((await network.apply(parameters, data.images)).data);
  const kernel = await averagedAt(network, parameters, data.images, { signal });
  const { trajectory, gradients, parameters: last } = await gradientFlow(network, data, {
    ...{ horizon, tolerance, parameters, checkpoint, signal, onProgress },
    record: widthGrid(horizon),
  });
  signal?.throwIfAborted();
  if (trajectory.pathLength.at(-1) === 0) {
    throw new RangeError(
      `seed ${seed}: the loss has no gradient at the initial weights, all units are off and ` +
        `nothing moves; take a larger width than ${width}, or another seed`,
    );
  }
  const { time, loss, lossDrop, displacementSquared, pathLength, observed } = trajectory;
  const column = (values: Float64Array) => Array.from(values);
  return {
    kind: "network",
    time: column(time),
    flow: {
      loss: column(loss),
      lossDrop: column(lossDrop),
      displacementSquared: column(displacementSquared),
      pathLength: column(pathLength),
    },
    lambdaMax: column(observed.lambdaMax),
    ...{ initialFunction, kernel, gradients },
    lastKernel: await averagedAt(network, last, data.images, { signal }),
    seconds: (performance.now() - start) / 1000,
  };
}

/** K̄: the mean over outputs of their own blocks. */
async function averagedAt(
  network: Network,
  parameters: readonly TensorLike[],
  images: TensorLike,
  control: Pick<Control, "signal">,
): Promise<Matrix> {
  const { rows, cols, data } = await empiricalNtk(network, parameters, images, control);
  return { rows, cols, data: data.map((value) => value / network.outputs) };
}

/** So many recorded times a decade, and so many decades of them. */
const PER_DECADE = 16;
const DECADES = 2.5;

/**
 * Recorded times at powers of 10^(1/16), two and a half decades of them up to the horizon, which is
 * there too: so two horizons have their common times in common.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { widthGrid } from "./width_realization.ts";
 * const grid = widthGrid(0.5);
 * assert(grid.includes(0.1) && grid.at(-1) === 0.5 && grid[0] > 0.0015 && grid[0] < 0.0019);
 * ```
 */
export function widthGrid(horizon: number): number[] {
  const last = PER_DECADE * Math.log10(horizon);
  const first = Math.ceil(last - PER_DECADE * DECADES);
  const grid = Array.from(
    { length: Math.floor(last + 1e-9) - first + 1 },
    (_, i) => 10 ** ((first + i) / PER_DECADE),
  ).filter((time) => time < horizon * (1 - 1e-9));
  return [...grid, horizon];
}
