/**
 * The name of the result of a study of one network.
 *
 * @module
 */
import type { Fields } from "../study/fields.ts";
import { nameFrom, tagged } from "../study/file_name.ts";
import { type NetworkConfiguration, withoutDefaults } from "./computations/network_of.ts";

/** Architecture, width, n, and what of the fields is not the default: "myrtle_5_16_n500_tau5". */
export function networkFileName(
  fields: Fields,
  configuration: NetworkConfiguration & { readonly n: number },
): string {
  const { architecture, width, n } = configuration;
  return nameFrom([
    architecture,
    width,
    `n${n}`,
    ...tagged(fields, withoutDefaults(configuration)),
  ]);
}
