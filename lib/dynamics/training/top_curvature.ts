/**
 * The largest eigenvalue of the Hessian of the squared error of a network, its sharpness.
 *
 * @module
 */
import { checkNetwork } from "../../networks/check_network.ts";
import type { Network, TensorLike } from "../../networks/mod.ts";
import { checkTensor } from "../../networks/tensors.ts";
import {
  checkInstance,
  checkInteger,
  checkLength,
  checkList,
  checkNumber,
  checkOneOf,
  checkOptions,
  checkPositive,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { lanczos, randomStream } from "../../numerics/mod.ts";
import { ritzValues } from "../../numerics/ritz_values.ts";
import { checkTrainingSet } from "./checks.ts";
import type { TrainingSet } from "./descent_options.ts";
import { HESSIAN_PARTS, type HessianPart, hessianVectorProduct } from "./hessian.ts";

/** Options of {@link topCurvature}. */
export interface TopCurvatureOptions {
  /** θ, a tensor for each parameter. */
  readonly parameters: readonly TensorLike[];
  /** c in L = c · ½ Σ ‖f(x) − y‖². */
  readonly scale?: number;
  /** Of the whole Hessian, or of one of its two parts. */
  readonly part?: HessianPart;
  /** The residual's bound may be this share of the value. */
  readonly tolerance?: number;
  /** Products that may be made, each about three gradients. */
  readonly products?: number;
  /** Where the search starts: the vector found nearby, or a random one. */
  readonly from?: Float64Array;
}

/** What {@link topCurvature} gives. */
export interface TopCurvature {
  /** λ_max: the largest Ritz value, which is never above it (but by rounding). */
  readonly value: number;
  /** Its vector, of length 1. */
  readonly vector: Float64Array;
  /**
   * ‖H v − λ v‖ at the last product but one, where all that are allowed were made: an eigenvalue lies
   * within this of the value.
   */
  readonly residual: number;
  readonly products: number;
}

/**
 * λ_max of H by Lanczos' iteration, ended where ‖H v − λ v‖ ≤ tolerance · λ. What is left of the
 * error is of the order of the residual's square over the gap: at 1 % about a hundredth of that.
 *
 * @throws {TypeError} if an argument or option is of another kind, or unknown
 * @throws {RangeError} if a shape, a length or an option is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../../networks/mod.ts";
 * import { topCurvature } from "./top_curvature.ts";
 *
 * // L = ½ (a b − 1)² at a = b = 1: H = [[1, 1], [1, 1]]
 * const network = fullyConnected({ widths: [1, 1, 1], activation: "linear" });
 * const one = { shape: [1, 1], data: Float32Array.of(1) };
 * const { value } = await topCurvature(network, { images: one, targets: one }, {
 *   parameters: [one, one],
 * });
 * assert(Math.abs(value - 2) < 1e-6);
 * ```
 */
export async function topCurvature(
  network: Network,
  data: TrainingSet,
  options: TopCurvatureOptions,
): Promise<TopCurvature> {
  const { parameterCount } = checkNetwork("network", network);
  checkTrainingSet("data", data);
  const {
    parameters,
    scale = 1,
    part = "whole",
    tolerance = 1e-2,
    products = 40,
    from = randomStream(0, "dynamics/top curvature").normal(parameterCount),
  } = checkOptions("options", options, {
    parameters: must(checkList, checkTensor),
    scale: maybe(checkPositive),
    part: maybe(checkOneOf<HessianPart>, HESSIAN_PARTS),
    tolerance: maybe(checkNumber, { above: 0, below: 1 }),
    products: maybe(checkInteger),
    from: maybe(checkInstance, Float64Array),
  });
  checkLength("from", from, parameterCount);
  const most = Math.min(products, parameterCount);
  let [made, residual] = [0, Infinity];
  const { basis, diagonal, offDiagonal } = await lanczos(
    (direction) => {
      made++;
      return hessianVectorProduct(network, data, { parameters, direction, scale, part });
    },
    from,
    {
      steps: most,
      tolerance: 1e-6,
      enough: ({ diagonal, offDiagonal }) => {
        const k = diagonal.length;
        const beside = offDiagonal.subarray(0, k - 1);
        const { values, last } = ritzValues({ diagonal, offDiagonal: beside });
        residual = Math.abs(offDiagonal[k - 1] * last[k - 1]);
        return residual <= tolerance * Math.abs(values[k - 1]);
      },
    },
  );
  const k = diagonal.length;
  const { values, vectors } = ritzValues({ diagonal, offDiagonal });
  const vector = new Float64Array(parameterCount);
  for (let row = 0; row < k; row++) {
    const share = vectors[row * k + k - 1];
    for (let i = 0; i < parameterCount; i++) {
      vector[i] += share * basis.data[row * parameterCount + i];
    }
  }
  // A space that closed by itself has nothing outside.
  const closed = k === parameterCount ||
    (k < most && residual > tolerance * Math.abs(values[k - 1]));
  return { value: values[k - 1], vector, residual: closed ? 0 : residual, products: made };
}
