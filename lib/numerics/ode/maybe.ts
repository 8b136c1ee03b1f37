/**
 * Computations that wait only where there is something to wait for: written once, as generators,
 * they are synchronous for a right-hand side given by formulas and asynchronous for a network.
 *
 * @module
 */
import { checkThat } from "../checks.ts";

/** A value, or the promise of one. */
export type Maybe<T> = T | Promise<T>;

/** A computation that yields the promises it waits for. */
export type Steps<T> = Generator<Promise<unknown>, T, unknown>;

/** The value itself; in a computation, `yield* wait(value)` waits where it is a promise. */
export function* wait<T>(value: Maybe<T>): Steps<T> {
  return (value instanceof Promise ? yield value : value) as T;
}

/**
 * Runs a computation: what it gives at once where it never waits, else the promise of it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type Maybe, unfold, wait } from "./maybe.ts";
 * function* double(value: Maybe<number>) {
 *   return 2 * (yield* wait(value));
 * }
 * assert.equal(unfold(double(3)), 6);
 * assert.equal(await unfold(double(Promise.resolve(4))), 8);
 * ```
 */
export function unfold<T>(steps: Steps<T>): Maybe<T> {
  checkThat("steps", steps, typeof steps?.next === "function", "a computation: a generator");
  const first = steps.next();
  return first.done ? first.value : rest(steps, first.value);
}

async function rest<T>(steps: Steps<T>, pending: Promise<unknown>): Promise<T> {
  for (;;) {
    let next: IteratorResult<Promise<unknown>, T>;
    try {
      next = steps.next(await pending);
    } catch (error) {
      // What is thrown by the computation itself has ended it, and is thrown again here.
      next = steps.throw(error);
    }
    if (next.done) return next.value;
    pending = next.value;
  }
}
