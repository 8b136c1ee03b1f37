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
} from "../../dynamics/mod.ts";
import {
  checkFunction,
  checkInteger,
  checkNumber,
  checkOptions,
  checkPositive,
  checkRecord,
} from "../../numerics/checks.ts";

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
  checkPowerLaws(laws);
  return linearFlow(powerLawSpectrum(laws));
}

/**
 * The slope of ln T/T_SL against ln T between two times: close to the exponent p of T/T_SL ∝ T^p
 * where the window is wide and far from both ends ({@link measuredGrowth} has an interval).
 *
 * @param window 0 < from < to
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
  window: GrowthWindow,
): number {
  checkRecord("flow", flow, { at: checkFunction }, "a flow, as linearFlow gives it");
  const { from, to } = checkWindow(window);
  return Math.log(flow.at(to).inefficiency / flow.at(from).inefficiency) / Math.log(to / from);
}

/** The slope of a curve against ln T late in the window. */
export interface LateSlope {
  readonly mean: number;
  /** How far it may be off: by the window, and by the spectrum's end. */
  readonly interval: readonly [low: number, high: number];
}

/** An exponent of T/T_SL ∝ T^γ, measured and predicted. */
export interface MeasuredGrowth extends LateSlope {
  readonly alpha: number;
  readonly delta: number;
  /** (δ − 1)/α, cut to 0 … 1. */
  readonly predicted: number;
  /** The slope of ln T/T_SL against ln T itself, extrapolated. */
  readonly slope: LateSlope;
}

/** l_γ/l_geo in the window of one spectrum. */
export interface MeasuredLengths {
  readonly alpha: number;
  readonly delta: number;
  /** Of l_γ/l_geo ∝ T^p: 0 where the lengths scale alike. */
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
 * The exponent of T/T_SL = T ΔL/‖Δθ‖² on a power-law spectrum: 1 + that of ΔL − that of ‖Δθ‖².
 *
 * The slope of ln T/T_SL in a window is no exponent. ΔL and ‖Δθ‖² are each a power of T and a
 * constant, and the two constants leave slowly, with opposite signs: a window's slope may stand still
 * at a wrong value. Increments over equal factors of T do without them: those of A T^p + B grow as
 * T^p, and those of a logarithm not at all, p = 0. An exponent is p, or 0 where p < 0 and the constant
 * stays. The interval is how far the exponent moves between the window's two halves, and what it
 * changes where the spectrum is 16 times shorter, to either side; such intervals held the truth for
 * all exponents and windows tried, the logarithms included (the test of this file).
 *
 * Where ΔL and ‖Δθ‖² have both come to their constants, δ > 1 + α, the exponent so made is 1 + 0 − 0 and
 * tells nothing that was measured. `slope` does: that of ln T/T_SL itself over the window's thirds,
 * extrapolated as the gain of {@link measuredLengths} is.
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
  const { alpha, delta } = checkPowerLaws(laws);
  const { whole, shorter } = curvesOf(laws, window);
  const drop = powersOf(whole.lossDrop, shorter.lossDrop, window);
  const square = powersOf(whole.displacementSquared, shorter.displacementSquared, window);
  const exponent = exponentOf([drop, square], (p, q) => 1 + p - q);
  const slope = thirdsOf(({ inefficiency }) => inefficiency.map(Math.log), whole, shorter, window);
  return { alpha, delta, ...exponent, predicted: inefficiencyExponent({ alpha, delta }), slope };
}

/**
 * How l_γ/l_geo grows on a power-law spectrum: as a power, by increments of l_γ and ‖Δθ‖² as in
 * {@link measuredGrowth}; and as √ln T, by the slopes of (l_γ/l_geo)² against ln T over the window's
 * thirds, extrapolated (Aitken's Δ²) with an interval of twice that step and what a spectrum 16 times
 * shorter changes.
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
  const { alpha, delta } = checkPowerLaws(laws);
  const { whole, shorter } = curvesOf(laws, window);
  const length = powersOf(whole.pathLength, shorter.pathLength, window);
  const square = powersOf(whole.displacementSquared, shorter.displacementSquared, window);
  const exponent = exponentOf([length, square], (p, q) => p - q / 2);
  const gain = thirdsOf(({ tortuosity }) => tortuosity.map((l) => l * l), whole, shorter, window);
  return { alpha, delta, exponent, gain };
}

/** The slope of a curve against ln T over the window's thirds, to its limit. */
function thirdsOf(
  of: (curves: Curves) => ArrayLike<number>,
  whole: Curves,
  shorter: Curves,
  { from, to }: GrowthWindow,
): LateSlope {
  const third = Math.log(to / from) / 3;
  const slopes = (curves: Curves) => {
    const values = of(curves);
    return [0, 1, 2].map((i) => (values[i + 1] - values[i]) / third);
  };
  const own = slopes(whole);
  return extrapolated(own, Math.abs(own[2] - slopes(shorter)[2]));
}

type Curves = ReturnType<LinearFlow["along"]>;

/** How many times shorter the spectrum is that tells what the end owes. */
const SHORTER = 16;

/** At the ends of the window's thirds. */
function curvesOf(
  laws: PowerLaws,
  window: GrowthWindow,
): Record<"whole" | "shorter", Curves> {
  const { from, to } = checkWindow(window);
  const end = laws.modes ** laws.alpha;
  if (!(to <= end)) {
    throw new RangeError(
      `the window ends at ${to}; it must end within the spectrum, at modes^alpha = ${end} or before`,
    );
  }
  const times = [0, 1, 2, 3].map((i) => from * (to / from) ** (i / 3));
  const along = (modes: number) => powerLawFlow({ ...laws, modes }).along(times);
  return { whole: along(laws.modes), shorter: along(Math.ceil(laws.modes / SHORTER)) };
}

/** p of a curve A T^p + B, cut at 0: late in the window, early, and late on a shorter spectrum. */
interface Powers {
  readonly late: number;
  readonly early: number;
  readonly shorter: number;
}

function powersOf(
  whole: ArrayLike<number>,
  shorter: ArrayLike<number>,
  { from, to }: GrowthWindow,
): Powers {
  const third = Math.log(to / from) / 3;
  const powers = (values: ArrayLike<number>) => {
    const [first, second, last] = [0, 1, 2].map((i) => values[i + 1] - values[i]);
    // An increment that is all rounding: the constant has long been reached.
    if (!(last > 1e-9 * values[3])) return [0, 0];
    return [second / first, last / second].map((factor) => Math.max(0, Math.log(factor) / third));
  };
  const [early, late] = powers(whole);
  return { late, early, shorter: powers(shorter)[1] };
}

/** An exponent made of others' powers, with how far it moves by window and spectrum. */
function exponentOf(powers: readonly Powers[], of: (...p: number[]) => number): LateSlope {
  const [mean, early, shorter] = (["late", "early", "shorter"] as const).map((which) =>
    of(...powers.map((power) => power[which]))
  );
  const reach = Math.abs(mean - early) + Math.abs(mean - shorter) + ROUNDING;
  return { mean, interval: [mean - reach, mean + reach] };
}

/** Three slopes to their limit, by Aitken's Δ². */
function extrapolated([first, second, last]: readonly number[], end: number): LateSlope {
  const before = second - first, step = last - second;
  const ratio = step / before;
  const converges = ratio > 0 && ratio < 1;
  const rest = converges ? step * ratio / (1 - ratio) : 0;
  const mean = last + rest;
  const reach = end + Math.max(2 * Math.abs(rest), Math.abs(before), Math.abs(step));
  return { mean, interval: [mean - reach, mean + reach] };
}

/** Of exponents of values that are good to 10⁻¹⁰, of whose increments 10⁻⁹ may be left. */
const ROUNDING = 1e-6;

function checkPowerLaws(laws: PowerLaws): PowerLaws {
  return checkOptions("laws", laws, {
    ...{ alpha: checkNumber, delta: checkNumber, modes: checkInteger },
  });
}

function checkWindow(window: GrowthWindow): GrowthWindow {
  const { from, to } = checkOptions("window", window, { from: checkPositive, to: checkPositive });
  if (from < to) return window;
  throw new RangeError(`the window is from ${from} to ${to}; it must be 0 < from < to < ∞`);
}
