/**
 * The one table of nonlinearities. A new one is a file of `layers`, an import and a line here.
 *
 * @module
 */
import { nameTable } from "../numerics/name_table.ts";
import { type Activation, erf, gelu, relu } from "./layers/mod.ts";

const entries = { relu, erf, gelu, linear: undefined } satisfies Record<
  string,
  Activation | undefined
>;

/** By name; `linear` is no layer at all. */
export const activationTable: Readonly<typeof entries> = nameTable(entries);
