/**
 * Work that may be given up in its midst, and work beside it that comes to its end.
 *
 * @module
 */
import { checkInstance } from "../checks.ts";
import type { Steps } from "./maybe.ts";

/** Tells a right-hand side when to give up: while work is done `within` it, and at no other time. */
export interface Interruption {
  readonly signal?: AbortSignal;
  /** To be called in long evaluations: throws the signal's reason where they may be given up. */
  heed(): void;
  /** Does the work, which may be given up: then `undefined`. */
  within<T>(work: Steps<T>): Steps<T | undefined>;
}

/**
 * An interruption by a signal: what is not done `within` it, such as what is being recorded or saved,
 * comes to its end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { interruption } from "./interruption.ts";
 * import { unfold } from "./maybe.ts";
 * const { heed, within } = interruption(AbortSignal.abort());
 * heed(); // nothing to give up yet
 * // deno-lint-ignore require-yield
 * assert.equal(unfold(within(function* () {
 *   heed();
 *   return "not reached";
 * }())), undefined);
 * ```
 */
export function interruption(signal?: AbortSignal): Interruption {
  if (signal !== undefined) checkInstance("signal", signal, AbortSignal);
  let heeding = false;
  return {
    signal,
    heed() {
      if (heeding) signal?.throwIfAborted();
    },
    *within(work) {
      heeding = true;
      try {
        return yield* work;
      } catch (error) {
        if (signal?.aborted && error === signal.reason) return undefined;
        throw error;
      } finally {
        heeding = false;
      }
    },
  };
}
