/**
 * Langevin dynamics in a quadratic potential, exactly: a Gaussian law stays one.
 *
 * @module
 */
import { buresSquared, buresSquaredOfChange } from "../../bounds/bures.ts";
import { checkBeta, toPotential } from "../../bounds/free_energy.ts";
import type { Gaussian, Potential } from "../../bounds/mod.ts";
import { toGaussian } from "../../bounds/gaussian.ts";
import { choleskyIfRegular, isDiagonal, symmetrized } from "../../numerics/dense.ts";
import {
  checkNumber,
  eighSync,
  integrate,
  type Matrix,
  multiply,
  sum,
} from "../../numerics/mod.ts";

/** A Gaussian law on its way in a quadratic potential. */
export interface OrnsteinUhlenbeck {
  /** p_t. */
  at(t: number): Gaussian;
  /** ⟨|v_t|²⟩ of the current velocity v_t = −∇U − β⁻¹ ∇ln p_t; ∞ for a singular covariance. */
  meanSquaredVelocity(t: number): number;
  /** W2²(p_0, p_t). */
  w2Squared(t: number): number;
  /** β⁻¹R(0→t) = F[p_0] − F[p_t] = ∫ ⟨|v|²⟩ dt; ∞ from a singular covariance. */
  entropyProduction(t: number): number;
  /** T_SL(t) = W2²/β⁻¹R; 0 where nothing moves. */
  speedLimit(t: number): number;
  /** t/T_SL(t); 1 in the limit t → 0, and where nothing moves. */
  inefficiency(t: number): number;
}

/**
 * dx = −∇U dt + √(2/β) dW from a Gaussian law, U = ½ (x − minimum)ᵀ curvature (x − minimum):
 * the law at any time, mode by mode of the curvature, zero curvature (free diffusion) and negative
 * (an unstable point) included.
 *
 * Distances and entropy production are made of changes, not of differences of large values, so
 * that T ≥ T_SL holds to rounding from the shortest times on. Initial covariances may be singular
 * (a point mass is 0): then β⁻¹R is infinite and T_SL is 0, for diffusion out of a point dissipates
 * without bound.
 *
 * @param potential curvature d × d, symmetric; d = 2000 takes seconds
 * @param beta β > 0
 * @param p0 the law at t = 0; number[] and number[][] are taken too
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if β ≤ 0, a time is negative, dimensions differ, or (from the functions) a
 * time is so late that a variance in an unstable direction leaves the range of a double
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussian } from "../../bounds/mod.ts";
 * import { ornsteinUhlenbeck } from "./ornstein_uhlenbeck.ts";
 *
 * // A shift of a stationary law decays: T/T_SL = (T/2) coth(T/2).
 * const flow = ornsteinUhlenbeck({ minimum: [0], curvature: [[1]] }, 1, gaussian([3], [[1]]));
 * assert(Math.abs(flow.inefficiency(2) - 1 / Math.tanh(1)) < 1e-12);
 * assert(Math.abs(flow.at(2).mean[0] - 3 * Math.exp(-2)) < 1e-15);
 * ```
 */
export function ornsteinUhlenbeck(
  potential: Potential,
  beta: number,
  p0: Gaussian,
): OrnsteinUhlenbeck {
  checkBeta("beta", beta);
  const { minimum, curvature } = toPotential(potential);
  const start = toGaussian(p0, "p0");
  const d = minimum.length;
  if (start.mean.length !== d) {
    throw new RangeError(`p0 has dimension ${start.mean.length}; the potential has ${d}`);
  }
  const { values: rates, vectors } = eighSync(curvature);
  const shift = multiply(vectors, start.mean.map((m, i) => m - minimum[i]), { transposeA: true });
  const spread = isRound(start.covariance)
    ? start.covariance // in every basis; turned, it would no longer be diagonal to rounding
    : sandwich(vectors, start.covariance, true);
  const apart = isDiagonal(spread, ROUNDING); // then the modes do not mix
  const startFactor = choleskyIfRegular(spread);

  // 1 − βλc, how far a mode's spread is from its stationary value: everything below that is small
  // near there is made of this one number, so that its rounding cancels.
  const excess = Float64Array.from(rates, (rate, i) => 1 - beta * rate * spread.data[i * d + i]);

  /** A law's spread in the eigenbasis: C_0's entries times `share` of their rates, and a diagonal. */
  const spreadAt = (
    t: number,
    share: (rate: number) => number,
    diagonal: (i: number, kept: number) => number,
  ): Matrix => {
    const data = new Float64Array(d * d);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        const entry = spread.data[i * d + j];
        if (entry !== 0) data[i * d + j] = entry * share(rates[i] + rates[j]);
      }
      data[i * d + i] = diagonal(i, data[i * d + i]);
      if (!Number.isFinite(data[i * d + i])) throw tooLate(t, rates[i]);
    }
    return { rows: d, cols: d, data };
  };
  /** C_t − C_0 as a change: entries e^{−(λ_i+λ_j)t} − 1 and what noise adds. */
  const change = (t: number): Matrix =>
    spreadAt(
      t,
      (rate) => Math.expm1(-rate * t),
      (i) => excess[i] / beta * 2 * elapsed(2 * rates[i], t),
    );
  /** C_t, small beside C_0 as it may be. */
  const after = (t: number): Matrix =>
    spreadAt(
      t,
      (rate) => Math.exp(-rate * t),
      (i, kept) => kept + 2 / beta * elapsed(2 * rates[i], t),
    );
  const meanMoved = (t: number) =>
    sum(shift.map((m, i) => m === 0 ? 0 : (m * Math.expm1(-rates[i] * t)) ** 2));

  const at = (t: number): Gaussian => {
    checkNumber("t", t, { least: 0 });
    if (t === 0) return start;
    const left = shift.map((m, i) => m === 0 ? 0 : m * Math.exp(-rates[i] * t));
    const mean = multiply(vectors, left).map((m, i) => m + minimum[i]);
    return { mean, covariance: sandwich(vectors, after(t), false) };
  };

  const w2Squared = (t: number): number => {
    checkNumber("t", t, { least: 0 });
    if (t === 0) return 0;
    return checkedFinite(meanMoved(t) + spreadMoved(t), t);
  };
  const spreadMoved = (t: number): number => {
    const delta = change(t);
    if (apart) {
      return sum(Float64Array.from({ length: d }, (_, i) => {
        const before = spread.data[i * d + i], change = delta.data[i * d + i];
        // (√c_t − √c_0)², without the difference
        return change === 0 ? 0 : (change / (Math.sqrt(before) + Math.sqrt(before + change))) ** 2;
      }));
    }
    return buresSquaredOfChange(spread, delta) ?? buresSquared(spread, after(t));
  };

  const meanSquaredVelocity = (t: number): number => {
    checkNumber("t", t, { least: 0 });
    const mean = sum(
      shift.map((m, i) => m === 0 ? 0 : (rates[i] * m * Math.exp(-rates[i] * t)) ** 2),
    );
    return mean + spreadSpeed(t);
  };
  /** tr (Λ − β⁻¹C⁻¹) C (Λ − β⁻¹C⁻¹), the part of the spread. */
  const spreadSpeed = (t: number): number => {
    if (apart) {
      const now = after(t);
      return sum(Float64Array.from({ length: d }, (_, i) => {
        // ċ = 2β⁻¹ (1 − βλc_0) e^{−2λt}
        const rate = 2 * excess[i] / beta * Math.exp(-2 * rates[i] * t);
        return rate === 0 ? 0 : rate * rate / (4 * now.data[i * d + i]);
      }));
    }
    const factor = choleskyIfRegular(after(t));
    if (!factor) return Infinity;
    // With C = L Lᵀ: ‖Λ L − β⁻¹ L⁻ᵀ‖².
    const inverse = invertedLower(factor);
    const parts = new Float64Array(d * d);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        parts[i * d + j] = rates[i] * factor.data[i * d + j] - inverse.data[j * d + i] / beta;
      }
    }
    return sum(parts.map((part) => part * part));
  };

  const entropyProduction = (t: number): number => {
    checkNumber("t", t, { least: 0 });
    if (t === 0) return 0;
    const mean = sum(
      shift.map((m, i) => m === 0 ? 0 : m * m * rates[i] ** 2 * elapsed(2 * rates[i], t)),
    );
    return checkedFinite(mean, t) + spreadDissipation(t);
  };
  const spreadDissipation = (t: number): number => {
    const delta = change(t);
    if (apart) {
      return sum(Float64Array.from({ length: d }, (_, i) => {
        const before = spread.data[i * d + i];
        const share = delta.data[i * d + i] / before; // c_t/c_0 − 1
        if (before === 0) return delta.data[i * d + i] === 0 ? 0 : Infinity;
        return logLess(share, excess[i]) / (2 * beta);
      }));
    }
    if (!startFactor) return Infinity;
    // ½β⁻¹ ln det(C_t C_0⁻¹) − ½ tr Λ (C_t − C_0), the eigenvalues μ of L⁻¹ (C_t − C_0) L⁻ᵀ
    const inverse = invertedLower(startFactor);
    const inner = multiply(multiply(inverse, delta), inverse, { transposeB: true });
    const { values } = eighSync(symmetrized(inner), { vectors: false });
    const end = values[0] < -0.5 ? choleskyIfRegular(after(t)) : undefined;
    const logs = end
      ? Float64Array.from(
        { length: d },
        (_, i) => 2 * Math.log(end.data[i * d + i] / startFactor.data[i * d + i]),
      )
      : values.map((mu) => Math.log1p(mu));
    const terms = Float64Array.from(
      logs,
      (log, i) => log / beta - rates[i] * delta.data[i * d + i],
    );
    const difference = sum(terms) / 2;
    const size = logs.reduce((total, log) => total + Math.abs(log), 0) / beta;
    // Where logarithms and energies cancel, the integral of ⟨|v|²⟩ keeps its digits, down to the
    // rounding of the velocity.
    if (difference > CANCELLATION * size) return difference;
    const forces = sum(
      startFactor.data.map((entry, at) => (rates[Math.floor(at / d)] * entry) ** 2),
    );
    const { value } = integrate(spreadSpeed, 0, t, {
      relativeTolerance: Math.max(1e-12, 1e-15 * Math.sqrt(forces / spreadSpeed(0))),
      absoluteTolerance: 1e-24 * forces * t,
    });
    return value;
  };

  const speedLimit = (t: number): number => {
    const moved = w2Squared(t);
    return moved === 0 ? 0 : moved / entropyProduction(t);
  };
  const inefficiency = (t: number): number => {
    const moved = w2Squared(t);
    return moved === 0 ? 1 : t * (entropyProduction(t) / moved);
  };
  return { at, meanSquaredVelocity, w2Squared, entropyProduction, speedLimit, inefficiency };
}

const CANCELLATION = 1e-4;
/** A spread whose entries aside are below this share of the modes' own is diagonal. */
const ROUNDING = 1e-15;

/** ∫₀ᵗ e^{−λs} ds. */
function elapsed(rate: number, t: number): number {
  return rate === 0 ? t : -Math.expm1(-rate * t) / rate;
}

/** ln(1 + x) − (1 − excess) x, by the series where the two agree to many digits. */
function logLess(x: number, excess: number): number {
  if (Math.abs(x) > 0.05) return Math.log1p(x) - (1 - excess) * x;
  let term = x, total = 0;
  for (let k = 2; k <= 14; k++) {
    term *= -x;
    total += term / k;
  }
  return total + excess * x;
}

/** Vᵀ A V into the eigenbasis, or V A Vᵀ back, made exactly symmetric. */
function sandwich(vectors: Matrix, a: Matrix, into: boolean): Matrix {
  const half = multiply(vectors, a, { transposeA: into });
  return symmetrized(multiply(half, vectors, { transposeB: !into }));
}

/** Whether it is a multiple of the identity. */
function isRound(a: Matrix): boolean {
  return isDiagonal(a) &&
    a.data.every((entry, at) => at % (a.rows + 1) !== 0 || entry === a.data[0]);
}

/** L⁻¹ of a lower triangular matrix, column by column. */
function invertedLower({ rows: d, data }: Matrix): Matrix {
  const inverse = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    const row = inverse.subarray(i * d, i * d + i + 1);
    for (let k = 0; k < i; k++) {
      const factor = data[i * d + k];
      if (factor === 0) continue;
      const above = k * d;
      for (let j = 0; j <= k; j++) row[j] -= factor * inverse[above + j];
    }
    const pivot = data[i * d + i];
    for (let j = 0; j < i; j++) row[j] /= pivot;
    row[i] = 1 / pivot;
  }
  return { rows: d, cols: d, data: inverse };
}

function checkedFinite(value: number, t: number): number {
  if (!Number.isFinite(value)) throw tooLate(t);
  return value;
}

function tooLate(t: number, rate?: number): RangeError {
  return new RangeError(
    `t is ${t}: by then the law has run away along an unstable direction` +
      `${rate === undefined ? "" : ` of curvature ${rate}`} beyond what a double holds`,
  );
}
