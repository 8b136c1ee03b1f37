/**
 * The exact gradient flow of a linear model (the kernel regime), for any spectrum.
 *
 * @module
 */
import type { InefficiencyColumns } from "../../bounds/inefficiency.ts";
import { checkNumber, checkNumbers, checkRecord } from "../../numerics/checks.ts";
import { toVector } from "../../numerics/matrix.ts";
import { integrate } from "../../numerics/quadrature.ts";
import { sum } from "../../numerics/sums.ts";
import { compressSpectrum, type WeightedRates } from "./compressed_spectrum.ts";

/** Everything that the speed limit says of the flow up to one time. */
export interface LinearFlowPoint {
  /** T. */
  readonly time: number;
  /** ΔL = ½ Σ Δ_k² (1 − e^{−2λ_k T}). */
  readonly lossDrop: number;
  /** ‖Δθ‖² = Σ Δ_k² (1 − e^{−λ_k T})²/λ_k. */
  readonly displacementSquared: number;
  /** l_γ = ∫ (Σ λ_k Δ_k² e^{−2λ_k t})^½ dt. */
  readonly pathLength: number;
  /** T_SL = ‖Δθ‖²/ΔL. */
  readonly speedLimit: number;
  /** T/T_SL; 1 in the limit T → 0, and where nothing moves. */
  readonly inefficiency: number;
  /** l_γ/l_geo. */
  readonly tortuosity: number;
  /** T ΔL/l_γ²; T/T_SL = speedSpread · tortuosity². */
  readonly speedSpread: number;
}

/** The flow of a spectrum and a residue. */
export interface LinearFlow {
  /** @throws {RangeError} if T is negative, infinite or NaN. */
  at(T: number): LinearFlowPoint;
  /** The same at many times, as columns. */
  along(times: ArrayLike<number>): InefficiencyColumns;
}

/** Eigenvalues below −this fraction of the largest are an indefinite kernel, not rounding. */
const NEGATIVE = 1e-8;

/**
 * The flow θ' = −∇L of L = ½ Σ_k (residue)² for a model that is linear in θ, with the kernel
 * K = J Jᵀ: in K's eigenbasis the residue decays as Δ_k e^{−λ_k t}, and all else follows
 * (Speed Limits for Deep Learning, section 3.2).
 *
 * Sums and the path length are good to 10⁻¹⁰, relatively, for T·λ from 10⁻¹² to 10¹² and beyond;
 * spectra of many modes are compressed first, exactly to rounding, so that a million modes cost
 * a fraction of a second once and next to nothing for each T.
 *
 * @param spectrum `eigenvalues` λ_k ≥ 0 in any order (those that rounding made negative count as
 * 0: their residue stays), `residue` Δ_k = target − initial prediction along eigenvector k
 * (not squared). Time is in units of 1/λ.
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if the two differ in length, are empty, hold NaN or infinity, or if an
 * eigenvalue is below −10⁻⁸ of the largest
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearFlow } from "./linear_flow.ts";
 * // One mode: T/T_SL = (λT/2) coth(λT/2), and the path is straight.
 * const { inefficiency, tortuosity } = linearFlow({ eigenvalues: [2], residue: [0.3] }).at(1);
 * assert(Math.abs(inefficiency - 1 / Math.tanh(1)) < 1e-12);
 * assert(Math.abs(tortuosity - 1) < 1e-12);
 * ```
 */
export function linearFlow(
  spectrum: {
    readonly eigenvalues: Float64Array | readonly number[];
    readonly residue: Float64Array | readonly number[];
  },
): LinearFlow {
  checkRecord("spectrum", spectrum, {}, "a spectrum { eigenvalues, residue }");
  const { modes, scale } = movingModes(spectrum.eigenvalues, spectrum.residue);
  const pathLength = pathLengthOf(modes);

  const point = (T: number, length: number): LinearFlowPoint => {
    // In units of the largest residue, whose square may not fit a double.
    const drop = sumOver(modes, (rate) => -Math.expm1(-2 * rate * T)) / 2;
    const square = sumOver(modes, (rate) => Math.expm1(-rate * T) ** 2 / rate);
    const moved = drop > 0 && square > 0;
    return {
      time: T,
      lossDrop: scale ** 2 * drop,
      displacementSquared: scale ** 2 * square,
      pathLength: scale * length,
      speedLimit: moved ? square / drop : 0,
      inefficiency: moved ? T * (drop / square) : 1,
      tortuosity: moved ? length / Math.sqrt(square) : 1,
      speedSpread: moved ? T * (drop / length) / length : 1,
    };
  };
  const at = (T: number) => point(checkNumber("T", T, { least: 0 }), pathLength(0, T));
  // Each stretch of the path is integrated once, in the order of time.
  const along = (times: ArrayLike<number>) => {
    checkNumbers("times", times);
    const order = Array.from(times, (_, i) => i).sort((a, b) => times[a] - times[b]);
    const points: LinearFlowPoint[] = [];
    let [from, length] = [0, 0];
    for (const i of order) {
      length += pathLength(from, checkNumber("T", times[i], { least: 0 }));
      from = times[i];
      points[i] = point(from, length);
    }
    return columns(points);
  };
  return { at, along };
}

function columns(points: readonly LinearFlowPoint[]): InefficiencyColumns {
  const column = (name: keyof LinearFlowPoint) => Float64Array.from(points, (point) => point[name]);
  return {
    time: column("time"),
    lossDrop: column("lossDrop"),
    displacementSquared: column("displacementSquared"),
    pathLength: column("pathLength"),
    speedLimit: column("speedLimit"),
    inefficiency: column("inefficiency"),
    tortuosity: column("tortuosity"),
    speedSpread: column("speedSpread"),
  };
}

/** The modes with λ > 0 and Δ ≠ 0, weighted with (Δ/scale)², where scale is the largest |Δ|. */
function movingModes(
  eigenvalues: Float64Array | readonly number[],
  residue: Float64Array | readonly number[],
): { readonly modes: WeightedRates; readonly scale: number } {
  const values = toVector(eigenvalues, "eigenvalues");
  const deltas = toVector(residue, "residue", values.length);
  if (values.length === 0) {
    throw new RangeError("eigenvalues is empty; it needs one value at least");
  }
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const negative = values.findIndex((value) => value < -NEGATIVE * largest);
  if (negative >= 0) {
    throw new RangeError(
      `eigenvalues[${negative}] is ${values[negative]}, far below 0 beside the largest, ` +
        `${largest}; a kernel has none`,
    );
  }
  const moving = Array.from(values.keys()).filter((k) => values[k] > 0 && deltas[k] !== 0);
  const scale = moving.reduce((most, k) => Math.max(most, Math.abs(deltas[k])), 0);
  const modes = compressSpectrum({
    rates: Float64Array.from(moving, (k) => values[k]),
    weights: Float64Array.from(moving, (k) => (deltas[k] / scale) ** 2),
  });
  return { modes, scale };
}

/** Σ w f(λ). */
function sumOver({ rates, weights }: WeightedRates, f: (rate: number) => number): number {
  return sum(rates.map((rate, k) => weights[k] * f(rate)));
}

/** l_γ between two times: in t where the speed is nearly constant, then in ln t, where each mode is a unit wide. */
function pathLengthOf(modes: WeightedRates): (from: number, to: number) => number {
  if (modes.rates.length === 0) return () => 0;
  const fastest = modes.rates.reduce((most, rate) => Math.max(most, rate), 0);
  const slowest = modes.rates.reduce((least, rate) => Math.min(least, rate), Infinity);
  // Inexact weights may bring a sum that has decayed to nothing below 0 by rounding.
  const speed = (t: number) =>
    Math.sqrt(Math.max(0, sumOver(modes, (rate) => rate * Math.exp(-2 * rate * t))));
  const start = 1e-6 / fastest; // λt ≤ 10⁻⁶: the midpoint rule is good to (λt)²/24
  const end = 40 / slowest; // the rest is e⁻⁴⁰
  const inLog = (s: number) => Math.exp(s) * speed(Math.exp(s));
  return (from, to) => {
    const early = Math.min(to, start) - Math.min(from, start);
    const beginning = early > 0 ? early * speed((Math.min(to, start) + from) / 2) : 0;
    const within = (t: number) => Math.min(end, Math.max(start, t));
    const [a, b] = [within(from), within(to)];
    const bends = [a, Math.min(b, Math.max(a, 1 / fastest)), b];
    return beginning + sum(
      bends.slice(1).map((bend, i) =>
        bend > bends[i]
          ? integrate(inLog, Math.log(bends[i]), Math.log(bend), { relativeTolerance: 1e-12 }).value
          : 0
      ),
    );
  };
}
