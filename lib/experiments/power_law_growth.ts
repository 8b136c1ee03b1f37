/**
 * How T/T_SL grows on finite power-law spectra.
 *
 * @module
 */
import {
  inefficiencyExponent,
  type LinearFlow,
  linearFlow,
  powerLawSpectrum,
} from "../dynamics/mod.ts";
import {
  checkFunction,
  checkInteger,
  checkNumber,
  checkOptions,
  checkPositive,
  checkRecord,
} from "../numerics/checks.ts";

/** Exponents of a spectrum, λ_k = k^−α and Δ_k² = k^−δ, and how many modes of it there are. */
export interface PowerLaws {
  readonly alpha: number;
  readonly delta: number;
  readonly modes: number;
}

/**
 * Gradient flow on a power-law spectrum.
 *
 * @throws {RangeError} as `powerLawSpectrum` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { powerLawFlow } from "./power_law_growth.ts";
 * const { inefficiency } = powerLawFlow({ alpha: 1.5, delta: 0.2, modes: 2000 }).at(1e3);
 * assert(Math.abs(inefficiency - 1.2675) < 1e-4);
 * ```
 */
export function powerLawFlow(laws: PowerLaws): LinearFlow {
  checkOptions("laws", laws, { alpha: checkNumber, delta: checkNumber, modes: checkInteger });
  return linearFlow(powerLawSpectrum(laws));
}

/**
 * The slope of ln T/T_SL against ln T between two times: the exponent γ of T/T_SL ∝ T^γ.
 *
 * @param from the window's ends, 0 < from < to
 * @throws {RangeError} if the window is none, naming its ends
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthExponent, powerLawFlow } from "./power_law_growth.ts";
 * const alone = powerLawFlow({ alpha: 1, delta: 0, modes: 1 }); // (T/2) coth(T/2)
 * assert(Math.abs(growthExponent(alone, { from: 100, to: 1e4 }) - 1) < 1e-12);
 * ```
 */
export function growthExponent(
  flow: LinearFlow,
  options: { readonly from: number; readonly to: number },
): number {
  checkRecord("flow", flow, { at: checkFunction }, "a flow, as linearFlow gives it");
  const { from, to } = checkOptions("options", options, { from: checkPositive, to: checkPositive });
  if (!(from < to)) {
    throw new RangeError(`the window is from ${from} to ${to}; it must be 0 < from < to < ∞`);
  }
  return Math.log(flow.at(to).inefficiency / flow.at(from).inefficiency) / Math.log(to / from);
}

/** An exponent of T/T_SL ∝ T^γ, measured and predicted. */
export interface MeasuredGrowth {
  readonly alpha: number;
  readonly delta: number;
  readonly measured: number;
  /** Half the difference of the slopes over the window's two halves: how straight it is. */
  readonly accuracy: number;
  /** (δ − 1)/α, cut to 0 … 1. */
  readonly predicted: number;
}

/**
 * The exponent of T/T_SL on a power-law spectrum, and how straight the curve is.
 *
 * @param from the window's ends, 0 < from < to
 * @throws {RangeError} if the window is none, naming its ends
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measuredGrowth } from "./power_law_growth.ts";
 * const laws = { alpha: 2, delta: 2, modes: 20000 };
 * const { measured, predicted } = measuredGrowth(laws, { from: 30, to: 3000 });
 * assert(predicted === 0.5 && Math.abs(measured - predicted) < 0.05);
 * ```
 */
export function measuredGrowth(
  laws: PowerLaws,
  options: { readonly from: number; readonly to: number },
): MeasuredGrowth {
  const flow = powerLawFlow(laws);
  const { alpha, delta } = laws;
  const measured = growthExponent(flow, options);
  const { from, to } = options;
  const middle = Math.sqrt(from * to);
  const first = growthExponent(flow, { from, to: middle });
  return {
    alpha,
    delta,
    measured,
    accuracy: Math.abs(measured - first), // half of what the two halves differ by
    predicted: inefficiencyExponent({ alpha, delta }),
  };
}
