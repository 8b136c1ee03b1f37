/**
 * Pictures, tables and progress: one look for every figure, shown inline in a notebook with a
 * static form beside, and the record of what a notebook concludes.
 *
 * @module
 */
export { type ProgressBar, progressBar, type ProgressOptions } from "./progress.ts";
