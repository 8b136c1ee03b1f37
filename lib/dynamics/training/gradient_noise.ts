/**
 * How the gradients of single samples scatter about their mean: the noise of minibatches.
 *
 * @module
 */
import { checkNetwork } from "../../networks/check_network.ts";
import { type Network, type TensorLike, toArray } from "../../networks/mod.ts";
import { sampleGradientSquares } from "../../networks/sample_gradients.ts";
import { checkTensor } from "../../networks/tensors.ts";
import { checkList, checkOptions, checkPositive, maybe, must } from "../../numerics/checks.ts";
import { squaredNorm } from "../../numerics/vectors.ts";
import { checkTrainingSet } from "./checks.ts";
import type { TrainingSet } from "./descent_options.ts";
import { squaredError } from "./squared_error.ts";

/** What {@link gradientNoise} gives. */
export interface GradientNoise {
  /** |g|², g = ∇L. */
  readonly gradientSquared: number;
  /** tr C, C the covariance of n ∇L_μ over the samples μ, an unbiased gradient of one sample each. */
  readonly covarianceTrace: number;
}

/**
 * |∇L|² and the trace of the covariance of single samples' gradients of L = c · ½ Σ ‖f(x) − y‖²:
 * tr C = n Σ_μ |∇L_μ|² − |∇L|².
 *
 * The gradient ĝ of a minibatch of B, its sum times n/B, has E|ĝ|² = |g|² + tr C/B · (n − B)/(n − 1)
 * without replacement. Norms of single samples come from the factors of their gradients, which are
 * never summed up.
 *
 * @throws {TypeError} if an argument or option is of another kind, or unknown
 * @throws {RangeError} if a shape does not match
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../../networks/mod.ts";
 * import { gradientNoise } from "./gradient_noise.ts";
 *
 * // f = a x at a = 0 with y = 1, 2 at x = 1: ∇L_μ = −1, −2.
 * const network = fullyConnected({ widths: [1, 1] });
 * const of = (...data: number[]) => ({ shape: [data.length, 1], data: Float32Array.from(data) });
 * const data = { images: of(1, 1), targets: of(1, 2) };
 * const noise = await gradientNoise(network, data, { parameters: [of(0)] });
 * // ntk parametrization multiplies by √2.
 * assert(Math.abs(noise.gradientSquared / 2 - 9) < 1e-5);
 * assert(Math.abs(noise.covarianceTrace / 2 - 1) < 1e-5);
 * ```
 */
export async function gradientNoise(
  network: Network,
  data: TrainingSet,
  options: { readonly parameters: readonly TensorLike[]; readonly scale?: number },
): Promise<GradientNoise> {
  const { outputs, added } = checkNetwork("network", network);
  const { images, targets } = checkTrainingSet("data", data);
  const { parameters, scale = 1 } = checkOptions("options", options, {
    parameters: must(checkList, checkTensor),
    scale: maybe(checkPositive),
  });
  const n = images.shape[0];
  const y = toArray(targets, "targets", [n, outputs]);
  const { gradient } = await squaredError(network, images, targets, { scale })(parameters);
  const more = await added?.(images);
  const sum = await sampleGradientSquares(
    network,
    parameters,
    images,
    (values, from) =>
      values.map((value, i) => {
        const at = from * outputs + i;
        return scale * (value + (more?.data[at] ?? 0) - y[at]);
      }),
  );
  const gradientSquared = squaredNorm(gradient);
  return { gradientSquared, covarianceTrace: Math.max(0, n * sum - gradientSquared) };
}
