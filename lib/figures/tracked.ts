import { eventTurns } from "../numerics/event_turns.ts";
import { progressBar, type ProgressOptions } from "./progress.ts";

/**
 * The items of a list, one after another, with a progress bar that counts them: for loops that take
 * long. In a notebook the stop button ends the loop after the item that it is at.
 *
 * @param options of the bar; its `unit` says what the items are
 * @throws {Stopped} when the reader has pressed the stop button.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tracked } from "./tracked.ts";
 * const squares: number[] = [];
 * for await (const n of tracked([1, 2, 3], "Squares")) squares.push(n * n);
 * assert.deepEqual(squares, [1, 4, 9]);
 * ```
 */
export async function* tracked<T>(
  items: Iterable<T>,
  title: string,
  options: Omit<ProgressOptions, "total"> = {},
): AsyncGenerator<T, void, undefined> {
  const list = [...items];
  const bar = progressBar(title, { ...options, total: list.length });
  const turn = eventTurns();
  try {
    for (const [i, item] of list.entries()) {
      yield item;
      await bar.update(i + 1);
      await turn(); // a click is heard also before the bar is drawn
      bar.signal.throwIfAborted();
    }
  } finally {
    await bar.finish();
  }
}
