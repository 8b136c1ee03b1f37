/**
 * The `bench` task: measures rows of the table against their peers, and stores each as it is done.
 *
 * @module
 */
import { didYouMean } from "../../numerics/checks.ts";
import { progressBar } from "../../notebook/progress.ts";
import { duration } from "../../notebook/progress_line.ts";
import { SetUpError } from "../../resources/set_up_error.ts";
import { acquirePeer, ownCommand } from "../bench/environments.ts";
import {
  type BenchmarkRow,
  casesOf,
  type Environment,
  type Length,
  secondsOf,
  sizeText,
} from "../bench/row.ts";
import { quietText, ratioText, rowLines } from "../bench/row_text.ts";
import { ROWS } from "../bench/rows/mod.ts";
import { runRow } from "../bench/run_row.ts";
import { commandOf, damageLines, storedRows, storeRow } from "../bench/stored_row.ts";
import { printable, UsageError } from "./options.ts";

/** How the task is called. */
export interface BenchOptions extends Length {
  readonly list?: boolean;
}

/** What the tests put in the place of. */
export interface BenchSetting {
  readonly rows?: readonly BenchmarkRow[];
  readonly data?: string;
  /** The commands of our side, and of an environment's. */
  readonly ours?: () => readonly string[];
  readonly peer?: (environment: Environment) => Promise<readonly string[]>;
  readonly signal?: AbortSignal;
}

/**
 * The rows of these names; all, if there is none.
 *
 * @throws {UsageError} naming what is no row, and the one that may have been meant
 */
export function rowsNamed(
  names: readonly string[],
  rows: readonly BenchmarkRow[] = ROWS,
): BenchmarkRow[] {
  const all = rows.map(({ name }) => name);
  for (const name of names) {
    if (all.includes(name)) continue;
    throw new UsageError(
      `there is no row ${name}${didYouMean(name, all)}; there are ${all.join(", ")}`,
    );
  }
  return rows.filter(({ name }) => names.length === 0 || names.includes(name));
}

/**
 * Measures the rows of these names, or lists them.
 *
 * @returns the exit status: 1 if a row failed, 130 if it was interrupted
 */
export async function benchTask(
  { list, ...length }: BenchOptions,
  names: readonly string[],
  setting: BenchSetting = {},
): Promise<number> {
  const named = rowsNamed(names, setting.rows);
  const rows = named.filter((row) => casesOf(row, length).length > 0);
  const without = named.find((row) => !rows.includes(row));
  if (without && names.length > 0) {
    throw new UsageError(`${without.name} has no size for --quick: leave that out`);
  }
  if (list) {
    console.log((await listed(rows, length, setting)).join("\n"));
    return 0;
  }
  const stop = new AbortController();
  const onSignal = () => stop.abort(new Error("interrupted"));
  Deno.addSignalListener("SIGINT", onSignal);
  try {
    const signal = setting.signal ?? stop.signal;
    return await measured(rows, length, { ...setting, signal });
  } finally {
    Deno.removeSignalListener("SIGINT", onSignal);
  }
}

/** About how long rows take, in words. */
const wholeTime = (rows: readonly BenchmarkRow[], length: Length) =>
  duration(
    rows.filter((row) => casesOf(row, length).length > 0)
      .reduce((sum, row) => sum + secondsOf(row, length), 0),
  );

async function listed(
  rows: readonly BenchmarkRow[],
  length: Length,
  { data }: BenchSetting,
): Promise<string[]> {
  const found = await storedRows(data);
  const stored = new Map(found.rows.map(({ result }) => [result.name, result]));
  const column = Math.max(...rows.map(({ name }) => name.length)) + 2;
  return [
    ...rows.flatMap((row) => {
      const found = stored.get(row.name);
      const said = found
        ? found.cases.map(({ ratio }) => ratioText(ratio)).join(", ") +
          (found.quiet ? "" : " (not quiet)")
        : "not measured";
      const sizes = casesOf(row, length).map(({ size }) => sizeText(size)).filter(Boolean);
      return [
        `${row.name.padEnd(column)}${row.what}; ${row.peer.name}`,
        `${" ".repeat(column)}${sizes.length > 0 ? `${sizes.join("; ")}; ` : ""}` +
        `aim ${ratioText(row.aim)}; ${said}; ${duration(secondsOf(row, length))}`,
      ];
    }),
    `${rows.length} rows, ${wholeTime(rows, length)} on two quiet cores` +
    (length.quick ? "" : `; ${wholeTime(rows, { quick: true })} with --quick`) +
    ", besides the peers' installation",
    ...damageLines(found.damaged, ROWS.map(({ name }) => name)).map(printable),
  ];
}

async function measured(
  rows: readonly BenchmarkRow[],
  length: Length,
  { data, ours = ownCommand, peer = shownPeer, signal }: BenchSetting,
): Promise<number> {
  const { commands, failures } = await peersOf(rows, { ours, peer, signal });
  const able = rows.filter(({ name }) => !failures.has(name));
  const whole = able.reduce((sum, row) => sum + secondsOf(row, length), 0);
  console.log(`${able.length} rows, about ${wholeTime(able, length)} on two quiet cores`);
  const bar = progressBar("Benchmarks", { total: 100, unit: "%" });
  const lines: string[] = [];
  let [done, kept] = [0, 0];
  for (const row of able) {
    if (signal?.aborted) break;
    await bar.update(100 * done / whole, 100, row.name);
    try {
      const result = await runRow(row, {
        ...{ ...length, signal },
        commands: { ours: ours(), peer: commands.get(row.peer.environment)! },
        onProgress: (share, note) =>
          void bar.update(100 * (done + share * secondsOf(row, length)) / whole, 100, note),
      });
      const command = commandOf(row.name, length);
      const reason = await storeRow(result, { command, module: row.module, data });
      kept++;
      lines.push(
        `${row.name}: ${row.what} (${quietText(result)})`,
        ...rowLines(result),
        ...(reason ? [`  ${reason}, and stays`] : []),
      );
    } catch (error) {
      if (signal?.aborted) break;
      failures.set(row.name, (error as Error).message);
    }
    done += secondsOf(row, length);
    await bar.update(100 * done / whole, 100);
  }
  await bar.finish(`${kept} of ${rows.length} rows`);
  for (const line of lines) console.log(printable(line));
  for (const [name, why] of failures) console.error(printable(`${name} was not measured: ${why}`));
  if (signal?.aborted) {
    console.error(`interrupted: the ${kept} rows that were done are kept`);
    return 130;
  }
  return failures.size > 0 ? 1 : 0;
}

/** The commands of the other sides, installed where they have to be; why rows have none. */
async function peersOf(
  rows: readonly BenchmarkRow[],
  { ours, peer, signal }: Required<Pick<BenchSetting, "ours" | "peer">> & BenchSetting,
) {
  const commands = new Map<string, readonly string[]>([["own", ours()]]);
  const failures = new Map<string, string>();
  for (const { name, peer: { environment } } of rows) {
    if (commands.has(environment) || environment === "own" || signal?.aborted) continue;
    const same = rows.find((row) => row.peer.environment === environment && failures.has(row.name));
    if (same) {
      failures.set(name, failures.get(same.name)!);
      continue;
    }
    try {
      commands.set(environment, await peer(environment));
    } catch (error) {
      if (!(error instanceof SetUpError)) throw error;
      failures.set(name, error.message);
    }
  }
  return { commands, failures };
}

/** Installs an environment under a progress bar. */
export async function shownPeer(environment: Environment): Promise<string[]> {
  const bar = progressBar(`Peers: ${environment}`, { unit: "packages" });
  try {
    return await acquirePeer(environment, {
      onProgress: ({ done, total, note }) => void bar.update(done, total, note),
    });
  } finally {
    await bar.finish();
  }
}
