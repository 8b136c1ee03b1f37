/**
 * Turns for the event loop in the midst of long work.
 *
 * @module
 */

/** Least time between two turns, in ms: a click is answered at once, and a turn's 2 ms are 2 %. */
const INTERVAL = 100;

/**
 * A function to await in a long loop: at most every 100 ms it lets the event loop take a turn, so that
 * timers, messages and signals (the stop button of a notebook) get through. A promise that is
 * already settled, as most that this library awaits, lets nothing through.
 *
 * @example
 * ```ts
 * import { eventTurns } from "./event_turns.ts";
 * const controller = new AbortController();
 * setTimeout(() => controller.abort(), 100);
 * const turn = eventTurns();
 * while (!controller.signal.aborted) await turn();
 * ```
 */
export function eventTurns(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < INTERVAL) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  };
}
