/**
 * The derivative of a network's pullback along a change of its weights: second derivatives, in
 * batches of bounded memory.
 *
 * @module
 */
import { setImmediate } from "node:timers";
import type * as tf from "@tensorflow/tfjs";
import { checkFunction, checkList, checkOptions, must } from "../numerics/checks.ts";
import { elementCount, type Tensor } from "../numerics/tensor.ts";
import { tensorflow } from "../tensorflow/mod.ts";
import { checkNetwork } from "./check_network.ts";
import { changesAlong, forwardPasses, tangentBack } from "./layers/mod.ts";
import { type Network, withAdded } from "./network.ts";
import { checkTensor, imageBatch, imageCount, multiplied, type TensorLike } from "./tensors.ts";

/** Options of {@link pullbackTangent}. */
export interface PullbackTangentOptions {
  /** v, a tensor for each parameter. */
  readonly tangents: readonly TensorLike[];
  /** u and du, flat, of the samples `from` to `from + outputs.length / network.outputs`. */
  readonly cotangents: (
    outputs: Float32Array,
    outputTangents: Float32Array,
    from: number,
  ) => { readonly u: Float32Array; readonly du: Float32Array };
}

/** What {@link pullbackTangent} gives. */
export interface PullbackTangent {
  /** Outputs f(x) [n, outputs]. */
  readonly outputs: Tensor;
  /** J v [n, outputs]. */
  readonly outputTangents: Tensor;
  /** Jᵀu for all parameters in order, summed over samples in float64. */
  readonly gradient: Float64Array;
  /** Jᵀ du + (dJ)ᵀ u, dJ = ∂J/∂θ · v, likewise. */
  readonly gradientTangent: Float64Array;
}

/** Bytes of activations, cotangents and their tangents that a batch may hold. */
const BATCH_BYTES = 256 * 2 ** 20;
/** Arrays of an activation's size at one time: x, dx, u, du, and two on the way. */
const ARRAYS = 6;

/**
 * Jᵀu and its derivative Jᵀ du + (dJ)ᵀ u along a change v of the weights, where u may depend on the
 * outputs and du on their change too: forward over reverse, each layer with the tangent of its vjp.
 *
 * At kinks (relu) second derivatives are those of the linear pieces. It takes about three gradients.
 *
 * @throws {TypeError} if an activation has no `secondDerivative`
 * @throws {RangeError} if a shape does not match
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "./fully_connected.ts";
 * import { pullbackTangent } from "./pullback_tangent.ts";
 *
 * // f = a b x: with u = 1 the pullback at x = 1 is (b, a); along (1, 0) it changes by (0, 1).
 * const network = fullyConnected({ widths: [1, 1, 1], activation: "linear" });
 * const of = (value: number) => ({ shape: [1, 1], data: Float32Array.of(value) });
 * const { gradient, gradientTangent } = await pullbackTangent(network, [of(2), of(3)], of(1), {
 *   tangents: [of(1), of(0)],
 *   cotangents: () => ({ u: Float32Array.of(1), du: Float32Array.of(0) }),
 * });
 * assert.deepEqual([...gradient, ...gradientTangent], [3, 2, 0, 1]);
 * ```
 */
export async function pullbackTangent(
  network: Network,
  parameters: readonly TensorLike[],
  images: TensorLike,
  options: PullbackTangentOptions,
): Promise<PullbackTangent> {
  const { layers, inputShape, outputs, parameterCount, added } = checkNetwork("network", network);
  checkList("parameters", parameters, checkTensor);
  const { tangents, cotangents } = checkOptions("options", options, {
    tangents: must(checkList, checkTensor),
    cotangents: checkFunction,
  });
  const count = imageCount(images, inputShape);
  const module = await tensorflow();
  const more = await added?.(images);
  const [values, changed] = [0, 0].map(() => new Float32Array(count * outputs));
  const [gradient, gradientTangent] = [0, 0].map(() => new Float64Array(parameterCount));
  const specifications = layers.map((layer) => layer.parameters);
  const starts = startsOf(specifications.map((list) => list.map(({ shape }) => shape)));
  const size = batchSize(network);
  for (let from = 0; from < count; from += size) {
    module.tidy(() => {
      const x = imageBatch(module, images, inputShape, from, Math.min(count, from + size));
      const passes = forwardPasses(layers, multiplied(module, layers, parameters, "parameters"), x);
      const weights = multiplied(module, layers, tangents, "tangents");
      const { changes, last } = changesAlong(layers, passes, weights);
      const at = from * outputs, { y } = passes[passes.length - 1];
      values.set(withAdded(y.dataSync() as Float32Array, more, at), at);
      changed.set(last!.dataSync() as Float32Array, at);
      const end = at + y.size;
      const given = cotangents(values.subarray(at, end), changed.subarray(at, end), from);
      const [u, du] = [given.u, given.du].map((data) => module.tensor(data, y.shape));
      tangentBack(layers, { passes, changes, u, du }, (i, cotangent, curved) => {
        const direct = layers[i].parameterVjp(passes[i], cotangent);
        specifications[i].forEach(({ multiplier }, p) => {
          addTo(gradient, starts[i][p], direct[p], multiplier);
          addTo(gradientTangent, starts[i][p], curved[p], multiplier);
        });
      });
    });
    // Lets progress bars, other cells and an interrupt have their turn.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  const shape = [count, outputs];
  return {
    outputs: { shape, data: values },
    outputTangents: { shape, data: changed },
    ...{ gradient, gradientTangent },
  };
}

/** As many images as fit with all that second derivatives hold. */
function batchSize({ layers, inputShape }: Network): number {
  const numbers = layers.reduce(
    (total, { outputShape, workspace = 0 }) => total + elementCount(outputShape) + workspace,
    elementCount(inputShape),
  );
  return Math.max(1, Math.floor(BATCH_BYTES / (4 * ARRAYS * numbers)));
}

/** Where each parameter starts in the vector of all. */
function startsOf(shapes: readonly (readonly (readonly number[])[])[]): number[][] {
  let next = 0;
  return shapes.map((list) =>
    list.map((shape) => {
      const start = next;
      next += elementCount(shape);
      return start;
    })
  );
}

/** target[start + i] += factor · tensor[i]; nothing where there is no tensor. */
function addTo(
  target: Float64Array,
  start: number,
  tensor: tf.Tensor | undefined,
  factor: number,
) {
  const values = tensor?.dataSync() ?? [];
  for (let i = 0; i < values.length; i++) target[start + i] += factor * values[i];
}
