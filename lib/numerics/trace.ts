/**
 * The trace of a matrix, which kernels are told and damped by.
 *
 * @module
 */
import type { Matrix } from "./matrix.ts";

/**
 * The sum of a square matrix's diagonal.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toMatrix } from "./matrix.ts";
 * import { trace } from "./trace.ts";
 * assert.equal(trace(toMatrix([[1, 5], [7, 2]], "kernel")), 3);
 * ```
 */
export function trace({ rows, data }: Matrix): number {
  let total = 0;
  for (let i = 0; i < rows; i++) total += data[i * rows + i];
  return total;
}
