/**
 * What notebook 02 judges: Eq. 8, and what units, schedules and preconditioners do to T/T_SL.
 *
 * @module
 */
import {
  checkList,
  checkOptions,
  checkPositive,
  checkRecord,
  must,
} from "../../numerics/checks.ts";
import { checkColumn, checkValue } from "../checks.ts";
import type { Claim } from "./claim.ts";
import { atLeastOne } from "./paths.ts";

/**
 * Eq. 8: no ratio along a path is below 1 by more than the integration's error, 10⁻⁸.
 *
 * @param ratios all T/T_SL along all paths
 * @param tolerance of a step of the integration, as it was run; told beside the least ratio
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gradientFlowLimitClaim } from "./gradient_flow.ts";
 * assert.equal(gradientFlowLimitClaim([1, 4.19], 1e-10).verdict, "confirmed");
 * const below = gradientFlowLimitClaim([1 - 1e-7, 4.19], 1e-10);
 * assert.equal(below.verdict, "not confirmed");
 * ```
 */
export function gradientFlowLimitClaim(ratios: readonly number[], tolerance: number): Claim {
  checkPositive("tolerance", tolerance);
  const least = Math.min(...atLeastOne(checkColumn("ratios", ratios), "ratio"));
  return {
    claim: "Eq. 8: T ≥ ‖Δθ‖²/ΔL along a gradient flow",
    mark: "printed",
    verdict: least > 1 - 1e-8 ? "confirmed" : "not confirmed",
    evidence: `The least ratio is ${least.toFixed(9)} on paths integrated to ${tolerance} a step.`,
  };
}

/**
 * A factor in front of the loss does not change T/T_SL: to 10⁻⁶; and its two factors multiply to it, to
 * 10⁻¹².
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lossFactorClaim } from "./gradient_flow.ts";
 * const scaled = [{ factor: 1, inefficiency: 4 }, { factor: 100, inefficiency: 4 }];
 * const { verdict } = lossFactorClaim({ inefficiency: 4, scaled, split: 1e-16 });
 * assert.equal(verdict, "confirmed");
 * ```
 */
export function lossFactorClaim(options: {
  /** T/T_SL without a factor. */
  readonly inefficiency: number;
  readonly scaled: readonly { readonly factor: number; readonly inefficiency: number }[];
  /** How far speed spread × tortuosity² is from T/T_SL at most, relatively. */
  readonly split: number;
}): Claim {
  const { inefficiency, scaled, split } = checkOptions("options", options, {
    ...{ inefficiency: checkValue, split: checkValue },
    scaled: must(checkList, must(checkRecord, { factor: checkValue, inefficiency: checkValue }), 1),
  });
  const off = Math.max(...scaled.map((run) => Math.abs(run.inefficiency / inefficiency - 1)));
  const largest = Math.max(...scaled.map(({ factor }) => factor));
  return {
    claim: "A factor in front of the loss does not change T/T_SL",
    mark: "reviewer",
    verdict: off < 1e-6 && split < 1e-12 ? "confirmed" : "not confirmed",
    evidence: `Factors up to ${largest.toExponential().replace("e+", "e")} change it by ${
      off.toExponential(1)
    }; speed spread and tortuosity² multiply to it within ${split.toExponential(1)}.`,
  };
}

/**
 * A schedule of the learning rate changes only the clock: T/T_SL in the flow's own time τ is that of
 * the constant rate, to 10⁻⁶.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scheduleClaim } from "./gradient_flow.ts";
 * assert.equal(scheduleClaim({ constant: 4, scheduled: 4 }).verdict, "confirmed");
 * assert.equal(scheduleClaim({ constant: 4, scheduled: 3.9 }).verdict, "not confirmed");
 * ```
 */
export function scheduleClaim(options: {
  readonly constant: number;
  readonly scheduled: number;
}): Claim {
  const { constant, scheduled } = checkOptions("options", options, {
    ...{ constant: checkValue, scheduled: checkValue },
  });
  const off = Math.abs(scheduled / constant - 1);
  return {
    claim: "A schedule of the learning rate changes only the clock",
    mark: "derived",
    verdict: off < 1e-6 ? "confirmed" : "not confirmed",
    evidence: `T/T_SL in the flow's own time τ differs by ${off.toExponential(1)}.`,
  };
}

/**
 * A preconditioned flow obeys the limit in its own metric, and natural gradient has its closed form
 * (T/2)/tanh(T/2), to 10⁻⁷.
 *
 * @param own T/T_SL of the preconditioned flow, in the metric M⁻¹
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { preconditionedClaim } from "./gradient_flow.ts";
 * const { verdict } = preconditionedClaim({ own: 3, natural: 2.5, closedForm: 2.5 });
 * assert.equal(verdict, "confirmed");
 * ```
 */
export function preconditionedClaim(options: {
  readonly own: number;
  readonly natural: number;
  readonly closedForm: number;
}): Claim {
  const { own, natural, closedForm } = checkOptions("options", options, {
    ...{ own: checkValue, natural: checkValue, closedForm: checkValue },
  });
  const holds = own > 1 - 1e-8 && Math.abs(natural / closedForm - 1) < 1e-7;
  return {
    claim: "A preconditioned flow obeys the limit in its own metric",
    mark: "derived",
    verdict: holds ? "confirmed" : "not confirmed",
    evidence:
      `T/T_SL is ${own.toFixed(3)} in the metric of the curvature; for natural gradient it ` +
      `is ${natural.toFixed(6)}, and ${closedForm.toFixed(6)} in closed form.`,
  };
}
