/**
 * A network times a number: the scale of lazy training.
 *
 * @module
 */
import { checkPositive } from "../numerics/checks.ts";
import { checkNetwork } from "./check_network.ts";
import { scaling } from "./layers/scaling.ts";
import { type Network, networkOf } from "./network.ts";

/**
 * The network a·f, for any network f: the same weights, a² times its kernels.
 *
 * With the loss (or the time) divided by a², `scale: 1 / a ** 2`, its linearization trains as that of f
 * does, while the weights move by 1/a as far: as a → ∞ the flow becomes that of the linearization
 * (Chizat, Oyallon, Bach 2019, who subtract f_0 besides: {@link centred}).
 *
 * @param scale a
 * @throws {RangeError} if the scale is not a positive number
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "./fully_connected.ts";
 * import { scaled } from "./scaled.ts";
 *
 * const network = fullyConnected({ widths: [2, 8, 1] });
 * const images = { shape: [1, 2], data: Float32Array.of(1, 2) };
 * const [once, thrice] = [network, scaled(network, 3)].map((f) => f.apply(f.init(0), images));
 * assert(Math.abs((await thrice).data[0] / (await once).data[0] - 3) < 1e-6);
 * assert.throws(() => scaled(network, 0), /scale is 0; it must be a positive number/);
 * ```
 */
export function scaled(network: Network, scale: number): Network {
  const { layers, inputShape, configuration, init, added } = checkNetwork("network", network);
  checkPositive("scale", scale);
  const { outputShape } = layers[layers.length - 1];
  return {
    ...networkOf(
      [...layers, scaling(scale, outputShape)],
      inputShape,
      { ...configuration, outputScale: scale * (Number(configuration.outputScale) || 1) },
      added && (async (images) => {
        const { shape, data } = await added(images);
        return { shape, data: data.map((value) => scale * value) };
      }),
    ),
    init,
  };
}
