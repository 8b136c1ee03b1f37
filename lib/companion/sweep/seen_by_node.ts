/**
 * Whether the nodes of a cluster see the shared folder, and can compute: one small job is asked,
 * before any run is.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { engineArguments, type EngineOptions, runEngine } from "./engine.ts";
import { SweepError } from "./sweep_file.ts";
import type { WrittenPlan } from "./sweep_folder.ts";

/**
 * Has a node find the plan and leave its token.
 *
 * @throws {SweepError} saying what the node said, or that none saw the folder
 */
export async function seenByNode(
  python: string,
  { folder, shared, token }: WrittenPlan,
  { name, ...options }: EngineOptions & { readonly name: string },
): Promise<void> {
  console.error(`asking a node whether it sees ${shared} …`);
  const log = join(folder, "check.log");
  const once = ["--retries", "0", "--latency-wait", "20"];
  const args = [...engineArguments(folder, name, options, "check"), ...once];
  const started = Date.now() - 2000; // clocks of file systems differ a little
  const success = await runEngine(python, args, { folder, executor: options.executor, log });
  if (success && existsSync(join(folder, "seen", token))) return;
  const said = saidByJob(join(folder, ".snakemake", "slurm_logs", "rule_check"), started);
  if (said) throw new SweepError(`a node cannot compute: ${said}`);
  const engine = readFileSync(log, "utf8");
  // sbatch refused the job: a partition, an account, a limit.
  const refused = /(?:error message was|submission failed)[^]{0,400}/i.exec(engine)?.[0];
  if (refused) throw new SweepError(`no job could be submitted: ${refused.trim()}`);
  throw new SweepError(
    `${shared} is not shared: a job on a node did not find there what this machine wrote. Give ` +
      `--shared a folder that all nodes see under the same path (${log} has what Snakemake said)`,
  );
}

/** What a job's log has to say, if the node could write one: then the folder is shared. */
function saidByJob(folder: string, since: number): string | undefined {
  if (!existsSync(folder)) return undefined;
  const logs = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith(".log") && statSync(file).mtimeMs >= since);
  const text = logs.map((file) => readFileSync(file, "utf8")).join("\n");
  const own = [...text.matchAll(/^sweep: (.*)$/gm)].at(-1)?.[1];
  const errors = text.match(/^.*(?:\berror\b|\bfatal\b|cannot|No such).*$/gim)?.slice(0, 4);
  return own ?? (errors && `${errors.join("; ")} (${logs.at(-1)})`);
}
