/**
 * Gradient descent beside the flow from the same weights: which entries of the two belong together.
 *
 * @module
 */
import type { InefficiencyColumns } from "../../bounds/mod.ts";
import { checkOptions, checkPositive } from "../../numerics/checks.ts";
import { checkPath } from "../checks.ts";
import type { SeedPath } from "../studies/speed_limit_result.ts";

type DescentColumns = Pick<InefficiencyColumns, "time" | "inefficiency"> & {
  /** λ̄, the largest curvature along the steps so far. */
  readonly curvature?: Float64Array;
};

/** T/T_SL of both at one time. */
export interface DescentBesideFlow {
  /** Steps of descent up to there. */
  readonly epoch: number;
  readonly descent: number;
  readonly flow: number;
  /** descent/flow − 1 */
  readonly difference: number;
  /** 1 − ηλ̄/2, below which no descent comes; not there if its curvature is not known. */
  readonly least?: number;
}

/**
 * The entries of a flow that fall on a step of descent, nearer to it than a tenth of √steps: the
 * flow's lie on a logarithmic grid, and seldom on a whole number of steps.
 *
 * @param descent from the same weights, in the flow's time; steps that it did not record are left out
 * @throws {RangeError} if the learning rate is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { commonEntries } from "./descent_comparison.ts";
 * const flow = { time: [0, 0.2, 0.25, 0.3], inefficiency: [1, 1.2, 1.25, 1.3], tortuosity: [] };
 * const descent = {
 *   time: Float64Array.of(0, 0.1, 0.2, 0.3),
 *   inefficiency: Float64Array.of(1, 1, 1.1, 1.3),
 * };
 * const common = commonEntries(flow, descent, { learningRate: 0.1 });
 * assert.deepEqual(common.map(({ epoch }) => epoch), [2, 3]);
 * assert.equal(common[1].difference, 0);
 * ```
 */
export function commonEntries(
  flow: SeedPath,
  descent: DescentColumns,
  options: { readonly learningRate: number },
): DescentBesideFlow[] {
  for (const [name, path] of Object.entries({ flow, descent })) checkPath(name, path);
  const { learningRate } = checkOptions("options", options, { learningRate: checkPositive });
  const recorded = new Map(
    Array.from(descent.time, (time, entry) => [Math.round(time / learningRate), entry]),
  );
  return flow.time.flatMap((time, i) => {
    const epoch = Math.round(time / learningRate);
    const entry = recorded.get(epoch);
    // The first step is a straight line: it tells of the start's slope and nothing of the path.
    if (entry === undefined || epoch < 2) return [];
    if (Math.abs(time / learningRate - epoch) >= 0.1 * Math.sqrt(epoch)) return [];
    const least = leastOf(descent, entry, learningRate);
    return [{ ...beside(epoch, descent.inefficiency[entry], flow.inefficiency[i]), ...least }];
  });
}

/**
 * The two at descent's end, or as near to it as the flow has an entry.
 *
 * @throws {RangeError} if either has no entry past its origin, or the learning rate is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { entryNearEnd } from "./descent_comparison.ts";
 * const flow = { time: [0, 0.1, 0.28, 1], inefficiency: [1, 1.1, 1.3, 2], tortuosity: [] };
 * const descent = {
 *   time: Float64Array.of(0, 0.1, 0.2, 0.3),
 *   inefficiency: Float64Array.of(1, 1, 1.1, 1.3),
 * };
 * assert.equal(entryNearEnd(flow, descent, { learningRate: 0.1 }).epoch, 3);
 * ```
 */
export function entryNearEnd(
  flow: SeedPath,
  descent: DescentColumns,
  options: { readonly learningRate: number },
): DescentBesideFlow {
  const { learningRate } = checkOptions("options", options, { learningRate: checkPositive });
  for (const [name, path] of Object.entries({ flow, descent })) {
    const { time } = checkPath(name, path);
    if (time.length < 2) throw new RangeError(`the ${name} has no entry past its origin`);
  }
  const end = descent.time[descent.time.length - 1];
  const inFlow = leastAt(flow.time, (time) => Math.abs(Math.log(time / end)));
  const inDescent = leastAt(descent.time, (time) => Math.abs(time - flow.time[inFlow]));
  const epoch = Math.round(descent.time[inDescent] / learningRate);
  return {
    ...beside(epoch, descent.inefficiency[inDescent], flow.inefficiency[inFlow]),
    ...leastOf(descent, inDescent, learningRate),
  };
}

const leastOf = ({ curvature }: DescentColumns, entry: number, learningRate: number) =>
  curvature ? { least: 1 - learningRate * curvature[entry] / 2 } : {};

function leastAt(values: ArrayLike<number>, off: (value: number) => number): number {
  const distances = Array.from(values, off);
  return distances.indexOf(Math.min(...distances));
}

const beside = (epoch: number, descent: number, flow: number): DescentBesideFlow => ({
  epoch,
  descent,
  flow,
  difference: descent / flow - 1,
});
