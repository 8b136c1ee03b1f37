/**
 * What the project's tasks run: `main.ts NAME …` is `deno task NAME …`.
 *
 * @module
 */
import { DamagedFileError } from "../../experiments/study/damaged_file.ts";
import { SetUpError } from "../../resources/set_up_error.ts";
import { helpOf, TaskFailure } from "./command.ts";
import { commandNamed, commands, helpOfTasks } from "./commands.ts";
import { printable, UsageError } from "./options.ts";

const asksHelp = (arg: string) => arg === "--help" || arg === "-h";

/**
 * Runs a task, or prints its help.
 *
 * @param args the task's name, then its own arguments
 * @returns the exit status: 2 for wrong use, 1 for a task that failed
 */
export async function task([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || asksHelp(name)) {
    (name === undefined ? console.error : console.log)(helpOfTasks());
    return name === undefined ? 2 : 0;
  }
  try {
    const command = commandNamed(name);
    if (command.handsOn || !args.some(asksHelp)) return await command.run(args);
    console.log(await helpOf(name, command, args.filter((arg) => !asksHelp(arg))));
    return 0;
  } catch (error) {
    return status(name, error);
  }
}

/** What is said of an error that is nobody's fault in the code, and its exit status. */
function status(name: string, error: unknown): number {
  if (error instanceof UsageError) {
    const help = Object.hasOwn(commands, name) ? `${name} --help` : "help";
    console.error(`${printable(error.message)}\n(deno task ${help} tells what there is)`);
    return 2;
  }
  if (error instanceof SetUpError) {
    // A task that sets nothing up says what it lacks.
    const lacks = error.message.includes("run `deno task setup`");
    console.error(lacks ? error.message : `The set-up stopped: ${error.message}`);
    return 1;
  }
  if (
    error instanceof TaskFailure || error instanceof DamagedFileError || isOfDisk(error)
  ) {
    console.error(printable(error.message));
    return 1;
  }
  throw error;
}

/**
 * Whether an error is the disk's: no room, or no right. Its message has the file, and no code is to
 * blame.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isOfDisk } from "./main.ts";
 * assert(isOfDisk(Object.assign(new Error("a.json cannot be written"), { code: "ENOSPC" })));
 * assert(!isOfDisk(new TypeError("a mistake of ours")));
 * ```
 */
export function isOfDisk(error: unknown): error is Error {
  const codes = ["ENOSPC", "EDQUOT", "EACCES", "EPERM", "EROFS"];
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

if (import.meta.main) {
  // `deno task` goes to the project's folder: paths are seen from where it was called.
  Deno.chdir(Deno.env.get("INIT_CWD") ?? ".");
  Deno.exit(await task(Deno.args));
}
