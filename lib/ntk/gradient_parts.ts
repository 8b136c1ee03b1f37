/**
 * Per-sample gradients of all outputs, a part of the parameters at a time, as the layers factor them.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { KernelFactors, KernelPart, KernelRows, Network, Pass } from "../networks/mod.ts";

/** A part of the parameters. */
export interface GradientPart extends KernelPart {
  /** Index among the network's layers. */
  readonly layer: number;
}

/** The parts of a network's parameters, cut where layers can be, for `most` bytes a sample. */
export function gradientParts({ layers, outputs }: Network, most: number): GradientPart[] {
  return layers.flatMap((layer, index) =>
    layer.kernelParts(outputs, most).map((part) => ({ ...part, layer: index }))
  );
}

/**
 * The factors of some parts for one batch: one backward pass for each output down to the lowest layer
 * asked for.
 */
export function partFactors(
  { layers, outputs }: Network,
  passes: readonly Pass[],
  parts: readonly GradientPart[],
  rows: KernelRows,
): KernelFactors[] {
  const { y } = passes[passes.length - 1];
  const lowest = Math.min(...parts.map(({ layer }) => layer));
  let deltas = Array.from({ length: outputs }, (_, o) => unit(y, o));
  const found = new Map<GradientPart, KernelFactors>();
  for (let i = layers.length - 1; i >= lowest; i--) {
    for (const part of parts.filter(({ layer }) => layer === i)) {
      found.set(part, part.factors(passes[i], deltas, rows));
    }
    if (i > lowest) deltas = deltas.map((u) => layers[i].inputVjp(passes[i], u));
  }
  return parts.map((part) => found.get(part)!);
}

/** The cotangent that asks for output o of every sample. */
function unit(like: tf.Tensor, output: number): tf.Tensor {
  const outputs = like.shape[1]!;
  const one = Array.from({ length: outputs }, (_, o) => o === output ? 1 : 0);
  return like.zerosLike().add(one);
}
