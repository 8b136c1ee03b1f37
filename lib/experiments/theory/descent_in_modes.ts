/**
 * Gradient descent on a quadratic loss, mode by mode, beside its gradient flow.
 *
 * @module
 */
import { linearFlow } from "../../dynamics/mod.ts";
import {
  checkInteger,
  checkNumbers,
  checkOptions,
  checkPositive,
  checkRecord,
} from "../../numerics/checks.ts";

/** Where descent is after some steps, and the flow after as much time. */
export interface DescentInModes {
  /** N η */
  readonly time: number;
  readonly lossDrop: number;
  readonly displacementSquared: number;
  /** Σ‖δθ‖² */
  readonly stepSquaredSum: number;
  /** N Σ‖δθ‖²/‖Δθ‖² ≥ 1 */
  readonly stepInefficiency: number;
  /** N η ΔL/‖Δθ‖², the flow's ratio read off descent. */
  readonly inefficiency: number;
  /** The flow's own, at N η. */
  readonly flow: number;
  /** What theory says of inefficiency/flow − 1 to first order in η. */
  readonly firstOrder: number;
}

/**
 * θ ← θ − η∇L on L = ½ Σ Δ_k², whose residues Δ_k decay by 1 − ηλ_k a step, exactly, and the first
 * order of its difference from the flow, ι_GD/ι − 1 = η (A − B) + O(η²), with u_k = λ_k T:
 *
 * A = Σ p_k λ_k u_k/(e^{2u_k} − 1), B = Σ d_k λ_k u_k/(e^{u_k} − 1), p_k and d_k the modes' shares of ΔL
 * and of ‖Δθ‖². One mode alone has −½ηλ u/sinh u.
 *
 * @param spectrum λ_k > 0 and Δ_k
 * @throws {RangeError} if the lists differ in length, an eigenvalue, η or N is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { descentInModes } from "./descent_in_modes.ts";
 * // One step on one mode: 1 − ½ηλ.
 * const spectrum = { eigenvalues: [2], residue: [3] };
 * const { inefficiency } = descentInModes(spectrum, { learningRate: 0.1, steps: 1 });
 * assert(Math.abs(inefficiency - 0.9) < 1e-15);
 * ```
 */
export function descentInModes(
  spectrum: { readonly eigenvalues: readonly number[]; readonly residue: readonly number[] },
  options: { readonly learningRate: number; readonly steps: number },
): DescentInModes {
  const { eigenvalues, residue } = checkRecord("spectrum", spectrum, {
    eigenvalues: checkNumbers,
    residue: checkNumbers,
  });
  const { learningRate: eta, steps } = checkOptions("options", options, {
    learningRate: checkPositive,
    steps: checkInteger,
  });
  checkNumbers("spectrum.residue", residue, { length: eigenvalues.length });
  eigenvalues.forEach((value, k) => checkPositive(`spectrum.eigenvalues[${k}]`, value));
  const time = steps * eta;
  let [lossDrop, displacementSquared, stepSquaredSum] = [0, 0, 0];
  let [flowDrop, flowSquared, a, b] = [0, 0, 0, 0];
  eigenvalues.forEach((rate, k) => {
    const square = residue[k] ** 2, u = rate * time;
    // 1 − q and 1 − q² of q = (1 − ηλ)^N, which small ηλ must not round away.
    const gone = eta * rate < 1
      ? -Math.expm1(steps * Math.log1p(-eta * rate))
      : 1 - (1 - eta * rate) ** steps;
    const goneTwice = gone * (2 - gone);
    lossDrop += square * goneTwice / 2;
    displacementSquared += square * gone ** 2 / rate;
    // Σ_i η²λΔ²(1 − ηλ)^{2i}, whose ratio is 1 at ηλ = 2.
    const once = 2 - eta * rate;
    stepSquaredSum += eta * square * (once === 0 ? eta * rate * steps : goneTwice / once);
    const drop = square * -Math.expm1(-2 * u) / 2;
    const moved = square * Math.expm1(-u) ** 2 / rate;
    flowDrop += drop;
    flowSquared += moved;
    a += drop * rate * u / Math.expm1(2 * u);
    b += moved * rate * u / Math.expm1(u);
  });
  return {
    ...{ time, lossDrop, displacementSquared, stepSquaredSum },
    stepInefficiency: steps * stepSquaredSum / displacementSquared,
    inefficiency: time * lossDrop / displacementSquared,
    flow: linearFlow(spectrum).at(time).inefficiency,
    firstOrder: eta * (a / flowDrop - b / flowSquared),
  };
}

/**
 * What |ι_GD/ι − 1| can be at most after N steps, to first order in η and for any modes: the smaller of
 * ηλ_max and 0.648/N, of which the numbers are the maxima of u²/(e^u − 1) and, upwards, of
 * u²/(e^{2u} − 1).
 *
 * @returns [low, high], −min(ηλ_max, 0.648/N) and min(½ηλ_max, 0.162/N)
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { firstOrderRange } from "./descent_in_modes.ts";
 * const [low, high] = firstOrderRange({ learningRate: 0.1, curvature: 1, steps: 10 });
 * assert(Math.abs(low + 0.0648) < 1e-4 && Math.abs(high - 0.0162) < 1e-4);
 * ```
 */
export function firstOrderRange(
  options: { readonly learningRate: number; readonly curvature: number; readonly steps: number },
): readonly [low: number, high: number] {
  const { learningRate, curvature, steps } = checkOptions("options", options, {
    ...{ learningRate: checkPositive, curvature: checkPositive, steps: checkInteger },
  });
  const share = learningRate * curvature;
  return [-Math.min(share, LATE / steps), Math.min(share / 2, LATE / 4 / steps)];
}

/** max u²/(e^u − 1), at u = 1.5936. */
const LATE = 0.6476102378919;
