/**
 * The network that a configuration names.
 *
 * @module
 */
import {
  type ActivationName,
  architectureDefaults,
  type ArchitectureName,
  type Network,
  networkNamed,
} from "../../../networks/mod.ts";
import { checkRecord } from "../../../numerics/checks.ts";

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
  configuration: C,
): Network {
  const { architecture, width, depth, activation, weightStd, biasStd, parametrization } =
    checkRecord("configuration", configuration, {}, "an architecture, its width and its options");
  const shape = { width, depth, activation };
  return networkNamed({ architecture, ...shape, weightStd, biasStd, parametrization });
}

/** What decides a network, or its limit of infinite width. */
type Part<W> = Omit<NetworkConfiguration, "width"> & { readonly width: W };

/** The values that an architecture has defaults of. */
const DEFAULTED = ["depth", "activation", "weightStd", "biasStd", "parametrization"] as const;
type Defaulted = typeof DEFAULTED[number];

/**
 * The values of a configuration that {@link networkOf} reads, and no others: a part of a run's key.
 * The architecture's own are filled in, so that a network has one key, whatever of it is written out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { networkPart } from "./network_of.ts";
 * const short = networkPart({ architecture: "fully-connected", width: 8 });
 * assert.deepEqual(networkPart({ ...short, depth: 2, activation: "relu" }), short);
 * ```
 */
export function networkPart<W>(configuration: Part<W>): Part<W> {
  const { architecture, width } = configuration;
  const own = defaultsOf(configuration);
  const filled = DEFAULTED.map((name) => [name, configuration[name] ?? own[name]]);
  return { architecture, width, ...Object.fromEntries(filled) };
}

/**
 * A configuration without what the architecture makes of it anyway: the same network, the same
 * values, and so one file.
 *
 * @param kept names that stay, whatever their value
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withoutDefaults } from "./network_of.ts";
 * const { architecture, depth, biasStd } = withoutDefaults(
 *   { architecture: "fully-connected", depth: 2, biasStd: 0.1 },
 * );
 * assert.deepEqual([architecture, depth, biasStd], ["fully-connected", undefined, 0.1]);
 * ```
 */
export function withoutDefaults<C extends Omit<NetworkConfiguration, "width">>(
  configuration: C,
  kept: readonly Defaulted[] = [],
): C {
  const own = defaultsOf(configuration);
  const dropped = DEFAULTED.filter((name) =>
    !kept.includes(name) && configuration[name] === own[name]
  );
  return Object.fromEntries(
    Object.entries(configuration).filter(([name]) => !dropped.includes(name as Defaulted)),
  ) as C;
}

function defaultsOf(configuration: Omit<NetworkConfiguration, "width">) {
  const { architecture, activation } = configuration;
  return architectureDefaults(architecture, { activation }) as Pick<
    NetworkConfiguration,
    Defaulted
  >;
}
