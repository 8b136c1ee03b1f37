/**
 * The way forward through layers one after the other, by one operation for several where there is one.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Layer } from "./layer.ts";
import type { Pass } from "./pass.ts";

type Parameters = readonly (readonly tf.Tensor[])[];

/**
 * The passes of layer i, and of those behind it whose work the same operation does: their inputs and
 * outputs are all its output.
 */
export function forwardStep(
  layers: readonly Layer[],
  parameters: Parameters,
  i: number,
  x: tf.Tensor,
): [Pass, ...Pass[]] {
  const bias = layers[i + 1]?.fusion === "bias";
  const last = i + (bias ? 2 : 1);
  if (!layers[i].fused || layers[last]?.fusion !== "relu") {
    return [{ x, y: layers[i].forward(x, parameters[i]), parameters: parameters[i] }];
  }
  const y = layers[i].fused(x, parameters[i], bias ? parameters[i + 1][0] : undefined);
  const behind = parameters.slice(i + 1, last + 1).map((own) => ({ x: y, y, parameters: own }));
  return [{ x, y, parameters: parameters[i] }, ...behind];
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
