/**
 * Flows at the same accuracy: how far one is from the exact flow, and the longest steps of descent that
 * are as good as is asked.
 *
 * @module
 */
import type { GradientFlow } from "../../../dynamics/mod.ts";

/** What both sides are good to: of ΔL, ‖Δθ‖² and l_γ, each relative to itself. */
export const ACCURACY = 0.01;

/** −ΔL, ‖Δθ‖² and l_γ at a flow's end. */
export const endOf = ({ trajectory }: GradientFlow): number[] => [
  trajectory.lossDrop.at(-1)!,
  trajectory.displacementSquared.at(-1)!,
  trajectory.pathLength.at(-1)!,
];

/**
 * The largest error of the three numbers, each relative to the reference's.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { largestError } from "./flow_accuracy.ts";
 * assert.equal(largestError([2, 4, 7.5], [2, 5, 5]), 0.5);
 * ```
 */
export const largestError = (found: readonly number[], exact: readonly number[]): number =>
  Math.max(...found.map((value, i) => Math.abs(value / exact[i] - 1)));

/** The share of what is asked that an error must come up to, for no longer step to be sought. */
const NEAR = 0.7;
/** As many tries: the error goes about as the step does, so that two or three suffice. */
const TRIES = 8;

/**
 * About the longest step whose error is at most {@link ACCURACY}.
 *
 * @param errorAt the error at a step
 * @param limit the longest step that is stable
 * @throws {Error} if none of some tries is as good
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stepFor } from "./flow_accuracy.ts";
 * const { step, error } = await stepFor((step) => Promise.resolve(0.04 * step ** 1.5), 1.8);
 * assert(error <= 0.01 && error > 0.007 && Math.abs(0.04 * step ** 1.5 - error) < 1e-15);
 * assert.deepEqual(await stepFor(() => Promise.resolve(0.001), 1.8), { step: 1.8, error: 0.001 });
 * ```
 */
export async function stepFor(
  errorAt: (step: number) => Promise<number>,
  limit: number,
): Promise<{ readonly step: number; readonly error: number }> {
  let step = limit / 4;
  for (let i = 0; i < TRIES; i++) {
    const error = await errorAt(step);
    if (error <= ACCURACY && (error >= NEAR * ACCURACY || step === limit)) return { step, error };
    step = Math.min(limit, step * Math.min(4, 0.9 * ACCURACY / error));
  }
  throw new Error(`no step of ${TRIES} has an error of about ${ACCURACY}; the last was ${step}`);
}
