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
  return linearFlow(powerLawSpectrum(laws));
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
 * The slope of ln T/T_SL against ln T between two times.
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
  { from, to }: { readonly from: number; readonly to: number },
): MeasuredGrowth {
  if (!(from > 0 && from < to && to < Infinity)) {
    throw new RangeError(`the window is from ${from} to ${to}; it must be 0 < from < to < ∞`);
  }
  const { alpha, delta } = laws;
  const flow = powerLawFlow(laws);
  const logs = [from, Math.sqrt(from * to), to].map((T) => Math.log(flow.at(T).inefficiency));
  const half = Math.log(to / from) / 2;
  const slopes = [1, 2].map((i) => (logs[i] - logs[i - 1]) / half);
  return {
    alpha,
    delta,
    measured: (slopes[0] + slopes[1]) / 2,
    accuracy: Math.abs(slopes[1] - slopes[0]) / 2,
    predicted: inefficiencyExponent({ alpha, delta }),
  };
}
