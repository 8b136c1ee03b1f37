/**
 * What the project's tasks run: companion, run, setup, site, lab, papermill, test.
 *
 * @module
 */
import { SetUpError } from "../../resources/set_up_error.ts";
import { buildFolder, notebooksFolder } from "../../notebook/folders.ts";
import type { RunOptions } from "../notebooks/run_notebooks.ts";
import {
  outputFolder,
  parse,
  printable,
  RUN_FLAGS,
  runOptions,
  UsageError,
} from "./run_options.ts";

const HELP = `The companion to the paper, as tasks.

  deno task companion [notebook …]   set up, run the notebooks, build the site, print the results
      --write                        put the executed notebooks back into notebooks/
  deno task run notebook …           run notebooks, with other values of their parameters
      -p, --set name=value           such a value; 06.name=value for that notebook alone;
                                     a list is 0,1,2 or [0,1,2]; seeds=3 is seeds=0,1,2
      --output folder                where the executed notebooks and their pages go (build/run)
      --list                         only list notebooks and parameters: defaults, units, ranges
  Both take
      --timeout seconds              longest time for one cell; 0: no limit (default: 3600)
  deno task setup                    fetch and verify libraries, data and the Python environment
      --verify                       read and check again what was fetched before
  deno task site                     build the site from the notebooks as they are
      --serve                        and serve it on this machine alone
      --port number                  there (default: 8765)
  deno task lab [argument …]         open JupyterLab on working copies of the notebooks, in lab/;
                                     arguments go to JupyterLab; --notebook-dir=folder opens another
                                     folder as it is
  deno task papermill [argument …]   papermill, which knows this kernel's parameters
  deno task test [argument …]        check format, lint and types, run all tests

Variables:
  SPEED_LIMITS_CACHE         folder for libraries and data, shared by clones
  SPEED_LIMITS_CIFAR10       your own folder of CIFAR-10's binary version
  SPEED_LIMITS_TENSORFLOW    your own libtensorflow_cc
  SPEED_LIMITS_OPENBLAS      your own OpenBLAS
  SPEED_LIMITS_PICTURES      1: figures shown in a notebook carry a PNG too, as in all runs without
                             a viewer; JupyterLab shows it in place of the figure
`;

/** These hand their arguments on, `--help` too. */
const HANDS_ON = ["lab", "papermill", "test"];

const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  async companion(args) {
    const flags = { ...RUN_FLAGS, write: { type: "boolean" } } as const;
    const { values, positionals } = parse(args, flags, true);
    return await run({ ...runOptions(values), only: positionals, write: values.write });
  },
  async run(args) {
    const flags = { ...RUN_FLAGS, output: { type: "string" }, list: { type: "boolean" } } as const;
    const { values, positionals } = parse(args, flags, true);
    if (values.list) {
      const { listParameters } = await import("../notebooks/list_parameters.ts");
      const lines = await listParameters(positionals).catch(asUsage);
      console.log(lines.join("\n"));
      return 0;
    }
    if (positionals.length === 0) {
      throw new UsageError(
        "no notebook is named, as in deno task run 06 -p n=1000; deno task run --list lists them, " +
          "deno task companion runs them all",
      );
    }
    const options = { ...runOptions(values), only: positionals };
    return await run(options, values.output ?? `${buildFolder}/run`);
  },
  async setup(args) {
    const { verify } = parse(args, { verify: { type: "boolean" } }).values;
    const { setUp } = await import("./setup.ts");
    await setUp({ verify });
    return 0;
  },
  async site(args) {
    const { values: { serve, port } } = parse(args, {
      serve: { type: "boolean" },
      port: { type: "string" },
    });
    if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) < 65536)) {
      throw new UsageError(`--port ${port}: it must be a whole number from 0 to 65535`);
    }
    const { setUp } = await import("./setup.ts");
    await setUp();
    const { runSiteTask } = await import("../site/site_task.ts");
    return await runSiteTask({ serve, port: port === undefined ? undefined : Number(port) });
  },
  async lab(args) {
    const { setUp } = await import("./setup.ts");
    await setUp();
    const { runLab } = await import("../notebooks/lab.ts");
    return await runLab(args);
  },
  async papermill(args) {
    const { setUp } = await import("./setup.ts");
    await setUp();
    const { runPapermill } = await import("../notebooks/papermill.ts");
    return await runPapermill(args);
  },
  async test(args) {
    const { runTests } = await import("./test.ts");
    return await runTests(args);
  },
};

async function run(options: RunOptions, output?: string): Promise<number> {
  const { runNotebooks } = await import("../notebooks/run_notebooks.ts");
  const { planRun } = await import("../notebooks/plan_run.ts");
  // What is wrong is said before a long set-up, not after.
  await planRun(notebooksFolder, options).catch(asUsage);
  const folder = output === undefined ? undefined : await outputFolder(output);
  const { setUp } = await import("./setup.ts");
  await setUp();
  return await runNotebooks({ ...options, output: folder });
}

function asUsage(error: Error): never {
  throw new UsageError(error.message);
}

async function main([name, ...args]: string[]): Promise<number> {
  const command = Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
  const asked = (arg: string) => arg === "--help" || arg === "-h";
  const help = asked(name ?? "") || (args.some(asked) && !HANDS_ON.includes(name));
  if (!command || help) {
    (help ? console.log : console.error)(HELP);
    return help ? 0 : 2;
  }
  try {
    return await command(args);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${printable(error.message)}\n(deno task ${name} --help tells what there is)`);
      return 2;
    }
    if (error instanceof SetUpError) {
      console.error(`The set-up stopped: ${error.message}`);
      return 1;
    }
    throw error;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
