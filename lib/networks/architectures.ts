/**
 * Architectures by their names: studies, command lines and notebooks know no other list.
 *
 * @module
 */
import { checkInteger, checkOneOf, checkOptions, maybe, must } from "../numerics/checks.ts";
import { checkActivation } from "./activations.ts";
import type { Architecture, ArchitectureOptions } from "./architecture.ts";
import { architectureTable } from "./architecture_table.ts";
import type { Network } from "./network.ts";
import { INITIALIZATION_CHECKS } from "./parametrization.ts";

/** The name of one of {@link architectures}. */
export type ArchitectureName = keyof typeof architectureTable;

/**
 * All architectures by name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { architectures } from "./architectures.ts";
 * assert.equal(architectures["myrtle-10"].title, "Myrtle-10");
 * assert(architectures["fully-connected"].options.depth);
 * ```
 */
export const architectures: Readonly<Record<ArchitectureName, Architecture>> = architectureTable;

/** The names of {@link architectures}, in the table's order. */
export const architectureNames: readonly ArchitectureName[] = Object.keys(
  architectures,
) as ArchitectureName[];

/** What the options of any architecture may be. */
const OPTION_CHECKS = {
  width: maybe(checkInteger),
  depth: maybe(checkInteger, { least: 0 }),
  activation: maybe(checkActivation),
  ...INITIALIZATION_CHECKS,
} as const;

/**
 * What an architecture of the table makes of the options that are left out, beside those given:
 * two configurations that come to the same here are one network.
 *
 * @throws {RangeError} if there is no architecture, or no activation, of this name
 * @throws {TypeError} if there is no option of a name, or its value is of another kind
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { architectureDefaults } from "./architectures.ts";
 * assert.equal(architectureDefaults("fully-connected").depth, 2);
 * assert.equal(architectureDefaults("fully-connected", { activation: "erf" }).weightStd, 1);
 * assert.equal(architectureDefaults("myrtle-5").depth, undefined);
 * ```
 */
export function architectureDefaults(
  architecture: ArchitectureName,
  options: Partial<ArchitectureOptions> = {},
): Partial<ArchitectureOptions> {
  checkOneOf("architecture", architecture, architectureNames);
  return architectures[architecture].defaults(checkOptions("options", options, OPTION_CHECKS));
}

/** What {@link networkNamed} takes: a name of the table, and the options of that architecture. */
export interface NamedNetworkOptions extends ArchitectureOptions {
  readonly architecture: ArchitectureName;
}

/**
 * The network of an architecture of the table, for images [n, 32, 32, 3] and ten classes.
 *
 * An option that is undefined is as one left out.
 *
 * @throws {RangeError} naming the architecture and all that there are, if there is none of this name;
 * naming an option that this architecture does not take, or whose value is out of range
 * @throws {TypeError} if no architecture has an option of a name, or its value is of another kind
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { networkNamed } from "./architectures.ts";
 * const network = networkNamed({ architecture: "fully-connected", width: 8, depth: 3 });
 * assert.deepEqual(network.shapes, [[3072, 8], [8, 8], [8, 8], [8, 10]]);
 * assert.throws(
 *   () => networkNamed({ architecture: "myrtle-5", width: 8, depth: 3 }),
 *   /^RangeError: depth is 3; "myrtle-5" takes width, weightStd, biasStd, parametrization$/,
 * );
 * ```
 */
export function networkNamed(options: NamedNetworkOptions): Network {
  const { architecture, ...own } = checkOptions("options", options, {
    architecture: must(checkOneOf<ArchitectureName>, architectureNames),
    ...OPTION_CHECKS,
    width: checkInteger,
  });
  const { options: taken, network } = architectures[architecture];
  for (const [name, value] of Object.entries(own)) {
    if (value === undefined || name in taken) continue;
    throw new RangeError(
      `${name} is ${value}; "${architecture}" takes ${Object.keys(taken).join(", ")}`,
    );
  }
  return network(own);
}
