/**
 * The gradients of single samples by a layer's parameters, in the factored form that their share of
 * the empirical kernel is cheapest in.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Pass } from "./pass.ts";

/** Whether the kernel's rows are samples (summed over outputs) or samples and outputs. */
export type KernelRows = "trace" | "full";

/** Some of a layer's parameters: all of them, or those of some output channels. */
export interface KernelPart {
  /** Bytes that the factors of one sample take. */
  readonly sampleBytes: number;
  /** Numbers that are made on the way for one sample. */
  readonly workspace?: number;
  /** Whether the deltas may also come as one tensor, [batch·outputs, width]. */
  readonly sideBySide?: boolean;
  /**
   * The factors of a batch.
   *
   * @param deltas for each output of the network its derivative by the layer's outputs
   */
  factors(pass: Pass, deltas: readonly tf.Tensor[], rows: KernelRows): KernelFactors;
}

/** What a batch contributes: products of these with another batch's make a kernel block. */
export interface KernelFactors {
  /** The squared multiplier of the parameters. */
  readonly scale: number;
  /** Inputs [batch, in], if a gradient is their outer product with the deltas. */
  readonly activations?: tf.Tensor;
  /** Deltas; else the gradients themselves. [batch, outputs·width] or [batch·outputs, width]. */
  readonly deltas: tf.Tensor;
}

/** Deltas of all outputs in one tensor, sample by sample, as the rows of a kernel. */
export function asRows(
  stacked: tf.Tensor,
  rows: KernelRows,
  { outputs, width }: { readonly outputs: number; readonly width: number },
): tf.Tensor {
  const length = rows === "trace" ? outputs * width : width;
  return stacked.rank === 2 && stacked.shape[1] === length
    ? stacked.clone()
    : stacked.reshape([-1, length]);
}

/** Tensors side by side along their last axis. */
export function side(tensors: readonly tf.Tensor[]): tf.Tensor {
  const [first, ...rest] = tensors;
  return rest.length === 0 ? first : first.concat(rest as tf.Tensor[], first.rank - 1);
}
