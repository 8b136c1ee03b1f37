/**
 * What a kernel in the space of samples keeps of one pass through all layers, and its walks back and
 * forth over that.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { execute, freshArray, withValues } from "../tensorflow/mod.ts";
import type { Layer, Pass } from "./layers/mod.ts";
import { putScaled } from "./scaled_sums.ts";

/** A pass of all samples, with what its derivatives need more than once; of each layer in order. */
export interface KeptPasses {
  readonly layers: readonly Layer[];
  readonly passes: readonly Pass[];
  /** φ′ of those that give it. */
  readonly slopes: readonly (tf.Tensor | undefined)[];
  /** What their products in the space of samples prepare. */
  readonly prepared: readonly (tf.Tensor | undefined)[];
}

/** The first layer with parameters: what lies before it does not vary. */
export const firstVarying = (layers: readonly Layer[]): number =>
  layers.findIndex(({ parameters }) => parameters.length > 0);

/** Cotangents of each layer's outputs, from u of the last one's. */
function cotangents({ layers, passes, slopes }: KeptPasses, u: tf.Tensor): tf.Tensor[] {
  const first = firstVarying(layers);
  const found: tf.Tensor[] = [];
  for (let i = layers.length - 1; i >= first; i--) {
    found[i] = u;
    if (i === first) break;
    const slope = slopes[i];
    u = slope ? execute("Mul", [u, slope]) : layers[i].inputVjp(passes[i], u);
  }
  return found;
}

/** K u: u is brought back to every layer's outputs, multiplied there, and carried forward. */
export function kernelProduct(kept: KeptPasses, u: tf.Tensor): tf.Tensor {
  const { layers, passes, slopes, prepared } = kept;
  const back = cotangents(kept, u);
  let dx: tf.Tensor | undefined;
  for (let i = firstVarying(layers); i < layers.length; i++) {
    const ours = layers[i].sampleProduct?.times(passes[i], back[i], prepared[i]);
    const slope = slopes[i];
    const through = dx && (slope ? execute("Mul", [dx, slope]) : layers[i].jvp(passes[i], dx, []));
    dx = through && ours ? through.add(ours) : through ?? ours;
  }
  return dx!;
}

/** K [n, n] of a network of one output, all of whose layers with parameters know their block of it. */
export function kernelMatrix(kept: KeptPasses): tf.Tensor {
  const { layers, passes, prepared } = kept;
  const back = cotangents(kept, execute("OnesLike", [passes[layers.length - 1].y]));
  return layers
    .flatMap(({ sampleProduct }, i) =>
      sampleProduct?.block ? [sampleProduct.block(passes[i], back[i], prepared[i])] : []
    )
    .reduce((sum, block) => sum.add(block));
}

/** Jᵀ u, all parameters one after the other. */
export function pulledBack(kept: KeptPasses, u: tf.Tensor, parameterCount: number): Float64Array {
  const { layers, passes } = kept;
  const gradient = freshArray(Float64Array, parameterCount);
  let at = 0;
  for (const [i, cotangent] of cotangents(kept, u).entries()) {
    if (!cotangent) continue;
    for (const [k, part] of layers[i].parameterVjp(passes[i], cotangent).entries()) {
      const { multiplier } = layers[i].parameters[k];
      withValues(part, (values) => putScaled(gradient, at, values, multiplier));
      at += part.size;
    }
  }
  return gradient;
}
