/**
 * How long the gradients of single samples are, without any of them being made.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { eventTurns } from "../numerics/event_turns.ts";
import { elementCount } from "../numerics/tensor.ts";
import { tensorflow } from "../tensorflow/mod.ts";
import type { KernelFactors } from "./layers/mod.ts";
import type { Network } from "./network.ts";
import { batchPasses, type TensorLike } from "./tensors.ts";

/** Bytes that the factors of a batch's gradients may take. */
const BATCH_BYTES = 128 * 2 ** 20;
/** Bytes of a sample's gradient that are made at one time. */
const PART_BYTES = 2 ** 20;

/**
 * Σ_μ |J_μᵀ u_μ|² over the images, J_μ the derivative of image μ's outputs by all weights, in batches
 * of bounded memory. Norms come from the factors of the gradients, which are never summed up.
 *
 * @param cotangents u of the images of a range, [from, to), from their outputs without what the
 * network adds to them; [images in the range, outputs]
 * @throws {RangeError} if a shape does not match
 */
export async function sampleGradientSquares(
  network: Network,
  parameters: readonly TensorLike[],
  images: TensorLike,
  cotangents: (outputs: Float32Array, from: number) => Float32Array,
): Promise<number> {
  const { layers } = network;
  const module = await tensorflow();
  const n = images.shape[0];
  const parts = layers.map((layer) => layer.kernelParts(1, PART_BYTES));
  const size = batchSize(network, parts.flat());
  const turn = eventTurns();
  let sum = 0;
  for (let from = 0; from < n; from += size) {
    await turn();
    sum += module.tidy(() => {
      const range = [from, Math.min(n, from + size)] as const;
      const passes = batchPasses(module, network, parameters, images, range);
      const last = passes[passes.length - 1].y;
      let u: tf.Tensor = module.tensor(
        cotangents(last.dataSync() as Float32Array, from),
        last.shape,
      );
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
  return sum;
}

/** Σ_μ |J_μᵀ u_μ|² of a part of the parameters, a gradient in each row. */
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
