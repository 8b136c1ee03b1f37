/**
 * What a descent steps by: loss and gradient of all images, or of minibatches in a seeded order.
 *
 * @module
 */
import { type Network, type TensorLike, toArray } from "../../networks/mod.ts";
import { checkInteger, checkNumbers } from "../../numerics/checks.ts";
import { elementCount, type Tensor } from "../../numerics/tensor.ts";
import { randomStream } from "../../numerics/random.ts";
import type { TrainingSet } from "./descent_options.ts";
import { type LossAndGradient, squaredError } from "./squared_error.ts";

/** A loss as a descent sees it. */
export interface Objective {
  /** Whether every step sees all images. */
  readonly full: boolean;
  /** Loss and gradient that the step of this number is made of. */
  at(parameters: readonly TensorLike[], step: number): Promise<LossAndGradient>;
  /** L of all images. */
  loss(parameters: readonly TensorLike[]): Promise<number>;
}

/** L = c · ½ Σ ‖f(x) − y‖² of all images at every step; `scale` is c. */
export function fullBatch(
  network: Network,
  { images, targets }: TrainingSet,
  scale: number,
): Objective {
  const at = squaredError(network, images, targets, { scale });
  return { full: true, at, loss: async (parameters) => (await at(parameters)).loss };
}

/**
 * Minibatches of B images: epoch e takes the images in the order of a permutation that seed and e
 * give, B a step, and what is left over in its last. The loss of a batch of B is its sum times n/B:
 * its mean over the batches of an epoch is L where B divides n, and over the permutations always.
 *
 * @param options `scale` is c; `order` gives the indices of an epoch in place of the permutation
 * @throws {RangeError} if the targets' shape is not [n, outputs]; at a step, if `order` does not
 * give n indices from 0 to n − 1
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../../networks/mod.ts";
 * import { fullBatch, minibatches } from "./minibatches.ts";
 *
 * const network = fullyConnected({ widths: [1, 1] });
 * const data = {
 *   images: { shape: [4, 1], data: Float32Array.of(1, 2, 3, 4) },
 *   targets: { shape: [4, 1], data: Float32Array.of(1, 0, 0, 1) },
 * };
 * const halves = minibatches(network, data, { batchSize: 2, seed: 0, scale: 1 });
 * const theta = network.init(0);
 * const [a, b] = [await halves.at(theta, 0), await halves.at(theta, 1)];
 * const { loss } = await fullBatch(network, data, 1).at(theta, 0);
 * assert(Math.abs((a.loss + b.loss) / 2 - loss) < 1e-5 * loss);
 * ```
 */
export function minibatches(
  network: Network,
  { images, targets }: TrainingSet,
  { batchSize, seed, scale, order = seededOrder(seed, images.shape[0]) }: {
    readonly batchSize: number;
    readonly seed: number;
    readonly scale: number;
    readonly order?: (epoch: number) => ArrayLike<number>;
  },
): Objective {
  const n = images.shape[0];
  const shape = images.shape.slice(1);
  const x = toArray(images, "images", images.shape);
  const y = toArray(targets, "targets", [n, network.outputs]);
  const batchesPerEpoch = Math.ceil(n / batchSize);
  let current: { readonly epoch: number; readonly indices: ArrayLike<number> } | undefined;

  const indicesOf = (epoch: number) => {
    if (current?.epoch !== epoch) current = { epoch, indices: checkOrder(order(epoch), epoch, n) };
    return current.indices;
  };
  return {
    full: false,
    at: (parameters, step) => {
      const indices = indicesOf(Math.floor(step / batchesPerEpoch));
      const from = (step % batchesPerEpoch) * batchSize;
      const batch = Array.from(
        { length: Math.min(batchSize, n - from) },
        (_, i) => indices[from + i],
      );
      return squaredError(
        network,
        rowsOf(x, batch, shape),
        rowsOf(y, batch, [network.outputs]),
        { scale: scale * n / batch.length },
      )(parameters);
    },
    loss: async (parameters) => {
      const { data } = await network.apply(parameters, images);
      let sum = 0;
      for (let i = 0; i < data.length; i++) sum += (data[i] - y[i]) ** 2;
      return scale * sum / 2;
    },
  };
}

// A stream an epoch, so that the order of any epoch is known without those before.
const seededOrder = (seed: number, n: number) => (epoch: number) =>
  randomStream(seed, `descent/order of epoch ${epoch}`).permutation(n);

/** The rows of those indices, as a tensor [indices, …shape]. */
function rowsOf(values: Float32Array, indices: readonly number[], shape: number[]): Tensor {
  const size = elementCount(shape);
  const data = new Float32Array(indices.length * size);
  indices.forEach((index, i) =>
    data.set(values.subarray(index * size, (index + 1) * size), i * size)
  );
  return { shape: [indices.length, ...shape], data };
}

function checkOrder(indices: ArrayLike<number>, epoch: number, n: number): ArrayLike<number> {
  checkNumbers(`order(${epoch})`, indices, { length: n });
  for (let i = 0; i < n; i++) {
    checkInteger(`order(${epoch})[${i}]`, indices[i], { least: 0, most: n - 1 });
  }
  return indices;
}
