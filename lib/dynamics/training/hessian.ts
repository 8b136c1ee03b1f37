/**
 * Products with the Hessian of the squared error of a network, which is never made.
 *
 * @module
 */
import { checkNetwork } from "../../networks/check_network.ts";
import {
  type Network,
  pullbackTangent,
  type TensorLike,
  toArray,
  unflatten,
} from "../../networks/mod.ts";
import { checkTensor } from "../../networks/tensors.ts";
import {
  checkInstance,
  checkLength,
  checkList,
  checkOneOf,
  checkOptions,
  checkPositive,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { checkTrainingSet } from "./checks.ts";
import type { TrainingSet } from "./descent_options.ts";

/** The whole Hessian, or one of the two parts that it is the sum of. */
export type HessianPart = "whole" | "gauss-newton" | "residue";

/** All of them. */
export const HESSIAN_PARTS: readonly HessianPart[] = ["whole", "gauss-newton", "residue"];

/** Options of {@link hessianVectorProduct}. */
export interface HessianVectorProductOptions {
  /** θ, a tensor for each parameter. */
  readonly parameters: readonly TensorLike[];
  /** v, all parameters in layer order, one after the other; rounded to float32. */
  readonly direction: Float64Array;
  /** c in L = c · ½ Σ ‖f(x) − y‖². */
  readonly scale?: number;
  /** c JᵀJ v alone, or c Σ r ∇²f v alone, which together are the whole. */
  readonly part?: HessianPart;
}

/**
 * H v, H = c (JᵀJ + Σ r ∇²f) the Hessian of L = c · ½ Σ_μ ‖f(x_μ) − y_μ‖², r = f − y, in float64 sums
 * of float32 parts; about three gradients. Of relu it is the Hessian of the linear pieces.
 *
 * @throws {TypeError} if an argument or option is of another kind, or unknown, or an activation of
 * one's own has no `secondDerivative`
 * @throws {RangeError} if a shape or the direction's length does not match
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../../networks/mod.ts";
 * import { hessianVectorProduct } from "./hessian.ts";
 *
 * // L = ½ (a b − 1)² at a = 2, b = 3: H = [[b², 2 a b − 1], [2 a b − 1, a²]]
 * const network = fullyConnected({ widths: [1, 1, 1], activation: "linear" });
 * const of = (value: number) => ({ shape: [1, 1], data: Float32Array.of(value) });
 * const product = await hessianVectorProduct(network, { images: of(1), targets: of(1) }, {
 *   parameters: [of(2), of(3)],
 *   direction: Float64Array.of(1, 0),
 * });
 * assert.deepEqual([...product], [9, 11]);
 * ```
 */
export async function hessianVectorProduct(
  network: Network,
  data: TrainingSet,
  options: HessianVectorProductOptions,
): Promise<Float64Array> {
  const { outputs, shapes, parameterCount } = checkNetwork("network", network);
  const { images, targets } = checkTrainingSet("data", data);
  const { parameters, direction, scale = 1, part = "whole" } = checkOptions("options", options, {
    parameters: must(checkList, checkTensor),
    direction: must(checkInstance, Float64Array),
    scale: maybe(checkPositive),
    part: maybe(checkOneOf<HessianPart>, HESSIAN_PARTS),
  });
  checkLength("direction", direction, parameterCount);
  const y = toArray(targets, "targets", [images.shape[0], outputs]);
  const tangents = unflatten(direction, shapes);
  if (part === "gauss-newton") {
    const change = await network.jvp(parameters, images, tangents);
    const { gradient } = await network.pullback(
      parameters,
      images,
      (values, from) => change.data.subarray(from * outputs, from * outputs + values.length),
    );
    return gradient.map((value) => scale * value);
  }
  const { gradientTangent } = await pullbackTangent(network, parameters, images, {
    tangents,
    cotangents: (values, changes, from) => ({
      u: values.map((value, i) => scale * (value - y[from * outputs + i])),
      du: part === "whole"
        ? changes.map((value) => scale * value)
        : new Float32Array(changes.length),
    }),
  });
  return gradientTangent;
}
