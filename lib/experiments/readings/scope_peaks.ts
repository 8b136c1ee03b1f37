/**
 * Where T/T_SL of a study of the scope is largest before its end: of the networks, and of the same networks
 * linearized.
 *
 * @module
 */
import { checkScope } from "../checks.ts";
import type { ScopeRealization, ScopeStudy } from "../studies/scope.ts";

/** A largest T/T_SL before the end. */
export interface ScopePeak {
  readonly time: number;
  readonly inefficiency: number;
  /** D_y/D_f there, linearized. */
  readonly labelsWeight: number;
}

/** One seed's two paths to the same end. */
export interface ScopePeaks {
  readonly seed: number;
  readonly measured?: ScopePeak;
  readonly linearized?: ScopePeak;
  /** At the end: T/T_SL of both, and D_y/D_f of the linearized one. */
  readonly end: {
    readonly inefficiency: number;
    readonly linearized: number;
    readonly labelsWeight: number;
  };
}

/**
 * The peaks of every seed. One counts only where T/T_SL has fallen from it by more than twice the integrator's
 * tolerance by the end: both readings may be off by it, so that a smaller fall may be the integrator's.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResult } from "../mod.ts";
 * import { scopePeaks } from "./scope_peaks.ts";
 * const { result } = (await storedResult<ScopeStudy>("scope/myrtle_5_8_n100_tau5"))!;
 * for (const { linearized, end } of scopePeaks(result)) {
 *   assert(linearized!.inefficiency > 1.01 * end.linearized);
 * }
 * ```
 */
export function scopePeaks(study: ScopeStudy): ScopePeaks[] {
  const { configuration: { tolerance }, realizations } = checkScope("study", study);
  return realizations.map((one) => {
    const { initial, labels, whole } = one.linearized;
    const last = one.time.length - 1;
    const weight = (i: number) => labels.displacementSquared[i] / initial.displacementSquared[i];
    const of = (flow: Pick<ScopeRealization, "lossDrop" | "displacementSquared">) => {
      const ratio = (i: number) => one.time[i] * flow.lossDrop[i] / flow.displacementSquared[i];
      let at = 1;
      for (let i = 2; i <= last; i++) if (ratio(i) > ratio(at)) at = i;
      const peak = { time: one.time[at], inefficiency: ratio(at), labelsWeight: weight(at) };
      return {
        ...ratio(at) > (1 + 2 * tolerance) * ratio(last) && { peak },
        end: ratio(last),
      };
    };
    const [measured, linearized] = [of(one), of(whole)];
    return {
      seed: one.seed,
      measured: measured.peak,
      linearized: linearized.peak,
      end: {
        inefficiency: measured.end,
        linearized: linearized.end,
        labelsWeight: weight(last),
      },
    };
  });
}
