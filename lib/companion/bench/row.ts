/**
 * A row of the table of benchmarks as a plain record: what is timed, ours and a peer's, at which
 * sizes, and where we mean to stand.
 *
 * @module
 */

/** Sizes of a problem by their names: n, channels, … */
export type Size = Readonly<Record<string, number>>;

/** One size of a row. */
export interface BenchmarkCase {
  readonly size: Size;
  /** Whether `--quick` has it too. */
  readonly quick?: boolean;
  /** The ratio of the peer's time to ours that is meant to be reached; the row's, if left out. */
  readonly aim?: number;
  /** Seconds that one round of both takes on two quiet cores, about. */
  readonly seconds: number;
}

/** The environments of Python that the peers live in. */
export type Environment = "kernels" | "numeric" | "torch";

/** Where the other side of a pair runs: in one of the peers' environments, or here, another way. */
export interface Peer {
  /** As a reader knows it: "PyTorch". */
  readonly name: string;
  readonly environment: Environment | "own";
  /** The name of what it does, in `peers/works` (or `ours/works.ts`). */
  readonly work: string;
}

/** A row. */
export interface BenchmarkRow {
  /** As it is typed, and as its file is called. */
  readonly name: string;
  /** What is timed, in a line. */
  readonly what: string;
  /** The name of our side, in `ours/works.ts`. */
  readonly work: string;
  /** The module of the library that it rests on, for the fingerprint of the code. */
  readonly module: string;
  readonly peer: Peer;
  /** In growing order: peak memory is that of all sizes so far. */
  readonly cases: readonly BenchmarkCase[];
  readonly aim: number;
  /**
   * How far the answers may differ, relative to their largest number; without one there is nothing
   * to compare, as with the import of a library.
   */
  readonly tolerance?: number;
}

/** How long a row is measured. */
export interface Length {
  readonly quick?: boolean;
  /** As many rounds, whatever they take. */
  readonly rounds?: number;
}

/** Seconds that a size may take, and rounds at most and, where one is short, at least. */
const BUDGETS = {
  quick: { seconds: 6, most: 7, least: 3 },
  whole: { seconds: 45, most: 21, least: 5 },
} as const;

/** A round of more seconds than this is done as often as the budget has room for, and once at least. */
const LONG = 8;

/**
 * How many rounds a size has: what fits into its share of the time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { roundsOf } from "./row.ts";
 * const rounds = (seconds: number, length = {}) => roundsOf({ size: { n: 9 }, seconds }, length);
 * assert.deepEqual([0.1, 5, 40, 60].map((seconds) => rounds(seconds)), [21, 9, 1, 1]);
 * assert.equal(rounds(0.1, { quick: true }), 7);
 * assert.equal(rounds(60, { rounds: 3 }), 3);
 * ```
 */
export function roundsOf({ seconds }: BenchmarkCase, { quick, rounds }: Length): number {
  if (rounds !== undefined) return rounds;
  const budget = BUDGETS[quick ? "quick" : "whole"];
  const least = seconds > LONG ? 1 : budget.least;
  return Math.max(least, Math.min(budget.most, Math.floor(budget.seconds / seconds)));
}

/** The sizes that a row is measured at. */
export const casesOf = ({ cases }: BenchmarkRow, { quick = false }: Length): BenchmarkCase[] =>
  cases.filter((one) => one.quick || !quick);

/** Seconds to start a pair of processes and load what they need, about. */
const START = 8;

/** About how long a row takes on two quiet cores: a round before the first loads and compiles. */
export function secondsOf(row: BenchmarkRow, length: Length): number {
  const cases = casesOf(row, length);
  return START +
    cases.reduce((sum, one) => sum + one.seconds * (roundsOf(one, length) + 1.5), 0);
}

/**
 * Sizes as a reader has them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sizeText } from "./row.ts";
 * assert.equal(sizeText({ n: 500, channels: 16 }), "n = 500, 16 channels");
 * ```
 */
export function sizeText(size: Size): string {
  return Object.entries(size)
    .map(([name, value]) => name.length < 2 ? `${name} = ${value}` : `${value} ${name}`)
    .join(", ");
}
