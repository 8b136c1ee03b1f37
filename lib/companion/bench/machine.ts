/**
 * The machine that is measured on, and whether it was quiet.
 *
 * @module
 */
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

/** What is said of the machine. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Threads that each side may use. */
  readonly threads: number;
  /** In GB. */
  readonly memory: number;
  readonly system: string;
  /** The mean load of the minute before the run. */
  readonly load: number;
}

/** A look at the processors' clocks. */
export interface Clocks {
  /** Seconds that all cores together have worked since the machine was started. */
  readonly busy: number;
  readonly now: number;
}

/** The machine as it is. */
export function machine(threads = availableParallelism()): Machine {
  const all = cpus();
  return {
    processor: all[0]?.model.trim() || Deno.build.arch,
    cores: all.length,
    threads,
    memory: Number((totalmem() / 1e9).toPrecision(3)),
    system: `${Deno.build.os} ${Deno.osRelease()}`,
    load: Number(loadavg()[0].toFixed(2)),
  };
}

/** The clocks now. */
export function clocks(): Clocks {
  const busy = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys, 0);
  return { busy: busy / 1000, now: performance.now() / 1000 };
}

/**
 * Cores that others than the pair kept busy between two looks.
 *
 * @param own processor seconds of the pair meanwhile
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { othersBetween } from "./machine.ts";
 * const [before, after] = [{ busy: 100, now: 10 }, { busy: 130, now: 20 }];
 * assert.equal(othersBetween(before, after, 20), 1);
 * assert.equal(othersBetween(before, after, 40), 0);
 * ```
 */
export function othersBetween(before: Clocks, after: Clocks, own = 0): number {
  const seconds = after.now - before.now;
  return seconds > 0 ? Math.max(0, after.busy - before.busy - own) / seconds : 0;
}

/** Cores that others may keep busy on a machine that is called quiet. */
export const QUIET = 0.25;

/** Cores that are busy now, over some time in which this process waits. */
export async function busyNow(milliseconds = 600): Promise<number> {
  const before = clocks();
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return othersBetween(before, clocks());
}
