import { checkFunction, checkOptions } from "../numerics/checks.ts";
import type { Control, WorkProgress } from "../numerics/control.ts";
import { PROGRESS_CHECKS, progressBar, type ProgressOptions } from "./progress.ts";

/** What long work is handed: a {@linkcode Control} whose total may be left to the bar's own. */
export interface ProgressControl extends Required<Control> {
  readonly onProgress: (
    progress: Omit<WorkProgress, "total"> & { readonly total?: number },
  ) => void | Promise<void>;
}

/**
 * Long work with a progress bar, which is drawn to its end, and says whether the work is done
 * (✓), failed (✗) or was stopped (■). What stops early with a part of its result ends the cell all the same.
 *
 * @param work is handed the bar's `onProgress` and `signal`, as this library's long functions take
 * them
 * @throws {Stopped} when the reader has pressed the stop button; else what `work` throws
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withProgress } from "./with_progress.ts";
 * const sum = await withProgress("sum", { total: 3 }, async ({ onProgress, signal }) => {
 *   let sum = 0;
 *   for (let i = 1; i <= 3 && !signal.aborted; i++) {
 *     sum += i;
 *     await onProgress({ done: i });
 *   }
 *   return sum;
 * });
 * assert.equal(sum, 6);
 * ```
 */
export async function withProgress<T>(
  title: string,
  options: ProgressOptions,
  work: (control: ProgressControl) => Promise<T>,
): Promise<T> {
  checkOptions("options", options, PROGRESS_CHECKS);
  checkFunction("work", work);
  const bar = progressBar(title, options);
  let result: T;
  try {
    result = await work({
      onProgress: ({ done, total, note }) => bar.update(done, total, note),
      signal: bar.signal,
    });
  } catch (error) {
    await bar.finish(undefined, "failed");
    throw error;
  }
  await bar.finish();
  bar.signal.throwIfAborted();
  return result;
}
