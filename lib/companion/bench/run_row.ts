/**
 * A row from its start to its end: a process of each side, all sizes in turn.
 *
 * @module
 */
import { join } from "node:path";
import { alternate, type MeasuredCase } from "./alternate.ts";
import { busyNow, type Machine, machine, QUIET } from "./machine.ts";
import { type BenchmarkRow, casesOf, type Length, roundsOf, secondsOf } from "./row.ts";
import { startWorker, type Versions, type Worker } from "./worker.ts";

/** A row as it was measured. */
export interface RowResult {
  readonly name: string;
  readonly what: string;
  /** The peer as a reader knows it. */
  readonly peer: string;
  readonly cases: readonly MeasuredCase[];
  readonly tolerance?: number;
  readonly machine: Machine;
  /** Cores that others kept busy before it began. */
  readonly busyBefore: number;
  /** Whether others left the machine alone, before and meanwhile. */
  readonly quiet: boolean;
  readonly versions: { readonly ours: Versions; readonly peer: Versions };
}

/** How a row is run. */
export interface RunOptions extends Length {
  /** The commands of the two processes. */
  readonly commands: { readonly ours: readonly string[]; readonly peer: readonly string[] };
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds after which it is given up; some times what it takes, by default. */
  readonly patience?: number;
  /** Told the share of the row that is done, from 0 to 1, and what is at it. */
  readonly onProgress?: (share: number, note: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Seconds after which a row is given up, lest one that hangs, or a machine that is too busy, keep all
 * others waiting.
 */
const patienceOf = (row: BenchmarkRow, { patience, ...length }: RunOptions) =>
  patience ?? 90 + 4 * secondsOf(row, length);

/**
 * Measures a row.
 *
 * @throws the signal's reason, if it is aborted meanwhile
 * @throws {Error} if a side fails, the answers differ, or it takes too long
 */
export async function runRow(row: BenchmarkRow, options: RunOptions): Promise<RowResult> {
  const { commands, env, signal, onProgress } = options;
  signal?.throwIfAborted();
  const described = machine();
  const busyBefore = await busyNow();
  const folder = await Deno.makeTempDir({ prefix: "benchmark-" });
  const workers: Worker[] = [];
  const end = () => Promise.all(workers.map((worker) => worker.end()));
  const stop = () => void end();
  signal?.addEventListener("abort", stop);
  const patience = patienceOf(row, options);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, 1000 * patience);
  try {
    for (const command of [commands.ours, commands.peer]) workers.push(startWorker(command, env));
    const [ours, peer] = workers;
    const versions = {
      ours: await ours.ask<Versions>({ do: "hello" }),
      peer: await peer.ask<Versions>({ do: "hello" }),
    };
    const cases: MeasuredCase[] = [];
    const whole = secondsOf(row, options);
    let done = 0;
    for (const [i, one] of casesOf(row, options).entries()) {
      const rounds = roundsOf(one, options);
      const at = join(folder, String(i));
      await Deno.mkdir(at);
      const { size, aim = row.aim } = one;
      cases.push(
        await alternate({ ours, peer }, {
          ...{ size, rounds, aim, signal, tolerance: row.tolerance, folder: at },
          ...{ work: row.work, peerWork: row.peer.work },
          onRound: (round) => onProgress?.((done + one.seconds * round) / whole, row.name),
        }),
      );
      done += one.seconds * rounds;
      await Deno.remove(at, { recursive: true });
    }
    const quiet = busyBefore <= QUIET && cases.every(({ others }) => others <= QUIET);
    return {
      ...{ name: row.name, what: row.what, peer: row.peer.name, cases, tolerance: row.tolerance },
      ...{ machine: described, busyBefore, quiet, versions },
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (!late) throw error;
    throw new Error(`it was given up after ${Math.round(patience)} s, many times what it takes`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
    await end();
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}
