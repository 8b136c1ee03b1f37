/**
 * Natural gradient of a squared error, by the Gram matrix of the outputs' gradients.
 *
 * @module
 */
import { checkNetwork } from "../networks/check_network.ts";
import { type Network, type TensorLike, toArray } from "../networks/mod.ts";
import { checkTensor } from "../networks/tensors.ts";
import { checkList, checkOptions, checkPositive, checkRecord, maybe } from "../numerics/checks.ts";
import { type Matrix, solvePositiveDefinite } from "../numerics/mod.ts";
import { trace } from "../numerics/trace.ts";
import { product } from "../numerics/vectors.ts";
import { empiricalNtk } from "./empirical.ts";

/** The most numbers n · outputs of which the Gram matrix is made: 200 MB, some ten seconds. */
const MOST = 5000;

/** A direction of steps, with what it was made of. */
export interface NaturalGradient {
  /** −Jᵀ(K + εI)⁻¹ r: δθ of a step with the learning rate 1; all parameters in layer order. */
  readonly direction: Float64Array;
  /** L = ½‖r‖² */
  readonly loss: number;
  /** r = f − y, index sample · outputs + output. */
  readonly residue: Float64Array;
  /** ∇L·direction = −rᵀK(K + εI)⁻¹r: what L changes by to first order with the learning rate 1. */
  readonly along: number;
  /** ε */
  readonly damping: number;
}

/**
 * −Jᵀ(K + εI)⁻¹ r of L = ½‖r‖², r = f(θ) − y, K = J Jᵀ the kernel of all outputs together.
 *
 * By JᵀA⁻¹ = B⁻¹Jᵀ for A = JJᵀ + εI and B = JᵀJ + εI it is −(JᵀJ + εI)⁻¹∇L: Gauss and Newton's step
 * with Levenberg's damping, natural gradient in the metric of the outputs (Amari 1998); so it is a
 * preconditioned step, M = (JᵀJ + εI)⁻¹. To first order the outputs move by −K(K + εI)⁻¹r, for
 * ε → 0 straight to the targets at one rate: f' = −r, of which T_SL = 2 tanh(T/2) in the metric of
 * function space. A linear model is solved by one step of learning rate 1, up to ε.
 *
 * It takes a gradient, a kernel of (n · outputs)² numbers and a Cholesky factor of it; beyond
 * n · outputs = 5000 it is refused. Kernel and gradient are of float32 products.
 *
 * @param data images [n, …image shape] and targets [n, outputs]
 * @param options `damping`: ε as a share of K's mean eigenvalue tr K/(n · outputs), 1e-3 by default
 * @throws {TypeError} naming an argument or option that is of another kind, or unknown
 * @throws {RangeError} if shapes do not match, the damping is not positive, n · outputs is beyond
 * 5000, or no output has a gradient here
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../networks/mod.ts";
 * import { naturalGradient } from "./natural_gradient.ts";
 * // One dense layer is linear in its weights; here 2 images and 3 weights: f becomes y in one step.
 * const network = fullyConnected({ widths: [3, 1], parametrization: "standard" });
 * const images = { shape: [2, 3], data: Float32Array.of(1, 0, 2, 0, 1, 1) };
 * const targets = { shape: [2, 1], data: Float32Array.of(1, -1) };
 * const zero = [{ shape: [3, 1], data: new Float32Array(3) }];
 * const data = { images, targets };
 * const { direction } = await naturalGradient(network, zero, data, { damping: 1e-9 });
 * assert(Math.abs(direction[0] + 2 * direction[2] - 1) < 1e-5);
 * ```
 */
export async function naturalGradient(
  network: Network,
  parameters: readonly TensorLike[],
  data: { readonly images: TensorLike; readonly targets: TensorLike },
  options: { readonly damping?: number } = {},
): Promise<NaturalGradient> {
  checkNetwork("network", network);
  checkList("parameters", parameters, checkTensor);
  const { images, targets } = checkRecord("data", data, {
    images: checkTensor,
    targets: checkTensor,
  });
  const { damping: share = 1e-3 } = checkOptions("options", options, {
    damping: maybe(checkPositive),
  });
  const { outputs } = network;
  const n = images.shape[0];
  const y = toArray(targets, "targets", [n, outputs]);
  if (n * outputs > MOST) {
    throw new RangeError(
      `data has ${n} images of ${outputs} outputs; natural gradient by the Gram matrix takes ` +
        `${MOST} outputs at most`,
    );
  }
  const { data: f } = await network.apply(parameters, images);
  const residue = Float64Array.from(f, (value, i) => value - y[i]);
  const kernel = await empiricalNtk(network, parameters, images, { outputs: "full" });
  const damping = share * trace(kernel) / kernel.rows;
  if (!(damping > 0)) {
    throw new RangeError("parameters give outputs without a gradient; there K = 0");
  }
  const dual = solvePositiveDefinite(damped(kernel, damping), residue);
  const { gradient } = await network.pullback(
    parameters,
    images,
    (values, from) =>
      Float32Array.from(dual.subarray(from * outputs, from * outputs + values.length)),
  );
  const squared = product(residue, residue);
  return {
    direction: gradient.map((value) => -value),
    loss: squared / 2,
    residue,
    along: damping * product(residue, dual) - squared,
    damping,
  };
}

/** K + εI. */
function damped({ rows, cols, data }: Matrix, damping: number): Matrix {
  const sum = data.slice();
  for (let i = 0; i < rows; i++) sum[i * cols + i] += damping;
  return { rows, cols, data: sum };
}
