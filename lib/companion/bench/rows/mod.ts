/**
 * The table of benchmarks: all rows, one record each.
 *
 * @module
 */
import type { BenchmarkRow } from "../row.ts";
import { algebraRows } from "./algebra.ts";
import { flowRows, startRows } from "./flows.ts";
import { networkRows } from "./networks.ts";

/** All rows, in the table's order. */
export const ROWS: readonly BenchmarkRow[] = [
  ...networkRows,
  ...algebraRows,
  ...flowRows,
  ...startRows,
];
