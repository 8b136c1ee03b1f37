/**
 * Myrtle-5, the convolutional network of the paper's experiments.
 *
 * @module
 */
import { averagePool, bias, convolution, dense, flatten, type Layer, relu } from "./layers.ts";
import { type Network, networkOf } from "./network.ts";
import {
  biasSpecification,
  checkInitialization,
  type InitializationOptions,
  weightSpecification,
} from "./parametrization.ts";

/** Options of {@link myrtle5}. */
export interface Myrtle5Options extends InitializationOptions {
  /** Channels of every convolution; 128 in the paper. */
  readonly channels?: number;
}

const CLASSES = 10;

/**
 * Myrtle-5 (Shankar et al. 2020): [conv 3×3, relu]×2, average pool 2×2, conv, relu, pool, conv,
 * relu, pool ×3 (8×8 → 1×1), flatten, dense 10; images [n, 32, 32, 3].
 *
 * The three last pools are one mean over 8×8 pixels, which is the same function.
 *
 * @throws {RangeError} if `channels` is not a positive integer or a scale is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { myrtle5 } from "./myrtle.ts";
 * const network = myrtle5({ channels: 16 });
 * assert(network.shapes.length === 5);
 * assert(network.shapes[0].join() === "3,3,3,16");
 * ```
 */
export function myrtle5(
  { channels = 128, weightStd = Math.SQRT2, biasStd = 0, parametrization = "ntk" }: Myrtle5Options =
    {},
): Network {
  if (!(Number.isInteger(channels) && channels > 0)) {
    throw new RangeError(`channels is ${channels}; it must be a positive integer`);
  }
  const scales = checkInitialization({ weightStd, biasStd, parametrization });
  const layers: Layer[] = [];
  let shape: readonly number[] = [32, 32, 3];
  const add = (layer: Layer) => {
    layers.push(layer);
    shape = layer.outputShape;
  };
  const withBias = () => {
    const length = shape[shape.length - 1];
    if (biasStd > 0) add(bias(biasSpecification(length, scales), shape));
  };
  const convolutionAndRelu = () => {
    add(convolution(weightSpecification([3, 3, shape[2], channels], scales), shape));
    withBias();
    add(relu(shape));
  };
  convolutionAndRelu();
  convolutionAndRelu();
  add(averagePool(2, shape));
  convolutionAndRelu();
  add(averagePool(2, shape));
  convolutionAndRelu();
  add(averagePool(8, shape));
  add(flatten(shape));
  add(dense(weightSpecification([channels, CLASSES], scales)));
  withBias();
  return networkOf(layers, [32, 32, 3], { architecture: "Myrtle-5", channels, ...scales });
}
