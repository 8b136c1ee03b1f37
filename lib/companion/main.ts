/**
 * What the project's tasks run: companion, setup, site, lab, test.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { SetUpError } from "../resources/set_up_error.ts";

const HELP = `The companion to the paper, as tasks.

  deno task companion [notebook …]   set up, run the notebooks, build the site, print the results
      --set name=value               another value of a parameter; 06.name=value in that notebook
      --timeout seconds              longest time for one cell; 0: no limit (default: 3600)
      --write                        put the executed notebooks back into notebooks/
  deno task setup                    fetch and verify libraries, data and the Python environment
      --verify                       read and check again what was fetched before
  deno task site                     build the site from the notebooks as they are
      --serve                        and serve it on this machine alone
      --port number                  there (default: 8765)
  deno task lab [argument …]         open JupyterLab on the notebooks; arguments go to JupyterLab
  deno task test [argument …]        check format, lint and types, run all tests

Variables:
  SPEED_LIMITS_CACHE         folder for libraries and data, shared by clones
  SPEED_LIMITS_CIFAR10       your own folder of CIFAR-10's binary version
  SPEED_LIMITS_TENSORFLOW    your own libtensorflow_cc
  SPEED_LIMITS_OPENBLAS      your own OpenBLAS
`;

/** Wrong use of the command line. */
class UsageError extends Error {}

const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  async companion(args) {
    const options = companionOptions(args);
    const { runNotebooks } = await import("./run_notebooks.ts");
    const { planRun } = await import("./plan_run.ts");
    const { notebooksFolder } = await import("./folders.ts");
    await planRun(notebooksFolder, options).catch((error: Error) => {
      throw new UsageError(error.message); // said before a long set-up, not after
    });
    const { setUp } = await import("./setup.ts");
    await setUp();
    return await runNotebooks(options);
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
    if (port !== undefined && !/^\d{1,5}$/.test(port)) {
      throw new UsageError(`--port ${port}: it must be a whole number from 0 to 65535`);
    }
    const { setUp } = await import("./setup.ts");
    await setUp();
    const { runSiteTask } = await import("./site/site_task.ts");
    return await runSiteTask({ serve, port: port === undefined ? undefined : Number(port) });
  },
  async lab(args) {
    const { setUp } = await import("./setup.ts");
    await setUp();
    const { runLab } = await import("./lab.ts");
    return await runLab(args);
  },
  async test(args) {
    const { runTests } = await import("./test.ts");
    return await runTests(args);
  },
};

type Flags = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>;

function parse<T extends Flags>(args: string[], options: T, allowPositionals = false) {
  try {
    return parseArgs({ args, options, allowPositionals });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function companionOptions(args: string[]) {
  const { values, positionals } = parse(args, {
    set: { type: "string", multiple: true },
    timeout: { type: "string" },
    write: { type: "boolean" },
  }, true);
  const parameters: Record<string, Record<string, unknown>> = {};
  for (const assignment of values.set ?? []) {
    const [, notebook = "*", name, value] = /^(?:([^.=]+)\.)?([^.=]+)=(.*)$/s.exec(assignment) ??
      [];
    if (name === undefined) {
      throw new UsageError(`--set ${assignment}: it must read name=value or 06.name=value`);
    }
    (parameters[notebook] ??= {})[name] = literal(value);
  }
  const timeout = values.timeout === undefined ? undefined : Number(values.timeout);
  if (timeout !== undefined && !(timeout >= 0 && timeout < Infinity)) {
    throw new UsageError(`--timeout ${values.timeout}: it must be a number of seconds, 0 for none`);
  }
  return { only: positionals, parameters, timeout, write: values.write };
}

function literal(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function main([name, ...args]: string[]): Promise<number> {
  const command = Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
  const asked = (arg: string) => arg === "--help" || arg === "-h";
  const help = asked(name ?? "") ||
    (args.some(asked) && (name === "companion" || name === "setup"));
  if (!command || help) {
    (help ? console.log : console.error)(HELP);
    return help ? 0 : 2;
  }
  try {
    return await command(args);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n(deno task ${name} --help tells what there is)`);
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
