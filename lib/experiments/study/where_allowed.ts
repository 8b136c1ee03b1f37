/**
 * Importing the library needs no permission of Deno: what is looked up then is looked up where that
 * is allowed.
 *
 * @module
 */

/**
 * What `look` finds; where Deno may not look, what stands for it until somebody needs it.
 *
 * @throws whatever `look` throws, but Deno's refusal
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { whereAllowed } from "./where_allowed.ts";
 * const refused = () => {
 *   throw new Deno.errors.NotCapable("Requires read access");
 * };
 * assert.equal(whereAllowed(() => 1, () => 2), 1);
 * assert.equal(whereAllowed(refused, () => 2), 2);
 * ```
 */
export function whereAllowed<T>(look: () => T, otherwise: () => T): T {
  try {
    return look();
  } catch (error) {
    if ((error as Error).name !== "NotCapable") throw error;
    return otherwise();
  }
}
