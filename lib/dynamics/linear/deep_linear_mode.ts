/**
 * Gradient flow of a deep linear network along one singular direction, in closed form: how long small
 * weights stay at the saddle.
 *
 * @module
 */
import { checkInteger, checkNumber, checkPositive, checkRecord } from "../../numerics/checks.ts";
import { integrate } from "../../numerics/quadrature.ts";

/** The flow where it reaches some strength. */
export interface DeepLinearPoint {
  /** T */
  readonly time: number;
  /** ΔL = ½ (s − a_0)² − ½ (s − a)² */
  readonly lossDrop: number;
  /** ‖Δθ‖² = N (a^(1/N) − a_0^(1/N))² */
  readonly displacementSquared: number;
  /** T/T_SL; the path is straight, so it is the spread of speed alone. */
  readonly inefficiency: number;
}

/** The flow of one mode. */
export interface DeepLinearMode {
  /**
   * Where the mode has this strength.
   *
   * @throws {RangeError} if it is not above the start and below the target
   */
  reaching(strength: number): DeepLinearPoint;
}

/**
 * N linear layers, balanced and aligned, learn a singular value s one mode at a time (Saxe, McClelland,
 * Ganguli 2014): every layer has the weight q, the mode the strength a = q^N, L = ½ (s − a)², and
 *
 *     q' = q^(N−1) (s − q^N),  T = ∫ dq/(q^(N−1)(s − q^N)).
 *
 * From a_0 → 0, T tends to a constant for N = 1, grows as ln(1/a_0)/(2s) for N = 2 and as
 * a_0^(2/N − 1)/((N − 2) s) for N ≥ 3, while ΔL and ‖Δθ‖² have limits: so does T/T_SL grow. Weights of
 * zero are a saddle for N ≥ 2, which the flow never leaves; for N = 1 they may start it.
 *
 * @param options `depth` N; `target` s > 0; `start` a_0, from 0 (for N = 1) or above it, below s
 * @throws {TypeError} if an argument is of another kind
 * @throws {RangeError} if one is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { deepLinearMode } from "./deep_linear_mode.ts";
 * // Half of s = 1 from a_0 = 0.1: ln(9)/2 for two layers.
 * const { time } = deepLinearMode({ depth: 2, target: 1, start: 0.1 }).reaching(0.5);
 * assert(Math.abs(time - Math.log(9) / 2) < 1e-12);
 * // Smaller weights wait longer, and are less efficient.
 * const ratio = (start: number) =>
 *   deepLinearMode({ depth: 3, target: 1, start }).reaching(0.5).inefficiency;
 * assert(ratio(1e-6) > 5 * ratio(1e-3));
 * ```
 */
export function deepLinearMode(
  options: { readonly depth: number; readonly target: number; readonly start: number },
): DeepLinearMode {
  const { depth, target, start } = checkRecord("options", options, {});
  checkInteger("depth", depth);
  checkPositive("target", target);
  checkNumber(
    "start",
    start,
    depth === 1 ? { least: 0, below: target } : { above: 0, below: target },
  );
  const weight = (strength: number) => strength ** (1 / depth);

  const reaching = (strength: number): DeepLinearPoint => {
    checkNumber("strength", strength, { above: start, below: target });
    const time = timeBetween(start, strength, { depth, target });
    const lossDrop = (strength - start) * (2 * target - strength - start) / 2;
    const displacementSquared = depth * (weight(strength) - weight(start)) ** 2;
    return {
      ...{ time, lossDrop, displacementSquared },
      inefficiency: time * lossDrop / displacementSquared,
    };
  };
  return { reaching };
}

/** ∫ du/(u^(N−1)(s − u^N)), which is ∫ u^(2−N)/(s − u^N) d ln u. */
function timeBetween(
  from: number,
  to: number,
  { depth, target }: { readonly depth: number; readonly target: number },
): number {
  // ln((s − from)/(s − to)): where both are small beside s the difference alone has digits.
  const left = Math.log1p((to - from) / (target - to));
  if (depth === 1) return left;
  if (depth === 2) return (left + Math.log(to / from)) / (2 * target);
  const speed = (x: number) => Math.exp((2 - depth) * x) / (target - Math.exp(depth * x));
  const [a, b] = [Math.log(from) / depth, Math.log(to) / depth];
  return integrate(speed, a, b, { relativeTolerance: 1e-12 }).value;
}
