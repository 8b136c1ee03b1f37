/**
 * The `study` task: runs a study in the terminal and stores it under data/, each run as it is
 * finished; a second call goes on where the first was cut off.
 *
 *     deno task study speed-limit --architecture myrtle-5 --width 32 --n 500 --seeds 6
 *
 * @module
 */
import { type AnyStudy, studies, studyNamed } from "../../experiments/mod.ts";
import { TaskFailure } from "./command.ts";
import { printable, UsageError } from "./options.ts";
import { storedList } from "./stored_list.ts";
import { storeStudy } from "./store_study.ts";
import { configurationTyped, studyHelp } from "./study_flags.ts";

/** Without a name it is the speed limit: so read the commands that older stored results tell. */
const UNNAMED = "speed-limit";

/** The help of a study that is named; of all of them, if none is. */
export function helpOfStudies([name]: readonly string[]): string {
  if (name !== undefined && name !== "--stored") {
    return studyHelp(named(name.startsWith("-") ? UNNAMED : name));
  }
  return [
    "deno task study NAME [options]   runs a study and stores its result under data/",
    "deno task study NAME --help      its options alone",
    "deno task study --stored         lists what is stored, and what of it is older than the code",
    ...Object.values(studies).map((study) => `\n${studyHelp(study)}`),
  ].join("\n");
}

/** Lists what is stored; gives the exit status. */
export async function listStored(): Promise<number> {
  console.log(printable((await storedList()).join("\n")));
  return 0;
}

/**
 * Runs the study that is named, or lists all where none is; gives the exit status.
 *
 * @throws {UsageError} if there is no such study or option, or a value is out of range
 * @throws {TaskFailure} if the study cannot be run with these values
 */
export async function studyTask(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined) {
    console.log(helpOfStudies([]));
    return 0;
  }
  const unnamed = first.startsWith("-");
  const study = named(unnamed ? UNNAMED : first);
  const typed = configurationTyped(study, unnamed ? args : rest);
  await Promise.try(study.resolve, typed).catch(asUsage);
  console.log((await storeStudy(study, typed).catch(asFailure)).join("\n"));
  return 0;
}

function named(name: string): AnyStudy {
  try {
    return studyNamed(name);
  } catch (error) {
    return asUsage(error as Error);
  }
}

const isOfValues = (error: Error) => error instanceof RangeError || error instanceof TypeError;

function asUsage(error: Error): never {
  throw isOfValues(error) ? new UsageError(error.message) : error;
}

function asFailure(error: Error): never {
  throw isOfValues(error) ? new TaskFailure(error.message) : error;
}
