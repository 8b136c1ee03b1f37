/**
 * The speed limit of an ensemble of networks beside that of each.
 *
 * @module
 */
import { checkPositive } from "../../numerics/checks.ts";
import { studentQuantile } from "../../numerics/mod.ts";
import { checkInitialWeights } from "../checks.ts";
import type { InitialWeightsStudy } from "../studies/initial_weights.ts";
import { flowFrom, startPoint } from "./initial_weights.ts";

/** The limits of many networks at one time. */
export interface EnsembleLimit {
  /** E‖Δθ‖²/E ΔL, which no ensemble's W2²/β⁻¹R exceeds. */
  readonly ensemble: number;
  /** Geometric mean of the single networks' ‖Δθ‖²/ΔL. */
  readonly single: number;
  /** ensemble/single, with its jackknife interval over seeds. */
  readonly quotient: number;
  readonly interval: readonly [low: number, high: number];
  readonly seeds: number;
}

/**
 * T_SL of the ensemble of a study's networks beside the single ones'.
 *
 * @returns `undefined` of fewer than three seeds that come there
 * @throws {RangeError} if the time is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { ensembleLimit } from "./ensemble_limit.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * const limit = ensembleLimit(result, 1);
 * assert(limit === undefined || limit.ensemble > 0);
 * ```
 */
export function ensembleLimit(
  study: InitialWeightsStudy,
  time: number,
): EnsembleLimit | undefined {
  checkInitialWeights("study", study);
  checkPositive("time", time);
  const points = study.realizations.flatMap((one) => {
    const flow = flowFrom(one, "function", 1);
    return (flow && startPoint(flow, { time })) ?? [];
  });
  if (points.length < 3) return undefined;
  const of = (some: typeof points) => {
    const total = (name: "lossDrop" | "displacementSquared") =>
      some.reduce((sum, point) => sum + point[name], 0);
    const ensemble = total("displacementSquared") / total("lossDrop");
    const single = Math.exp(
      some.reduce((sum, one) => sum + Math.log(one.displacementSquared / one.lossDrop), 0) /
        some.length,
    );
    return { ensemble, single, logarithm: Math.log(ensemble / single) };
  };
  const whole = of(points);
  const without = points.map((_, i) => of(points.filter((_, j) => j !== i)).logarithm);
  const middle = without.reduce((sum, value) => sum + value, 0) / without.length;
  const squares = without.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const error = Math.sqrt(squares * (without.length - 1) / without.length);
  const reach = error * studentQuantile(0.975, without.length - 1);
  return {
    ...{ ensemble: whole.ensemble, single: whole.single, seeds: points.length },
    quotient: Math.exp(whole.logarithm),
    interval: [Math.exp(whole.logarithm - reach), Math.exp(whole.logarithm + reach)],
  };
}
