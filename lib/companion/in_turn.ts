/**
 * Work on a list, some of it side by side.
 *
 * @module
 */

/**
 * Begins the work on each of a list in its order, so many at once, the next as soon as one ends. After
 * an error or an abortion nothing more begins; when what is at work has ended, it is thrown.
 *
 * @throws the first error of the work, or else the signal's reason
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inTurn } from "./in_turn.ts";
 * const said: string[] = [];
 * await inTurn(["a", "b", "c"], async (name) => {
 *   said.push(name);
 *   await new Promise((resolve) => setTimeout(resolve, name === "a" ? 20 : 1));
 *   said.push(`${name}.`);
 * }, { atOnce: 2 });
 * assert.equal(said.slice(0, 4).join(" "), "a b b. c");
 * ```
 */
export async function inTurn<T>(
  list: readonly T[],
  work: (one: T) => Promise<void>,
  { atOnce, signal }: { readonly atOnce: number; readonly signal?: AbortSignal },
): Promise<void> {
  const left = [...list];
  const errors: unknown[] = [];
  const worker = async () => {
    while (left.length > 0 && errors.length === 0 && !signal?.aborted) {
      await work(left.shift()!).catch((error) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (errors.length > 0) throw errors[0];
  signal?.throwIfAborted();
}
