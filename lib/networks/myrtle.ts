/**
 * Myrtle-5, the convolutional network of the paper's experiments, and its deeper sisters.
 *
 * @module
 */
import { checkInteger, checkOptions, maybe } from "../numerics/checks.ts";
import { type Architecture, SCALE_DEFAULTS, SCALES } from "./architecture.ts";
import {
  averagePool,
  bias,
  convolution,
  dense,
  flatten,
  type Layer,
  nonlinearity,
  relu,
} from "./layers/mod.ts";
import { type Network, networkOf } from "./network.ts";
import {
  biasSpecification,
  INITIALIZATION_CHECKS,
  type InitializationOptions,
  weightSpecification,
} from "./parametrization.ts";

/** Options of {@link myrtle5}, {@link myrtle7} and {@link myrtle10}. */
export interface MyrtleOptions extends InitializationOptions {
  /** Channels of every convolution; 128 in the paper. */
  readonly channels?: number;
}

const CLASSES = 10;

/** Convolutions before each of the three pools, by the number of layers with weights. */
const CONVOLUTIONS = { 5: [2, 1, 1], 7: [2, 2, 2], 10: [3, 3, 3] } as const;

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
export const myrtle5 = (options: MyrtleOptions = {}): Network => myrtle(5, options);

/**
 * Myrtle-7: as {@link myrtle5}, with two convolutions before each pool.
 *
 * @throws {RangeError} if `channels` is not a positive integer or a scale is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { myrtle7 } from "./myrtle.ts";
 * assert.equal(myrtle7({ channels: 16 }).shapes.length, 7);
 * ```
 */
export const myrtle7 = (options: MyrtleOptions = {}): Network => myrtle(7, options);

/**
 * Myrtle-10: as {@link myrtle5}, with three convolutions before each pool.
 *
 * @throws {RangeError} if `channels` is not a positive integer or a scale is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { myrtle10 } from "./myrtle.ts";
 * assert.equal(myrtle10({ channels: 16 }).shapes.length, 10);
 * ```
 */
export const myrtle10 = (options: MyrtleOptions = {}): Network => myrtle(10, options);

const architectureOf = (depth: keyof typeof CONVOLUTIONS): Architecture => ({
  title: `Myrtle-${depth}`,
  options: { width: "channels of every convolution", ...SCALES },
  defaults: () => SCALE_DEFAULTS,
  network: ({ width, ...scales }) => myrtle(depth, { channels: width, ...scales }),
});

/** Their lines in the table of architectures. */
export const myrtle5Architecture: Architecture = architectureOf(5);
export const myrtle7Architecture: Architecture = architectureOf(7);
export const myrtle10Architecture: Architecture = architectureOf(10);

function myrtle(depth: keyof typeof CONVOLUTIONS, options: MyrtleOptions): Network {
  const {
    channels = 128,
    weightStd = SCALE_DEFAULTS.weightStd,
    biasStd = SCALE_DEFAULTS.biasStd,
    parametrization = SCALE_DEFAULTS.parametrization,
  } = checkOptions("options", options, {
    channels: maybe(checkInteger),
    ...INITIALIZATION_CHECKS,
  });
  const scales = { weightStd, biasStd, parametrization };
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
  for (const [group, convolutions] of CONVOLUTIONS[depth].entries()) {
    for (let i = 0; i < convolutions; i++) {
      add(convolution(weightSpecification([3, 3, shape[2], channels], scales), shape));
      withBias();
      add(nonlinearity(relu, shape));
    }
    add(averagePool(group < 2 ? 2 : 8, shape));
  }
  add(flatten(shape));
  add(dense(weightSpecification([channels, CLASSES], scales)));
  withBias();
  return networkOf(layers, [32, 32, 3], { architecture: `Myrtle-${depth}`, channels, ...scales });
}
