/**
 * What jobs of a sweep do: one run, the gathering of a configuration, or a look at what a node sees.
 *
 * @module
 */
import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type AnyStudy, cachedRun, type Plain, studyNamed } from "../../experiments/mod.ts";
import { runGrounds } from "../../experiments/study/run_grounds.ts";
import { linearAlgebra } from "../../numerics/mod.ts";
import { tensorflow } from "../../tensorflow/mod.ts";
import { keyOf } from "../sweep/plan.ts";
import { checkpointFile, isWhole, resultFile, runStates, setAside } from "../sweep/run_files.ts";
import { readPlan, type WrittenPlan } from "../sweep/sweep_folder.ts";
import { SweepError } from "../sweep/sweep_file.ts";
import { storeStudy } from "./store_study.ts";

/** Between two lines that tell how far a run is. */
const TELL_MS = 60_000;

/** Seconds between checkpoints: a time limit must find some, and loses a tenth of its time at most. */
const checkpointSeconds = (minutes: number) => Math.min(60, 60 * minutes / 10);

const tell = (text: string) => console.error(`sweep: ${text}`);

/**
 * Computes one run, or goes on with it from its checkpoint.
 *
 * @param signal aborted where the job is to end: the checkpoint is then as new as can be
 * @throws {SweepError} if code or libraries are not those that the sweep was planned with
 */
export async function runJob(plan: WrittenPlan, key: string, signal?: AbortSignal): Promise<void> {
  const run = plan.runs[key];
  const study = studyNamed(plan.study);
  checkKey(study, run.input, key);
  const { threads, minutes } = plan.kinds[run.kind];
  linearAlgebra({ threads });
  await tensorflow({ threads });
  for (const file of [resultFile(plan.shared, key), checkpointFile(plan.shared, key)]) {
    if (await isWhole(file) === false) {
      tell(`${run.note}: ${file} is damaged; it is now ${await setAside(file)}, and made again`);
    }
  }
  let told = -Infinity;
  const onProgress = (
    { done, total, note = "" }: { done: number; total: number; note?: string },
  ) => {
    if (performance.now() - told < TELL_MS) return;
    told = performance.now();
    tell(`${run.note}: ${Math.round(100 * done / total)} % ${note}`);
  };
  const { module, data, compute } = study.computation;
  await cachedRun(run.input, async (checkpoint) => {
    if (existsSync(checkpointFile(plan.shared, key))) {
      tell(`${run.note}: going on from its checkpoint`);
    }
    const often = { ...checkpoint, every: checkpointSeconds(minutes) };
    const result = await compute(run.input, { checkpoint: often, signal, onProgress });
    signal?.throwIfAborted();
    return { result, whole: true };
  }, { folder: plan.shared, module, data });
}

function checkKey(study: AnyStudy, input: Plain, key: string): void {
  const grounds = runGrounds(study.computation.data);
  if (keyOf(study, input, grounds) === key) return;
  throw new SweepError(
    `on ${Deno.hostname()} this run has another key than ${key}: its code, packages or libraries ` +
      `(${grounds.backend}) are not those that the sweep was planned with. The project's folder ` +
      "and SPEED_LIMITS_CACHE must be the same everywhere",
  );
}

/**
 * Makes the result of a configuration of its runs and stores it; once more does no harm.
 *
 * @throws {SweepError} naming runs that are not there or damaged; these get another name, so that the
 * next call of the sweep runs them again
 */
export async function gatherJob(plan: WrittenPlan, name: string): Promise<string[]> {
  const { keys, given } = plan.configurations[name];
  const states = await runStates(plan.shared, keys);
  const amiss = keys.filter((key) => states.get(key) !== "done");
  for (const key of amiss) {
    if (states.get(key) === "damaged") await setAside(resultFile(plan.shared, key));
  }
  if (amiss.length > 0) {
    throw new SweepError(
      `${amiss.map((key) => `${plan.runs[key].note} (${key}) is ${wordOf(states.get(key)!)}`)}; ` +
        "the next `deno task sweep` runs it again",
    );
  }
  const { data, shared: cache } = plan;
  return await storeStudy(studyNamed(plan.study), given, { data, cache, once: true });
}

const wordOf = (state: string) => state === "damaged" ? "damaged" : "not there";

/** Leaves the plan's token where the machine that wrote it finds it, if this one can compute. */
export function checkJob(plan: WrittenPlan): void {
  const [key, { input }] = Object.entries(plan.runs)[0];
  checkKey(studyNamed(plan.study), input, key);
  writeFileSync(join(plan.folder, "seen", plan.token), `${Deno.hostname()}\n`);
}

/** Runs a job; gives the exit status. */
export async function sweepJob([what, file, name]: readonly string[]): Promise<number> {
  try {
    const plan = readPlan(file);
    if (what === "run") await runJob(plan, name, toldToStop());
    else if (what === "check") checkJob(plan);
    else {
      const lines = await gatherJob(plan, name);
      writeFileSync(join(dirname(file), "gathered", name), `${lines.at(-1)}\n`);
      tell(lines.at(-1)!);
    }
    return 0;
  } catch (error) {
    const known = error instanceof SweepError || error instanceof RangeError;
    tell(known ? error.message : String((error as Error).stack ?? error));
    return 1;
  }
}

/** Aborted when the caller writes the name of a signal, or ends. */
function toldToStop(): AbortSignal {
  const abort = new AbortController();
  const bytes = new Uint8Array(64);
  Deno.stdin.read(bytes).then((count) => {
    const signal = new TextDecoder().decode(bytes.subarray(0, count ?? 0));
    abort.abort(new SweepError(`stopped by ${signal || "the end of what called it"}`));
  });
  return abort.signal;
}

if (import.meta.main) Deno.exit(await sweepJob(Deno.args));
