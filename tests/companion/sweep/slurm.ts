/**
 * Slurm on this machine alone, for tests: nodes of four cores each, on their own ports, with a key,
 * sockets, state and logs in a folder of their own. Nothing of the system's Slurm is touched.
 *
 * @module
 */
import { existsSync } from "node:fs";

/** What the tests need of Debian. */
const PACKAGES = ["slurmctld", "slurmd", "slurm-client", "munge"];
const PROGRAMS = ["slurmctld", "slurmd", "sbatch", "munged", "unshare"];

const inPath = (name: string) =>
  ["/usr/sbin", "/usr/bin", "/sbin", "/bin"].some((folder) => existsSync(`${folder}/${name}`));

/** Why there can be no Slurm here; undefined where there can. */
export async function whyNoSlurm(): Promise<string | undefined> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return "needs Linux and root";
  if (!PROGRAMS.every(inPath)) {
    const apt = (...args: string[]) => done(["apt-get", "-qq", ...args]);
    const env = ["install", "-y", "--no-install-recommends", ...PACKAGES];
    if (!await apt("update") || !await apt(...env)) return `no ${PACKAGES.join(", ")} by apt-get`;
  }
  return undefined;
}

async function done([program, ...args]: string[], env: Record<string, string> = {}) {
  try {
    const command = new Deno.Command(program, { args, env, stdout: "null", stderr: "null" });
    return (await command.output()).success;
  } catch {
    return false;
  }
}

/** A node: a slurmd, in a mount namespace of its own where it is to see another folder. */
interface Node {
  readonly name: string;
  readonly port: number;
  process?: Deno.ChildProcess;
}

/** Slurm as it runs. */
export interface Slurm {
  /** For all its commands. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs one of its commands; gives what it printed. */
  readonly ask: (...command: string[]) => Promise<string>;
  /** Starts a node's slurmd; `hiding` a folder, it sees an empty one there. */
  readonly start: (node: string, hiding?: string) => void;
  /** A node fails: its slurmd and all of its jobs' processes die at once. */
  readonly kill: (node: string) => Promise<void>;
  /** Holds the runs of a plan still, as on a node that is very slow; who ends them lets them go on. */
  readonly hold: (plan: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts Slurm with nodes of these names, each in a partition `main`, or in one of its own name. */
export async function startSlurm(
  folder: string,
  { nodes, apart }: { readonly nodes: readonly string[]; readonly apart: readonly string[] },
): Promise<Slurm> {
  const base = 20_000 + Math.floor(Math.random() * 20_000);
  const all: Node[] = [...nodes, ...apart].map((name, i) => ({ name, port: base + 1 + i }));
  const host = Deno.hostname().split(".")[0];
  const conf = `${folder}/slurm.conf`;
  for (const name of ["munge", "state", "log", "bin"]) Deno.mkdirSync(`${folder}/${name}`);
  Deno.chmodSync(folder, 0o755);
  Deno.writeTextFileSync(
    conf,
    [
      "ClusterName=tests",
      `SlurmctldHost=${host}(127.0.0.1)`,
      `SlurmctldPort=${base}`,
      "SlurmUser=root",
      `AuthInfo=socket=${folder}/munge/socket`,
      `StateSaveLocation=${folder}/state`,
      `SlurmdSpoolDir=${folder}/spool_%n`,
      `SlurmctldPidFile=${folder}/slurmctld.pid`,
      `SlurmdPidFile=${folder}/slurmd_%n.pid`,
      `SlurmctldLogFile=${folder}/log/slurmctld`,
      `SlurmdLogFile=${folder}/log/slurmd_%n`,
      "ProctrackType=proctrack/linuxproc",
      "TaskPlugin=task/none",
      "MpiDefault=none",
      "JobAcctGatherType=jobacct_gather/none",
      "SelectType=select/cons_tres",
      "SelectTypeParameters=CR_Core",
      "SlurmdParameters=config_overrides",
      // A node is given up after seconds, and comes back when its slurmd does.
      ...[
        "SlurmdTimeout=15",
        "ReturnToService=2",
        "KillWait=30",
        "SchedulerParameters=bf_interval=5",
      ],
      ...all.map(({ name, port }) =>
        `NodeName=${name} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${port} CPUs=4 RealMemory=64000`
      ),
      `PartitionName=main Nodes=${nodes.join(",")} Default=YES MaxTime=INFINITE State=UP`,
      ...apart.map((name) => `PartitionName=${name} Nodes=${name} MaxTime=INFINITE State=UP`),
      "",
    ].join("\n"),
  );
  // Snakemake's jobs drop SLURM_CONF before they call srun, which then looks into /etc.
  Deno.writeTextFileSync(
    `${folder}/bin/srun`,
    `#!/bin/sh\nSLURM_CONF='${conf}' exec /usr/bin/srun "$@"\n`,
    { mode: 0o755 },
  );
  const env = { SLURM_CONF: conf, PATH: `${folder}/bin:${Deno.env.get("PATH")}` };
  const ask = async (...[program, ...args]: string[]) => {
    const { stdout } = await new Deno.Command(program, { args, env, stderr: "null" }).output();
    return new TextDecoder().decode(stdout).trim();
  };
  const spawn = (program: string, args: string[]) =>
    new Deno.Command(program, { args, env, stdin: "null", stdout: "null", stderr: "null" }).spawn();
  const munged = await startMunge(`${folder}/munge`);
  const controller = spawn("slurmctld", ["-D"]);

  const start = (name: string, hiding?: string) => {
    const node = all.find((one) => one.name === name)!;
    node.process = hiding
      ? spawn("unshare", [
        ...["--mount", "sh", "-c"],
        `mount -t tmpfs tmpfs "$0" && exec slurmd -D -N ${name}`,
        hiding,
      ])
      : spawn("slurmd", ["-D", "-N", name]);
  };
  const kill = async (name: string) => {
    const node = all.find((one) => one.name === name)!;
    if (node.process) {
      killed(node.process.pid);
      await node.process.status;
      node.process = undefined;
    }
    for (const pid of await ownedBy(folder, name)) killed(pid);
  };
  const hold = async (plan: string) => {
    const found = await shell(COMPUTING, plan);
    for (const line of found) killed(Number(line), "SIGSTOP");
    if (found.length === 0) throw new Error(`nothing computes a run of ${plan}`);
  };
  for (const { name } of all) if (nodes.includes(name)) start(name);
  await until(
    async () =>
      (await ask("sinfo", "-h", "-p", "main", "-t", "idle", "-o", "%D")) ===
        String(nodes.length),
    60,
    "nodes are idle",
  );
  return {
    ...{ env, ask, start, kill, hold },
    async stop() {
      await ask("scancel", "--user=root");
      for (const { name } of all) await kill(name);
      for (const process of [controller, munged]) {
        killed(process.pid, "SIGTERM");
        await process.status;
      }
    },
  };
}

async function startMunge(folder: string): Promise<Deno.ChildProcess> {
  const key = crypto.getRandomValues(new Uint8Array(1024));
  Deno.writeFileSync(`${folder}/key`, key, { mode: 0o400 });
  await new Deno.Command("chown", { args: ["-R", "munge", folder] }).output();
  const process = new Deno.Command("munged", {
    args: [
      ...["--foreground", "--force", `--socket=${folder}/socket`, `--key-file=${folder}/key`],
      ...[`--pid-file=${folder}/pid`, `--log-file=${folder}/log`, `--seed-file=${folder}/seed`],
    ],
    uid: Number(new TextDecoder().decode(
      (await new Deno.Command("id", { args: ["-u", "munge"] }).output()).stdout,
    )),
    ...{ stdin: "null", stdout: "null", stderr: "null" },
  }).spawn();
  await until(() => existsSync(`${folder}/socket`), 30, "munge's socket is there");
  return process;
}

function killed(pid: number, signal: Deno.Signal = "SIGKILL"): void {
  try {
    Deno.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** Processes of a node, its steps' daemons first: a job that is seen to end was not lost with its node. */
async function ownedBy(folder: string, node: string): Promise<number[]> {
  const found = await shell(OWNED, `${folder}/log/slurmd_${node}`, node, `${folder}/slurm.conf`);
  return found.sort().map((line) => Number(line.split(" ")[1]));
}

/** The lines that a script prints: of /proc Deno reads nothing without all permissions; a shell does. */
async function shell(script: string, ...args: string[]): Promise<string[]> {
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", script, ...args],
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout).trim().split("\n").filter((line) => line);
}

/** Given the plan of a sweep, processes that compute its runs. */
const COMPUTING = `
for process in /proc/[0-9]*; do
  case "$(tr '\\0' ' ' < $process/cmdline)" in
    */sweep_job.ts\\ run\\ "$0"\\ *) echo "\${process#/proc/}" ;;
  esac
done`;

/** Given a node's log, its name and the file of its Slurm. */
const OWNED = `
for process in /proc/[0-9]*; do
  id=\${process#/proc/}
  case "$(tr '\\0' ' ' < $process/cmdline)" in
    slurmstepd*) ls -l $process/fd | grep -qF "$0" && echo "1 $id"; continue ;;
  esac
  environment=$(tr '\\0' '\\n' < $process/environ)
  echo "$environment" | grep -qxF "SLURMD_NODENAME=$1" || continue
  echo "$environment" | grep -qxF "SLURM_CONF=$2" && echo "2 $id"
done`;

/** Waits until something holds. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  seconds: number,
  what: string,
): Promise<void> {
  const end = Date.now() + 1000 * seconds;
  while (!await holds()) {
    if (Date.now() > end) throw new Error(`after ${seconds} s it is not so that ${what}`);
    await new Promise((done) => setTimeout(done, 500));
  }
}
