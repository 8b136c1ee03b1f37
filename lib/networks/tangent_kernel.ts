/**
 * Products K u = J Jᵀ u with the tangent kernel in the space of samples, where networks of dense
 * layers need no weight-sized array.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { backend } from "../numerics/backend.ts";
import { checkNumbers } from "../numerics/checks.ts";
import { elementCount } from "../numerics/tensor.ts";
import { tensorflow } from "../tensorflow/mod.ts";
import { checkNetwork } from "./check_network.ts";
import {
  firstVarying,
  type KeptPasses,
  kernelMatrix,
  kernelProduct,
  pulledBack,
} from "./kept_passes.ts";
import { forwardPasses, type Layer } from "./layers/mod.ts";
import { type Network, withAdded } from "./network.ts";
import {
  checkTensor,
  flatten,
  imageBatch,
  imageCount,
  multiplied,
  type TensorLike,
} from "./tensors.ts";

/** K = J Jᵀ at some weights, J the derivative of all outputs of all images by all parameters. */
export interface TangentKernel {
  /** Outputs f(x) there, sample · outputs + output. */
  readonly outputs: Float32Array;
  /** K u for u [n · outputs]; float32 inside. */
  times(u: Float64Array): Promise<Float64Array>;
  /** Jᵀ u of all parameters, one after the other; float32 inside. */
  pulledBack(u: Float64Array): Promise<Float64Array>;
  /** Work of making this, of a product, and of Jᵀ u, where a forward pass over all images is 1. */
  readonly work: { readonly setUp: number; readonly product: number; readonly pulledBack: number };
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
 * every layer's outputs, multiplied there, and carried forward; with one output K itself is made, where
 * that takes no more than a few products. Other networks go by vjp and jvp.
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
        pulledBack: async (u) => {
          checkNumbers("u", u, { length: elementCount(shape), gaps: true });
          const cotangents = { shape, data: Float32Array.from(u) };
          return flatten(await network.vjp(parameters, images, cotangents), network.shapes);
        },
        work: { setUp: 1, product: 6, pulledBack: 3 },
        dispose() {},
      };
    },
    dispose() {},
  };
}

function sampleKernel(network: Network, images: TensorLike): TangentKernelFamily {
  const { layers, inputShape, added } = network;
  const n = imageCount(images, inputShape);
  const first = firstVarying(layers);
  let input: { readonly x: tf.Tensor; readonly prepared?: tf.Tensor } | undefined;

  const at: TangentKernelFamily["at"] = async (parameters) => {
    const module = await tensorflow();
    const more = await added?.(images);
    const { asMatrix, ...work } = workOf(network, n, input === undefined);
    const setUp = () => {
      const x = input ? input.x : imageBatch(module, images, inputShape, 0, n);
      const passes = forwardPasses(layers, multiplied(module, layers, parameters, "parameters"), x);
      const prepared = layers.map(({ sampleProduct }, i) =>
        i === first && input ? input.prepared : sampleProduct?.prepare?.(passes[i].x)
      );
      const slopes = layers.map(({ slope }, i) => i > first ? slope?.(passes[i]) : undefined);
      const kept = { layers, passes, slopes, prepared };
      const last = passes[layers.length - 1].y.dataSync() as Float32Array;
      const matrix = asMatrix ? Float64Array.from(kernelMatrix(kept).dataSync()) : undefined;
      return { kept, outputs: withAdded(last, more), matrix };
    };
    const { made: { kept, outputs, matrix }, tensors } = keptTidy(module, setUp);
    input ??= { x: kept.passes[0].x, prepared: kept.prepared[first] };
    const shared = new Set([input.x, input.prepared]);
    const own = tensors.filter((tensor) => !shared.has(tensor));

    const entries = (u: Float64Array) =>
      checkNumbers("u", u, { length: n * network.outputs, gaps: true });
    /** In a `tf.tidy`, which would look at each number of an array that it returned. */
    const walked = <T>(u: Float64Array, walk: (u: tf.Tensor) => T): T => {
      const data = Float32Array.from(entries(u));
      let found: T | undefined;
      module.tidy(() => {
        found = walk(module.tensor(data, kept.passes[layers.length - 1].y.shape));
      });
      return found!;
    };
    const product = (u: Float64Array) => {
      if (!matrix) return walked(u, (u) => kernelProduct(kept, u).dataSync());
      const square = { rows: n, cols: n, data: matrix };
      const column = { rows: n, cols: 1, data: entries(u) };
      return backend().multiply(square, column, false, false);
    };
    return {
      outputs,
      // deno-lint-ignore require-await -- so that what it throws comes as a rejection
      times: async (u) => Float64Array.from(product(u)),
      // deno-lint-ignore require-await -- as above
      pulledBack: async (u) => walked(u, (u) => pulledBack(kept, u, network.parameterCount)),
      work,
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
function keptTidy<T extends { readonly kept: KeptPasses }>(
  module: typeof tf,
  make: () => T,
): { made: T; tensors: tf.Tensor[] } {
  let made: T | undefined;
  const tensors = module.tidy(() => {
    made = make();
    const { passes, slopes, prepared } = made.kept;
    const all = passes.flatMap(({ x, y, parameters }) => [x, y, ...parameters]);
    return [...new Set([...all, ...[...slopes, ...prepared].flatMap((tensor) => tensor ?? [])])];
  });
  return { made: made!, tensors };
}

/** Products that are asked of a kernel at least: what they take together may go into its matrix. */
const PRODUCTS = 4;

/**
 * Multiply–adds over those of a forward pass, n · all weights, and whether the kernel is made as a
 * matrix: with one output that takes about what a product does.
 */
function workOf(
  { layers, outputs }: Network,
  n: number,
  fresh: boolean,
): TangentKernel["work"] & { readonly asMatrix: boolean } {
  const forward = layers.reduce((total, layer) => total + weightCount(layer), 0);
  const first = firstVarying(layers);
  let [setUp, product, block] = [1, 0, 0];
  for (const [i, { sampleProduct }] of layers.entries()) {
    const work = sampleProduct?.work?.(n);
    if (!work) continue;
    if (i !== first || fresh) setUp += work.prepare / forward;
    product += work.times / forward;
    block += (work.block ?? 0) / forward;
    if (i === first) continue;
    product += work.passes / forward;
    // Back alone.
    block += work.passes / 2 / forward;
  }
  const known = outputs === 1 &&
    layers.every(({ sampleProduct }) => !sampleProduct || sampleProduct.block);
  const asMatrix = known && block <= PRODUCTS * product;
  return asMatrix
    ? { asMatrix, setUp: setUp + block, product: n / forward, pulledBack: 2 }
    : { asMatrix, setUp, product, pulledBack: 2 };
}
