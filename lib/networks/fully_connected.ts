/**
 * Fully connected networks.
 *
 * @module
 */
import { checkInteger, checkList, checkOptions, maybe, must } from "../numerics/checks.ts";
import {
  type ActivationName,
  activationNames,
  activationOf,
  checkActivation,
} from "./activations.ts";
import { type Architecture, SCALE_DEFAULTS, SCALES } from "./architecture.ts";
import { type Activation, bias, dense, type Layer, nonlinearity } from "./layers/mod.ts";
import { type Network, networkOf } from "./network.ts";
import {
  biasSpecification,
  INITIALIZATION_CHECKS,
  type InitializationOptions,
  weightSpecification,
} from "./parametrization.ts";

/** The nonlinearity where nothing is said. */
const ACTIVATION = "relu";

/** Options of {@link fullyConnected}. */
export interface FullyConnectedOptions extends InitializationOptions {
  /** Numbers of units from input to output, such as [3072, 512, 512, 10]. */
  readonly widths: readonly number[];
  /** The nonlinearity after every dense layer but the last: a name, or an {@link Activation}. */
  readonly activation?: ActivationName | Activation;
}

/**
 * A fully connected network: dense layers with a nonlinearity between them, none after the last.
 *
 * Images [n, 32, 32, 3] are taken as vectors [n, 3072]. The default W_std is √2 for relu and gelu,
 * 1 for erf and linear, and what an {@link Activation} says; without biases unless `biasStd` > 0.
 *
 * @throws {RangeError} if widths are fewer than two or not positive integers, or an option's value
 * is none of those allowed
 * @throws {TypeError} if there is no option of a name, or its value is of another kind
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "./fully_connected.ts";
 * const network = fullyConnected({ widths: [3072, 64, 10] });
 * assert(network.parameterCount === 3072 * 64 + 64 * 10);
 * assert(network.init(0)[1].shape.join() === "64,10");
 * ```
 */
export function fullyConnected(options: FullyConnectedOptions): Network {
  const {
    widths,
    activation = ACTIVATION,
    weightStd = ownWeightStd(activation),
    biasStd = SCALE_DEFAULTS.biasStd,
    parametrization = SCALE_DEFAULTS.parametrization,
  } = checkOptions("options", options, {
    widths: must(checkList, checkInteger, 2),
    activation: maybe(checkActivation),
    ...INITIALIZATION_CHECKS,
  });
  const between = activationOf(activation);
  const scales = { weightStd, biasStd, parametrization };
  const layers: Layer[] = [];
  for (let i = 1; i < widths.length; i++) {
    if (i > 1 && between) layers.push(nonlinearity(between, [widths[i - 1]]));
    layers.push(dense(weightSpecification([widths[i - 1], widths[i]], scales)));
    if (biasStd > 0) layers.push(bias(biasSpecification(widths[i], scales), [widths[i]]));
  }
  return networkOf(layers, [widths[0]], {
    architecture: "fully connected",
    widths: [...widths],
    activation: between?.name ?? activation,
    ...scales,
  });
}

const ownWeightStd = (activation: ActivationName | Activation) =>
  activationOf(activation)?.weightStd ?? 1;

/** Hidden layers of the table's network where nothing is said. */
const DEPTH = 2;

/** The line in the table of architectures. */
export const fullyConnectedArchitecture: Architecture = {
  title: "fully connected",
  options: {
    width: "units of every hidden layer",
    depth: `number of hidden layers (${DEPTH})`,
    activation: `one of ${activationNames.join(", ")}`,
    ...SCALES,
  },
  defaults: ({ activation = ACTIVATION }) => ({
    ...{ depth: DEPTH, activation: ACTIVATION, ...SCALE_DEFAULTS },
    weightStd: ownWeightStd(activation),
  }),
  network({ width, depth = DEPTH, ...options }) {
    checkInteger("depth", depth, { least: 0 });
    return fullyConnected({ widths: [3072, ...new Array(depth).fill(width), 10], ...options });
  },
};
