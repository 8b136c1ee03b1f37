/**
 * Products K u = J Jᵀ u with the tangent kernel in the space of samples, where networks of dense
 * layers need no weight-sized array.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { elementCount } from "../numerics/tensor.ts";
import { execute, tensorflow } from "../tensorflow/mod.ts";
import { forwardPasses, type Layer, type Pass } from "./layers.ts";
import type { Network } from "./network.ts";
import { imageBatch, imageCount, multiplied, type TensorLike } from "./tensors.ts";

/** K = J Jᵀ at some weights, J the derivative of all outputs of all images by all parameters. */
export interface TangentKernel {
  /** Outputs f(x) there, sample · outputs + output. */
  readonly outputs: Float32Array;
  /** K u for u [n · outputs]; float32 inside. */
  times(u: Float64Array): Promise<Float64Array>;
  /** Work of making this, and of a product, where a forward pass over all images is 1. */
  readonly work: { readonly setUp: number; readonly product: number };
  /** Frees what is kept for products. */
  dispose(): void;
}

/** The kernel of a network and images at weights to be told. */
export interface TangentKernelFamily {
  at(parameters: readonly TensorLike[]): Promise<TangentKernel>;
  dispose(): void;
}

const SAMPLE_WISE: readonly Layer["kind"][] = ["dense", "bias", "relu", "erf", "flatten"];

/**
 * Whether all weights of the network are in dense layers (or biases), none in convolutions.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "./fully_connected.ts";
 * import { myrtle5 } from "./myrtle.ts";
 * import { isDense } from "./tangent_kernel.ts";
 * assert(isDense(fullyConnected({ widths: [2, 3, 1] })));
 * assert(!isDense(myrtle5({ channels: 4 })));
 * ```
 */
export const isDense = ({ layers }: Network): boolean =>
  layers.every(({ kind }) => SAMPLE_WISE.includes(kind));

/**
 * Products with J Jᵀ of a network on some images.
 *
 * A dense layer y = c x W gives the weights' gradient c Aᵀ U from its inputs A and the cotangents U
 * of its outputs, and this changes y by c² (A Aᵀ) U: so u is brought back to every layer's outputs,
 * multiplied by the Gram matrix, and carried forward. It costs n² products for each unit, and
 * A (Aᵀ U), twice n times the inputs, where those are fewer. Convolutional networks go by vjp and
 * jvp.
 *
 * @param images [n, …image shape]
 * @throws {RangeError} if a shape does not match
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "./fully_connected.ts";
 * import { tangentKernel } from "./tangent_kernel.ts";
 *
 * // One dense layer without multiplier: K = X Xᵀ.
 * const network = fullyConnected({ widths: [2, 1], parametrization: "standard" });
 * const family = tangentKernel(network, { shape: [2, 2], data: Float32Array.of(1, 0, 2, 1) });
 * const kernel = await family.at(network.init(0));
 * assert((await kernel.times(Float64Array.of(1, 1))).join() === "3,7");
 * kernel.dispose();
 * family.dispose();
 * ```
 */
export function tangentKernel(network: Network, images: TensorLike): TangentKernelFamily {
  return isDense(network) ? denseKernel(network, images) : passesKernel(network, images);
}

/** By vjp and jvp: 2 beside a forward pass each. */
function passesKernel(network: Network, images: TensorLike): TangentKernelFamily {
  const shape = [imageCount(images, network.inputShape), network.outputs];
  return {
    async at(parameters) {
      return {
        outputs: (await network.apply(parameters, images)).data,
        async times(u) {
          const cotangents = { shape, data: Float32Array.from(u) };
          const tangents = await network.vjp(parameters, images, cotangents);
          return Float64Array.from((await network.jvp(parameters, images, tangents)).data);
        },
        work: { setUp: 1, product: 6 },
        dispose() {},
      };
    },
    dispose() {},
  };
}

/** What a layer with parameters does to cotangents of its outputs: c² A Aᵀ, or sums for a bias. */
type LayerKernel = (u: tf.Tensor) => tf.Tensor;

function denseKernel(network: Network, images: TensorLike): TangentKernelFamily {
  const { layers, inputShape } = network;
  const n = imageCount(images, inputShape);
  const forward = layers.reduce((total, layer) => total + weightCount(layer), 0);
  const first = layers.findIndex(({ parameters }) => parameters.length > 0);
  let input: { readonly x: tf.Tensor; readonly gram?: tf.Tensor } | undefined;

  const at: TangentKernelFamily["at"] = async (parameters) => {
    const module = await tensorflow();
    const setUp = () => {
      const x = input ? input.x : imageBatch(module, images, inputShape, 0, n);
      const passes = forwardPasses(layers, multiplied(module, layers, parameters, "parameters"), x);
      const grams = layers.map((layer, i) =>
        layer.kind !== "dense" || n >= 2 * layer.parameters[0].shape[0]
          ? undefined
          : i === first && input
          ? input.gram!
          : execute("MatMul", [passes[i].x, passes[i].x], { transpose_a: false, transpose_b: true })
      );
      return { passes, grams };
    };
    const fresh = input === undefined;
    const { made: { passes, grams }, tensors } = keptTidy(module, setUp);
    input ??= { x: passes[0].x, gram: grams[first] };
    const shared = new Set([input.x, input.gram]);
    const own = tensors.filter((tensor) => !shared.has(tensor));
    const kernels = layers.map((layer, i) => layerKernel(layer, passes[i], grams[i]));
    const outputs = passes[layers.length - 1].y.dataSync() as Float32Array;

    const times: TangentKernel["times"] = (u) =>
      Promise.resolve(Float64Array.from(
        module.tidy(() => {
          const cotangents: tf.Tensor[] = [];
          let back: tf.Tensor = module.tensor(Float32Array.from(u), [n, network.outputs]);
          for (let i = layers.length - 1; i >= first; i--) {
            cotangents[i] = back;
            if (i > first) back = layers[i].inputVjp(passes[i], back);
          }
          let dx: tf.Tensor | undefined;
          for (let i = first; i < layers.length; i++) {
            dx = pushed(layers[i], passes[i], dx, kernels[i]?.(cotangents[i]));
          }
          return dx!.dataSync() as Float32Array;
        }),
      ));
    return {
      outputs,
      times,
      work: denseWork(layers, { n, forward, first, fresh }),
      dispose: () => module.dispose(own),
    };
  };
  return {
    at,
    dispose() {
      input?.x.dispose();
      input?.gram?.dispose();
      input = undefined;
    },
  };
}

const weightCount = ({ parameters }: Layer) =>
  parameters.reduce((total, { shape }) => total + elementCount(shape), 0);

/** `tf.tidy` that keeps the tensors among what was made. */
function keptTidy<T extends { passes: Pass[]; grams: (tf.Tensor | undefined)[] }>(
  module: typeof tf,
  make: () => T,
): { made: T; tensors: tf.Tensor[] } {
  let made: T | undefined;
  const tensors = module.tidy(() => {
    made = make();
    const all = made.passes.flatMap(({ x, y, parameters }) => [x, y, ...parameters]);
    return [...new Set([...all, ...made.grams.flatMap((gram) => gram ?? [])])];
  });
  return { made: made!, tensors };
}

function layerKernel(layer: Layer, { x }: Pass, gram?: tf.Tensor): LayerKernel | undefined {
  if (layer.parameters.length === 0) return undefined;
  const squared = layer.parameters[0].multiplier ** 2;
  if (layer.kind === "bias") return (u) => u.sum(0, true).mul(squared).broadcastTo(u.shape);
  return (u) => {
    const product = gram
      ? execute("MatMul", [gram, u], {})
      : execute("MatMul", [x, execute("MatMul", [x, u], { transpose_a: true })], {});
    return product.mul(squared);
  };
}

/** The change of a layer's outputs: of its inputs' change, and of its own weights'. */
function pushed(
  layer: Layer,
  pass: Pass,
  dx: tf.Tensor | undefined,
  own: tf.Tensor | undefined,
): tf.Tensor {
  if (!dx) return own!;
  if (!own) return layer.jvp(pass, dx, []);
  // Linear in x: a dense layer's own forward map, a bias's identity.
  const through = layer.kind === "bias" ? dx : layer.forward(dx, pass.parameters);
  return through.add(own);
}

/** Multiply–adds over those of a forward pass, n · `forward`. */
function denseWork(
  layers: readonly Layer[],
  { n, forward, first, fresh }: {
    readonly n: number;
    readonly forward: number;
    readonly first: number;
    readonly fresh: boolean;
  },
): TangentKernel["work"] {
  let [setUp, product] = [1, 0];
  for (const [i, layer] of layers.entries()) {
    if (layer.kind !== "dense") continue;
    const [inputs, outputs] = layer.parameters[0].shape;
    const byGram = n < 2 * inputs;
    if (byGram && (i !== first || fresh)) setUp += n * inputs / forward;
    product += (byGram ? n * outputs : 2 * inputs * outputs) / forward;
    if (i !== first) product += 2 * inputs * outputs / forward;
  }
  return { setUp, product };
}
