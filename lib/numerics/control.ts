/**
 * How whoever waits for long work follows it and ends it.
 *
 * @module
 */
import { checkFunction, checkInstance, maybe } from "./checks.ts";

/** How far work has come. */
export interface WorkProgress {
  readonly done: number;
  readonly total: number;
  /** What it is at, in a few words. */
  readonly note?: string;
}

/** What every long computation takes among its options: a progress bar's two ends. */
export interface Control {
  /** Called, and awaited, as the work goes on. */
  readonly onProgress?: (progress: WorkProgress) => void | Promise<void>;
  /** Ends the work early: a notebook's stop button. */
  readonly signal?: AbortSignal;
}

/** What these options may be, as a check of options takes it. */
export const CONTROL_CHECKS = {
  onProgress: maybe(checkFunction),
  signal: maybe(checkInstance<AbortSignal>, AbortSignal),
} as const;
