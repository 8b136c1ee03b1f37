/**
 * What a run recorded outside this library is asked (notebook 20).
 *
 * @module
 */
import type { InefficiencyColumns } from "../../bounds/mod.ts";
import { checkRecord, checkText, must } from "../../numerics/checks.ts";
import { checkColumn, checkValue } from "../checks.ts";
import type { Claim } from "./claim.ts";

/** What is read of a report on a recorded run; a `SpeedLimitReport` has it. */
export interface RecordedRun {
  readonly columns: Pick<InefficiencyColumns, "inefficiency" | "tortuosity" | "speedSpread">;
  /** ΔL Δt/δs² in the median: 1 for gradient flow in its own time. */
  readonly clock: number;
}

/** Steps undercut the flow's limit by O(ηλ): so much below 1 is allowed. */
const UNDERCUT = 0.02;

/** The run's report, if it is one. */
const checkRun = (run: RecordedRun): RecordedRun =>
  checkRecord("run", run, {
    columns: must(checkRecord, {
      ...{ inefficiency: checkColumn, tortuosity: checkColumn, speedSpread: checkColumn },
    }),
    clock: checkValue,
  }, "a report on a recorded run");

/**
 * The figure to remember: T/T_SL and l_γ/l_geo at the end.
 *
 * @param what the run's, in words
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { recordedHeadline } from "./your_own_network.ts";
 * const end = (ratio: number) => Float64Array.of(1, ratio);
 * const columns = { inefficiency: end(1.5), tortuosity: end(1.1), speedSpread: end(1.24) };
 * assert.equal(
 *   recordedHeadline({ columns, clock: 1 }, "a run"),
 *   "a run: T/T_SL = 1.500, l_γ/l_geo = 1.100",
 * );
 * ```
 */
export function recordedHeadline(run: RecordedRun, what: string): string {
  const { columns } = checkRun(run);
  checkText("what", what);
  return `${what}: T/T_SL = ${columns.inefficiency.at(-1)!.toFixed(3)}, ` +
    `l_γ/l_geo = ${columns.tortuosity.at(-1)!.toFixed(3)}`;
}

/**
 * T ≥ T_SL along a recorded run: confirmed where no entry is more than 2 % below 1 and the clock is
 * that of the flow within 25 %; in another clock the ratio judges nothing.
 *
 * @throws {RangeError} if no entry has a ratio: nowhere is the loss below its start
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { limitHoldsElsewhere } from "./your_own_network.ts";
 * const end = (ratio: number) => Float64Array.of(1, ratio);
 * const columns = { inefficiency: end(1.5), tortuosity: end(1.1), speedSpread: end(1.24) };
 * assert.equal(limitHoldsElsewhere({ columns, clock: 1 }).verdict, "confirmed");
 * assert.equal(limitHoldsElsewhere({ columns, clock: 1000 }).verdict, "not confirmed");
 * ```
 */
export function limitHoldsElsewhere(run: RecordedRun): Claim {
  const { columns, clock } = checkRun(run);
  const { inefficiency, tortuosity, speedSpread } = columns;
  const ratios = inefficiency.filter((ratio) => !Number.isNaN(ratio));
  // The origin's own 1 is there always.
  if (ratios.length < 2) {
    throw new RangeError(
      "no entry has a T/T_SL: nowhere is the loss below its start; record a run that descends",
    );
  }
  const least = ratios.reduce((a, b) => Math.min(a, b));
  const product = inefficiency.at(-1)! / (speedSpread.at(-1)! * tortuosity.at(-1)! ** 2);
  return {
    claim: "T ≥ T_SL holds along a run recorded outside this library",
    mark: "derived",
    verdict: least > 1 - UNDERCUT && Math.abs(clock - 1) < 0.25 ? "confirmed" : "not confirmed",
    evidence: `The least T/T_SL is ${least.toFixed(4)} (${100 * UNDERCUT} % below 1 are allowed: ` +
      `steps undercut the flow's limit by O(ηλ)); ΔL Δt/δs² is ${
        clock.toFixed(3)
      }; T/T_SL divided ` +
      `by its two factors is ${product.toFixed(6)}.`,
  };
}
