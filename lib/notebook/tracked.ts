import { checkIterable, checkOptions, checkText } from "../numerics/checks.ts";
import { eventTurns } from "../numerics/event_turns.ts";
import { PROGRESS_CHECKS, progressBar, type ProgressOptions } from "./progress.ts";

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
export function tracked<T>(
  items: Iterable<T>,
  title: string,
  options: Omit<ProgressOptions, "total"> = {},
): AsyncGenerator<T, void, undefined> {
  checkIterable("items", items);
  checkText("title", title);
  const { total: _, ...checks } = PROGRESS_CHECKS;
  checkOptions("options", options, checks);
  return counted([...items], title, options);
}

// Apart: a generator would refuse nothing before its first item is asked for.
async function* counted<T>(
  list: readonly T[],
  title: string,
  options: Omit<ProgressOptions, "total">,
): AsyncGenerator<T, void, undefined> {
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
