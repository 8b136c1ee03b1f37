/**
 * The network that a configuration names.
 *
 * @module
 */
import {
  type ActivationName,
  type ArchitectureName,
  type Network,
  networkNamed,
} from "../networks/mod.ts";

/** What of a configuration decides the network. */
export interface NetworkConfiguration {
  readonly architecture: ArchitectureName;
  /** Channels of every convolution, or width of all hidden layers. */
  readonly width: number;
  /** Hidden layers, of an architecture that has a choice. */
  readonly depth?: number;
  readonly activation?: ActivationName;
  readonly weightStd?: number;
  readonly biasStd?: number;
  readonly parametrization?: "ntk" | "standard";
}

/**
 * The network of a configuration; what else this holds does not matter here.
 *
 * @throws {RangeError} if there is no such architecture, or it has no such option or value
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { networkOf } from "./network_of.ts";
 * assert.equal(networkOf({ architecture: "myrtle-5", width: 4 }).outputs, 10);
 * ```
 */
export function networkOf<C extends NetworkConfiguration>(
  { architecture, width, depth, activation, weightStd, biasStd, parametrization }: C,
): Network {
  const shape = { width, depth, activation };
  return networkNamed({ architecture, ...shape, weightStd, biasStd, parametrization });
}

/** The values of a configuration that {@link networkOf} reads, and no others: a part of a run's key. */
export function networkPart<W>(
  { architecture, width, depth, activation, weightStd, biasStd, parametrization }:
    & Omit<NetworkConfiguration, "width">
    & { readonly width: W },
): Omit<NetworkConfiguration, "width"> & { readonly width: W } {
  return { architecture, width, depth, activation, weightStd, biasStd, parametrization };
}
