/**
 * Large arrays, to be filled at once.
 *
 * @module
 */
import { checkFunction, checkInteger } from "../numerics/checks.ts";
import { session } from "./session.ts";

/** A typed array's constructor. */
type Kind<A> = { new (length: number): A };

/**
 * An array of zeros, as `new` gives it, in large pages where the system has them for the asking (Linux):
 * to be given 15 MB in pages of 4 KiB takes 8 ms, as long as a pass of a small network; in pages of
 * 2 MiB half of that.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { freshArray } from "./fresh_array.ts";
 * import { tensorflow } from "./session.ts";
 * await tensorflow();
 * const array = freshArray(Float64Array, 2 ** 20);
 * assert.deepEqual([array.length, array.at(-1)], [2 ** 20, 0]);
 * ```
 */
export function freshArray<A extends Float32Array | Float64Array>(
  kind: Kind<A>,
  length: number,
): A {
  checkFunction("kind", kind);
  const array = new kind(checkInteger("length", length, { least: 0 }));
  session().binding.inLargePages(array.buffer as ArrayBuffer);
  return array;
}
