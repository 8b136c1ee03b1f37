/** Computes all runs of a plan in this process, into another folder: `local_runs.ts PLAN FOLDER`. */
import { runJob } from "../../../lib/companion/cli/sweep_job.ts";
import { readPlan } from "../../../lib/companion/sweep/sweep_folder.ts";

const [file, shared] = Deno.args;
const plan = { ...readPlan(file), shared };
for (const key of Object.keys(plan.runs)) await runJob(plan, key);
