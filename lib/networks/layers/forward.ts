/**
 * The way forward through layers one after the other, several in the memory of one where they can be.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { elementCount } from "../../numerics/tensor.ts";
import type { Layer } from "./layer.ts";
import type { Pass } from "./pass.ts";

type Parameters = readonly (readonly tf.Tensor[])[];

/**
 * The passes of layer i, and of those behind it that write over its output: their inputs and outputs
 * are all the last one's.
 */
export function forwardStep(
  layers: readonly Layer[],
  parameters: Parameters,
  i: number,
  x: tf.Tensor,
): [Pass, ...Pass[]] {
  const [own, ...behind] = parameters.slice(i, i + stepLength(layers, i));
  const bias = behind.length > 1 ? behind[0][0] : undefined;
  const y = behind.length > 0 ? layers[i].fused!(x, own, bias) : layers[i].forward(x, own);
  return [{ x, y, parameters: own }, ...behind.map((theirs) => ({ x: y, y, parameters: theirs }))];
}

/** How many layers share one output from layer i on: it, a bias, and a relu, or it alone. */
function stepLength(layers: readonly Layer[], i: number): number {
  const last = layers[i + 1]?.fusion === "bias" ? i + 2 : i + 1;
  return layers[i].fused && layers[last]?.fusion === "relu" ? last + 1 - i : 1;
}

/** Numbers that the passes of one sample hold beside its input. */
export function heldNumbers(layers: readonly Layer[]): number {
  let held = 0;
  for (let i = 0; i < layers.length; i += stepLength(layers, i)) {
    held += elementCount(layers[i].outputShape);
  }
  return held;
}

/** The passes of one batch through layers one after the other, for their derivatives. */
export function forwardPasses(
  layers: readonly Layer[],
  parameters: Parameters,
  x: tf.Tensor,
): Pass[] {
  const passes: Pass[] = [];
  while (passes.length < layers.length) {
    const step = forwardStep(layers, parameters, passes.length, x);
    passes.push(...step);
    x = step[0].y;
  }
  return passes;
}
