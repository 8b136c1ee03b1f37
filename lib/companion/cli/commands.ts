/**
 * The one table of the project's tasks: what each does, its options, what runs it. Help, reading and
 * checks are made of it; each task's own modules are loaded when it is run.
 *
 * @module
 */
import { didYouMean } from "../../numerics/checks.ts";
import { type Command, command, helpOf, helpOfAll } from "./command.ts";
import { number, type Options, parse, path, texts, toggle, UsageError } from "./options.ts";
import { BENCHMARKS, MEASURED, SWEEPS, VARIABLES } from "./notes.ts";

/** Of `companion` and `run`, which run notebooks. */
const RUN = {
  set: texts({
    help:
      "another value of a parameter, 06.name=value for that notebook alone; a list is 0,1,2 or " +
      "[0,1,2], and seeds=3 is seeds=0,1,2",
    ...{ value: "name=value", short: "p" },
  }),
  timeout: number({
    help: "longest time for one cell",
    value: "seconds",
    least: 0,
    range: "a number of seconds, 0 for no limit",
    otherwise: "by default 3600",
  }),
} satisfies Options;

const setUp = async (options?: { readonly verify?: boolean; readonly sweep?: boolean }) =>
  await (await import("./setup.ts")).setUp(options);

const STORED = { stored: toggle("list what is stored, and what of it is older than the code") };

const study: Command = {
  summary:
    "Run a study and store it under data/, for the notebooks; without a name it lists them all",
  words: "[NAME]",
  options: STORED,
  help: async (args) => (await import("./study.ts")).helpOfStudies(args),
  run: async (args) => {
    const { listStored, studyTask } = await import("./study.ts");
    if (args[0]?.split("=")[0] !== "--stored") return await studyTask(args);
    parse(args, STORED);
    return await listStored();
  },
};

/** A study's task under a name of its own. */
const studyCalled = (name: string): Command => ({
  summary: `deno task study ${name}`,
  options: {},
  help: async () => (await import("./study.ts")).helpOfStudies([name]),
  run: (args) => study.run([name, ...args]),
});

/** All tasks, in the order in which the help tells them. */
export const commands: Readonly<Record<string, Command>> = {
  companion: command({
    summary:
      "Set everything up, run every notebook in the real Deno kernel, build the site and print the " +
      "table of results",
    words: "[notebook …]",
    options: { ...RUN, write: toggle("put the executed notebooks back into notebooks/") },
    run: async (values, only) => await (await import("./run.ts")).companionTask(values, only),
  }),
  run: command({
    summary: "Run notebooks with other values of their parameters; --list lists them",
    words: "notebook …",
    options: {
      ...RUN,
      output: path({
        help: "where the executed notebooks and their pages go",
        ...{ value: "folder", otherwise: "by default build/run" },
      }),
      list: toggle("only list notebooks and parameters: defaults, units, ranges"),
    },
    run: async (values, only) => await (await import("./run.ts")).runTask(values, only),
  }),
  papermill: {
    summary: "Run papermill on a notebook; it knows the Deno kernel's parameters",
    words: "[argument …]",
    options: {},
    notes:
      "The arguments go to papermill; the kernel runs in notebooks/ unless --cwd says otherwise.",
    handsOn: true,
    run: async (args) => {
      await setUp();
      return await (await import("../notebooks/papermill.ts")).runPapermill(args);
    },
  },
  setup: command({
    summary: "Fetch and verify the libraries, the data and the Python environment",
    options: {
      verify: toggle("read and check again what was fetched before"),
      sweep: toggle("Snakemake too, which runs sweeps (190 MB, needs Python 3.11)"),
    },
    notes: VARIABLES,
    run: async ({ verify, sweep }) => {
      await setUp({ verify, sweep });
      return 0;
    },
  }),
  lab: {
    summary: "Open JupyterLab on working copies of the notebooks, in lab/",
    words: "[argument …]",
    options: {},
    notes: "The arguments go to JupyterLab; --notebook-dir=folder opens another folder as it is.",
    handsOn: true,
    run: async (args) => {
      await setUp();
      return await (await import("../notebooks/lab.ts")).runLab(args);
    },
  },
  site: command({
    summary: "Build the site from the notebooks; with --serve, serve it on this machine",
    options: {
      serve: toggle("serve it, on this machine alone, until it is stopped"),
      port: number({
        help: "where it is served",
        ...{ least: 0, most: 65535, whole: true, otherwise: "by default 8765" },
      }),
    },
    run: async ({ serve, port }) => {
      if (port !== undefined && !serve) throw new UsageError(`--port ${port} needs --serve`);
      await setUp();
      return await (await import("../site/site_task.ts")).runSiteTask({ serve, port });
    },
  }),
  study,
  sweep: command({
    summary:
      "Run a sweep over a study's configurations, on this machine or on a cluster, by Snakemake",
    words: "FILE",
    options: {
      "dry-run": toggle("only list the runs, with the time and memory that they may take"),
      status: toggle("tell how far it is"),
      cancel: toggle("end it; checkpoints stay, and the next call goes on"),
      executor: path({
        help: "what runs the jobs: local, slurm, or another plugin of Snakemake",
        ...{ value: "executor", otherwise: "by default local" },
      }),
      profile: path({
        help: "Snakemake's settings for a cluster, a folder with config.yaml",
        ...{ value: "folder", otherwise: "for slurm by default lib/companion/sweep/slurm" },
      }),
      shared: path({
        help: "where runs and checkpoints lie, seen by all nodes",
        ...{ value: "folder", otherwise: "by default data/cache" },
      }),
      data: path({
        help: "where results are stored",
        ...{ value: "folder", otherwise: "by default data, as notebooks read it" },
      }),
      cores: number({ help: "cores of this machine", least: 1, whole: true }),
      jobs: number({ help: "jobs that wait or run at once on a cluster", least: 1, whole: true }),
    },
    notes: SWEEPS,
    run: async (values, files) => await (await import("./sweep.ts")).sweepTask(values, files),
  }),
  kernels: studyCalled("kernels"),
  residues: studyCalled("residues"),
  measure: command({
    summary:
      "Measure the speed limit of a training run that was recorded elsewhere (CSV, NumPy, PyTorch)",
    words: "FILE",
    options: {
      weights: path({
        help: "snapshots of all weights, one for each row of FILE",
        value: "file or folder",
      }),
      from: number({
        help: "count from this entry on, as for a warm start; with snapshots only",
        ...{ value: "entry", least: 0, whole: true },
        ...{ range: "the number of an entry, from 0", otherwise: "by default 0" },
      }),
      output: path({
        help: "write speed_limit.csv, with all columns, and speed_limit.png",
        value: "folder",
      }),
    },
    notes: MEASURED,
    run: async (values, files) => await (await import("./measure.ts")).measureTask(values, files),
  }),
  bench: command({
    summary: "Measure hot paths beside other programs that do the same, each pair in turn",
    words: "[ROW …]",
    options: {
      list: toggle("only list the rows: sizes, aims, what is stored, the time that each takes"),
      rounds: number({
        help: "as many rounds of each size, whatever they take",
        ...{ least: 1, most: 1000, whole: true },
        otherwise: "by default what fits into 45 seconds a size, 21 at most",
      }),
      quick: toggle("fewer sizes and rounds: about ten minutes of a quiet machine for all rows"),
    },
    notes: BENCHMARKS,
    run: async (values, rows) => {
      const { benchTask, rowsNamed } = await import("./bench.ts");
      rowsNamed(rows);
      if (!values.list) await setUp();
      return await benchTask(values, rows);
    },
  }),
  readme: command({
    summary: "Put what the notebooks found into README.md's table",
    options: {},
    run: async () => await (await import("./readme.ts")).readmeTask(),
  }),
  pack: command({
    summary: "Pack the library as an npm package, for other projects to install",
    options: {
      output: path({
        help: "the package's file",
        ...{ value: "file", otherwise: "by default build/⟨name⟩-⟨version⟩.tgz" },
      }),
    },
    run: async ({ output }) => {
      console.log(await (await import("./pack.ts")).packLibrary({ output }));
      return 0;
    },
  }),
  test: {
    summary: "Check format, lint and types (the notebooks' too) and run the tests",
    words: "[argument …]",
    options: {},
    notes:
      "Arguments are files of tests and options for `deno test`: then the tests alone are run. With\n" +
      "--long those run too that take long; else these are skipped, each named with its reason. With\n" +
      "--cluster those of sweeps run, on a Slurm that they set up (as root, on Debian; 10 minutes).",
    handsOn: true,
    run: async (args) => await (await import("./test.ts")).runTests(args),
  },
  help: command({
    summary: "List all tasks with their options, or those of one",
    words: "[NAME]",
    options: {},
    run: async (_, [name, ...more]) => {
      if (more.length > 0) throw new UsageError(`"${more[0]}" is one name too much`);
      console.log(
        name === undefined ? helpOfTasks() : await helpOf(name, commandNamed(name)),
      );
      return 0;
    },
  }),
};

/**
 * The task of a name.
 *
 * @throws {UsageError} if there is none of this name, with the one that may have been meant
 */
export function commandNamed(name: string): Command {
  if (Object.hasOwn(commands, name)) return commands[name];
  const names = Object.keys(commands);
  throw new UsageError(
    `there is no task ${name}${didYouMean(name, names)}; there are ${names.join(", ")}`,
  );
}

/** All tasks with their options, and the variables. */
export const helpOfTasks = (): string =>
  `The companion to the paper, as tasks. deno task help NAME tells more of one.\n\n${
    helpOfAll(commands)
  }\n\n${VARIABLES}`;
