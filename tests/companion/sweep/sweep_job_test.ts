import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  conduct,
  type SpeedLimitStudy,
  storedResults,
  studyNamed,
} from "../../../lib/experiments/mod.ts";
import { planOf } from "../../../lib/companion/sweep/plan.ts";
import { checkpointFile, resultFile } from "../../../lib/companion/sweep/run_files.ts";
import {
  planFile,
  writePlan,
  type WrittenPlan,
} from "../../../lib/companion/sweep/sweep_folder.ts";
import { parseSweep } from "../../../lib/companion/sweep/sweep_file.ts";
import { projectFolder } from "../../../lib/notebook/folders.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

async function planned(sweep: object): Promise<WrittenPlan & { readonly keys: string[] }> {
  const shared = await Deno.makeTempDir();
  const plan = await planOf(parseSweep(JSON.stringify(sweep)), []);
  const folder = join(shared, "sweeps", "made");
  const written = await writePlan(plan, { folder, shared, data: join(shared, "data"), job: [] });
  return { ...written, keys: Object.keys(plan.runs) };
}

/** A job in a process of its own, as Snakemake calls it; stopped once it has said something. */
async function job(plan: WrittenPlan, args: string[], stop?: Deno.Signal) {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-P", "--no-check", join(projectFolder, "lib/companion/cli/sweep_main.ts")],
      ...[args[0], planFile(plan.folder), ...args.slice(1)],
    ],
    ...{ cwd: projectFolder, env: { NO_COLOR: "1" } },
    ...{ stdin: "null", stdout: "null", stderr: "piped" },
  }).spawn();
  let said = "";
  for await (const text of process.stderr.pipeThrough(new TextDecoderStream())) {
    said += text;
    if (stop && said.includes("sweep: ")) {
      process.kill(stop);
      stop = undefined;
    }
  }
  return { code: (await process.status).code, said };
}

/** That what was gathered is among the stored studies, and a cell's study is of the runs that are there. */
async function readByNotebooks({ data, shared, configurations }: WrittenPlan, name: string) {
  const { given, keys } = configurations[name];
  const [{ result }, ...others] = await storedResults<SpeedLimitStudy>("speed_limit", { data });
  assert.deepEqual(others, []);
  const notes: string[] = [];
  const onProgress = ({ note = "" }) => void notes.push(note);
  const study = await conduct(studyNamed("speed-limit"), given, { cache: shared, onProgress });
  const { configuration, realizations } = study as SpeedLimitStudy;
  assert.deepEqual([configuration, realizations], [result.configuration, result.realizations]);
  assert.equal(notes.filter((note) => note.endsWith("is there")).length, keys.length);
}

const FLOW = {
  study: "speed-limit",
  base: { architecture: "fully-connected", width: 64, n: 100, seeds: [3], testImages: 20 },
  resources: { threads: 1 },
};

test("SIGTERM leaves a checkpoint, the next attempt goes on, and gathering names what lacks", async () => {
  const plan = await planned({ ...FLOW, base: { ...FLOW.base, horizon: 2, entries: 4 } });
  const [key] = plan.keys;
  const [name, { place }] = Object.entries(plan.configurations)[0];
  const early = await job(plan, ["gather", name]);
  assert.deepEqual([early.code, existsSync(plan.data)], [1, false]);
  assert.match(early.said, /seed 3 \([0-9a-f]{24}\) is not there; the next `deno task sweep` runs/);

  const stopped = await job(plan, ["run", key], "SIGTERM");
  assert.equal(stopped.code, 1);
  assert.match(stopped.said, /^sweep: stopped by SIGTERM$/m);
  assert(existsSync(checkpointFile(plan.shared, key)));
  assert(!existsSync(resultFile(plan.shared, key)));

  const { code, said } = await job(plan, ["run", key]);
  assert.deepEqual([code, existsSync(checkpointFile(plan.shared, key))], [0, false]);
  assert.match(said, /^sweep: fully_connected_64_n100_.*, seed 3: going on from its checkpoint$/m);
  assert.match((await job(plan, ["gather", name])).said, /^sweep: stored as speed_limit\/fully_/m);
  assert(existsSync(join(plan.data, `${place}.json`)));
  await readByNotebooks(plan, name);

  Deno.truncateSync(resultFile(plan.shared, key), 100);
  const damaged = await job(plan, ["gather", name]);
  assert.match(damaged.said, /seed 3 \([0-9a-f]{24}\) is damaged; the next/);
  assert(existsSync(`${resultFile(plan.shared, key)}.damaged`));
  assert(!existsSync(resultFile(plan.shared, key)));
  await Deno.remove(plan.shared, { recursive: true });
});

test("a machine with other code, or without the folder, is told of and computes nothing", async () => {
  const plan = await planned({ ...FLOW, base: { ...FLOW.base, horizon: 0.01, entries: 2 } });
  const [key] = plan.keys;
  assert.equal((await job(plan, ["check"])).code, 0);
  assert(existsSync(join(plan.folder, "seen", plan.token)));
  // Another input stands for other code: both move the key.
  const text = Deno.readTextFileSync(planFile(plan.folder)).replace('"seed":3', '"seed":4');
  Deno.writeTextFileSync(planFile(plan.folder), text);
  for (const args of [["check"], ["run", key]]) {
    const { code, said } = await job(plan, args);
    assert.equal(code, 1);
    assert.match(
      said,
      /this run has another key than [0-9a-f]{24}: its code, packages or libraries/,
    );
  }
  Deno.removeSync(planFile(plan.folder));
  assert.match(
    (await job(plan, ["check"])).said,
    /plan\.json cannot be read on .*shared folder must/,
  );
  assert(!existsSync(resultFile(plan.shared, key)));
  await Deno.remove(plan.shared, { recursive: true });
});
