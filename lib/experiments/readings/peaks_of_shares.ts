/**
 * The peaks of T/T_SL against how much of the initial function is kept.
 *
 * @module
 */
import { checkNumber, checkOptions, checkPositive, must } from "../../numerics/checks.ts";
import { checkInitialWeights, checkWide } from "../checks.ts";
import type { StartFlow } from "../studies/computations/start_realization.ts";
import type { InitialWeightsStudy } from "../studies/initial_weights.ts";
import { linearizedPartition, withShare } from "./initial_weights.ts";
import { type Peak, peakOf, type Place } from "./peak.ts";
import { type WideLimit, wideLimit } from "./wide_limit.ts";

/** Turns smaller than so many tolerances of the integrator are none. */
const TOLERANCES = 3;

/** One share of f_0, in one seed: the largest T/T_SL up to the horizon. */
export interface PeakOfShare {
  readonly seed: number;
  readonly share: number;
  /** c²‖f_0‖²/‖Y‖² */
  readonly size: number;
  /** Its peak, or, if it only rises, its end. */
  readonly measured: Place;
  readonly linearized: Place;
  /** Whether the measured one has fallen again, by more than the integrator's error. */
  readonly inside: boolean;
}

/**
 * The largest T/T_SL up to the horizon for every share and seed, measured and of the linearized network.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { peaksOfShares } from "./peaks_of_shares.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert(peaksOfShares(result).every(({ measured }) => measured.inefficiency >= 1));
 * ```
 */
export function peaksOfShares(study: InitialWeightsStudy): PeakOfShare[] {
  const { realizations, configuration: { n, tolerance } } = checkInitialWeights("study", study);
  const threshold = TOLERANCES * tolerance;
  return realizations.flatMap(({ seed, flows, linearized }) =>
    flows.filter(({ start }) => start === "function").map((flow) => {
      const { share, initialSquared } = flow;
      const own = peakOf(ratiosAlong(flow), { threshold });
      const time = linearized.whole.time.slice(1);
      const foretold = time.map((t) =>
        linearizedPartition(linearized, { time: t, share })!.inefficiency.whole
      );
      return {
        ...{ seed, share, size: initialSquared / (0.9 * n), inside: own.peak !== undefined },
        measured: topOf(own),
        linearized: topOf(peakOf({ time, inefficiency: foretold }, { threshold })),
      };
    })
  );
}

/**
 * The largest T/T_SL of an infinitely wide network up to a time, with a share c of f_0.
 *
 * @throws {RangeError} if the horizon is not positive or the share negative
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResult, wideLimit } from "../mod.ts";
 * import { widePeakOfShare } from "./peaks_of_shares.ts";
 * const stored = await storedResult<KernelStudy>("kernels/myrtle_5_infinite_n64_seed0");
 * const { time } = widePeakOfShare(wideLimit(stored!.result), { share: 1, horizon: 10 });
 * assert(Math.abs(time - 3.28) < 0.05);
 * ```
 */
export function widePeakOfShare(
  flow: WideLimit,
  options: { readonly share: number; readonly horizon: number },
): Place {
  checkWide("flow", flow);
  const { share, horizon } = checkOptions("options", options, {
    share: must(checkNumber, { least: 0 }),
    horizon: checkPositive,
  });
  const wide = wideLimit(withShare(flow.study, share));
  const time = Array.from({ length: 121 }, (_, i) => horizon * 10 ** (-4 + i / 30));
  return topOf(peakOf({ time, inefficiency: time.map((t) => wide.at(t).inefficiency) }));
}

const topOf = ({ peak, end }: Peak): Place =>
  peak && peak.inefficiency > end.inefficiency ? peak : end;

/** T/T_SL at the entries past the origin. */
export const ratiosAlong = ({ time, lossDrop, displacementSquared }: StartFlow) => ({
  time: time.slice(1),
  inefficiency: time.slice(1).map((t, i) => t * lossDrop[i + 1] / displacementSquared[i + 1]),
});
