/**
 * Products K u = J Jᵀ u with the tangent kernel in the space of samples, where networks of dense
 * layers need no weight-sized array.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { checkNumbers } from "../numerics/checks.ts";
import { elementCount } from "../numerics/tensor.ts";
import { tensorflow } from "../tensorflow/mod.ts";
import { forwardPasses, type Layer, type Pass } from "./layers/mod.ts";
import { checkNetwork } from "./check_network.ts";
import { type Network, withAdded } from "./network.ts";
import { checkTensor, imageBatch, imageCount, multiplied, type TensorLike } from "./tensors.ts";

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

/**
 * Whether K u needs no array as large as the weights: every layer that has some knows its part of the
 * product in the space of samples, as dense layers and their biases do, and convolutions do not.
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
export const isDense = (network: Network): boolean =>
  checkNetwork("network", network).layers.every(({ parameters, sampleProduct }) =>
    parameters.length === 0 || sampleProduct
  );

/**
 * Products with J Jᵀ of a network on some images.
 *
 * Where all layers have their product in the space of samples ({@link isDense}), u is brought back to
 * every layer's outputs, multiplied there, and carried forward. Other networks go by vjp and jvp.
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
  checkNetwork("network", network);
  checkTensor("images", images);
  return isDense(network) ? sampleKernel(network, images) : passesKernel(network, images);
}

/** By vjp and jvp: 2 beside a forward pass each. */
function passesKernel(network: Network, images: TensorLike): TangentKernelFamily {
  const shape = [imageCount(images, network.inputShape), network.outputs];
  return {
    async at(parameters) {
      return {
        outputs: (await network.apply(parameters, images)).data,
        async times(u) {
          checkNumbers("u", u, { length: elementCount(shape), gaps: true });
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

function sampleKernel(network: Network, images: TensorLike): TangentKernelFamily {
  const { layers, inputShape, added } = network;
  const n = imageCount(images, inputShape);
  const forward = layers.reduce((total, layer) => total + weightCount(layer), 0);
  const first = layers.findIndex(({ parameters }) => parameters.length > 0);
  let input: { readonly x: tf.Tensor; readonly prepared?: tf.Tensor } | undefined;

  const at: TangentKernelFamily["at"] = async (parameters) => {
    const module = await tensorflow();
    const more = await added?.(images);
    const setUp = () => {
      const x = input ? input.x : imageBatch(module, images, inputShape, 0, n);
      const passes = forwardPasses(layers, multiplied(module, layers, parameters, "parameters"), x);
      const prepared = layers.map(({ sampleProduct }, i) =>
        i === first && input ? input.prepared : sampleProduct?.prepare?.(passes[i].x)
      );
      const last = passes[layers.length - 1].y.dataSync() as Float32Array;
      const outputs = withAdded(last, more);
      return { passes, prepared, outputs };
    };
    const fresh = input === undefined;
    const { made: { passes, prepared, outputs }, tensors } = keptTidy(module, setUp);
    input ??= { x: passes[0].x, prepared: prepared[first] };
    const shared = new Set([input.x, input.prepared]);
    const own = tensors.filter((tensor) => !shared.has(tensor));

    const product = (u: Float64Array) => {
      checkNumbers("u", u, { length: n * network.outputs, gaps: true });
      const cotangents: tf.Tensor[] = [];
      let back: tf.Tensor = module.tensor(Float32Array.from(u), [n, network.outputs]);
      for (let i = layers.length - 1; i >= first; i--) {
        cotangents[i] = back;
        if (i > first) back = layers[i].inputVjp(passes[i], back);
      }
      let dx: tf.Tensor | undefined;
      for (let i = first; i < layers.length; i++) {
        const ours = layers[i].sampleProduct?.times(passes[i], cotangents[i], prepared[i]);
        const through = dx && layers[i].jvp(passes[i], dx, []);
        dx = through && ours ? through.add(ours) : through ?? ours;
      }
      return dx!.dataSync() as Float32Array;
    };
    return {
      outputs,
      // deno-lint-ignore require-await -- so that what it throws comes as a rejection
      times: async (u) => Float64Array.from(module.tidy(() => product(u))),
      work: workOf(layers, { n, forward, first, fresh }),
      dispose: () => module.dispose(own),
    };
  };
  return {
    at,
    dispose() {
      input?.x.dispose();
      input?.prepared?.dispose();
      input = undefined;
    },
  };
}

const weightCount = ({ parameters }: Layer) =>
  parameters.reduce((total, { shape }) => total + elementCount(shape), 0);

/** `tf.tidy` that keeps the tensors among what was made. */
function keptTidy<T extends { passes: Pass[]; prepared: (tf.Tensor | undefined)[] }>(
  module: typeof tf,
  make: () => T,
): { made: T; tensors: tf.Tensor[] } {
  let made: T | undefined;
  const tensors = module.tidy(() => {
    made = make();
    const all = made.passes.flatMap(({ x, y, parameters }) => [x, y, ...parameters]);
    return [...new Set([...all, ...made.prepared.flatMap((tensor) => tensor ?? [])])];
  });
  return { made: made!, tensors };
}

/** Multiply–adds over those of a forward pass, n · `forward`. */
function workOf(
  layers: readonly Layer[],
  { n, forward, first, fresh }: {
    readonly n: number;
    readonly forward: number;
    readonly first: number;
    readonly fresh: boolean;
  },
): TangentKernel["work"] {
  let [setUp, product] = [1, 0];
  for (const [i, { sampleProduct }] of layers.entries()) {
    const work = sampleProduct?.work?.(n);
    if (!work) continue;
    if (i !== first || fresh) setUp += work.prepare / forward;
    product += work.times / forward;
    if (i !== first) product += work.passes / forward;
  }
  return { setUp, product };
}
