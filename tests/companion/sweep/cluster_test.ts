/**
 * Sweeps by Snakemake, on this machine and on a Slurm that is set up here: `deno task test --cluster`.
 *
 * @module
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readRecord } from "../../../lib/experiments/study/record_file.ts";
import { sweepEnvironmentFolder } from "../../../lib/companion/folders.ts";
import { projectFolder } from "../../../lib/notebook/folders.ts";
import { needs, PROGRAMS } from "../../permissions.ts";
import { type Slurm, startSlurm, until, whyNoSlurm } from "./slurm.ts";

const { test } = needs(...PROGRAMS);
const asked = Deno.env.has("SPEED_LIMITS_CLUSTER");
const why = asked ? await whyNoSlurm() : "deno task test --cluster";

const MAIN = join(projectFolder, "lib/companion/cli/main.ts");

/** A small network's flow of 24 seeds, a core each. */
const SMALL = {
  study: "speed-limit",
  base: {
    ...{ architecture: "fully-connected", width: 8, n: 20, seeds: 24 },
    ...{ horizon: 0.01, entries: 4, testImages: 20 },
  },
  resources: { threads: 1, memory: 1000 },
};

/** One run with the least time limit that Slurm knows, a minute; its checkpoints are six seconds apart. */
const LIMITED = {
  study: "speed-limit",
  base: {
    ...{ architecture: "fully-connected", width: 256, n: 500, seeds: [0] },
    ...{ horizon: 20, entries: 8, testImages: 100 },
  },
  resources: { threads: 1, memory: 2000, minutes: 1 },
};

/** One run of some minutes, to be cancelled; its checkpoints are eighteen seconds apart. */
const CANCELLED = {
  ...LIMITED,
  base: { ...LIMITED.base, n: 2000 },
  resources: { threads: 1, memory: 2000, minutes: 3 },
};

/** A folder with a sweep's file and what the task takes. */
interface Made {
  readonly folder: string;
  readonly shared: string;
  readonly data: string;
  readonly file: string;
}

function made(name: string, sweep: object): Made {
  const folder = Deno.makeTempDirSync();
  const [shared, data] = ["shared", "data"].map((part) => join(folder, part));
  for (const part of [shared, data]) Deno.mkdirSync(part);
  const file = join(folder, `${name}.json`);
  Deno.writeTextFileSync(file, JSON.stringify(sweep));
  return { folder, shared, data, file };
}

/** The shipped profile, with a cluster's waits made short. */
function profile(folder: string, partition?: string): string {
  const shipped = join(projectFolder, "lib/companion/sweep/slurm/config.yaml");
  const text = Deno.readTextFileSync(shipped)
    .replace(/^latency-wait: .*$/m, "latency-wait: 10")
    .replace(
      /(init-seconds-before-status-checks): .*$/m,
      "$1: 4\nslurm-keep-successful-logs: true",
    );
  const own = join(folder, `profile_${partition}`);
  Deno.mkdirSync(own);
  const resources = partition ? `default-resources:\n  - slurm_partition=${partition}\n` : "";
  Deno.writeTextFileSync(join(own, "config.yaml"), text + resources);
  return own;
}

/** Of a test that fails, tasks are left that it started. */
const started: Deno.ChildProcess[] = [];

async function endTasks(): Promise<void> {
  for (const process of started.splice(0)) {
    try {
      process.kill("SIGTERM"); // it interrupts Snakemake
      await process.status;
    } catch {
      // It has ended by itself.
    }
  }
}

/** Starts the task; what it says comes with its status, and as it is said to `log`. */
function sweep({ file, shared, data, folder }: Made, args: string[], env = {}) {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-P", "--no-check", MAIN, "sweep", file, "--shared", shared, "--data", data]
      .concat(args),
    cwd: projectFolder,
    env: { NO_COLOR: "1", ...env },
    ...{ stdin: "null", stdout: "piped", stderr: "piped" },
  }).spawn();
  started.push(process);
  return {
    async ended() {
      const { code, stdout, stderr } = await process.output();
      const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
      Deno.writeTextFileSync(join(folder, "said.log"), said, { append: true });
      return { code, said };
    },
  };
}

const files = (folder: string, ending: string) =>
  [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(ending));

/** A result but for what tells its cost: the seconds, and how many gradients it took. */
async function computed(file: string): Promise<unknown> {
  const { result } = await readRecord(file) as { result: Record<string, unknown> };
  const { seconds, gradients, ...rest } = result;
  assert.deepEqual([typeof seconds, typeof gradients], ["number", "number"]);
  return rest;
}

/**
 * That runs are bit for bit those of a single process here, at equal threads. One that went on from a
 * checkpoint looked up some gradients once more: all else is the same.
 */
async function sameAsHere(of: Made): Promise<void> {
  const { shared, folder } = of;
  const here = join(folder, "here");
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-P", "--no-check", join(projectFolder, "tests/companion/sweep/local_runs.ts")],
      ...[planOf(of), here],
    ],
    ...{ cwd: projectFolder, stderr: "null" },
  }).output();
  assert(success);
  const results = files(here, ".result");
  assert.deepEqual(files(shared, ".result").sort(), results.sort());
  for (const one of results) {
    assert.deepEqual(await computed(join(shared, one)), await computed(join(here, one)));
  }
}

const given = (
  reason: string | undefined,
  name: string,
  run: (t: Deno.TestContext) => Promise<void>,
) => reason === undefined ? test(name, run) : Deno.test.ignore(`${name} (${reason})`, run);

given(
  asked ? undefined : why,
  "a sweep on this machine: damaged runs are found, named, run again",
  async () => {
    const tiny = made("tiny", { ...SMALL, base: { ...SMALL.base, seeds: 2 } });
    const { code, said } = await sweep(tiny, ["--cores", "2"]).ended();
    assert.equal(code, 0, said);
    assert.match(said, /tiny: 2 runs: 2 done/);
    await sameAsHere(tiny);
    const [stored] = files(join(tiny.data, "speed_limit"), ".json");
    const text = Deno.readTextFileSync(join(tiny.data, "speed_limit", stored));

    const [first] = files(tiny.shared, ".result");
    Deno.truncateSync(join(tiny.shared, first), 100);
    Deno.writeTextFileSync(join(tiny.shared, `${first}.0-0.partial`), "half");
    Deno.removeSync(join(tiny.data, "speed_limit", stored));
    const status = await sweep(tiny, ["--status"]).ended();
    assert.match(status.said, /tiny: 2 runs: 1 done, 1 damaged\nit is not running/);
    const again = await sweep(tiny, []).ended();
    assert.equal(again.code, 0, again.said);
    assert.match(again.said, /damaged, and run again: fully_connected_8_n20.*, seed \d \(now /);
    assert.match(again.said, new RegExp(`half-written, and removed: ${first}`));
    const results = (json: string) =>
      JSON.parse(json).result.realizations.map(
        (one: object) => ({ ...one, seconds: 0 }),
      );
    const renewed = Deno.readTextFileSync(join(tiny.data, "speed_limit", stored));
    assert.deepEqual(results(renewed), results(text));
    await Deno.remove(tiny.folder, { recursive: true });
  },
);

given(asked ? undefined : why, "what cannot be run is refused before anything starts", async () => {
  const tiny = made("tiny", SMALL);
  const refused = async (args: string[], message: RegExp, env = {}) => {
    const { code, said } = await sweep(tiny, args, env).ended();
    assert.equal(code, 1, said);
    assert.match(said, message);
    assert.deepEqual(files(tiny.shared, ""), []);
  };
  await refused(
    ["--executor", "slrum"],
    /no executor "slrum" \(did you mean slurm\?\); there are /,
  );
  await refused(["--executor", "slurm"], /Slurm does not answer on this machine: /, {
    SLURM_CONF: "/nowhere",
  });
  await refused(["--profile", tiny.folder], /is no profile of Snakemake: there is no config.yaml/);
  const none = join(tiny.folder, "none");
  await refused(["--shared", none], /--shared \S+none: there is no such folder/);
  await Deno.remove(tiny.folder, { recursive: true });
});

given(why, "a sweep on Slurm", async (t) => {
  assert(existsSync(sweepEnvironmentFolder));
  const folder = Deno.makeTempDirSync();
  const slurm = await startSlurm(folder, { nodes: ["one", "two"], apart: ["three"] });
  const onSlurm = (of: Made, ...args: string[]) =>
    sweep(of, ["--executor", "slurm", ...args], slurm.env);
  try {
    await t.step("a folder that nodes do not see is refused, before any run", async () => {
      await notShared(slurm, onSlurm);
    });
    const small = made("small", SMALL);
    await t.step("24 runs, with a node that fails and one that is drained", async () => {
      await throughFailures(slurm, small, onSlurm);
    });
    await t.step("results are those of this machine, bit for bit", () => sameAsHere(small));
    const limited = made("limited", LIMITED);
    await t.step("over its time limit, a run goes on from its checkpoint to its end", async () => {
      await overItsLimit(slurm, limited, onSlurm);
    });
    await t.step(
      "its result is that of a run in one piece, bit for bit",
      () => sameAsHere(limited),
    );
    const cancelled = made("cancelled", CANCELLED);
    await t.step("a run that is cancelled keeps its checkpoint, and goes on from it", async () => {
      await cancelledTwice(slurm, cancelled, onSlurm);
    });
    for (const { folder } of [small, limited, cancelled]) {
      await Deno.remove(folder, { recursive: true });
    }
  } finally {
    await endTasks();
    await slurm.stop();
  }
  await Deno.remove(folder, { recursive: true });
});

type OnSlurm = (of: Made, ...args: string[]) => ReturnType<typeof sweep>;

async function notShared(slurm: Slurm, onSlurm: OnSlurm): Promise<void> {
  const apart = made("apart", SMALL);
  slurm.start("three", apart.shared);
  const up = async () => await slurm.ask("sinfo", "-h", "-p", "three", "-o", "%T") === "idle";
  await until(up, 60, "the third node is idle");
  const { code, said } = await onSlurm(apart, "--profile", profile(apart.folder, "three")).ended();
  assert.equal(code, 1, said);
  assert.match(
    said,
    /shared is not shared: a job on a node did not find there what this machine wrote/,
  );
  assert.deepEqual(files(apart.shared, ".result"), []);
  await slurm.kill("three");
  await Deno.remove(apart.folder, { recursive: true });
}

async function throughFailures(slurm: Slurm, small: Made, onSlurm: OnSlurm): Promise<void> {
  const running = onSlurm(small, "--profile", profile(small.folder));
  const end = running.ended();
  const results = () => files(small.shared, ".result").length;
  const states = async () => (await slurm.ask("squeue", "-h", "-o", "%T %N")).split("\n");
  await until(
    async () => results() >= 2 && (await states()).some((one) => one === "RUNNING one"),
    1200,
    "runs are there",
  );
  await slurm.kill("one");
  // Two of its jobs were running; with all of their processes gone they wait for another node.
  await until(
    async () => /down/.test(await slurm.ask("sinfo", "-h", "-n", "one", "-o", "%T")),
    1200,
    "the node is down",
  );
  const before = results();
  await until(() => results() > before, 1200, "the other node goes on");
  slurm.start("one");
  await slurm.ask("scontrol", "update", "NodeName=two", "State=DRAIN", "Reason=test");
  await until(
    async () => !(await states()).some((one) => one === "RUNNING two"),
    1200,
    "the drained node is empty",
  );
  const { code, said } = await end;
  await slurm.ask("scontrol", "update", "NodeName=two", "State=RESUME");
  assert.equal(code, 0, said);
  assert.match(said, /small: 24 runs: 24 done/);
  assert.equal(files(join(small.data, "speed_limit"), ".json").length, 1);
  assert.deepEqual(files(small.shared, ".partial"), []);
}

async function overItsLimit(slurm: Slurm, limited: Made, onSlurm: OnSlurm): Promise<void> {
  const end = onSlurm(limited, "--profile", profile(limited.folder)).ended();
  // On a slow machine the first attempts may end before there is one; each has twice the time.
  await until(() => kept(limited), 1200, "there is a checkpoint");
  // Held still, it meets its limit however fast the machine is.
  await slurm.hold(planOf(limited));
  const { code, said } = await end;
  assert.equal(code, 0, said);
  assert.match(said, /limited: 1 run: 1 done/);
  const attempts = logsOf(limited);
  assert(attempts.some((log) => /DUE TO TIME LIMIT/.test(log)), attempts.join("\n"));
  assert(attempts.some((log) => GOES_ON.test(log) && !/TIME LIMIT/.test(log)), attempts.join("\n"));
  assert(!kept(limited));
}

async function cancelledTwice(slurm: Slurm, long: Made, onSlurm: OnSlurm): Promise<void> {
  const settings = ["--profile", profile(long.folder)];
  const cancel = async (running: Promise<{ readonly code: number }>) => {
    const { said } = await onSlurm(long, "--cancel").ended();
    assert.match(said, /cancelled: cancelled; checkpoints stay/);
    assert.equal((await running).code, 1);
    assert.equal(await slurm.ask("squeue", "-h", "-o", "%T"), "");
    assert(kept(long));
    assert.deepEqual(files(long.shared, ".result"), []);
  };
  const first = onSlurm(long, ...settings).ended();
  await until(() => kept(long), 1200, "there is a checkpoint");
  const { said } = await onSlurm(long, "--status").ended();
  assert.match(said, /1 run: 1 with a checkpoint\nit is running, .*: 1 running/);
  await cancel(first);
  const status = await onSlurm(long, "--status").ended();
  assert.match(status.said, /1 run: 1 with a checkpoint\nit is not running/);
  assert(!logsOf(long).some((log) => GOES_ON.test(log)));

  const again = onSlurm(long, ...settings).ended();
  await until(() => logsOf(long).some((log) => GOES_ON.test(log)), 1200, "it goes on");
  await cancel(again);
}

/** What a job says that does. */
const GOES_ON = /^sweep: .*, seed 0: going on from its checkpoint$/m;

const kept = ({ shared }: Made) => files(shared, ".checkpoint").length === 1;

const sweepOf = ({ shared, file }: Made) =>
  join(shared, "sweeps", file.split("/").at(-1)!.replace(".json", ""));

const planOf = (of: Made) => join(sweepOf(of), "plan.json");

/** What each of a sweep's jobs said. */
const logsOf = (of: Made) => logs(join(sweepOf(of), ".snakemake/slurm_logs"));

function logs(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory
      ? logs(join(folder, name))
      : name.endsWith(".log")
      ? [Deno.readTextFileSync(join(folder, name))]
      : []
  );
}
