/**
 * How the gradients of single samples scatter about their mean: the noise of minibatches.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { checkNetwork } from "../../networks/check_network.ts";
import {
  batchPasses,
  type KernelFactors,
  type Network,
  type TensorLike,
  toArray,
} from "../../networks/mod.ts";
import { checkTensor } from "../../networks/tensors.ts";
import { checkList, checkOptions, checkPositive, maybe, must } from "../../numerics/checks.ts";
import { eventTurns } from "../../numerics/event_turns.ts";
import { squaredNorm } from "../../numerics/vectors.ts";
import { elementCount } from "../../numerics/tensor.ts";
import { tensorflow } from "../../tensorflow/mod.ts";
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

/** Bytes that the factors of a batch's gradients may take. */
const BATCH_BYTES = 128 * 2 ** 20;
/** Bytes of a sample's gradient that are made at one time. */
const PART_BYTES = 2 ** 20;

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
  const { layers, inputShape, outputs, added } = checkNetwork("network", network);
  const { images, targets } = checkTrainingSet("data", data);
  const { parameters, scale = 1 } = checkOptions("options", options, {
    parameters: must(checkList, checkTensor),
    scale: maybe(checkPositive),
  });
  const n = images.shape[0];
  const y = toArray(targets, "targets", [n, outputs]);
  const module = await tensorflow();
  const { gradient } = await squaredError(network, images, targets, { scale })(parameters);
  const more = await added?.(images);
  const parts = layers.map((layer) => layer.kernelParts(1, PART_BYTES));
  const size = batchSize({ layers, inputShape }, parts.flat());
  const turn = eventTurns();
  let sum = 0;
  for (let from = 0; from < n; from += size) {
    await turn();
    sum += module.tidy(() => {
      const range = [from, Math.min(n, from + size)] as const;
      const passes = batchPasses(module, network, parameters, images, range);
      const last = passes[passes.length - 1].y;
      const residue = (last.dataSync() as Float32Array).map((value, i) =>
        scale * (value + (more?.data[from * outputs + i] ?? 0) - y[from * outputs + i])
      );
      let u: tf.Tensor = module.tensor(residue, last.shape);
      let squares = 0;
      for (let i = layers.length - 1; i >= 0; i--) {
        for (const part of parts[i]) {
          squares += module.tidy(() => squaresOf(part.factors(passes[i], [u], "trace")));
        }
        if (i > 0) u = layers[i].inputVjp(passes[i], u);
      }
      return squares;
    });
  }
  const gradientSquared = squaredNorm(gradient);
  return { gradientSquared, covarianceTrace: Math.max(0, n * sum - gradientSquared) };
}

/** Σ_μ |∇_w L_μ|² of a part of the parameters, a gradient in each row. */
function squaresOf({ scale, activations, deltas }: KernelFactors): number {
  const squares = deltas.square().sum(1);
  const rows = activations ? squares.mul(activations.square().sum(1)) : squares;
  return scale * (rows.sum().dataSync()[0]);
}

function batchSize(
  { layers, inputShape }: Pick<Network, "layers" | "inputShape">,
  parts: readonly { readonly sampleBytes: number; readonly workspace?: number }[],
): number {
  const passes = layers.reduce(
    (total, { outputShape, workspace = 0 }) => total + 2 * elementCount(outputShape) + workspace,
    elementCount(inputShape),
  );
  const largest = parts.reduce(
    (most, { sampleBytes, workspace = 0 }) => Math.max(most, sampleBytes + 4 * workspace),
    0,
  );
  return Math.max(1, Math.floor(BATCH_BYTES / (4 * passes + 2 * largest)));
}
