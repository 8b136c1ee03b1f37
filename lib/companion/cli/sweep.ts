/**
 * The `sweep` task: a study over a grid or list of configurations, each run once, on this machine or
 * a cluster.
 *
 *     deno task sweep data/sweeps/figure_1.json --dry-run
 *
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { dataFolder } from "../../experiments/study/data_folder.ts";
import { projectFolder } from "../../notebook/folders.ts";
import { runTool } from "../../resources/run_tool.ts";
import { measuredFlows } from "../sweep/costs.ts";
import {
  checkEngine,
  engineArguments,
  type EngineOptions,
  type Holder,
  holderOf,
  interrupt,
  runEngine,
} from "../sweep/engine.ts";
import { type Plan, planOf } from "../sweep/plan.ts";
import { removeHalfWritten, resultFile, runStates, setAside } from "../sweep/run_files.ts";
import { seenByNode } from "../sweep/seen_by_node.ts";
import { parseSweep, SweepError } from "../sweep/sweep_file.ts";
import { sweepFolder, sweepName, writePlan } from "../sweep/sweep_folder.ts";
import { TaskFailure } from "./command.ts";
import { UsageError } from "./options.ts";
import { planLines, statesText } from "./sweep_text.ts";

/** What the task's options give. */
export interface SweepGiven extends EngineOptions {
  readonly shared?: string;
  readonly data?: string;
  readonly "dry-run"?: true;
  readonly status?: true;
  readonly cancel?: true;
}

/** A sweep with where it is. */
interface Placed {
  readonly name: string;
  readonly plan: Plan;
  readonly shared: string;
  readonly folder: string;
}

/**
 * Runs the task; gives the exit status.
 *
 * @throws {UsageError} if there is not one file, or two of the options exclude each other
 * @throws {TaskFailure} if the file is no sweep, or it cannot be run here, before anything starts
 */
export async function sweepTask(given: SweepGiven, files: readonly string[]): Promise<number> {
  if (files.length !== 1) {
    throw new UsageError(`there are ${files.length} files; give one, with a sweep`);
  }
  const modes = (["dry-run", "status", "cancel"] as const).filter((mode) => given[mode]);
  if (modes.length > 1) throw new UsageError(`--${modes.join(" and --")} exclude each other`);
  try {
    const placed = await place(files[0], given);
    if (given["dry-run"]) {
      const states = await statesOf(placed);
      console.log(planLines(placed.plan, states).join("\n"));
      return 0;
    }
    if (given.status) return await tellStatus(placed);
    if (given.cancel) return await cancel(placed);
    return await runSweep(placed, given);
  } catch (error) {
    throw error instanceof SweepError ? new TaskFailure(`${files[0]}: ${error.message}`) : error;
  }
}

async function place(file: string, { shared }: SweepGiven): Promise<Placed> {
  const name = sweepName(file);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new SweepError((error as Error).message);
  }
  const plan = await planOf(parseSweep(text), await measuredFlows());
  const where = resolve(shared ?? join(dataFolder, "cache"));
  if (shared !== undefined && !existsSync(where)) {
    throw new SweepError(`--shared ${shared}: there is no such folder`);
  }
  return { name, plan, shared: where, folder: sweepFolder(where, name) };
}

const statesOf = ({ plan, shared }: Placed) => runStates(shared, Object.keys(plan.runs));

async function tellStatus(placed: Placed): Promise<number> {
  const { name, folder } = placed;
  console.log(`${name}: ${statesText(await statesOf(placed))}`);
  const holder = holderOf(folder);
  if (holder) console.log(`${holderText(holder)}${await queueText(name, holder)}`);
  else console.log("it is not running");
  return 0;
}

const holderText = ({ pid, host, alive }: Holder & { readonly alive: boolean }): string =>
  alive
    ? `it is running, as process ${pid}`
    : host === Deno.hostname()
    ? `it is not running: process ${pid} ended without a word`
    : `it was started on ${host}, as process ${pid}`;

/** Jobs in Slurm's queue, by state. */
async function queueText(name: string, { executor }: Holder): Promise<string> {
  if (executor !== "slurm") return "";
  const states = Map.groupBy(await queued(name), ({ state }) => state);
  const parts = [...states].map(([state, jobs]) => `${jobs.length} ${state.toLowerCase()}`);
  return `; in Slurm's queue: ${parts.join(", ") || "nothing"}`;
}

/** A sweep's jobs in Slurm's queue: its name begins theirs. */
async function queued(name: string): Promise<{ readonly id: string; readonly state: string }[]> {
  const format = ["--noheader", "--me", "--array", "--format=%i %T %j"];
  const { success, said } = await runTool(["squeue"], format);
  if (!success) return [];
  return said.trim().split("\n").map((line) => line.trim().split(/\s+/))
    .filter(([, , job = ""]) => job.startsWith(`${name}_`))
    .map(([id, state]) => ({ id, state }));
}

/** Seconds that jobs have to write their checkpoints. */
const CANCEL_SECONDS = 120;

async function cancel({ name, folder }: Placed): Promise<number> {
  const holder = holderOf(folder);
  if (holder && holder.host !== Deno.hostname()) {
    throw new SweepError(`it was started on ${holder.host}: cancel it there`);
  }
  if (holder?.alive) {
    interrupt(holder);
    for (let i = 0; i < CANCEL_SECONDS && holderOf(folder)?.alive; i++) {
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
  // Of an engine that was killed, Slurm has the jobs still.
  const left = await queued(name);
  if (left.length > 0) await runTool(["scancel"], left.map(({ id }) => id));
  const done = holder?.alive || left.length > 0;
  console.log(`${name}: ${done ? "cancelled; checkpoints stay" : "it is not running"}`);
  return 0;
}

async function runSweep(placed: Placed, given: SweepGiven): Promise<number> {
  const { name, plan, shared, folder } = placed;
  const python = await checkEngine(given);
  const holder = holderOf(folder);
  if (holder?.alive || holder && holder.host !== Deno.hostname()) {
    throw new SweepError(`${holderText(holder)}; --status tells how far it is, --cancel ends it`);
  }
  await prepare(placed);
  const written = await writePlan(plan, {
    ...{ folder, shared, data: resolve(given.data ?? dataFolder) },
    job: [
      ...[Deno.execPath(), "run", "-P", "--no-check", "--config", join(projectFolder, "deno.json")],
      join(projectFolder, "lib/companion/cli/sweep_main.ts"),
    ],
  });
  const { executor } = given;
  if (executor !== undefined && executor !== "local") {
    await seenByNode(python, written, { ...given, name });
  }
  const whole = await runEngine(python, engineArguments(folder, name, given), { folder, executor });
  const states = await statesOf(placed);
  console.log(`${name}: ${statesText(states)}`);
  for (const [key, state] of states) {
    if (state !== "done") console.error(`not done: ${plan.runs[key].note} (${key})`);
  }
  if (!whole) console.error(`Snakemake ended with an error; its logs are in ${folder}/.snakemake`);
  return whole ? 0 : 1;
}

/** Damaged and half-written files out of the way, each named; results that were deleted gathered again. */
async function prepare(placed: Placed): Promise<void> {
  const { plan, shared, folder } = placed;
  const keys = Object.keys(plan.runs);
  for (const [key, state] of await statesOf(placed)) {
    if (state !== "damaged") continue;
    const aside = await setAside(resultFile(shared, key));
    console.error(`damaged, and run again: ${plan.runs[key].note} (now ${aside})`);
  }
  for (const name of await removeHalfWritten(shared, new Set(keys))) {
    console.error(`half-written, and removed: ${name}`);
  }
  // Gathering once more costs little, and what is stored may have been deleted.
  await Deno.remove(join(folder, "gathered"), { recursive: true }).catch(() => {});
}
