/**
 * A network less a part of the function that it starts as.
 *
 * @module
 */
import { checkInteger, checkList, checkNumber, checkOptions, maybe } from "../numerics/checks.ts";
import type { Tensor } from "../numerics/tensor.ts";
import { squaredNorm } from "../numerics/vectors.ts";
import { checkNetwork } from "./check_network.ts";
import { type Network, networkOf } from "./network.ts";
import { checkTensor, flatten, type TensorLike, toArray } from "./tensors.ts";

/** Options of {@link centred}. */
export interface CentredOptions {
  /** θ_0; the network's own initialization with `seed` by default. */
  readonly parameters?: readonly TensorLike[];
  readonly seed?: number;
  /** c, the share of f_0 that is kept: 0 subtracts all of it, 1 nothing; any number may be. */
  readonly kept?: number;
}

/**
 * The network f − (1 − c) f_0, for any network f: f_0 is f at the weights θ_0 on whatever images are
 * asked for. Derivatives and kernels are those of f; from θ_0 it starts at c·f_0.
 *
 * With c = 0 training from θ_0 has nothing to unlearn, by the same kernel; other c scale f_0 alone.
 * `scaled(centred(f), a)` is the lazy network of Chizat, Oyallon, Bach (2019).
 *
 * f_0 is found once for a list of images, and kept until another of as many images is asked for.
 * Digits are lost where f − f_0 is small beside f: it has 10⁻⁷ of f.
 *
 * @throws {RangeError} if shapes do not match, `kept` is no finite number, or the seed no integer
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { centred } from "./centred.ts";
 * import { fullyConnected } from "./fully_connected.ts";
 *
 * const network = fullyConnected({ widths: [2, 8, 1] });
 * const images = { shape: [1, 2], data: Float32Array.of(1, 2) };
 * const outputs = (f: typeof network, seed: number) => f.apply(network.init(seed), images);
 * assert.equal((await outputs(centred(network, { seed: 3 }), 3)).data[0], 0);
 * assert((await outputs(centred(network, { seed: 3 }), 4)).data[0] !== 0);
 * ```
 */
export function centred(network: Network, options: CentredOptions = {}): Network {
  const { layers, inputShape, configuration, shapes, init, added } = checkNetwork(
    "network",
    network,
  );
  const { seed = 0, kept = 0, parameters = init(seed) } = checkOptions("options", options, {
    parameters: maybe(checkList, checkTensor),
    seed: maybe(checkInteger, { least: 0 }),
    kept: maybe(checkNumber),
  });
  // Who changes the weights in place later on must not change f_0.
  const start = parameters.map((value, i) => ({
    shape: shapes[i] ?? value.shape,
    data: toArray(value, `parameters[${i}]`, shapes[i] ?? value.shape).slice(),
  }));
  const startSquared = squaredNorm(flatten(start, shapes));
  const before = Array.isArray(configuration.centred) ? configuration.centred : [];
  const initial = keptOutputs((images) => network.apply(start, images));
  return {
    ...networkOf(
      layers,
      inputShape,
      { ...configuration, centred: [...before, { kept, startSquared }] },
      async (images) => {
        const { shape, data } = await initial(images);
        const more = await added?.(images);
        return { shape, data: data.map((value, i) => (more?.data[i] ?? 0) - (1 - kept) * value) };
      },
    ),
    init,
  };
}

/** Outputs that are made anew only for other images; of each number of them, the last are kept. */
function keptOutputs(make: (images: TensorLike) => Promise<Tensor>) {
  const found = new Map<number, { readonly of: Float32Array; readonly outputs: Tensor }>();
  return async (images: TensorLike): Promise<Tensor> => {
    const values = toArray(images, "images", images.shape);
    const known = found.get(values.length);
    // By value: a batch's array may be filled again with other images.
    if (known?.of.every((value, i) => value === values[i])) return known.outputs;
    const outputs = await make(images);
    found.set(values.length, { of: values.slice(), outputs });
    return outputs;
  };
}
