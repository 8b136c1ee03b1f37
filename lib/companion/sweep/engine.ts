/**
 * The engine: Snakemake in an environment of its own. What it does for a sweep (order, resources,
 * arrays of jobs, submission, retries, cancelling) it does by itself; here it is called.
 *
 * @module
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runTool } from "../../resources/run_tool.ts";
import type { OnProgress } from "../../resources/mod.ts";
import { didYouMean } from "../../experiments/mod.ts";
import { sweepEnvironmentFolder } from "../folders.ts";
import { acquirePythonEnvironment, pythonOf } from "../python/python_environment.ts";
import { planFile } from "./sweep_folder.ts";
import { SweepError } from "./sweep_file.ts";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Sees to it that Snakemake is there, pinned; gives its Python. */
export const acquireEngine = (onProgress?: OnProgress): Promise<string> =>
  acquirePythonEnvironment({
    folder: sweepEnvironmentFolder,
    requirements: here("requirements.txt"),
    what: "Snakemake with what it needs",
    leastPython: 11,
    onProgress,
  });

/** The profile's limit of an array of jobs. */
const ARRAY = 40;

/** How a sweep is run. */
export interface EngineOptions {
  /** The name of one of Snakemake's executors; this machine by default. */
  readonly executor?: string;
  /** A folder with Snakemake's own settings; for Slurm the shipped one by default. */
  readonly profile?: string;
  /** Jobs that may wait or run at once on a cluster. */
  readonly jobs?: number;
  /** Cores of this machine. */
  readonly cores?: number;
}

/**
 * The arguments of Snakemake.
 *
 * @param folder the sweep's
 * @param target a rule or file other than all results
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { engineArguments } from "./engine.ts";
 * const text = engineArguments("/s/sweeps/a", "a", { executor: "slurm", jobs: 8 }).join(" ");
 * assert.match(text, /--directory \/s\/sweeps\/a/);
 * assert.match(text, /--profile \S+slurm --executor slurm .*--jobs 8 --slurm-array-limit 8$/);
 * ```
 */
export function engineArguments(
  folder: string,
  name: string,
  { executor = "local", profile, jobs, cores = availableParallelism() }: EngineOptions = {},
  target?: string,
): string[] {
  const settings = profile ?? (executor === "slurm" ? here("slurm") : undefined);
  const memory = Math.floor(totalmem() / 2 ** 20);
  const local = ["--cores", String(cores), "--resources", `mem_mb=${memory}`];
  return [
    ...["-m", "snakemake", ...(target ? [target] : [])],
    ...["--snakefile", here("Snakefile"), "--directory", folder],
    ...["--config", `plan=${planFile(folder)}`],
    ...["--rerun-triggers", "mtime", "--rerun-incomplete", "--keep-going"],
    // Who runs it the sweep itself keeps: a lock of an engine that was killed would stay.
    ...["--nolock", "--nocolor", "--quiet", "rules", "reason", "host"],
    ...(settings ? ["--profile", settings] : []),
    ...["--executor", executor],
    ...(executor === "local" ? local : []),
    ...(executor === "slurm" ? ["--slurm-jobname-prefix", name] : []),
    ...(jobs === undefined || executor === "local" ? [] : ["--jobs", String(jobs)]),
    // An array waits until all of it may be submitted.
    ...(jobs === undefined || executor !== "slurm"
      ? []
      : ["--slurm-array-limit", String(Math.max(2, Math.min(jobs, ARRAY)))]),
  ];
}

/**
 * Whether Snakemake has that executor, and this machine what it needs.
 *
 * @returns Snakemake's Python
 * @throws {SweepError} if the engine is not set up, there is no such executor, or Slurm does not answer
 */
export async function checkEngine({ executor = "local", profile }: EngineOptions): Promise<string> {
  const python = pythonOf(sweepEnvironmentFolder);
  if (!existsSync(python)) {
    throw new SweepError("Snakemake is not set up: run `deno task setup --sweep`");
  }
  if (profile !== undefined && !existsSync(join(profile, "config.yaml"))) {
    throw new SweepError(`${profile} is no profile of Snakemake: there is no config.yaml in it`);
  }
  const { success, said } = await runTool([python], ["-c", EXECUTORS]);
  const executors = success ? said.trim().split("\n") : [];
  if (!executors.includes(executor)) {
    throw new SweepError(
      `there is no executor ${JSON.stringify(executor)}${didYouMean(executor, executors)}; there ` +
        `are ${executors.join(", ")}. Others are packages: ${python} -m pip install ` +
        "snakemake-executor-plugin-NAME",
    );
  }
  if (executor === "slurm") {
    const ping = await runTool(["squeue"], ["--noheader", "--me"]);
    if (!ping.success) {
      throw new SweepError(`Slurm does not answer on this machine: ${ping.said.trim()}`);
    }
  }
  return python;
}

/** What Snakemake knows: packages by their names; two are for its own use. */
const EXECUTORS = `
import pkgutil
prefix = "snakemake_executor_plugin_"
found = {m.name[len(prefix):].replace("_", "-") for m in pkgutil.iter_modules() if m.name.startswith(prefix)}
print("\\n".join(["local", *sorted(found - {"slurm-jobstep"})]))
`;

/** Who runs a sweep. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly executor: string;
}

const holderFile = (folder: string) => join(folder, "engine.json");

/** Who runs a sweep; `alive` if that process is one of this machine, and still there. */
export function holderOf(folder: string): Holder & { readonly alive: boolean } | undefined {
  let holder: Holder;
  try {
    holder = JSON.parse(readFileSync(holderFile(folder), "utf8"));
  } catch {
    return undefined;
  }
  return { ...holder, alive: holder.host === Deno.hostname() && lives(holder.pid) };
}

/** Signal 0 asks alone. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs Snakemake to its end. It has a process group of its own: SIGINT and SIGTERM go on to it and
 * its jobs, which keep their checkpoints.
 *
 * @param log where what it says goes; the terminal by default
 * @returns whether it did all
 */
export async function runEngine(
  python: string,
  args: readonly string[],
  { folder, executor = "local", log }: {
    readonly folder: string;
    readonly executor?: string;
    readonly log?: string;
  },
): Promise<boolean> {
  const output = log ? "piped" : "inherit";
  const child = new Deno.Command(python, {
    args: [...args],
    cwd: folder,
    stdin: "null",
    ...{ stdout: output, stderr: output },
    env: { PYTHONUNBUFFERED: "1" },
    detached: true,
  }).spawn();
  const holder: Holder = { pid: child.pid, host: Deno.hostname(), executor };
  writeFileSync(holderFile(folder), JSON.stringify(holder));
  const stop = () => interrupt(holder);
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
  try {
    if (log) {
      const { stdout, stderr, success } = await child.output();
      const text = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
      writeFileSync(log, text);
      return success;
    }
    return (await child.status).success;
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(signal, stop);
    rmSync(holderFile(folder), { force: true });
  }
}

/**
 * Asks Snakemake to cancel its jobs and end. On this machine its jobs are told too, as by Ctrl-C; a
 * cluster's are cancelled by Snakemake.
 */
export function interrupt({ pid, executor }: Holder): void {
  try {
    process.kill(executor === "local" ? -pid : pid, "SIGINT");
  } catch {
    // It has ended meanwhile.
  }
}
