/**
 * How T/T_SL grows on finite power-law spectra.
 *
 * @module
 */
import {
  inefficiencyExponent,
  type LinearFlow,
  linearFlow,
  type LinearFlowPoint,
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

/**
 * The slope of ln T/T_SL against ln T between two times: close to the exponent γ of T/T_SL ∝ T^γ
 * where the window is wide and far from both ends ({@link measuredGrowth} has an interval).
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
  { from, to }: GrowthWindow,
): number {
  checkWindow({ from, to });
  return Math.log(flow.at(to).inefficiency / flow.at(from).inefficiency) / Math.log(to / from);
}

/** The slope of a curve against ln T, extrapolated to late times. */
export interface LateSlope {
  readonly mean: number;
  /** Twice as far as was extrapolated, to either side, and what the spectrum's end may owe. */
  readonly interval: readonly [low: number, high: number];
}

/** An exponent of T/T_SL ∝ T^γ, measured and predicted. */
export interface MeasuredGrowth extends LateSlope {
  readonly alpha: number;
  readonly delta: number;
  /** (δ − 1)/α, cut to 0 … 1. */
  readonly predicted: number;
}

/** l_γ/l_geo in the window of one spectrum. */
export interface MeasuredLengths {
  readonly alpha: number;
  readonly delta: number;
  /** Of l_γ/l_geo ∝ T^γ: 0 where the lengths scale alike. */
  readonly exponent: LateSlope;
  /** How much (l_γ/l_geo)² gains for each e-fold of T: ¼ where it grows as ½ √ln T. */
  readonly gain: LateSlope;
}

/** A stretch of T, within the spectrum: 0 < from < to ≤ modes^alpha. */
export interface GrowthWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * The exponent of T/T_SL on a power-law spectrum, from the slopes over the thirds of a window.
 *
 * Slopes in a window are no exponents: what is left of the start falls as T^−|r|, and the end of a
 * spectrum of n modes is felt long before T = n^α. So the three slopes are extrapolated where they
 * converge (Aitken's Δ²), and the interval is twice as wide as that step, to either side, with what
 * the last slope changes where the spectrum is 16 times shorter. Slopes that do not converge are
 * not extrapolated, and the interval is the larger of their steps. Such intervals held the truth in
 * all windows tried that begin at T = 10 or later, with α from 0.6 to 2.5 and r from −2.5 to 1.6,
 * the logarithms at r = 0 and −1 included (tests/experiments/power_law_growth_test.ts).
 *
 * @param window within the spectrum, 0 < from < to ≤ modes^alpha
 * @throws {RangeError} if the window is none, or ends beyond the spectrum
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measuredGrowth } from "./power_law_growth.ts";
 * const laws = { alpha: 2, delta: 2, modes: 20000 };
 * const { interval: [low, high], predicted } = measuredGrowth(laws, { from: 30, to: 3000 });
 * assert(predicted === 0.5 && low < 0.5 && 0.5 < high && high - low < 0.05);
 * ```
 */
export function measuredGrowth(laws: PowerLaws, window: GrowthWindow): MeasuredGrowth {
  const { alpha, delta } = laws;
  const [slope] = lateSlopes(laws, window, [(point) => Math.log(point.inefficiency)]);
  return { alpha, delta, ...slope, predicted: inefficiencyExponent({ alpha, delta }) };
}

/**
 * How l_γ/l_geo grows on a power-law spectrum, as a power and as √ln T; intervals as in
 * {@link measuredGrowth}.
 *
 * @param window within the spectrum, 0 < from < to ≤ modes^alpha
 * @throws {RangeError} if the window is none, or ends beyond the spectrum
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measuredLengths } from "./power_law_growth.ts";
 * const laws = { alpha: 2, delta: 3, modes: 20000 }; // δ = 1 + α
 * const { gain: { interval: [low, high] } } = measuredLengths(laws, { from: 1e3, to: 1e6 });
 * assert(low < 0.25 && 0.25 < high && high - low < 0.1);
 * ```
 */
export function measuredLengths(laws: PowerLaws, window: GrowthWindow): MeasuredLengths {
  const [exponent, gain] = lateSlopes(laws, window, [
    ({ tortuosity }) => Math.log(tortuosity),
    ({ tortuosity }) => tortuosity ** 2,
  ]);
  return { alpha: laws.alpha, delta: laws.delta, exponent, gain };
}

type Reading = (point: Pick<LinearFlowPoint, "inefficiency" | "tortuosity">) => number;

/** How many times shorter the spectrum is whose slope tells what the end owes. */
const SHORTER = 16;

function lateSlopes(
  laws: PowerLaws,
  { from, to }: GrowthWindow,
  readings: readonly Reading[],
): LateSlope[] {
  checkWindow({ from, to });
  const end = laws.modes ** laws.alpha;
  if (!(to <= end)) {
    throw new RangeError(
      `the window ends at ${to}; it must end within the spectrum, at modes^alpha = ${end} or before`,
    );
  }
  const times = [0, 1, 2, 3].map((i) => from * (to / from) ** (i / 3));
  const third = Math.log(to / from) / 3;
  const slopesOf = (modes: number) => {
    const { inefficiency, tortuosity } = powerLawFlow({ ...laws, modes }).along(times);
    return readings.map((of) => {
      const values = times.map((_, i) =>
        of({ inefficiency: inefficiency[i], tortuosity: tortuosity[i] })
      );
      return [0, 1, 2].map((i) => (values[i + 1] - values[i]) / third);
    });
  };
  const whole = slopesOf(laws.modes), shorter = slopesOf(Math.ceil(laws.modes / SHORTER));
  return whole.map((slopes, i) => extrapolated(slopes, Math.abs(slopes[2] - shorter[i][2])));
}

/** Three slopes to their limit, by Aitken's Δ². */
function extrapolated([first, second, last]: readonly number[], end: number): LateSlope {
  const before = second - first, step = last - second;
  const ratio = step / before;
  const converges = ratio > 0 && ratio < 1;
  const rest = converges ? step * ratio / (1 - ratio) : 0;
  const mean = last + rest;
  const reach = end + ROUNDING +
    (converges ? 2 * Math.abs(rest) : Math.max(Math.abs(before), Math.abs(step)));
  return { mean, interval: [mean - reach, mean + reach] };
}

/** Of slopes of values that are good to 10⁻¹⁰. */
const ROUNDING = 1e-8;

function checkWindow({ from, to }: GrowthWindow) {
  if (!(from > 0 && from < to && to < Infinity)) {
    throw new RangeError(`the window is from ${from} to ${to}; it must be 0 < from < to < ∞`);
  }
}
