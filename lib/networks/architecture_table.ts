/**
 * The one table of architectures. A new one is a file beside these, an import and a line here.
 *
 * @module
 */
import { nameTable } from "../numerics/name_table.ts";
import type { Architecture } from "./architecture.ts";
import { fullyConnectedArchitecture } from "./fully_connected.ts";
import { myrtle10Architecture, myrtle5Architecture, myrtle7Architecture } from "./myrtle.ts";

const entries = {
  "myrtle-5": myrtle5Architecture,
  "myrtle-7": myrtle7Architecture,
  "myrtle-10": myrtle10Architecture,
  "fully-connected": fullyConnectedArchitecture,
} satisfies Record<string, Architecture>;

/** By name. */
export const architectureTable: Readonly<typeof entries> = nameTable(entries);
