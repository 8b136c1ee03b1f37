/**
 * One size of a row: both sides on the same problem, in turn, in one run.
 *
 * @module
 */
import { join } from "node:path";
import { median, quantiles } from "../../statistics/mod.ts";
import { differenceOf, readAnswer } from "./arrays.ts";
import { clocks, othersBetween } from "./machine.ts";
import type { Size } from "./row.ts";
import type { Call, Worker } from "./worker.ts";

/** What one side took. */
export interface Side {
  /** Median of the rounds. */
  readonly seconds: number;
  /** Its quartiles. */
  readonly spread: readonly [number, number];
  readonly processorSeconds: number;
  /** The process's largest memory, in GB. */
  readonly peak: number;
  readonly told?: Readonly<Record<string, number>>;
}

/** A size that was measured. */
export interface MeasuredCase {
  readonly size: Size;
  readonly rounds: number;
  readonly ours: Side;
  readonly peer: Side;
  /** The peer's time by ours, median of the rounds: above 1 where ours is faster. */
  readonly ratio: number;
  /** Its quartiles. */
  readonly ratioSpread: readonly [number, number];
  readonly aim: number;
  /** How far the answers differ, relative to their largest number. */
  readonly difference?: number;
  /** Cores that others kept busy meanwhile, in the mean. */
  readonly others: number;
  /** Median seconds of what our side measured beside. */
  readonly yardstick?: number;
}

/** What is measured. */
export interface Problem {
  readonly size: Size;
  readonly work: string;
  readonly peerWork: string;
  readonly rounds: number;
  readonly aim: number;
  readonly tolerance?: number;
  /** An empty folder for inputs and answers. */
  readonly folder: string;
  /** Called after each round, by its number from 1 on. */
  readonly onRound?: (round: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Has both sides prepare the problem, looks whether their answers agree, and times them in turn: each
 * round one call of each, and whoever was first is second in the next.
 *
 * @throws {Error} if a side fails, or the answers differ by more than they may: then nothing is timed
 */
export async function alternate(
  { ours, peer }: { readonly ours: Worker; readonly peer: Worker },
  problem: Problem,
): Promise<MeasuredCase> {
  const { size, rounds, aim, tolerance, folder, signal } = problem;
  await ours.ask({ do: "prepare", work: problem.work, size, folder });
  await peer.ask({ do: "prepare", work: problem.peerWork, size, folder });
  // The first call, which loads and compiles, counts for neither.
  for (const side of [ours, peer]) await side.ask({ do: "run" });
  const difference = tolerance === undefined
    ? undefined
    : await compared({ ours, peer }, folder, tolerance);
  const calls: { ours: Call; peer: Call }[] = [];
  const before = clocks();
  for (let round = 1; round <= rounds; round++) {
    signal?.throwIfAborted();
    const first = round % 2 === 1;
    const one = await (first ? ours : peer).ask<Call>({ do: "run" });
    const other = await (first ? peer : ours).ask<Call>({ do: "run" });
    calls.push(first ? { ours: one, peer: other } : { ours: other, peer: one });
    problem.onRound?.(round);
  }
  const all = calls.flatMap((pair) => [pair.ours, pair.peer]);
  const own = all.reduce((sum, { worked }) => sum + worked, 0);
  const ratios = calls.map((pair) => pair.peer.seconds / pair.ours.seconds);
  const sticks = calls.flatMap(({ ours: { yardstick } }) => yardstick ?? []);
  return {
    ...{ size, rounds, aim, difference },
    ours: sideOf(calls.map((pair) => pair.ours)),
    peer: sideOf(calls.map((pair) => pair.peer)),
    ratio: median(ratios),
    ratioSpread: quartiles(ratios),
    others: othersBetween(before, clocks(), own),
    ...(sticks.length > 0 ? { yardstick: median(sticks) } : {}),
  };
}

const quartiles = (values: readonly number[]): [number, number] => {
  const [low, high] = quantiles(values, [0.25, 0.75]);
  return [low, high];
};

function sideOf(calls: readonly Call[]): Side {
  const seconds = calls.map((call) => call.seconds);
  return {
    seconds: median(seconds),
    spread: quartiles(seconds),
    processorSeconds: median(calls.map((call) => call.processorSeconds)),
    peak: Math.max(...calls.map((call) => call.peak)),
    ...(calls[0].told ? { told: calls[0].told } : {}),
  };
}

async function compared(
  { ours, peer }: { readonly ours: Worker; readonly peer: Worker },
  folder: string,
  tolerance: number,
): Promise<number> {
  const files = { ours: join(folder, "ours.answer"), peer: join(folder, "peer.answer") };
  await ours.ask({ do: "answer", file: files.ours });
  await peer.ask({ do: "answer", file: files.peer });
  const difference = differenceOf(await readAnswer(files.ours), await readAnswer(files.peer));
  if (difference <= tolerance) return difference;
  throw new Error(
    `the answers differ by ${difference.toPrecision(2)} of their largest number; ` +
      `${tolerance} is allowed. Nothing was timed`,
  );
}
