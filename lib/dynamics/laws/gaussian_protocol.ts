/**
 * The drive that wastes nothing, between Gaussian laws: a potential that changes in time so that the
 * law moves straight to its goal at constant speed, and T = T_SL.
 *
 * @module
 */
import { checkBeta } from "../../bounds/free_energy.ts";
import { type Gaussian, wasserstein2Squared } from "../../bounds/mod.ts";
import { toGaussian } from "../../bounds/gaussian.ts";
import { checkPositive, checkRecord } from "../../numerics/checks.ts";
import { identity, symmetricPower, symmetrized } from "../../numerics/dense.ts";
import {
  type Eigen,
  eighSync,
  type Matrix,
  multiply,
  solvePositiveDefinite,
  sum,
} from "../../numerics/mod.ts";
import { shareOf } from "./drive_time.ts";
import type { Landscape } from "./landscape.ts";

/** A drive between two Gaussian laws. */
export interface GaussianProtocol {
  /** p_t, the displacement interpolation. */
  at(t: number): Gaussian;
  /** U(x, t) for 0 ≤ t ≤ duration, quadratic in x at every time. */
  readonly landscape: Landscape;
  /** ∇U at the mean of p_t, and the curvature, which say all of U(·, t). */
  force(t: number): { readonly atMean: Float64Array; readonly curvature: Matrix };
  /** β⁻¹R = W2²/duration. */
  readonly entropyProduction: number;
  /** T_SL = duration. */
  readonly speedLimit: number;
}

/**
 * The potential under which Langevin dynamics takes p_0 to p_1 in the time `duration` along the
 * displacement interpolation p_t = ((1 − s) id + s M)# p_0, s = t/duration, M Brenier's map.
 *
 * The current velocity must be v_t = (M − id)/duration carried along; −∇U = v_t + β⁻¹∇ln p_t makes
 * it so. Then ∫⟨|v|²⟩dt = W2²/duration: the bound T ≥ T_SL is attained.
 *
 * @param from p_0, its covariance regular
 * @param to p_1, its covariance regular
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if β or the duration is not positive, dimensions differ, or a covariance is
 * singular
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussian } from "../../bounds/mod.ts";
 * import { gaussianProtocol } from "./gaussian_protocol.ts";
 *
 * const drive = gaussianProtocol({
 *   from: gaussian([0], [[1]]),
 *   to: gaussian([3], [[4]]),
 *   beta: 1,
 *   duration: 2,
 * });
 * assert.equal(drive.entropyProduction, (9 + 1) / 2);
 * assert(Math.abs(drive.at(1).covariance.data[0] - 1.5 ** 2) < 1e-14);
 * ```
 */
export function gaussianProtocol(options: {
  readonly from: Gaussian;
  readonly to: Gaussian;
  readonly beta: number;
  readonly duration: number;
}): GaussianProtocol {
  const { from, to, beta, duration } = checkRecord("options", options, {});
  checkBeta("beta", beta);
  checkPositive("duration", duration, "a positive time");
  const start = toGaussian(from, "from"), end = toGaussian(to, "to");
  const w2Squared = wasserstein2Squared(start, end);
  const d = start.mean.length;
  const map = brenierMap(start.covariance, end.covariance);
  const velocity = start.mean.map((m, i) => (end.mean[i] - m) / duration);

  const at = (t: number): Gaussian => {
    const s = shareOf(t, duration);
    const stretch = interpolated(map, s);
    const covariance = multiply(multiply(stretch, start.covariance), stretch);
    return {
      mean: start.mean.map((m, i) => m + s * (end.mean[i] - m)),
      covariance: symmetrized(covariance),
    };
  };
  const force = (t: number) => {
    const s = shareOf(t, duration);
    // v_t = K (x − m_t) + ṁ with K = (M − 1)((1 − s) + s M)⁻¹/duration, symmetric.
    const rate = solvePositiveDefinite(interpolated(map, s), minusIdentity(map));
    const precision = solvePositiveDefinite(at(t).covariance, identity(d));
    const curvature = symmetrized({
      ...rate,
      data: rate.data.map((k, i) => precision.data[i] / beta - k / duration),
    });
    return { atMean: velocity.map((v) => -v), curvature };
  };
  // Particles come in thousands at one time: its force is made once.
  let last: { t: number; mean: Float64Array } & ReturnType<typeof force> | undefined;
  const forceAt = (t: number) => {
    if (last?.t !== t) {
      const clamped = Math.min(t, duration);
      last = { t, mean: at(clamped).mean, ...force(clamped) };
    }
    return last;
  };
  const landscape: Landscape = {
    dimension: d,
    value(x, t) {
      const { mean, atMean, curvature } = forceAt(t);
      const y = x.map((value, i) => value - mean[i]);
      return sum(
        y.map((yi, i) =>
          yi * (atMean[i] + sum(y.map((yj, j) => curvature.data[i * d + j] * yj)) / 2)
        ),
      );
    },
    gradient(x, t, into) {
      const { mean, atMean, curvature } = forceAt(t);
      for (let i = 0; i < d; i++) {
        let total = atMean[i];
        for (let j = 0; j < d; j++) total += curvature.data[i * d + j] * (x[j] - mean[j]);
        into[i] = total;
      }
    },
  };
  return { at, force, landscape, entropyProduction: w2Squared / duration, speedLimit: duration };
}

/** M = C_0^−½ (C_0^½ C_1 C_0^½)^½ C_0^−½, symmetric, with M C_0 M = C_1. */
function brenierMap(c0: Matrix, c1: Matrix): Matrix {
  const start = eighSync(c0);
  if (!isRegular(start)) {
    throw new RangeError(
      `from's covariance has the eigenvalue ${start.values[0]}; ` +
        "it must be regular for a finite drive",
    );
  }
  const root = symmetricPower(start, 0.5), inverse = symmetricPower(start, -0.5);
  const between = eighSync(symmetrized(multiply(multiply(root, c1), root)));
  if (!isRegular(between)) {
    throw new RangeError("to's covariance is singular; it must be regular for a finite drive");
  }
  return symmetrized(multiply(multiply(inverse, symmetricPower(between, 0.5)), inverse));
}

const isRegular = ({ values }: Eigen) => values[0] > 1e-14 * values[values.length - 1];

/** (1 − s) + s M. */
function interpolated(map: Matrix, s: number): Matrix {
  const d = map.rows;
  return {
    ...map,
    data: map.data.map((entry, at) => s * entry + (at % (d + 1) === 0 ? 1 - s : 0)),
  };
}

function minusIdentity(map: Matrix): Matrix {
  const d = map.rows;
  return { ...map, data: map.data.map((entry, at) => at % (d + 1) === 0 ? entry - 1 : entry) };
}
