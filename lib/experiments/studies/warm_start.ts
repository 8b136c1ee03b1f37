/**
 * The warm start of the paper's experiments.
 *
 * @module
 */
import { checkList, checkNumber, checkRecord, must } from "../../numerics/checks.ts";
import { mean } from "../../statistics/mod.ts";

/** A run whose test accuracy was observed. */
export interface ObservedRun {
  readonly observed: Readonly<Record<string, Float64Array>>;
}

/**
 * The first entry at which the test accuracy, averaged over runs recorded at the same entries,
 * reaches the threshold and from which on it stays there.
 *
 * The paper says "first reaches 12 %"; a random network can be above that by chance before it has
 * learnt anything, so here it must stay.
 *
 * @returns the entry's index
 * @throws {RangeError} if there is no run, the runs differ in length, a run has no test accuracy, a
 * number is not finite, or the average does not reach the threshold.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { warmStart } from "./warm_start.ts";
 * const run = (...testAccuracy: number[]) => ({
 *   observed: { testAccuracy: Float64Array.from(testAccuracy) },
 * });
 * assert(warmStart([run(0.13, 0.09, 0.12, 0.2), run(0.1, 0.1, 0.13, 0.2)]) === 2);
 * ```
 */
export function warmStart(runs: readonly ObservedRun[], threshold = 0.12): number {
  checkList("runs", runs, must(checkRecord, { observed: must(checkRecord, {}) }));
  checkNumber("threshold", threshold);
  const columns = runs.map(({ observed }) => observed.testAccuracy);
  if (columns.length === 0 || columns.some((column) => !column)) {
    throw new RangeError("a warm start needs runs with a test accuracy; give the runs a test set");
  }
  const entries = columns[0].length;
  if (columns.some((column) => column.length !== entries)) {
    throw new RangeError(`the runs have ${columns.map((c) => c.length)} entries; they must agree`);
  }
  for (const [run, column] of columns.entries()) {
    column.forEach((accuracy, i) => checkNumber(`testAccuracy[${i}] of run ${run}`, accuracy));
  }
  const means = columns[0].map((_, i) => mean(columns.map((column) => column[i])));
  const lastBelow = means.findLastIndex((accuracy) => accuracy < threshold);
  if (lastBelow === entries - 1) {
    throw new RangeError(
      `the mean test accuracy ends at ${means[entries - 1]}, below the threshold ${threshold}; ` +
        "run longer or lower the threshold",
    );
  }
  return lastBelow + 1;
}

/**
 * The entry of the warm start, or the next from which displacements are known; −1 if there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { warmIndexOf } from "./warm_start.ts";
 * const run = { observed: { testAccuracy: Float64Array.of(0.1, 0.11, 0.13, 0.14, 0.15) } };
 * assert.equal(warmIndexOf([run], 0.12, [1, 2, 3]), 2);
 * assert.equal(warmIndexOf([run], 0.12, [1, 3]), 3);
 * assert.equal(warmIndexOf([run], 0.2, [1, 2, 3]), -1);
 * ```
 */
export function warmIndexOf(
  trajectories: readonly ObservedRun[],
  threshold: number,
  known: readonly number[],
): number {
  let reached: number;
  try {
    reached = warmStart(trajectories, threshold);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return -1;
  }
  // Nothing comes after a start at the horizon.
  const last = trajectories[0].observed.testAccuracy.length - 1;
  return [0, ...known].find((entry) => entry >= reached && entry < last) ?? -1;
}
