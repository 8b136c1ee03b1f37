/**
 * Nonlinearities, entry by entry: an activation's function, derivative and dual make a layer.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { execute } from "../../tensorflow/mod.ts";
import { type DualActivation, quadratureDual } from "./dual_activations.ts";
import type { PixelStep, WideKernels, WideVariances } from "./infinite_width.ts";
import { type Layer, NO_CURVATURE, varying, WITHOUT_PARAMETERS } from "./layer.ts";
import type { Pass } from "./pass.ts";

/**
 * A nonlinearity φ, one of this folder's or a user's own.
 *
 * At infinite width it acts by its dual: in closed form, or, where φ and φ′ are given as functions of
 * a number instead, by Gauss–Hermite quadrature ({@link quadratureDual} says how well).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type Activation, fullyConnected } from "../mod.ts";
 *
 * const tanh: Activation = {
 *   name: "tanh",
 *   forward: (x) => x.tanh(),
 *   derivative: ({ y }, u) => u.mul(y.square().neg().add(1)),
 *   value: Math.tanh,
 *   slope: (x) => 1 - Math.tanh(x) ** 2,
 * };
 * const network = fullyConnected({ widths: [2, 4, 1], activation: tanh });
 * assert.equal(network.layers[1].name, "tanh");
 * ```
 */
export type Activation = ActivationMaps & ({ readonly dual: DualActivation } | ActivationValues);

/** φ and φ′ of tensors. */
export interface ActivationMaps {
  /** What configurations, and with them cache keys, tell it by. */
  readonly name: string;
  /** φ(x), entry by entry. */
  forward(x: tf.Tensor): tf.Tensor;
  /**
   * φ′(x)·u, entry by entry, of the input x and the output y.
   *
   * @param spent whether nothing reads u after, so that it may be disposed, and written over
   */
  derivative(pass: Pick<Pass, "x" | "y">, u: tf.Tensor, spent?: boolean): tf.Tensor;
  /**
   * φ″(x)·u, entry by entry, or 0 where it is 0 almost everywhere: what products with the Hessian
   * need, and nothing else.
   */
  readonly secondDerivative?: 0 | ((pass: Pick<Pass, "x" | "y">, u: tf.Tensor) => tf.Tensor);
  /** W_std that suits it, if none is asked for; 1 if left out. */
  readonly weightStd?: number;
  /** What a convolution knows it by that is written over by it; φ′ then reads y alone. */
  readonly fusion?: "relu";
  /** Its step in the fast kernels over pixels, where it has one. */
  readonly pixelStep?: PixelStep;
}

/** φ and φ′ of one number, for a dual by quadrature. */
export interface ActivationValues {
  value(x: number): number;
  slope(x: number): number;
}

/** The layer of a nonlinearity: y = φ(x), which takes K to its dual, Θ to Θ times that of φ′. */
export function nonlinearity(activation: Activation, shape: readonly number[]): Layer {
  const { name, forward, derivative, secondDerivative, fusion, pixelStep } = activation;
  const dual = "dual" in activation ? activation.dual : quadratureDual(activation);
  return {
    ...WITHOUT_PARAMETERS,
    name,
    outputShape: shape,
    forward: (x) => forward(x),
    jvp: (pass, dx, _, spent) => derivative(pass, varying(dx), spent),
    inputVjp: derivative,
    // What is fused takes one operation itself.
    ...(!fusion && { slope: (pass) => derivative(pass, execute("OnesLike", [pass.y])) }),
    vjpTangent: {
      ...NO_CURVATURE,
      input(pass, { dx }, u) {
        if (secondDerivative === 0) return undefined;
        if (secondDerivative) return secondDerivative(pass, varying(dx).mul(u));
        throw new TypeError(
          `the activation "${name}" has no secondDerivative; products with the Hessian need one`,
        );
      },
    },
    recursion: (kernels, variances) => dualKernels(dual, kernels, variances),
    ...(fusion && { fusion }),
    ...(pixelStep && { pixelStep }),
  };
}

/** Written over, pair by pair; both halves at once where rows and columns are the same. */
function dualKernels(
  { value, slope }: DualActivation,
  { k, theta }: WideKernels,
  { rows, cols }: WideVariances,
): WideKernels {
  const width = cols.length;
  const symmetric = rows === cols;
  for (let i = 0; i < rows.length; i++) {
    const end = symmetric ? i + 1 : width;
    for (let j = 0; j < end; j++) {
      const at = i * width + j;
      const mirror = symmetric ? j * width + i : at;
      const [a, b, c] = [rows[i], cols[j], k[at]];
      theta[at] = theta[mirror] = theta[at] * slope(a, b, c);
      k[at] = k[mirror] = value(a, b, c);
    }
  }
  return { k, theta };
}
