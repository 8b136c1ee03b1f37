/**
 * Second derivatives of layers one after the other: the tangent of a pass back (forward over reverse;
 * Pearlmutter, Neural Computation 6 (1994) 147).
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Layer } from "./layer.ts";
import type { Change, Pass } from "./pass.ts";

/** What changes in each layer as the parameters do, and how the last output does. */
export function changesAlong(
  layers: readonly Layer[],
  passes: readonly Pass[],
  dParameters: readonly (readonly tf.Tensor[])[],
  dx?: tf.Tensor,
): { readonly changes: readonly Change[]; readonly last: tf.Tensor | undefined } {
  const changes = layers.map((layer, i) => {
    const change = { dx, dParameters: dParameters[i] };
    const varies = dx !== undefined || change.dParameters.length > 0;
    dx = varies ? layer.jvp(passes[i], dx, change.dParameters) : undefined;
    return change;
  });
  return { changes, last: dx };
}

/**
 * A cotangent u and its tangent du, brought back through the layers from the last to the first, with
 * d(∂y/∂w)ᵀu for each layer's parameters: (∂y/∂w)ᵀ du + d[(∂y/∂w)ᵀ] u.
 *
 * @param visit is told u, as it is behind layer i, and the tangents of that layer's parameter vjp
 * @returns du before the first layer, if `input` is set and it varies
 */
export function tangentBack(
  layers: readonly Layer[],
  { passes, changes, u, du, input = false }: {
    readonly passes: readonly Pass[];
    readonly changes: readonly Change[];
    readonly u: tf.Tensor;
    /** None where it is 0. */
    readonly du: tf.Tensor | undefined;
    /** Whether the walk goes on to what is before the first layer. */
    readonly input?: boolean;
  },
  visit: (i: number, u: tf.Tensor, parameters: readonly (tf.Tensor | undefined)[]) => void,
): tf.Tensor | undefined {
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i], pass = passes[i], change = changes[i];
    const direct = du && layer.parameterVjp(pass, du);
    const curved = layer.vjpTangent.parameters(pass, change, u);
    visit(i, u, layer.parameters.map((_, p) => sum(direct?.[p], curved[p])));
    if (i === 0 && !input) return undefined;
    du = sum(du && layer.inputVjp(pass, du), layer.vjpTangent.input(pass, change, u));
    if (i > 0) u = layer.inputVjp(pass, u);
  }
  return du;
}

/** A sum of which either part may be 0, and left out. */
const sum = (a: tf.Tensor | undefined, b: tf.Tensor | undefined) => a && b ? a.add(b) : a ?? b;
