/**
 * How a reviewer read the paper's Figure 1.
 *
 * @module
 */

/**
 * T/T_SL against n as a reviewer read panel d of the paper's Figure 1: about 30 at n = 500 falling to about
 * 10 at n = 5000 from the cold start, between 2 and 5 from the warm one. When in training, and of which
 * network, is not known. It is no statement of the paper's.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { FIGURE_1_READING } from "./figure_1_reading.ts";
 * const { sizes: [from, to], cold: [first, last] } = FIGURE_1_READING;
 * // Thrice lower over a decade of n: T/T_SL ∝ n^−0.48, which claims hold ours against.
 * assert(Math.abs(Math.log(last / first) / Math.log(to / from) + 0.48) < 0.005);
 * ```
 */
export const FIGURE_1_READING: {
  readonly sizes: readonly [smallest: number, largest: number];
  readonly cold: readonly [atSmallest: number, atLargest: number];
  readonly warm: readonly [low: number, high: number];
} = { sizes: [500, 5000], cold: [30, 10], warm: [2, 5] };
